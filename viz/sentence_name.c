/* sentence_name.c - who or what is meant, also where a name alone would not tell; see
   sentence.h. */
#include "sentence.h"

#include <string.h>

/* Whether there is a process of that thread's name. */
static bool is_name_of_process(const struct model *model, const struct reader *reader,
                               uint32_t number)
{
    struct text name = model_name(model, reader, number);

    for (unsigned i = 0; i < model->thread_count; i++) {
        const struct model_thread *other = &model->threads[i];
        if (other->object == other->process &&
            text_equal(name, model_name(model, reader, other->object)))
            return true;
    }
    return false;
}

/* Whether a thread's name alone would leave open where it is: it is not the main thread
   of its process, and either that is not the first one or there is a process of that
   name. */
static bool needs_process(const struct model *model, const struct reader *reader,
                          uint32_t number)
{
    uint32_t process = model_process_of(model, number);

    if (model->process_count < 2 || process == 0 || process == number)
        return false;
    return process != model->threads[0].process ||
           is_name_of_process(model, reader, number);
}

static void add_process(struct text_buffer *buffer, const struct model *model,
                        const struct reader *reader, uint32_t process)
{
    text_add(buffer, " (");
    text_add_text(buffer, model_name(model, reader, process));
    text_add(buffer, ")");
}

/* Of so many objects the names are compared, for damaged traces may have any number. */
enum { MOST_COMPARED = 1000 };

/* Whether the object, made by a process that began anew, has the name of another
   process's. */
static bool has_namesake(const struct model *model, const struct reader *reader,
                         const struct model_object *object)
{
    struct text name = model_name(model, reader, object->number);

    for (uint32_t i = 0; i < model->lasting_count && i < MOST_COMPARED; i++) {
        uint32_t number = model->lasting[i];
        const struct model_object *other = model_object(model, number);
        if (other->type == object->type && other->process != object->process &&
            other->init_step != 0 &&
            text_equal(name, model_name(model, reader, number)))
            return true;
    }
    return false;
}

void sentence_add_whose(struct text_buffer *buffer, const struct model *model,
                        const struct reader *reader, uint32_t number, uint32_t process)
{
    const struct model_object *object = model_object(model, number);

    if (object->type == OBJECT_THREAD && needs_process(model, reader, number))
        add_process(buffer, model, reader, model_process_of(model, number));
    else if (model_object_of(model, number, process) != object)
        add_process(buffer, model, reader, process);
    else if (object->type != OBJECT_THREAD && object->process != 0 &&
             object->process != model->threads[0].process &&
             has_namesake(model, reader, object))
        add_process(buffer, model, reader, object->process);
}

/* A manager's threads are named "for worker-3", which would break a sentence:
   "manager's thread for worker-3". */
static bool add_servant(struct text_buffer *buffer, const struct model *model,
                        const struct reader *reader, uint32_t number)
{
    static const char start[] = "for ";
    struct text name = model_name(model, reader, number);
    uint32_t process = model_process_of(model, number);

    if (model_object(model, number)->type != OBJECT_THREAD || process == 0 ||
        process == number ||
        !text_equal(text_part(name, 0, strlen(start)), text_of(start)))
        return false;
    text_add_text(buffer, model_name(model, reader, process));
    text_add(buffer, "'s thread ");
    text_add_text(buffer, name);
    return true;
}

void sentence_add_name(struct text_buffer *buffer, const struct model *model,
                       const struct reader *reader, uint32_t number, uint32_t process)
{
    if (add_servant(buffer, model, reader, number))
        return;
    text_add_text(buffer, model_name(model, reader, number));
    sentence_add_whose(buffer, model, reader, number, process);
}

void sentence_add_holder(struct text_buffer *buffer, const struct model *model,
                         const struct reader *reader, const struct model_object *lock)
{
    if (lock->holder == 0) {
        text_add(buffer, "nobody");
        return;
    }
    uint32_t process = model_process_of(model, lock->holder);
    text_add_text(buffer, model_name(model, reader, lock->holder));
    if (process == lock->process || process == 0)
        return;
    text_add(buffer, " of ");
    text_add_text(buffer, model_name(model, reader, process));
}

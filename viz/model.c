/* model.c - what is so after a step; see model.h. */
#include "model.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

char state_letter(enum state state)
{
    return " RSWTLHEX"[state];
}

const char *state_word(enum state state)
{
    static const char *const words[STATES] = {
        "not started",      "can run", "sleeps", "waits", "waits with a time limit",
        "waits for a lock", "held",    "ended",  "killed"};

    return words[state];
}

static void free_objects(struct model_object *objects, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        ring_free(&objects[i].items);
        ring_free(&objects[i].buffered);
        ring_free(&objects[i].sizes);
    }
    free(objects);
}

void model_free(struct model *model)
{
    free_objects(model->objects, model->object_count);
    free_objects(model->copies, model->copy_count);
    free(model->threads);
    *model = (struct model){.step = 0};
}

static struct model_object *copy_objects(const struct model_object *from,
                                         uint32_t count, size_t room)
{
    struct model_object *to = grown(NULL, room + 1, sizeof *to);

    for (uint32_t i = 0; i < count; i++) {
        to[i] = from[i];
        to[i].items = ring_copy(&from[i].items);
        to[i].buffered = ring_copy(&from[i].buffered);
        to[i].sizes = ring_copy(&from[i].sizes);
    }
    return to;
}

void model_copy(struct model *to, const struct model *from)
{
    unsigned room = 1; /* as touch_thread makes it */

    while (room < from->thread_count)
        room *= 2;
    model_free(to);
    *to = *from;
    to->threads = grown(NULL, room, sizeof *to->threads);
    if (from->thread_count > 0)
        memcpy(to->threads, from->threads, from->thread_count * sizeof *to->threads);
    to->objects = copy_objects(from->objects, from->object_count, from->object_count);
    to->copies = copy_objects(from->copies, from->copy_count, from->copy_room);
}

static size_t objects_bytes(const struct model_object *objects, uint32_t count)
{
    size_t bytes = count * sizeof *objects;

    for (uint32_t i = 0; i < count; i++)
        bytes += ring_bytes(&objects[i].items) + ring_bytes(&objects[i].buffered) +
                 ring_bytes(&objects[i].sizes);
    return bytes;
}

size_t model_bytes(const struct model *model)
{
    return sizeof *model + model->thread_count * sizeof *model->threads +
           objects_bytes(model->objects, model->object_count) +
           objects_bytes(model->copies, model->copy_count);
}

static const struct model_object none = {.type = OBJECT_NONE};

const struct model_object *model_object(const struct model *model, uint32_t number)
{
    return number < model->object_count ? &model->objects[number] : &none;
}

const struct model_object *model_object_of(const struct model *model, uint32_t number,
                                           uint32_t process)
{
    const struct model_object *object = model_object(model, number);

    for (uint32_t copy = object->next_copy; copy != 0;) {
        const struct model_object *other = &model->copies[copy - 1];
        if (other->process == process)
            return other;
        copy = other->next_copy;
    }
    return object;
}

const struct model_object *model_next(const struct model *model,
                                      const struct model_object *object)
{
    if (object != NULL && object->next_copy != 0)
        return &model->copies[object->next_copy - 1];
    for (uint32_t i = object == NULL ? 0 : object->number + 1; i < model->object_count;
         i++)
        if (model->objects[i].type != OBJECT_NONE)
            return &model->objects[i];
    return NULL;
}

uint32_t model_process_of(const struct model *model, uint32_t thread)
{
    int index = model_thread_of(model, thread);

    return index < 0 ? 0 : model->threads[index].process;
}

int model_thread_of(const struct model *model, uint32_t object)
{
    const struct model_object *found = model_object(model, object);

    return found->type == OBJECT_THREAD ? (int)found->thread : -1;
}

void model_seek(struct model *model, const struct reader *reader, uint64_t step)
{
    if (step > reader->steps)
        step = reader->steps;
    if (step < model->step)
        model_free(model);
    while (model->step < step)
        model_apply(model, reader);
}

struct text model_name(const struct model *model, const struct reader *reader,
                       uint32_t number)
{
    uint64_t step = model_object(model, number)->init_step;

    if (step == 0)
        return text_of("?");
    if (reader_kind(reader, step) == TRACE_RUN_START)
        return text_of("main");
    return reader_text(reader, reader_event(reader, step)->text);
}

struct text model_item_label(const struct reader *reader, uint64_t put_step)
{
    if (put_step == 0 || put_step > reader->steps)
        return text_of("?");
    return reader_label(reader, reader_event(reader, put_step));
}

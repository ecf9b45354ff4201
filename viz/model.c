/* model.c - what is so after a step; see model.h. */
#include "memory.h"
#include "model_apply.h"

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

void model_free(struct model *model)
{
    for (uint32_t i = 0; i < model->copy_count; i++)
        model_free_rings(&model->copies[i]);
    free(model->copies);
    model_free_blocks(model);
    free(model->threads);
    *model = (struct model){.step = 0};
}

static void copy_copies(struct model *to, const struct model *from)
{
    to->copies = grown(NULL, from->copy_room + 1, sizeof *to->copies);
    for (uint32_t i = 0; i < from->copy_count; i++) {
        to->copies[i] = from->copies[i];
        model_copy_rings(&to->copies[i], &from->copies[i]);
    }
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
    model_share_blocks(to, from);
    copy_copies(to, from);
}

size_t model_bytes(const struct model *model)
{
    size_t bytes = sizeof *model + model->thread_count * sizeof *model->threads +
                   model_blocks_bytes(model);

    for (uint32_t i = 0; i < model->copy_count; i++)
        bytes += model_object_bytes(&model->copies[i]);
    return bytes;
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

/* How many of the lasting ones have no greater number. */
static uint32_t lasting_until(const struct model *model, uint32_t number)
{
    uint32_t from = 0, until = model->lasting_count;

    while (from < until) {
        uint32_t middle = from + (until - from) / 2;
        if (model->lasting[middle] <= number)
            from = middle + 1;
        else
            until = middle;
    }
    return from;
}

const struct model_object *model_next(const struct model *model,
                                      const struct model_object *object)
{
    if (object != NULL && object->next_copy != 0)
        return &model->copies[object->next_copy - 1];
    uint32_t next = object == NULL ? 0 : lasting_until(model, object->number);
    return next < model->lasting_count ? model_object(model, model->lasting[next])
                                       : NULL;
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

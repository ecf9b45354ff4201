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

void model_free(struct model *model)
{
    for (uint32_t i = 0; i < model->object_count; i++)
        free(model->objects[i].items);
    free(model->objects);
    free(model->threads);
    *model = (struct model){.step = 0};
}

void model_copy(struct model *to, const struct model *from)
{
    unsigned room = 1; /* as touch_thread makes it */

    while (room < from->thread_count)
        room *= 2;
    model_free(to);
    *to = *from;
    to->threads = grown(NULL, room, sizeof *to->threads);
    to->objects = grown(NULL, from->object_count + 1, sizeof *to->objects);
    if (from->thread_count > 0)
        memcpy(to->threads, from->threads, from->thread_count * sizeof *to->threads);
    if (from->object_count > 0)
        memcpy(to->objects, from->objects, from->object_count * sizeof *to->objects);
    for (uint32_t i = 0; i < to->object_count; i++) {
        struct model_object *object = &to->objects[i];
        if (object->room == 0)
            continue;
        object->items = grown(NULL, object->room, sizeof *object->items);
        memcpy(object->items, from->objects[i].items,
               object->room * sizeof *object->items);
    }
}

const struct model_object *model_object(const struct model *model, uint32_t number)
{
    static const struct model_object none = {.type = OBJECT_NONE};

    return number < model->object_count ? &model->objects[number] : &none;
}

int model_thread_of(const struct model *model, uint32_t object)
{
    const struct model_object *found = model_object(model, object);

    return found->type == OBJECT_THREAD ? (int)found->thread : -1;
}

uint64_t model_item(const struct model_object *queue, uint32_t i)
{
    return queue->items[(queue->first + i) % queue->room];
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

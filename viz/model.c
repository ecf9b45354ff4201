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

/* How many waiters the object can satisfy now. */
static uint64_t how_many_can_go(const struct model *model, enum trace_kind begun,
                                uint32_t number)
{
    const struct model_object *object = model_object(model, number);
    int joined = model_thread_of(model, number);

    switch (begun) {
    case TRACE_QUEUE_GET_BEGIN:
        return object->is_shutdown ? UINT64_MAX : object->count;
    case TRACE_QUEUE_PUT_BEGIN:
        return object->is_shutdown ? UINT64_MAX : object->capacity - object->count;
    case TRACE_QUEUE_JOIN_BEGIN:
        return object->unfinished == 0 ? UINT64_MAX : 0;
    case TRACE_LOCK_ACQUIRE_BEGIN:
        return object->holder == 0;
    case TRACE_EVENT_WAIT_BEGIN:
        return object->is_set ? UINT64_MAX : 0;
    case TRACE_THREAD_JOIN_BEGIN:
        return joined >= 0 && model->threads[joined].state == STATE_ENDED ? UINT64_MAX
                                                                          : 0;
    default:
        return 0;
    }
}

bool model_can_go(const struct model *model, const struct reader *reader,
                  unsigned index)
{
    const struct model_thread *thread = &model->threads[index];
    enum trace_kind begun = reader_kind(reader, thread->since_step);
    uint64_t before = 0; /* who has waited longer for the same */

    if (model->over || (thread->state != STATE_WAIT && thread->state != STATE_TIMED &&
                        thread->state != STATE_LOCK))
        return false;
    uint32_t object = reader_event(reader, thread->since_step)->object;
    uint64_t enough_for = how_many_can_go(model, begun, object);
    for (unsigned i = 0; enough_for != 0 && i < model->thread_count; i++) {
        const struct model_thread *other = &model->threads[i];
        before += (other->state == STATE_WAIT || other->state == STATE_TIMED ||
                   other->state == STATE_LOCK) &&
                  other->since_step < thread->since_step &&
                  reader_kind(reader, other->since_step) == begun &&
                  reader_event(reader, other->since_step)->object == object;
    }
    return before < enough_for;
}

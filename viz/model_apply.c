/*
 * model_apply.c - the fold: what one event changes; see model.h.
 */
#include "memory.h"
#include "model.h"

#include <stdlib.h>
#include <string.h>

/* Whoever makes an object takes a number and then records a step, so numbers are ahead
   of steps by the threads that are between the two, at most. A number that is further
   ahead comes from a damaged trace, and gets no memory. */
enum { NUMBERS_AHEAD = TRACE_THREADS };

/* The object, made known if it was not; NULL for a number that cannot be. */
static struct model_object *touch(struct model *model, uint32_t number,
                                  enum object_type type)
{
    if (number == 0 || number >= model->step + NUMBERS_AHEAD)
        return NULL;
    if (number >= model->object_count) {
        uint32_t count = number + 1 + number / 2;
        model->objects = grown(model->objects, count, sizeof *model->objects);
        memset(&model->objects[model->object_count], 0,
               (count - model->object_count) * sizeof *model->objects);
        model->object_count = count;
    }
    struct model_object *object = &model->objects[number];
    if (object->type == OBJECT_NONE)
        object->type = type;
    return object->type == type ? object : NULL;
}

/* The thread, made known if it was not; its fields are only valid until the next call.
 */
static struct model_thread *touch_thread(struct model *model, uint32_t object)
{
    int index = model_thread_of(model, object);

    if (index >= 0)
        return &model->threads[index];
    struct model_object *made = touch(model, object, OBJECT_THREAD);
    if (made == NULL)
        return NULL;
    unsigned count = model->thread_count;
    if ((count & (count - 1)) == 0) /* room doubles at the powers of two */
        model->threads =
            grown(model->threads, count == 0 ? 1 : count * 2, sizeof *model->threads);
    made->thread = count;
    model->threads[count] = (struct model_thread){
        .object = object, .state = STATE_RUN, .since_step = model->step};
    model->thread_count++;
    return &model->threads[count];
}

static void push(struct model_object *queue, uint64_t put_step)
{
    if (queue->count == queue->room) {
        uint32_t room = queue->room == 0 ? 8 : queue->room * 2;
        uint64_t *items = grown(NULL, room, sizeof *items);
        for (uint32_t i = 0; i < queue->count; i++)
            items[i] = model_item(queue, i);
        free(queue->items);
        queue->items = items;
        queue->room = room;
        queue->first = 0;
    }
    queue->items[(queue->first + queue->count) % queue->room] = put_step;
    queue->count++;
}

static void pop(struct model_object *queue)
{
    if (queue->count == 0)
        return;
    queue->first = (queue->first + 1) % queue->room;
    queue->count--;
}

/* After a lost step the depth that the event tells is right and ours may not be: the
   items are then unknown. Without one, a difference is a finding of the checks. */
static void fit_depth(struct model_object *queue, uint32_t depth, uint64_t step)
{
    if (queue->unsure && queue->count != depth && depth <= step) {
        queue->count = 0;
        while (queue->count < depth)
            push(queue, 0);
    }
    queue->unsure = false;
}

static void set_state(struct model_thread *thread, enum state state, uint64_t step)
{
    if (thread->state == STATE_ENDED || thread->state == state)
        return;
    thread->state = state;
    thread->since_step = step;
}

static enum state waiting_state(const struct trace_event *event, enum trace_kind kind)
{
    if (kind == TRACE_NAP_BEGIN)
        return STATE_SLEEP;
    if (kind == TRACE_LOCK_ACQUIRE_BEGIN)
        return STATE_LOCK;
    return event->number == TRACE_NO_LIMIT ? STATE_WAIT : STATE_TIMED;
}

static void apply_queue(struct model *model, const struct trace_event *event,
                        enum trace_kind kind, struct model_thread *thread)
{
    struct model_object *queue = touch(model, event->object, OBJECT_QUEUE);

    if (queue == NULL)
        return;
    if (kind == TRACE_QUEUE_INIT) {
        queue->init_step = model->step;
        queue->capacity = event->number;
    } else if (kind == TRACE_QUEUE_PUT) {
        push(queue, model->step);
    } else if (kind == TRACE_QUEUE_GET) {
        pop(queue);
        thread->item = event->number;
        thread->item_queue = event->object;
    } else if (kind == TRACE_QUEUE_DROP) {
        pop(queue);
    } else if (kind == TRACE_QUEUE_SHUTDOWN) {
        queue->is_shutdown = true;
    }
    if (kind == TRACE_QUEUE_TASK_DONE || kind == TRACE_QUEUE_JOIN_BEGIN ||
        kind == TRACE_QUEUE_JOIN)
        queue->uses_tasks = true;
    /* who asks for the next item has finished with the one before */
    if (thread->item_queue == event->object &&
        (kind == TRACE_QUEUE_TASK_DONE || kind == TRACE_QUEUE_GET_BEGIN ||
         kind == TRACE_QUEUE_GET_FAILED))
        thread->item = 0;
    queue->unfinished = event->unfinished;
    fit_depth(queue, event->depth, model->step);
}

static void apply_lock(struct model *model, const struct trace_event *event,
                       enum trace_kind kind)
{
    struct model_object *lock = touch(model, event->object, OBJECT_LOCK);

    if (lock == NULL)
        return;
    if (kind == TRACE_LOCK_INIT)
        lock->init_step = model->step;
    else if (kind == TRACE_LOCK_ACQUIRE)
        lock->holder = event->thread;
    else if (kind == TRACE_LOCK_RELEASE)
        lock->holder = 0;
    lock->holder_step = model->step;
    lock->unsure = false;
}

/* A condition's wait gives its lock back and takes it again. */
static void apply_condition(struct model *model, const struct trace_event *event,
                            enum trace_kind kind)
{
    struct model_object *condition = touch(model, event->object, OBJECT_CONDITION);

    if (condition == NULL)
        return;
    if (kind == TRACE_CONDITION_INIT) {
        condition->init_step = model->step;
        condition->holder = (uint32_t)event->number; /* the lock that it goes with */
        return;
    }
    struct model_object *lock = touch(model, condition->holder, OBJECT_LOCK);
    if (lock == NULL || kind == TRACE_CONDITION_NOTIFY)
        return;
    lock->holder = kind == TRACE_CONDITION_WAIT_BEGIN ? 0 : event->thread;
    lock->holder_step = model->step;
}

static void apply_event_flag(struct model *model, const struct trace_event *event,
                             enum trace_kind kind)
{
    struct model_object *flag = touch(model, event->object, OBJECT_EVENT);

    if (flag == NULL)
        return;
    if (kind == TRACE_EVENT_INIT)
        flag->init_step = model->step;
    else if (kind == TRACE_EVENT_SET)
        flag->is_set = true;
    else if (kind == TRACE_EVENT_CLEAR)
        flag->is_set = false;
    else if (kind == TRACE_EVENT_LOOK)
        flag->is_set = event->detail != 0;
    flag->unsure = false;
}

static void apply_thread(struct model *model, const struct trace_event *event,
                         enum trace_kind kind)
{
    if (kind == TRACE_THREAD_START && touch_thread(model, event->object) != NULL)
        model->objects[event->object].init_step = model->step;
}

static void apply_to_object(struct model *model, const struct trace_event *event,
                            enum trace_kind kind, struct model_thread *thread)
{
    switch (kind_info(kind)->type) {
    case OBJECT_QUEUE:
        apply_queue(model, event, kind, thread);
        break;
    case OBJECT_LOCK:
        apply_lock(model, event, kind);
        break;
    case OBJECT_CONDITION:
        apply_condition(model, event, kind);
        break;
    case OBJECT_EVENT:
        apply_event_flag(model, event, kind);
        break;
    default:
        break;
    }
}

static void apply_gap(struct model *model)
{
    model->gaps++;
    for (uint32_t i = 0; i < model->object_count; i++)
        model->objects[i].unsure = true;
}

void model_apply(struct model *model, const struct reader *reader)
{
    const struct trace_event *event = reader_event(reader, ++model->step);
    enum trace_kind kind = reader_kind(reader, model->step);
    enum phase phase = kind_info(kind)->phase;

    if (kind == TRACE_UNCOMMITTED || kind >= TRACE_KINDS) {
        apply_gap(model);
        return;
    }
    if (event->time_ns > model->time_ns) /* between threads it may run back a little */
        model->time_ns = event->time_ns;
    if (kind == TRACE_RUN_END)
        model->over = true;
    if (kind == TRACE_DEADLOCK)
        model->deadlocked = true;
    if (event->thread == 0)
        return;
    apply_thread(model, event, kind); /* first: it may move the array of threads */
    struct model_thread *thread = touch_thread(model, event->thread);
    if (thread == NULL)
        return;
    if (kind == TRACE_RUN_START)
        model->objects[event->thread].init_step = model->step;
    thread->last_step = model->step;
    if (event->site != 0)
        thread->site = event->site;
    apply_to_object(model, event, kind, thread);
    if (phase == PHASE_BEGIN)
        set_state(thread, waiting_state(event, kind), model->step);
    else if (kind == TRACE_THREAD_END ||
             (kind == TRACE_RUN_END && event->detail <= 1)) /* main's end */
        set_state(thread, STATE_ENDED, model->step);
    else if (!model->deadlocked && kind != TRACE_RUN_END)
        set_state(thread, STATE_RUN, model->step);
}

void model_kill(struct model *model)
{
    model->over = true;
    for (unsigned i = 0; i < model->thread_count; i++)
        set_state(&model->threads[i], STATE_KILLED, model->step);
}

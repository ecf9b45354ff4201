/* model_between_threads.c - what events change of the objects that threads share; see
   model_apply.h. */
#include "model_apply.h"

void model_fit(const struct change_of_model *change, struct ring *items, uint32_t count)
{
    if (change->unsure && items->count != count && count <= change->model->step)
        ring_forget(items, count);
}

void apply_to_queue(const struct change_of_model *change)
{
    const struct trace_event *event = change->event;
    struct model_thread *thread = change->thread;
    struct model_object *queue = change->object;
    enum trace_kind kind = change->kind;

    if (kind == TRACE_QUEUE_INIT)
        queue->capacity = event->number;
    else if (kind == TRACE_QUEUE_PUT)
        ring_push(&queue->items, change->model->step);
    else if (kind == TRACE_QUEUE_GET || kind == TRACE_QUEUE_DROP)
        ring_pop(&queue->items);
    else if (kind == TRACE_QUEUE_SHUTDOWN)
        queue->is_shutdown = true;
    if (kind == TRACE_QUEUE_TASK_DONE || kind == TRACE_QUEUE_JOIN_BEGIN ||
        kind == TRACE_QUEUE_JOIN)
        queue->uses_tasks = true;
    /* who asks for the next item has finished with the one before */
    if (thread->item_queue == event->object &&
        (kind == TRACE_QUEUE_TASK_DONE || kind == TRACE_QUEUE_GET_BEGIN ||
         kind == TRACE_QUEUE_GET_FAILED))
        thread->item = 0;
    if (kind == TRACE_QUEUE_GET) {
        thread->item = event->number;
        thread->item_queue = event->object;
    }
    queue->unfinished = event->unfinished;
    model_fit(change, &queue->items, event->depth);
}

void apply_to_lock(const struct change_of_model *change)
{
    struct model_object *lock = change->object;

    if (change->kind == TRACE_LOCK_ACQUIRE)
        lock->holder = change->event->thread;
    else if (change->kind == TRACE_LOCK_RELEASE)
        lock->holder = 0;
    lock->holder_step = change->model->step;
}

/* A notify wakes one thread, which it tells, or all that wait. */
static void wake(const struct change_of_model *change)
{
    const struct trace_event *event = change->event;

    for (unsigned i = 0; i < change->model->thread_count; i++) {
        struct model_thread *thread = &change->model->threads[i];
        bool waits = thread->condition == event->object &&
                     thread->process == change->thread->process;
        if (waits && (event->detail > 1 || thread->object == event->number))
            thread->is_notified = true;
    }
}

/* A condition's wait gives its lock back and takes it again. */
void apply_to_condition(const struct change_of_model *change)
{
    struct model_object *condition = change->object;

    if (change->kind == TRACE_CONDITION_NOTIFY)
        wake(change);
    if (change->kind == TRACE_CONDITION_INIT) {
        condition->holder = (uint32_t)change->event->number; /* its lock */
        return;
    }
    struct model_object *lock = model_find(change->model, condition->holder,
                                           change->thread->process, OBJECT_LOCK);
    if (lock == NULL || change->kind == TRACE_CONDITION_NOTIFY)
        return;
    lock->holder =
        change->kind == TRACE_CONDITION_WAIT_BEGIN ? 0 : change->event->thread;
    lock->holder_step = change->model->step;
}

void apply_to_event_flag(const struct change_of_model *change)
{
    if (change->kind == TRACE_EVENT_SET)
        change->object->is_set = true;
    else if (change->kind == TRACE_EVENT_CLEAR)
        change->object->is_set = false;
    else if (change->kind == TRACE_EVENT_LOOK)
        change->object->is_set = change->event->detail != 0;
}

/* An append to an index that is taken writes over what was there. */
void apply_to_list(const struct change_of_model *change)
{
    const struct trace_event *event = change->event;
    struct ring *items = &change->object->items;

    if (change->kind == TRACE_LIST_APPEND && event->number == items->count)
        ring_push(items, change->model->step);
    else if (change->kind == TRACE_LIST_APPEND || change->kind == TRACE_LIST_SET)
        ring_set(items, (uint32_t)event->number, change->model->step);
    model_fit(change, items, event->depth);
}

void apply_to_shared(const struct change_of_model *change)
{
    if (change->kind != TRACE_SHARED_LOAD || change->unsure)
        change->object->value = change->event->number;
}

void apply_to_pool(const struct change_of_model *change)
{
    if (change->kind == TRACE_POOL_NEXT) {
        struct model_object *future = model_find(
            change->model, (uint32_t)change->event->number, 0, OBJECT_FUTURE);
        if (future != NULL)
            future->is_set = true;
        change->object->handed_out++;
    } else if (change->kind == TRACE_POOL_SHUTDOWN)
        change->object->is_shutdown = true;
}

/* The pool counts how many of its futures are in each state. */
static void move_future(const struct change_of_model *change, enum progress to)
{
    struct model_object *future = change->object;
    struct model_object *pool = model_find(change->model, future->pool, 0, OBJECT_POOL);

    if (pool != NULL && pool->tasks[future->task] > 0)
        pool->tasks[future->task]--;
    if (pool != NULL)
        pool->tasks[to]++;
    future->task = to;
}

/* Who ran it has finished with it, and with the item that brought it. Where a process
   ran it somebody else says so, who took its result. */
static void finish_task(const struct change_of_model *change)
{
    struct model_object *future = change->object;
    int runner = model_thread_of(change->model, future->holder);
    struct model_thread *thread =
        runner >= 0 ? &change->model->threads[runner] : change->thread;

    if (thread->task == future->number)
        thread->task = 0, thread->item = 0;
    if (change->thread != thread)
        change->thread->item = 0;
    future->holder = 0;
}

void apply_to_future(const struct change_of_model *change)
{
    struct model_object *future = change->object;

    if (change->kind == TRACE_FUTURE_SUBMIT) {
        future->pool = (uint32_t)change->event->number;
        struct model_object *pool =
            model_find(change->model, future->pool, 0, OBJECT_POOL);
        if (pool != NULL)
            pool->tasks[TASK_WAITS]++;
    } else if (change->kind == TRACE_FUTURE_RUN) {
        move_future(change, TASK_RUNS);
        future->holder = change->event->thread;
        change->thread->task = future->number;
        change->thread->task_queue =
            change->thread->item != 0 ? change->thread->item_queue : 0;
    } else if (change->kind == TRACE_FUTURE_DONE) {
        move_future(change, change->event->detail != 0 ? TASK_FAILED : TASK_DONE);
        finish_task(change);
    } else if (change->kind != TRACE_FUTURE_RESULT) {
        future->unsure = change->unsure; /* it does not tell how far the task is */
    }
}

/* invariants_queue.c - what must be so of queues, lists and futures; see
   invariants_check.h. */
#include "invariants_check.h"

#include <inttypes.h>

void check_id(struct check *check)
{
    if (check->event->number != check->step)
        check_fails(check, "the item's id is not the step that put it");
}

void check_first(struct check *check, const struct ring *items)
{
    uint64_t first = ring_at(items, 0);

    if (items->count == 0)
        check_fails(check, "taken from an empty queue");
    else if (first != 0 && first != check->event->number)
        check_fails(check, "item %" PRIu64 " is taken, and %" PRIu64 " is first",
                    check->event->number, first);
}

static void check_put(struct check *check, const struct model_object *queue)
{
    check_id(check);
    if (queue->capacity > 0 && queue->items.count >= queue->capacity)
        check_fails(check, "put above the capacity of %" PRIu64, queue->capacity);
    if (queue->is_shutdown)
        check_fails(check, "put after the shutdown");
}

/* Failures, and waits, need their reason. */
static void check_reason(struct check *check, const struct model_object *queue)
{
    bool full = queue->capacity > 0 && queue->items.count >= queue->capacity;

    if (check->kind == TRACE_QUEUE_PUT_BEGIN && !full)
        check_fails(check, "a put waits while there is space");
    if (check->kind == TRACE_QUEUE_GET_BEGIN && queue->items.count > 0)
        check_fails(check, "a get waits while there are items");
    if (check->kind == TRACE_QUEUE_GET_FAILED && queue->items.count > 0)
        check_fails(check, "a get fails while there are items");
    if (check->kind == TRACE_QUEUE_PUT_FAILED && !full && !queue->is_shutdown)
        check_fails(check, "a put fails while there is space");
    if (check->kind == TRACE_QUEUE_JOIN && queue->unfinished > 0)
        check_fails(check, "join returns with %" PRIu32 " unfinished",
                    queue->unfinished);
}

void check_queue(struct check *check)
{
    const struct model_object *queue = check->object;
    uint32_t depth = queue->items.count, unfinished = queue->unfinished;

    check_reason(check, queue);
    if (check->kind == TRACE_QUEUE_PUT) {
        check_put(check, queue);
        depth++;
        unfinished++;
    } else if (check->kind == TRACE_QUEUE_GET || check->kind == TRACE_QUEUE_DROP) {
        check_first(check, &queue->items);
        depth -= depth > 0;
    }
    if ((check->kind == TRACE_QUEUE_TASK_DONE || check->kind == TRACE_QUEUE_DROP) &&
        unfinished > 0)
        unfinished--;
    else if (check->kind == TRACE_QUEUE_TASK_DONE)
        check_fails(check, "more reports than puts");
    if (check->event->depth != depth)
        check_fails(check, "the depth is %" PRIu32 ", and should be %" PRIu32,
                    check->event->depth, depth);
    if (check->event->unfinished != unfinished)
        check_fails(check, "unfinished is %" PRIu32 ", and should be %" PRIu32,
                    check->event->unfinished, unfinished);
}

void check_list(struct check *check)
{
    uint32_t length = check->object->items.count;
    uint64_t index = check->event->number;

    if (check->kind == TRACE_LIST_INIT)
        return;
    if (check->kind == TRACE_LIST_APPEND && index != length)
        check_fails(check, "appended at %" PRIu64 ", and its length was %" PRIu32,
                    index, length);
    if ((check->kind == TRACE_LIST_GET || check->kind == TRACE_LIST_SET) &&
        index >= length)
        check_fails(check, "there is no item %" PRIu64 ", only %" PRIu32, index,
                    length);
    length += check->kind == TRACE_LIST_APPEND;
    if (check->event->depth != length)
        check_fails(check, "the length is %" PRIu32 ", and should be %" PRIu32,
                    check->event->depth, length);
}

void check_future(struct check *check)
{
    enum progress task = check->object->task;
    bool is_done = task == TASK_DONE || task == TASK_FAILED;

    if (check->kind == TRACE_FUTURE_SUBMIT && check->object->type == OBJECT_FUTURE)
        check_fails(check, "submitted twice");
    if (check->kind == TRACE_FUTURE_RUN && task != TASK_WAITS)
        check_fails(check, "begun twice");
    if (check->kind == TRACE_FUTURE_DONE && task != TASK_RUNS)
        check_fails(check, is_done ? "done twice" : "done before it was begun");
    if (check->kind == TRACE_FUTURE_RESULT && !is_done)
        check_fails(check, "its result comes before it is done");
    if (check->kind == TRACE_FUTURE_RESULT_BEGIN && is_done)
        check_fails(check, "a wait for its result, which is there");
}

void check_pool(struct check *check)
{
    const struct model_object *future =
        model_object(&check->model, (uint32_t)check->event->number);

    if (check->kind != TRACE_POOL_NEXT || check->model.gaps > 0)
        return;
    if (future->type != OBJECT_FUTURE)
        check_fails(check, "%" PRIu64 " is no task", check->event->number);
    else if (future->task != TASK_DONE && future->task != TASK_FAILED)
        check_fails(check, "a task is handed out before it is done");
    else if (future->is_set)
        check_fails(check, "a task is handed out twice");
}

/* invariants_processes.c - what must be so of pipes and process queues; see
   invariants_check.h.

   Several processes act on them and no lock holds all the steps together: that a
   receiver waits while a message was sent is no mistake, for the sender writes it only
   after its step. What is taken, and in which order, holds all the same; but not where
   a process is killed: it may have taken something and not come to tell. */
#include "invariants_check.h"

#include <inttypes.h>

static void check_receive(struct check *check, const struct model_object *pipe)
{
    check_first(check, &pipe->items);
    if (pipe->items.count == 1 && pipe->holder != 0)
        check_fails(check, "received before all of it was written");
    uint64_t left = pipe->bytes - ring_at(&pipe->sizes, 0);
    if (ring_at(&pipe->sizes, 0) != 0 && check->event->depth != left)
        check_fails(check, "%" PRIu32 " bytes are left, and should be %" PRIu64,
                    check->event->depth, left);
}

void check_pipe(struct check *check)
{
    const struct model_object *pipe = check->object;

    if (check->kills)
        return;
    if (check->kind == TRACE_PIPE_SEND) {
        check_id(check);
        if (check->event->depth < pipe->bytes)
            check_fails(check, "a message is sent, and there are fewer bytes");
    } else if (check->kind == TRACE_PIPE_RECV) {
        check_receive(check, pipe);
    } else if (check->event->depth != pipe->bytes) {
        check_fails(check, "%" PRIu32 " bytes are on their way, and should be %" PRIu32,
                    check->event->depth, pipe->bytes);
    }
}

/* Whether it is put, and not yet sent. */
static bool is_buffered(const struct model_object *queue, uint64_t id)
{
    for (uint32_t i = 0; i < queue->buffered.count; i++)
        if (ring_at(&queue->buffered, i) == id || ring_at(&queue->buffered, i) == 0)
            return true;
    return false;
}

void check_process_queue(struct check *check)
{
    const struct model_object *queue = check->object;
    uint32_t depth = queue->items.count, buffered = queue->buffered.count;

    if (!kind_tells_counts(check->kind) || check->kills)
        return;
    switch (check->kind) {
    case TRACE_PROCESS_QUEUE_PUT:
        check_id(check);
        if (queue->capacity > 0 && (uint64_t)depth + buffered >= queue->capacity)
            check_fails(check, "put above the capacity of %" PRIu64, queue->capacity);
        buffered++;
        break;
    case TRACE_PROCESS_QUEUE_SEND:
        if (!is_buffered(queue, check->event->number))
            check_fails(check, "item %" PRIu64 " is sent, and is in no buffer",
                        check->event->number);
        buffered -= buffered > 0;
        depth++;
        break;
    case TRACE_PROCESS_QUEUE_SEND_FAILED:
        buffered = check->event->unfinished;
        break;
    case TRACE_PROCESS_QUEUE_GET:
        check_first(check, &queue->items);
        depth -= depth > 0;
        break;
    default:
        break;
    }
    if (check->event->depth != depth)
        check_fails(check, "the depth is %" PRIu32 ", and should be %" PRIu32,
                    check->event->depth, depth);
    if (check->event->unfinished != buffered)
        check_fails(check, "%" PRIu32 " are in buffers, and should be %" PRIu32,
                    check->event->unfinished, buffered);
}

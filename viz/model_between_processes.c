/* model_between_processes.c - what events change of the objects that processes share;
   see model_apply.h. */
#include "model_apply.h"

static void take_message(struct model_object *pipe)
{
    ring_pop(&pipe->items);
    ring_pop(&pipe->sizes);
}

/* A message that was received is out. After a lost step others before it may be out as
   well, or it is one that is not known here. */
static void receive(struct model_object *pipe, uint64_t id, bool unsure)
{
    if (unsure)
        while (pipe->items.count > 0 && ring_at(&pipe->items, 0) != id)
            take_message(pipe);
    take_message(pipe);
}

static void send(struct model_object *pipe, uint64_t id, uint32_t bytes, bool unsure)
{
    ring_push(&pipe->items, id);
    ring_push(&pipe->sizes, unsure || bytes < pipe->bytes ? 0 : bytes - pipe->bytes);
}

/* Only an empty pipe is known again after a lost step: how many messages the bytes of
   a pipe are, nobody tells. */
void apply_to_pipe(const struct change_of_model *change)
{
    const struct trace_event *event = change->event;
    struct model_object *pipe = change->object;

    switch (change->kind) {
    case TRACE_PIPE_INIT:
        pipe->capacity = event->number;
        return;
    case TRACE_PIPE_CLOSE:
        pipe->unsure = change->unsure;
        return;
    case TRACE_PIPE_SEND:
        send(pipe, change->model->step, event->depth, change->unsure);
        break;
    case TRACE_PIPE_WRITE_BEGIN:
        pipe->holder = event->thread;
        break;
    case TRACE_PIPE_WRITE:
        pipe->holder = 0;
        break;
    case TRACE_PIPE_WRITE_FAILED: /* nobody will ever receive it */
        pipe->holder = 0;
        ring_pop_last(&pipe->items);
        ring_pop_last(&pipe->sizes);
        break;
    case TRACE_PIPE_RECV:
        receive(pipe, event->number, change->unsure);
        pipe->taken_step = change->model->step;
        break;
    default:
        break;
    }
    pipe->bytes = event->depth;
    pipe->unsure = change->unsure && pipe->bytes > 0;
    while (change->unsure && pipe->bytes == 0 && pipe->items.count > 0)
        take_message(pipe);
}

/* Takes an item out of the buffers; after a lost step it may be one of those that are
   not known. */
static void unbuffer(struct model_object *queue, uint64_t id)
{
    if (!ring_remove(&queue->buffered, id))
        ring_remove(&queue->buffered, 0);
}

static bool is_get(enum trace_kind kind)
{
    return kind == TRACE_PROCESS_QUEUE_GET_BEGIN || kind == TRACE_PROCESS_QUEUE_GET ||
           kind == TRACE_PROCESS_QUEUE_GET_FAILED;
}

void apply_to_process_queue(const struct change_of_model *change)
{
    const struct trace_event *event = change->event;
    struct model_thread *thread = change->thread;
    struct model_object *queue = change->object;
    enum trace_kind kind = change->kind;

    if (!kind_tells_counts(kind)) {
        queue->unsure = change->unsure;
        return;
    }
    if (kind == TRACE_PROCESS_QUEUE_INIT) {
        queue->capacity = event->number;
    } else if (kind == TRACE_PROCESS_QUEUE_PUT) {
        ring_push(&queue->buffered, change->model->step);
    } else if (kind == TRACE_PROCESS_QUEUE_SEND) {
        unbuffer(queue, event->number);
        ring_push(&queue->items, event->number);
    } else if (kind == TRACE_PROCESS_QUEUE_SEND_FAILED) {
        unbuffer(queue, event->number);
    } else if (kind == TRACE_PROCESS_QUEUE_GET) {
        ring_pop(&queue->items);
        thread->item = event->number;
        thread->item_queue = event->object;
    }
    if (thread->item_queue == event->object && (kind == TRACE_PROCESS_QUEUE_GET_BEGIN ||
                                                kind == TRACE_PROCESS_QUEUE_GET_FAILED))
        thread->item = 0;
    if (thread->task_queue == event->object &&
        is_get(kind)) /* it wants the next task */
        thread->task = 0;
    model_fit(change, &queue->items, event->depth);
    model_fit(change, &queue->buffered, event->unfinished);
}

void apply_to_manager(const struct change_of_model *change)
{
    struct model_thread *thread = change->thread;

    change->object->served += change->kind == TRACE_MANAGER_SERVE;
    if (change->kind == TRACE_MANAGER_SERVE)
        thread->item = change->model->step;
    else if (change->kind == TRACE_MANAGER_SERVE_BEGIN ||
             change->kind == TRACE_MANAGER_SERVE_FAILED)
        thread->item = 0;
}

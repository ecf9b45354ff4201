/* sentence_object.c - what is so of an object, in words; see sentence.h. */
#include "sentence.h"

#include <inttypes.h>

/* Everything that the words may need. */
struct teller {
    struct text_buffer *buffer;
    const struct model *model;
    const struct reader *reader;
    const struct model_object *object;
};

/* "3 of 3 queued (full)" */
static void add_count(struct text_buffer *buffer, uint64_t count, uint64_t capacity,
                      const char *what)
{
    text_add(buffer, "%" PRIu64, count);
    if (capacity > 0)
        text_add(buffer, " of %" PRIu64, capacity);
    text_add(buffer, " %s%s", what, capacity > 0 && count >= capacity ? " (full)" : "");
}

/* "2 queued + 3 taken = 5 unfinished, no limit" */
static void tell_queue(const struct teller *teller)
{
    const struct model_object *queue = teller->object;
    struct text_buffer *buffer = teller->buffer;
    uint32_t count = queue->items.count;

    add_count(buffer, count, queue->capacity, "queued");
    if (queue->uses_tasks && queue->unfinished >= count)
        text_add(buffer, " + %" PRIu32 " taken = %" PRIu32 " unfinished",
                 queue->unfinished - count, queue->unfinished);
    if (queue->capacity == 0)
        text_add(buffer, ", no limit");
    if (queue->is_shutdown)
        text_add(buffer, ", shut down");
}

/* "20 of 65536 bytes on their way"; more than it holds are still to be written. */
static void tell_pipe(const struct teller *teller)
{
    const struct model_object *pipe = teller->object;

    if (pipe->bytes < pipe->capacity)
        text_add(teller->buffer, "%" PRIu32 " of %" PRIu64 " bytes on their way",
                 pipe->bytes, pipe->capacity);
    else
        text_add(teller->buffer,
                 "%" PRIu32 " bytes on their way, %" PRIu64 " fit (full)", pipe->bytes,
                 pipe->capacity);
}

static void tell_process_queue(const struct teller *teller)
{
    const struct model_object *queue = teller->object;
    uint64_t count = (uint64_t)queue->items.count + queue->buffered.count;

    text_add(teller->buffer, "%" PRIu32 " in the pipe + %" PRIu32 " buffered",
             queue->items.count, queue->buffered.count);
    if (queue->capacity == 0)
        text_add(teller->buffer, ", no limit");
    else
        text_add(teller->buffer, " = %" PRIu64 " of %" PRIu64 "%s", count,
                 queue->capacity, count >= queue->capacity ? " (full)" : "");
}

static void tell_list(const struct teller *teller)
{
    text_add(teller->buffer, "length %" PRIu32, teller->object->items.count);
}

static void tell_shared(const struct teller *teller)
{
    text_add(teller->buffer, "= %" PRId64, (int64_t)teller->object->value);
}

static void tell_pool(const struct teller *teller)
{
    const uint32_t *tasks = teller->object->tasks;

    text_add(teller->buffer,
             "pool: %" PRIu32 " waiting, %" PRIu32 " running, %" PRIu32 " done",
             tasks[TASK_WAITS], tasks[TASK_RUNS], tasks[TASK_DONE]);
    if (tasks[TASK_FAILED] > 0)
        text_add(teller->buffer, ", %" PRIu32 " failed", tasks[TASK_FAILED]);
    if (teller->object->is_shutdown)
        text_add(teller->buffer, ", shut down");
}

static void tell_lock(const struct teller *teller)
{
    if (teller->object->holder == 0) {
        text_add(teller->buffer, "lock, free");
        return;
    }
    text_add(teller->buffer, "lock, held by ");
    sentence_add_holder(teller->buffer, teller->model, teller->reader, teller->object);
}

static void tell_event(const struct teller *teller)
{
    text_add(teller->buffer, "event, %s", teller->object->is_set ? "set" : "not set");
}

/* Of the threads, managers alone have something to tell. */
static void tell_manager(const struct teller *teller)
{
    const struct model_thread *server = &teller->model->threads[teller->object->thread];

    if (server->process != server->object) /* it is no process */
        return;
    struct ring requests =
        model_requests(teller->model, teller->reader, server->object);
    if (teller->object->served > 0 || requests.count > 0)
        text_add(teller->buffer, "requests: %" PRIu32 " waiting, %" PRIu32 " served",
                 requests.count, teller->object->served);
    ring_free(&requests);
}

static void (*const tell[OBJECT_TYPES])(const struct teller *) = {
    [OBJECT_THREAD] = tell_manager, [OBJECT_QUEUE] = tell_queue,
    [OBJECT_PIPE] = tell_pipe,      [OBJECT_PROCESS_QUEUE] = tell_process_queue,
    [OBJECT_LIST] = tell_list,      [OBJECT_SHARED] = tell_shared,
    [OBJECT_POOL] = tell_pool,      [OBJECT_LOCK] = tell_lock,
    [OBJECT_EVENT] = tell_event,
};

bool sentence_has_object(const struct model *model, const struct reader *reader,
                         const struct model_object *object)
{
    char words[2] = "";
    struct text_buffer buffer = {words, sizeof words, 0};

    if (object->type != OBJECT_THREAD)
        return tell[object->type] != NULL;
    tell_manager(&(struct teller){&buffer, model, reader, object});
    return buffer.length > 0;
}

void sentence_of_object(struct text_buffer *buffer, const struct model *model,
                        const struct reader *reader, const struct model_object *object)
{
    if (tell[object->type] == NULL)
        return;
    if (object->unsure && object->type != OBJECT_LOCK && object->type != OBJECT_EVENT &&
        object->type != OBJECT_THREAD)
        text_add(buffer, "(unsure: a step was lost) ");
    tell[object->type](&(struct teller){buffer, model, reader, object});
}

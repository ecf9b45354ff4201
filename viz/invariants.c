/*
 * invariants.c - what must be true of every trace; see invariants.h.
 *
 * Each event is held against the model before it: would it be allowed to happen now?
 */
#include "invariants.h"
#include "model.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>

enum { MOST_LINES = 100 };

struct check {
    const struct reader *reader;
    FILE *file;
    struct model model; /* before the event */
    uint64_t step;
    const struct trace_event *event;
    enum trace_kind kind;
    uint64_t *times; /* per object number: the time of its latest event */
    uint32_t time_count;
    unsigned broken;
};

__attribute__((format(printf, 2, 3))) static void fail(struct check *check,
                                                       const char *format, ...)
{
    va_list arguments;

    if (++check->broken > MOST_LINES)
        return;
    fprintf(check->file,
            "step %" PRIu64 ": %s by thread %" PRIu32 " on object %" PRIu32 ": ",
            check->step, kind_info(check->kind)->name, check->event->thread,
            check->event->object);
    va_start(arguments, format);
    vfprintf(check->file, format, arguments);
    va_end(arguments);
    fputc('\n', check->file);
}

/* The time of an object (a thread is one too) never runs back. */
static void check_time(struct check *check, uint32_t object, const char *what)
{
    if (object == 0 || object > (1 << 22))
        return;
    if (object >= check->time_count) {
        uint32_t count = object * 2 + 16;
        uint64_t *times = realloc(check->times, count * sizeof *times);
        if (times == NULL)
            return;
        for (uint32_t i = check->time_count; i < count; i++)
            times[i] = 0;
        check->times = times;
        check->time_count = count;
    }
    if (check->event->time_ns < check->times[object])
        fail(check, "the time of the %s runs back by %" PRIu64 " ns", what,
             check->times[object] - check->event->time_ns);
    check->times[object] = check->event->time_ns;
}

/* A thread that waits does nothing but end that wait. The kinds of one operation follow
   each other: begin, done, failed. */
static bool may_follow(const struct check *check, const struct model_thread *thread)
{
    enum trace_kind begun = reader_kind(check->reader, thread->since_step);
    const struct trace_event *began = reader_event(check->reader, thread->since_step);

    if (check->kind == TRACE_DEADLOCK || check->kind == TRACE_RUN_END)
        return true; /* told by the last thread that came to wait */
    if (begun == TRACE_CONDITION_WAIT_BEGIN && check->kind == TRACE_LOCK_ACQUIRE_BEGIN)
        return true; /* notified, and waits for its lock */
    if (begun == TRACE_LOCK_ACQUIRE_BEGIN &&
        (check->kind == TRACE_CONDITION_WAIT ||
         check->kind == TRACE_CONDITION_WAIT_FAILED))
        return true;
    if (begun == TRACE_NAP_BEGIN)
        return check->kind == TRACE_NAP_END;
    return began->object == check->event->object &&
           (check->kind == begun + 1 || check->kind == begun + 2);
}

static void check_thread(struct check *check)
{
    int index = model_thread_of(&check->model, check->event->thread);

    if (check->model.gaps > 0)
        return;
    if (check->model.over)
        fail(check, "something happens after the run's end");
    if (check->step == 1) {
        if (check->kind != TRACE_RUN_START)
            fail(check, "the first step is not the run's start");
        return;
    }
    if (check->event->thread == 0)
        return;
    if (index < 0) {
        fail(check, "the thread acts before it is started");
        return;
    }
    const struct model_thread *thread = &check->model.threads[index];
    if (thread->state == STATE_ENDED)
        fail(check, "the thread acts after its end");
    else if (thread->state != STATE_RUN && !check->model.deadlocked &&
             !may_follow(check, thread))
        fail(check, "the thread was waiting since step %" PRIu64, thread->since_step);
}

static void check_put(struct check *check, const struct model_object *queue)
{
    if (check->event->number != check->step)
        fail(check, "the item's id is not the step that put it");
    if (queue->capacity > 0 && queue->count >= queue->capacity)
        fail(check, "put above the capacity of %" PRIu64, queue->capacity);
    if (queue->is_shutdown)
        fail(check, "put after the shutdown");
}

static void check_take(struct check *check, const struct model_object *queue)
{
    if (queue->count == 0)
        fail(check, "taken from an empty queue");
    else if (model_item(queue, 0) != 0 && model_item(queue, 0) != check->event->number)
        fail(check, "item %" PRIu64 " is taken, and %" PRIu64 " is first",
             check->event->number, model_item(queue, 0));
}

/* Failures, and waits, need their reason. */
static void check_reason(struct check *check, const struct model_object *queue)
{
    bool full = queue->capacity > 0 && queue->count >= queue->capacity;

    if (check->kind == TRACE_QUEUE_PUT_BEGIN && !full)
        fail(check, "a put waits while there is space");
    if (check->kind == TRACE_QUEUE_GET_BEGIN && queue->count > 0)
        fail(check, "a get waits while there are items");
    if (check->kind == TRACE_QUEUE_GET_FAILED && queue->count > 0)
        fail(check, "a get fails while there are items");
    if (check->kind == TRACE_QUEUE_PUT_FAILED && !full && !queue->is_shutdown)
        fail(check, "a put fails while there is space");
    if (check->kind == TRACE_QUEUE_JOIN && queue->unfinished > 0)
        fail(check, "join returns with %" PRIu32 " unfinished", queue->unfinished);
}

static void check_queue(struct check *check)
{
    const struct model_object *queue =
        model_object(&check->model, check->event->object);
    uint32_t depth = queue->count, unfinished = queue->unfinished;

    if (queue->unsure)
        return;
    if (queue->type != OBJECT_QUEUE && check->kind != TRACE_QUEUE_INIT) {
        if (check->model.gaps == 0)
            fail(check, "no such queue");
        return;
    }
    check_reason(check, queue);
    if (check->kind == TRACE_QUEUE_PUT) {
        check_put(check, queue);
        depth++;
        unfinished++;
    } else if (check->kind == TRACE_QUEUE_GET || check->kind == TRACE_QUEUE_DROP) {
        check_take(check, queue);
        depth -= depth > 0;
    }
    if ((check->kind == TRACE_QUEUE_TASK_DONE || check->kind == TRACE_QUEUE_DROP) &&
        unfinished > 0)
        unfinished--;
    else if (check->kind == TRACE_QUEUE_TASK_DONE)
        fail(check, "more reports than puts");
    if (check->event->depth != depth)
        fail(check, "the depth is %" PRIu32 ", and should be %" PRIu32,
             check->event->depth, depth);
    if (check->event->unfinished != unfinished)
        fail(check, "unfinished is %" PRIu32 ", and should be %" PRIu32,
             check->event->unfinished, unfinished);
}

static void check_lock(struct check *check)
{
    const struct model_object *lock = model_object(&check->model, check->event->object);

    if (lock->unsure || check->model.gaps > 0)
        return;
    if (check->kind == TRACE_LOCK_ACQUIRE && lock->holder != 0)
        fail(check, "taken while thread %" PRIu32 " holds it", lock->holder);
    if (check->kind == TRACE_LOCK_RELEASE && lock->holder != check->event->thread)
        fail(check, "released by a thread that does not hold it");
}

static void check_join(struct check *check)
{
    int index = model_thread_of(&check->model, check->event->object);

    if (check->kind == TRACE_THREAD_START && index >= 0)
        fail(check, "started twice");
    if (check->kind == TRACE_THREAD_JOIN && check->model.gaps == 0 &&
        (index < 0 || check->model.threads[index].state != STATE_ENDED))
        fail(check, "joined before its end");
}

static void check_event(struct check *check)
{
    enum object_type type = kind_info(check->kind)->type;

    if (check->kind >= TRACE_KINDS) {
        fail(check, "there is no event of kind %d", (int)check->kind);
        return;
    }
    check_time(check, check->event->thread, "thread");
    if (type != OBJECT_THREAD)
        check_time(check, check->event->object, "object");
    check_thread(check);
    if (type == OBJECT_QUEUE)
        check_queue(check);
    else if (type == OBJECT_LOCK)
        check_lock(check);
    else if (type == OBJECT_THREAD)
        check_join(check);
}

unsigned invariants_check(const struct reader *reader, FILE *file)
{
    struct check check = {.reader = reader, .file = file};

    for (check.step = 1; check.step <= reader->steps; check.step++) {
        check.event = reader_event(reader, check.step);
        check.kind = reader_kind(reader, check.step);
        if (check.kind != TRACE_UNCOMMITTED)
            check_event(&check);
        model_apply(&check.model, reader);
    }
    if (check.broken > MOST_LINES)
        fprintf(file, "… and %u more\n", check.broken - MOST_LINES);
    model_free(&check.model);
    free(check.times);
    return check.broken;
}

/*
 * invariants.c - what must be true of every trace; see invariants.h.
 *
 * Each event is held against the model before it: would it be allowed to happen now?
 */
#include "invariants.h"
#include "invariants_check.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>

enum { MOST_LINES = 100 };

void check_fails(struct check *check, const char *format, ...)
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
        check_fails(check, "the time of the %s runs back by %" PRIu64 " ns", what,
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

/* After the run's end its first process is gone; what others still do until they are
   ended with it may follow. */
static bool may_follow_end(const struct check *check)
{
    const struct model *model = &check->model;

    return model->thread_count > 0 && check->event->thread != 0 &&
           model_process_of(model, check->event->thread) != model->threads[0].process;
}

static void check_thread(struct check *check)
{
    int index = model_thread_of(&check->model, check->event->thread);

    if (check->model.gaps > 0)
        return;
    if (check->model.over && !may_follow_end(check))
        check_fails(check, "something happens after the run's end");
    if (check->step == 1) {
        if (check->kind != TRACE_RUN_START)
            check_fails(check, "the first step is not the run's start");
        return;
    }
    if (check->event->thread == 0)
        return;
    if (index < 0) {
        check_fails(check, "the thread acts before it is started");
        return;
    }
    const struct model_thread *thread = &check->model.threads[index];
    if (thread->state == STATE_ENDED)
        check_fails(check, "the thread acts after its end");
    else if (thread->state == STATE_KILLED)
        check_fails(check, "the thread acts after its process's end");
    else if (thread->state != STATE_RUN && !check->model.deadlocked &&
             !may_follow(check, thread))
        check_fails(check, "the thread was waiting since step %" PRIu64,
                    thread->since_step);
}

static void check_lock(struct check *check)
{
    const struct model_object *lock = check->object;

    if (check->model.gaps > 0)
        return;
    if (check->kind == TRACE_LOCK_ACQUIRE && lock->holder != 0)
        check_fails(check, "taken while thread %" PRIu32 " holds it", lock->holder);
    if (check->kind == TRACE_LOCK_RELEASE && lock->holder != check->event->thread)
        check_fails(check, "released by a thread that does not hold it");
}

/* Threads and processes: started once, joined after their end. */
static void check_join(struct check *check)
{
    int index = model_thread_of(&check->model, check->event->object);
    enum state state = index < 0 ? STATE_NONE : check->model.threads[index].state;
    bool has_ended = state == STATE_ENDED || state == STATE_KILLED;

    if ((check->kind == TRACE_THREAD_START || check->kind == TRACE_PROCESS_START) &&
        index >= 0)
        check_fails(check, "started twice");
    if (check->model.gaps > 0)
        return;
    if ((check->kind == TRACE_THREAD_JOIN || check->kind == TRACE_PROCESS_JOIN) &&
        !has_ended)
        check_fails(check, "joined before its end");
    if (check->kind == TRACE_PROCESS_KILLED && (has_ended || index < 0))
        check_fails(check,
                    index < 0 ? "there is no such process" : "killed after its end");
}

/* Objects are made before they are used; what is not known for certain is passed over.
 */
static void check_object(struct check *check, enum object_type type)
{
    static void (*const checks[OBJECT_TYPES])(struct check *) = {
        [OBJECT_THREAD] = check_join,
        [OBJECT_PROCESS] = check_join,
        [OBJECT_QUEUE] = check_queue,
        [OBJECT_LOCK] = check_lock,
        [OBJECT_LIST] = check_list,
        [OBJECT_FUTURE] = check_future,
        [OBJECT_POOL] = check_pool,
        [OBJECT_PIPE] = check_pipe,
        [OBJECT_PROCESS_QUEUE] = check_process_queue,
    };
    bool is_thread =
        type == OBJECT_THREAD || type == OBJECT_PROCESS || type == OBJECT_MANAGER;

    if (!is_thread && type != OBJECT_NONE && check->object->type != type &&
        kind_info(check->kind)->phase != PHASE_INIT) {
        if (check->model.gaps == 0)
            check_fails(check, "no such %s", object_type_name(type));
        return;
    }
    if (checks[type] != NULL && (is_thread || !check->object->unsure))
        checks[type](check);
}

/* Whether one lock holds together all that is done to it, so that its time runs on. */
static bool has_one_lock(const struct check *check, enum object_type type)
{
    static const bool types[OBJECT_TYPES] = {
        [OBJECT_QUEUE] = true, [OBJECT_LOCK] = true, [OBJECT_CONDITION] = true,
        [OBJECT_EVENT] = true, [OBJECT_LIST] = true,
    };

    return types[type] &&
           check->object == model_object(&check->model, check->event->object);
}

static void check_event(struct check *check)
{
    enum object_type type = kind_info(check->kind)->type;

    if (check->kind >= TRACE_KINDS) {
        check_fails(check, "there is no event of kind %d", (int)check->kind);
        return;
    }
    check->object =
        model_object_of(&check->model, check->event->object,
                        model_process_of(&check->model, check->event->thread));
    check_time(check, check->event->thread, "thread");
    if (has_one_lock(check, type))
        check_time(check, check->event->object, "object");
    check_thread(check);
    check_object(check, type);
}

static bool has_kills(const struct reader *reader)
{
    for (uint64_t step = 1; step <= reader->steps; step++)
        if (reader_kind(reader, step) == TRACE_PROCESS_KILLED)
            return true;
    return false;
}

unsigned invariants_check(const struct reader *reader, FILE *file)
{
    struct check check = {.reader = reader, .file = file, .kills = has_kills(reader)};

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

/* so_far_results.c - which results are finished, and which main has seen; see so_far.h.
 */
#include "so_far_fold.h"

/* Who puts something into a queue, a pipe or a pool, or takes something out, keeps no
   result for main to join. */
static bool is_passing_on(enum trace_kind kind)
{
    static const bool types[OBJECT_TYPES] = {
        [OBJECT_QUEUE] = true,   [OBJECT_PIPE] = true, [OBJECT_PROCESS_QUEUE] = true,
        [OBJECT_LIST] = true,    [OBJECT_POOL] = true, [OBJECT_FUTURE] = true,
        [OBJECT_MANAGER] = true,
    };

    return types[kind_info(kind)->type];
}

/* Others than main take from it: what is in it are tasks or messages, no results. */
static void share(struct so_far *so_far, uint32_t number)
{
    struct so_far_object *object = so_far_object(so_far, number);

    if (object->is_shared)
        return;
    object->is_shared = true;
    so_far->handed -= object->handed;
    so_far->took -= object->took;
}

static void hand_on(struct so_far *so_far, const struct trace_event *event)
{
    struct so_far_object *object = so_far_object(so_far, event->object);

    if (event->thread == so_far->main || object->is_shared)
        return;
    object->handed++;
    so_far->handed++;
}

/* main saw a result, finished at that step; started is a number that grows from one
   start to the next, or 0. */
static void see(struct so_far *so_far, uint64_t finished, uint64_t started)
{
    so_far->seen_in_order++;
    so_far->not_as_ended |= finished <= so_far->last_finished;
    so_far->not_as_started |= started == 0 || started <= so_far->last_started;
    so_far->last_finished = finished;
    so_far->last_started = started;
}

static void take(struct so_far *so_far, const struct reader *reader,
                 const struct trace_event *event)
{
    uint64_t put = event->number;
    struct so_far_object *object = so_far_object(so_far, event->object);

    if (event->thread != so_far->main) {
        share(so_far, event->object);
        return;
    }
    if (object->is_shared || put == 0 || put > so_far->step ||
        reader_event(reader, put)->thread == so_far->main)
        return;
    object->took++;
    so_far->took++;
    see(so_far, put, 0);
}

static void finish(struct so_far *so_far, uint32_t number, uint64_t *count)
{
    struct so_far_object *object = so_far_object(so_far, number);

    if (object->finished != 0)
        return;
    object->finished = so_far->step;
    (*count)++;
}

/* main asked a future, or joined who kept a result. */
static void fetch(struct so_far *so_far, const struct trace_event *event,
                  uint64_t *count)
{
    const struct so_far_object *object = so_far_object(so_far, event->object);

    if (event->thread != so_far->main || object->finished == 0)
        return;
    (*count)++;
    see(so_far, object->finished, event->object);
}

/* What goes through queues and pipes. */
static void note_passing(struct so_far *so_far, const struct reader *reader,
                         const struct trace_event *event, enum trace_kind kind)
{
    switch (kind) {
    case TRACE_QUEUE_PUT:
    case TRACE_PROCESS_QUEUE_PUT:
    case TRACE_PIPE_SEND:
        hand_on(so_far, event);
        break;
    case TRACE_QUEUE_GET_BEGIN:
    case TRACE_PROCESS_QUEUE_GET_BEGIN:
    case TRACE_PIPE_RECV_BEGIN:
        if (event->thread != so_far->main)
            share(so_far, event->object);
        break;
    case TRACE_QUEUE_GET:
    case TRACE_PROCESS_QUEUE_GET:
    case TRACE_PIPE_RECV:
        take(so_far, reader, event);
        break;
    default:
        break;
    }
}

void so_far_note_results(struct so_far *so_far, const struct reader *reader,
                         const struct trace_event *event, enum trace_kind kind)
{
    bool is_main = event->thread == so_far->main;

    if (is_passing_on(kind))
        so_far_object(so_far, event->thread)->hands_on = true;
    note_passing(so_far, reader, event, kind);
    switch (kind) {
    case TRACE_THREAD_END:
    case TRACE_PROCESS_END:
        if (!is_main && !so_far_object(so_far, event->thread)->hands_on)
            finish(so_far, event->thread, &so_far->kept);
        break;
    case TRACE_THREAD_JOIN:
    case TRACE_PROCESS_JOIN:
        fetch(so_far, event, &so_far->joined);
        break;
    case TRACE_FUTURE_DONE:
        finish(so_far, event->object, &so_far->computed);
        break;
    case TRACE_FUTURE_RESULT:
        fetch(so_far, event, &so_far->asked);
        break;
    case TRACE_QUEUE_TASK_DONE:
        so_far->reported += !is_main;
        break;
    case TRACE_QUEUE_JOIN:
        if (is_main)
            so_far->waited_for = so_far->reported;
        break;
    default:
        break;
    }
}

/* Tasks that are reported may hand results on besides: those are not two. */
static uint64_t larger(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

uint64_t so_far_finished(const struct so_far *so_far)
{
    return larger(so_far->handed + so_far->kept + so_far->computed, so_far->reported);
}

uint64_t so_far_seen(const struct so_far *so_far)
{
    return larger(so_far->took + so_far->joined + so_far->asked, so_far->waited_for);
}

enum so_far_order so_far_order(const struct so_far *so_far)
{
    if (so_far->seen_in_order < 2)
        return SO_FAR_NO_ORDER;
    if (so_far->not_as_started)
        return so_far->not_as_ended ? SO_FAR_NEITHER : SO_FAR_AS_ENDED;
    return so_far->not_as_ended ? SO_FAR_AS_STARTED : SO_FAR_BOTH;
}

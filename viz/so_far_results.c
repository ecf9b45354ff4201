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

/* A task of a pool brings what came of it to somebody; a pool of processes has process
   queues of its own. */
static void note_task(struct so_far *so_far, const struct trace_event *event,
                      enum trace_kind kind)
{
    enum object_type type = kind_info(kind)->type;
    uint32_t task = so_far_object(so_far, event->thread)->task;

    if (type == OBJECT_QUEUE || type == OBJECT_PIPE || type == OBJECT_LIST ||
        type == OBJECT_MANAGER)
        so_far_object(so_far, task)->is_handed_on = true;
    else if (kind == TRACE_FUTURE_RUN)
        so_far_object(so_far, event->thread)->task = event->object;
}

/* Where others than main take, what is in it are tasks or messages, no results. */
static void note_taker(struct so_far *so_far, const struct trace_event *event)
{
    struct so_far_object *object = so_far_object(so_far, event->object);

    if (event->thread == so_far->main)
        object->is_main_taking = true;
    else
        object->is_shared = true;
}

static void hand_on(struct so_far *so_far, const struct trace_event *event)
{
    struct so_far_object *object = so_far_object(so_far, event->object);

    object->handed += event->thread != so_far->main;
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

    note_taker(so_far, event);
    if (object->is_shared || put == 0 || put > so_far->step ||
        reader_event(reader, put)->thread == so_far->main)
        return;
    object->took++;
    see(so_far, put, 0);
}

/* The thread ended, and has kept its result. */
static void keep(struct so_far *so_far, uint32_t number)
{
    struct so_far_object *thread = so_far_object(so_far, number);

    if (thread->finished != 0)
        return;
    thread->finished = so_far->step;
    so_far->kept++;
}

static void compute(struct so_far *so_far, const struct trace_event *event)
{
    struct so_far_object *future = so_far_object(so_far, event->object);

    if (future->finished != 0)
        return;
    future->finished = so_far->step;
    future->is_computed = true;
}

/* main asked a future, or joined who kept a result. */
static void fetch(struct so_far *so_far, const struct trace_event *event,
                  uint64_t *count)
{
    struct so_far_object *object = so_far_object(so_far, event->object);

    object->is_asked = true;
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
        note_taker(so_far, event);
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
    note_task(so_far, event, kind);
    note_passing(so_far, reader, event, kind);
    switch (kind) {
    case TRACE_THREAD_END:
    case TRACE_PROCESS_END:
        if (!is_main && !so_far_object(so_far, event->thread)->hands_on)
            keep(so_far, event->thread);
        break;
    case TRACE_THREAD_JOIN:
    case TRACE_PROCESS_JOIN:
        fetch(so_far, event, &so_far->joined);
        break;
    case TRACE_FUTURE_DONE:
        compute(so_far, event);
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

/* What the object adds to the results; known: the same one, by all of the run. */
static void add_results(struct so_far_results *results,
                        const struct so_far_object *object,
                        const struct so_far_object *known, bool is_over)
{
    bool is_for_main = !known->is_shared && (known->is_main_taking || is_over);

    if (is_for_main) {
        results->finished += object->handed;
        results->seen += object->took;
    }
    if (object->is_computed)
        results->finished += known->is_asked || (!object->is_handed_on && is_over);
}

struct so_far_results so_far_results(const struct so_far *so_far,
                                     const struct so_far *newest, bool is_over)
{
    struct so_far_results results = {so_far->kept, so_far->joined + so_far->asked};

    for (uint32_t i = 0; i < so_far->object_count; i++) {
        const struct so_far_object *object = &so_far->objects[i];
        bool is_known = i < newest->object_count;
        add_results(&results, object, is_known ? &newest->objects[i] : object, is_over);
    }
    return results;
}

enum so_far_order so_far_order(const struct so_far *so_far)
{
    if (so_far->seen_in_order < 2)
        return SO_FAR_NO_ORDER;
    if (so_far->not_as_started)
        return so_far->not_as_ended ? SO_FAR_NEITHER : SO_FAR_AS_ENDED;
    return so_far->not_as_ended ? SO_FAR_AS_STARTED : SO_FAR_BOTH;
}

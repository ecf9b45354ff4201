/* stats_objects.c - a run in figures: what was done to objects; see stats.h. */
#include "stats_objects.h"

/* What an event is for the queue, process queue or pipe that it is about. */
enum role { ROLE_NONE, ROLE_PUT, ROLE_GET, ROLE_FAILED_PUT, ROLE_FAILED_GET };

static enum role role_of(enum trace_kind kind)
{
    static const unsigned char roles[TRACE_KINDS] = {
        [TRACE_QUEUE_PUT] = ROLE_PUT,
        [TRACE_QUEUE_GET] = ROLE_GET,
        [TRACE_QUEUE_PUT_FAILED] = ROLE_FAILED_PUT,
        [TRACE_QUEUE_GET_FAILED] = ROLE_FAILED_GET,
        [TRACE_PROCESS_QUEUE_PUT] = ROLE_PUT,
        [TRACE_PROCESS_QUEUE_GET] = ROLE_GET,
        [TRACE_PROCESS_QUEUE_PUT_FAILED] = ROLE_FAILED_PUT,
        [TRACE_PROCESS_QUEUE_GET_FAILED] = ROLE_FAILED_GET,
        [TRACE_PIPE_SEND] = ROLE_PUT,
        [TRACE_PIPE_RECV] = ROLE_GET,
        [TRACE_PIPE_SEND_FAILED] = ROLE_FAILED_PUT,
        [TRACE_PIPE_WRITE_FAILED] = ROLE_FAILED_PUT,
        [TRACE_PIPE_RECV_FAILED] = ROLE_FAILED_GET,
    };

    return kind < TRACE_KINDS ? (enum role)roles[kind] : ROLE_NONE;
}

/* Whether the wait that begins so is for space. */
static bool waits_to_put(enum trace_kind begun)
{
    return begun == TRACE_QUEUE_PUT_BEGIN || begun == TRACE_PROCESS_QUEUE_PUT_BEGIN ||
           begun == TRACE_PIPE_SEND_BEGIN || begun == TRACE_PIPE_WRITE_BEGIN;
}

/* A feeder's waits are no waits of those who use the queue. */
static bool is_feeders(enum trace_kind begun)
{
    return begun == TRACE_PROCESS_QUEUE_FEED_BEGIN ||
           begun == TRACE_PROCESS_QUEUE_SEND_BEGIN;
}

static bool is_a_copy(const struct stats *stats, const struct model_object *object)
{
    uintptr_t at = (uintptr_t)object, first = (uintptr_t)stats->model.copies;

    return at >= first && at < first + stats->model.copy_count * sizeof *object;
}

const struct stats_object *stats_of(const struct stats *stats,
                                    const struct model_object *object)
{
    static const struct stats_object none = {.puts = 0};

    if (is_a_copy(stats, object))
        return &stats->copies[object - stats->model.copies];
    return object->number < stats->model.object_count ? &stats->objects[object->number]
                                                      : &none;
}

/* The object of the event, as the acting process has it; NULL if it is none. */
static const struct model_object *object_of(const struct stats *stats,
                                            const struct trace_event *event)
{
    const struct model_object *object = model_object_of(
        &stats->model, event->object, model_process_of(&stats->model, event->thread));

    return object->type == OBJECT_NONE ? NULL : object;
}

/* What stats_of finds is ours, and may be changed here. */
static struct stats_object *figures_of(struct stats *stats,
                                       const struct model_object *object)
{
    return (struct stats_object *)stats_of(stats, object);
}

static void note_role(struct stats_object *object, struct stats_thread *thread,
                      enum role role, const struct trace_event *event)
{
    uint64_t time_ns = event->time_ns;
    uint32_t reason = event->detail;
    bool is_put = role == ROLE_PUT, is_get = role == ROLE_GET;

    if (is_put || is_get) {
        if (object->puts + object->gets == 0)
            object->first_ns = time_ns;
        object->last_ns = time_ns;
    }
    object->puts += is_put;
    object->gets += is_get;
    object->failed_puts += role == ROLE_FAILED_PUT;
    object->failed_gets += role == ROLE_FAILED_GET;
    if (role == ROLE_FAILED_PUT)
        object->puts_ended[reason < STATS_REASONS ? reason : 0]++;
    if (role == ROLE_FAILED_GET)
        object->gets_ended[reason < STATS_REASONS ? reason : 0]++;
    thread->puts += is_put;
    thread->gets += is_get;
}

static void note_depth(struct stats_object *figures, const struct model_object *object,
                       const struct trace_event *event, uint64_t step)
{
    uint64_t depth = event->depth;

    if (object->type == OBJECT_PROCESS_QUEUE)
        depth += event->unfinished; /* what is in buffers */
    if (depth <= figures->largest_depth)
        return;
    figures->largest_depth = depth;
    figures->largest_step = step;
}

/* Who holds a lock changes when it is taken or given back, and by a condition's wait.
 */
static void note_holder(struct stats_object *figures, const struct model_object *lock,
                        const struct trace_event *event, uint64_t step)
{
    if (lock->holder == figures->holder)
        return;
    if (figures->holder != 0 && event->time_ns >= figures->holder_ns) {
        uint64_t ns = event->time_ns - figures->holder_ns;
        figures->held_ns += ns;
        if (figures->longest_held_step == 0 || ns > figures->longest_held_ns) {
            figures->longest_held_ns = ns;
            figures->longest_held_step = figures->holder_step;
        }
    }
    figures->holder = lock->holder;
    figures->holder_step = step;
    figures->holder_ns = event->time_ns;
}

/* The lock that the event may give to somebody else; NULL if it is about none. */
static const struct model_object *lock_of(const struct stats *stats,
                                          const struct model_object *object)
{
    if (object->type == OBJECT_LOCK)
        return object;
    if (object->type != OBJECT_CONDITION)
        return NULL;
    const struct model_object *lock =
        model_object_of(&stats->model, object->holder, object->process);
    return lock->type == OBJECT_LOCK ? lock : NULL;
}

void stats_note_object(struct stats *stats, const struct trace_event *event,
                       enum trace_kind kind, struct stats_thread *thread,
                       bool is_idle_wakeup)
{
    const struct model_object *object = object_of(stats, event);
    uint64_t step = stats->model.step;

    if (object == NULL || kind_info(kind)->type == OBJECT_NONE)
        return;
    struct stats_object *figures = figures_of(stats, object);
    figures->idle_wakeups += is_idle_wakeup;
    figures->acquisitions += kind == TRACE_LOCK_ACQUIRE;
    note_role(figures, thread, role_of(kind), event);
    if ((object->type == OBJECT_QUEUE || object->type == OBJECT_PIPE ||
         object->type == OBJECT_PROCESS_QUEUE || object->type == OBJECT_LIST) &&
        kind_tells_counts(kind))
        note_depth(figures, object, event, step);
    const struct model_object *lock = lock_of(stats, object);
    if (lock != NULL)
        note_holder(figures_of(stats, lock), lock, event, step);
}

void stats_note_wait(struct stats *stats, const struct reader *reader, uint64_t step,
                     uint64_t ns)
{
    enum trace_kind begun = reader_kind(reader, step);
    const struct model_object *object = object_of(stats, reader_event(reader, step));

    if (object == NULL || is_feeders(begun))
        return;
    struct stats_object *figures = figures_of(stats, object);
    stats_waits_add(waits_to_put(begun) ? &figures->put_waits : &figures->get_waits, ns,
                    step);
}

double stats_per_second(const struct stats_object *object)
{
    uint64_t handled = object->gets > 0 ? object->gets : object->puts;

    if (handled < 2 || object->last_ns <= object->first_ns)
        return 0;
    return (double)handled * 1e9 / (double)(object->last_ns - object->first_ns);
}

const char *stats_ended_words(int reason)
{
    static const char *const reasons[STATS_REASONS] = {
        [0] = "failed",
        [TRACE_BECAUSE_EMPTY] = "as it was empty",
        [TRACE_BECAUSE_FULL] = "as it was full",
        [TRACE_BECAUSE_TIMEOUT] = "timed out",
        [TRACE_BECAUSE_SHUTDOWN] = "told that it is shut down",
        [TRACE_BECAUSE_HELD] = "as it was held",
        [TRACE_BECAUSE_CLOSED] = "told that it is closed",
        [TRACE_BECAUSE_RAISED] = "failed",
    };

    return reasons[reason];
}

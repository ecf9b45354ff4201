/* vocabulary.c - every kind of event; see vocabulary.h. */
#include "vocabulary.h"
#include "vocabulary_kinds.h"

#include <stddef.h>

const struct kind_info *kind_info(enum trace_kind kind)
{
    static const struct kind_info unknown = {
        "unknown", PHASE_ACT, OBJECT_NONE,
        NULL,      NULL,      "damaged: no event of this kind exists"};

    if ((unsigned)kind >= TRACE_KINDS)
        return &unknown;
    if (kinds_of_threads[kind].name != NULL)
        return &kinds_of_threads[kind];
    return kinds_of_processes[kind].name != NULL ? &kinds_of_processes[kind] : &unknown;
}

const char *kind_brief_wait(enum trace_kind kind)
{
    static const char *const brief[TRACE_KINDS] = {
        [TRACE_LOCK_ACQUIRE_BEGIN] = "%q: %h has it",
        [TRACE_THREAD_JOIN_BEGIN] = "for %o (join)",
        [TRACE_PROCESS_JOIN_BEGIN] = "for process %o (join)",
        [TRACE_QUEUE_JOIN_BEGIN] = "for %o.join: %u left",
        [TRACE_EVENT_WAIT_BEGIN] = "for the flag %q",
        [TRACE_POOL_NEXT_BEGIN] = "for a completed task of %q",
        [TRACE_PROCESS_QUEUE_FEED_BEGIN] = "for an item on %o",
        [TRACE_PROCESS_QUEUE_SEND_BEGIN] = "for space in %o's pipe",
    };

    return (unsigned)kind < TRACE_KINDS && brief[kind] != NULL
               ? brief[kind]
               : kind_info(kind)->waiting;
}

bool kind_has_item(enum trace_kind kind)
{
    switch (kind) {
    case TRACE_QUEUE_PUT:
    case TRACE_QUEUE_GET:
    case TRACE_QUEUE_DROP:
    case TRACE_PIPE_SEND:
    case TRACE_PIPE_RECV:
    case TRACE_PROCESS_QUEUE_PUT:
    case TRACE_PROCESS_QUEUE_SEND:
    case TRACE_PROCESS_QUEUE_GET:
        return true;
    default:
        return false;
    }
}

bool kind_moves_item(enum trace_kind kind)
{
    return kind_has_item(kind) || kind == TRACE_LIST_APPEND || kind == TRACE_LIST_SET;
}

bool kind_tells_counts(enum trace_kind kind)
{
    return kind != TRACE_PROCESS_QUEUE_FEED_BEGIN && kind != TRACE_PROCESS_QUEUE_FEED &&
           kind != TRACE_PROCESS_QUEUE_FEED_FAILED;
}

const char *object_type_name(enum object_type type)
{
    static const char *const names[OBJECT_TYPES] = {
        [OBJECT_NONE] = "",
        [OBJECT_THREAD] = "thread",
        [OBJECT_PROCESS] = "process",
        [OBJECT_QUEUE] = "queue",
        [OBJECT_PIPE] = "pipe",
        [OBJECT_PROCESS_QUEUE] = "process_queue",
        [OBJECT_LIST] = "list",
        [OBJECT_SHARED] = "shared",
        [OBJECT_POOL] = "pool",
        [OBJECT_FUTURE] = "future",
        [OBJECT_MANAGER] = "manager",
        [OBJECT_LOCK] = "lock",
        [OBJECT_CONDITION] = "condition",
        [OBJECT_EVENT] = "event",
    };

    return (unsigned)type < OBJECT_TYPES ? names[type] : "";
}

const char *failure_name(uint32_t failure)
{
    static const char *const names[] = {
        [0] = "",
        [TRACE_BECAUSE_EMPTY] = "empty",
        [TRACE_BECAUSE_FULL] = "full",
        [TRACE_BECAUSE_TIMEOUT] = "timeout",
        [TRACE_BECAUSE_SHUTDOWN] = "shutdown",
        [TRACE_BECAUSE_HELD] = "held",
        [TRACE_BECAUSE_CLOSED] = "closed",
        [TRACE_BECAUSE_RAISED] = "failed",
    };

    return failure < sizeof names / sizeof names[0] ? names[failure] : "";
}

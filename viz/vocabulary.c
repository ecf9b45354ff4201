/*
 * vocabulary.c - every kind of event; see vocabulary.h.
 *
 * In a sentence: %t the acting thread, %o the object, %i the item, %d items left,
 * %u unfinished tasks, %x the event's text, %n its number as a duration, %h who holds
 * the lock, %r the reason of a failure, %s the exit status, %w "for at most 0.1 s"
 * where the wait has a time limit.
 */
#include "vocabulary.h"

#include <stddef.h>

static const struct kind_info kinds[TRACE_KINDS] = {
    [TRACE_UNCOMMITTED] = {"torn", PHASE_ACT, OBJECT_NONE, NULL, NULL,
                           "one step lost: its thread was killed while recording"},
    [TRACE_RUN_START] = {"run_start", PHASE_ACT, OBJECT_NONE, NULL, NULL,
                         "the run begins: %x"},
    [TRACE_RUN_END] = {"run_end", PHASE_ACT, OBJECT_NONE, NULL, NULL,
                       "the run ends with status %s"},
    [TRACE_OUTCOME] = {"outcome", PHASE_ACT, OBJECT_NONE, NULL, NULL,
                       "%t declares the result: %x"},
    [TRACE_MISUSE] = {"misuse", PHASE_ACT, OBJECT_NONE, NULL, NULL, "misuse by %t: %x"},
    [TRACE_DEADLOCK] = {"deadlock", PHASE_ACT, OBJECT_NONE, NULL, NULL,
                        "deadlock: nobody can go on"},

    [TRACE_THREAD_START] = {"thread_start", PHASE_ACT, OBJECT_THREAD, NULL, NULL,
                            "%t starts %o"},
    [TRACE_THREAD_END] = {"thread_end", PHASE_ACT, OBJECT_THREAD, NULL, NULL,
                          "%t ends"},
    [TRACE_THREAD_JOIN_BEGIN] = {"thread_join_begin", PHASE_BEGIN, OBJECT_THREAD,
                                 "thread", "for %o to end (join)",
                                 "%t waits for %o to end (join)%w"},
    [TRACE_THREAD_JOIN] = {"thread_join", PHASE_DONE, OBJECT_THREAD, NULL, NULL,
                           "%t has joined %o, which had ended"},
    [TRACE_THREAD_JOIN_FAILED] = {"thread_join_failed", PHASE_FAILED, OBJECT_THREAD,
                                  NULL, NULL, "%t stops waiting for %o: %r"},

    [TRACE_NAP_BEGIN] = {"nap_begin", PHASE_BEGIN, OBJECT_NONE, "nap", "sleeps",
                         "%t sleeps for %n"},
    [TRACE_NAP_END] = {"nap_end", PHASE_DONE, OBJECT_NONE, NULL, NULL, "%t is awake"},

    [TRACE_QUEUE_INIT] = {"queue_init", PHASE_ACT, OBJECT_QUEUE, NULL, NULL,
                          "%t makes queue %o"},
    [TRACE_QUEUE_PUT_BEGIN] = {"queue_put_begin", PHASE_BEGIN, OBJECT_QUEUE, "space",
                               "for space on %o",
                               "%t wants to put on %o; it is full, so it waits%w"},
    [TRACE_QUEUE_PUT] = {"queue_put", PHASE_DONE, OBJECT_QUEUE, NULL, NULL,
                         "%t put '%i' on %o; %d there now"},
    [TRACE_QUEUE_PUT_FAILED] = {"queue_put_failed", PHASE_FAILED, OBJECT_QUEUE, NULL,
                                NULL, "%t could not put on %o: %r"},
    [TRACE_QUEUE_GET_BEGIN] =
        {"queue_get_begin", PHASE_BEGIN, OBJECT_QUEUE, "item", "for an item on %o",
         "%t wants an item from %o; none is there, so it waits%w"},
    [TRACE_QUEUE_GET] = {"queue_get", PHASE_DONE, OBJECT_QUEUE, NULL, NULL,
                         "%t took '%i' from %o; %d left"},
    [TRACE_QUEUE_GET_FAILED] = {"queue_get_failed", PHASE_FAILED, OBJECT_QUEUE, NULL,
                                NULL, "%t got no item from %o: %r"},
    [TRACE_QUEUE_TASK_DONE] = {"queue_task_done", PHASE_ACT, OBJECT_QUEUE, NULL, NULL,
                               "%t reports a task of %o done; %u unfinished"},
    [TRACE_QUEUE_JOIN_BEGIN] = {"queue_join_begin", PHASE_BEGIN, OBJECT_QUEUE, "tasks",
                                "for %o.join: %u not reported yet",
                                "%t joins %o and waits: %u tasks are unfinished"},
    [TRACE_QUEUE_JOIN] = {"queue_join", PHASE_DONE, OBJECT_QUEUE, NULL, NULL,
                          "%t has joined %o: every task was reported done"},
    [TRACE_QUEUE_JOIN_FAILED] = {"queue_join_failed", PHASE_FAILED, OBJECT_QUEUE, NULL,
                                 NULL, "%t stops joining %o: %r"},
    [TRACE_QUEUE_SHUTDOWN] = {"queue_shutdown", PHASE_ACT, OBJECT_QUEUE, NULL, NULL,
                              "%t shuts %o down; %d left in it"},
    [TRACE_QUEUE_DROP] = {"queue_drop", PHASE_ACT, OBJECT_QUEUE, NULL, NULL,
                          "the shutdown drops '%i' from %o"},
    [TRACE_QUEUE_LOOK] = {"queue_look", PHASE_ACT, OBJECT_QUEUE, NULL, NULL,
                          "%t looks at %o: %d there"},

    [TRACE_LOCK_INIT] = {"lock_init", PHASE_ACT, OBJECT_LOCK, NULL, NULL,
                         "%t makes lock %o"},
    [TRACE_LOCK_ACQUIRE_BEGIN] = {"lock_acquire_begin", PHASE_BEGIN, OBJECT_LOCK,
                                  "lock", "%o, held by %h",
                                  "%t wants lock %o; %h holds it, so it waits%w"},
    [TRACE_LOCK_ACQUIRE] = {"lock_acquire", PHASE_DONE, OBJECT_LOCK, NULL, NULL,
                            "%t holds lock %o now"},
    [TRACE_LOCK_ACQUIRE_FAILED] = {"lock_acquire_failed", PHASE_FAILED, OBJECT_LOCK,
                                   NULL, NULL, "%t did not get lock %o: %r"},
    [TRACE_LOCK_RELEASE] = {"lock_release", PHASE_ACT, OBJECT_LOCK, NULL, NULL,
                            "%t gives lock %o back"},

    [TRACE_CONDITION_INIT] = {"condition_init", PHASE_ACT, OBJECT_CONDITION, NULL, NULL,
                              "%t makes condition %o"},
    [TRACE_CONDITION_WAIT_BEGIN] = {"condition_wait_begin", PHASE_BEGIN,
                                    OBJECT_CONDITION, "notify", "for a notify on %o",
                                    "%t gives its lock back and waits for %o%w"},
    [TRACE_CONDITION_WAIT] = {"condition_wait", PHASE_DONE, OBJECT_CONDITION, NULL,
                              NULL, "%t was notified on %o and holds its lock again"},
    [TRACE_CONDITION_WAIT_FAILED] = {"condition_wait_failed", PHASE_FAILED,
                                     OBJECT_CONDITION, NULL, NULL,
                                     "%t stops waiting for %o: %r"},
    [TRACE_CONDITION_NOTIFY] = {"condition_notify", PHASE_ACT, OBJECT_CONDITION, NULL,
                                NULL, "%t notifies on %o"},

    [TRACE_EVENT_INIT] = {"event_init", PHASE_ACT, OBJECT_EVENT, NULL, NULL,
                          "%t makes event %o"},
    [TRACE_EVENT_SET] = {"event_set", PHASE_ACT, OBJECT_EVENT, NULL, NULL,
                         "%t sets %o"},
    [TRACE_EVENT_CLEAR] = {"event_clear", PHASE_ACT, OBJECT_EVENT, NULL, NULL,
                           "%t clears %o"},
    [TRACE_EVENT_LOOK] = {"event_is_set", PHASE_ACT, OBJECT_EVENT, NULL, NULL,
                          "%t looks whether %o is set: %a"},
    [TRACE_EVENT_WAIT_BEGIN] = {"event_wait_begin", PHASE_BEGIN, OBJECT_EVENT, "event",
                                "for %o to be set", "%t waits for %o to be set%w"},
    [TRACE_EVENT_WAIT] = {"event_wait", PHASE_DONE, OBJECT_EVENT, NULL, NULL,
                          "%t goes on: %o is set"},
    [TRACE_EVENT_WAIT_FAILED] = {"event_wait_failed", PHASE_FAILED, OBJECT_EVENT, NULL,
                                 NULL, "%t stops waiting for %o: %r"},

    [TRACE_SAY] = {"say", PHASE_ACT, OBJECT_NONE, NULL, NULL, "%t prints \"%x\""},
    [TRACE_SAY_PIECE] = {"say_piece", PHASE_ACT, OBJECT_NONE, NULL, NULL,
                         "%t prints a piece: \"%x\""},
};

const struct kind_info *kind_info(enum trace_kind kind)
{
    static const struct kind_info unknown = {
        "unknown", PHASE_ACT, OBJECT_NONE,
        NULL,      NULL,      "damaged: no event of this kind exists"};

    return (unsigned)kind < TRACE_KINDS && kinds[kind].name != NULL ? &kinds[kind]
                                                                    : &unknown;
}

const char *object_type_name(enum object_type type)
{
    static const char *const names[OBJECT_TYPES] = {"",     "thread",    "queue",
                                                    "lock", "condition", "event"};

    return (unsigned)type < OBJECT_TYPES ? names[type] : "";
}

const char *failure_name(uint32_t failure)
{
    static const char *const names[] = {"",        "empty",    "full",
                                        "timeout", "shutdown", "held"};

    return failure < sizeof names / sizeof names[0] ? names[failure] : "";
}

/* idle.c - waking up for nothing; see idle.h. */
#include "idle.h"
#include "vocabulary.h"

static bool is_look(enum trace_kind kind)
{
    return kind == TRACE_SHARED_LOAD || kind == TRACE_LIST_LOOK ||
           kind == TRACE_LIST_GET || kind == TRACE_QUEUE_LOOK ||
           kind == TRACE_EVENT_LOOK;
}

/* A shutdown, or a failure that is told, is an answer; these are none. */
static bool found_nothing(const struct trace_event *event)
{
    return event->detail == TRACE_BECAUSE_EMPTY ||
           event->detail == TRACE_BECAUSE_FULL ||
           event->detail == TRACE_BECAUSE_TIMEOUT ||
           event->detail == TRACE_BECAUSE_HELD;
}

static bool asks_in_vain(const struct idle *idle, const struct trace_event *event,
                         enum trace_kind kind)
{
    if (kind_info(kind)->phase != PHASE_FAILED)
        return false;
    if (idle->waits)
        return event->detail == TRACE_BECAUSE_TIMEOUT;
    return idle->last == TRACE_NAP_END && found_nothing(event);
}

static bool is_woken_in_vain(const struct idle *idle, const struct trace_event *event,
                             enum trace_kind kind)
{
    return kind == TRACE_CONDITION_WAIT_BEGIN && event->object != 0 &&
           idle->woken_by == event->object;
}

enum idle_kind idle_step(struct idle *idle, const struct trace_event *event,
                         enum trace_kind kind)
{
    enum idle_kind result = asks_in_vain(idle, event, kind)       ? IDLE_ASKED
                            : is_woken_in_vain(idle, event, kind) ? IDLE_WOKEN
                                                                  : IDLE_NOT;

    if (kind == TRACE_CONDITION_WAIT)
        idle->woken_by = event->object;
    else if (!is_look(kind))
        idle->woken_by = 0;
    idle->waits = kind_info(kind)->phase == PHASE_BEGIN;
    idle->last = kind;
    return result;
}

/* event_flag.c - a flag that threads can wait for; see event_flag.h. */
#include "event_flag.h"
#include "ending.h"
#include "limit.h"

static void note(const struct event_flag *flag, enum trace_kind kind, const char *site,
                 uint64_t number, uint32_t detail)
{
    trace(&(struct trace_entry){.kind = kind,
                                .object = flag->object,
                                .site = site,
                                .number = number,
                                .detail = detail});
}

void event_flag_init(struct event_flag *flag, const char *name)
{
    roster_self(); /* first: the main thread is object 1 */
    *flag = (struct event_flag){.name = name, .object = trace_new_object()};
    trace(&(struct trace_entry){
        .kind = TRACE_EVENT_INIT, .object = flag->object, .text = name});
}

void event_flag_destroy(struct event_flag *flag)
{
    monitor_enter(&flag->monitor);
    if (!wait_list_is_empty(&flag->waiters))
        ending_misuse(flag->waiters.first->step.site,
                      "event_flag_destroy on %s, for which %s still waits", flag->name,
                      flag->waiters.first->name);
    monitor_leave(&flag->monitor);
}

void event_flag_set_at(struct event_flag *flag, const char *site)
{
    step(TRACE_EVENT_SET, flag->object, site);
    monitor_enter(&flag->monitor);
    flag->is_set = true;
    note(flag, TRACE_EVENT_SET, site, 0, 0);
    monitor_wake_all(&flag->monitor, &flag->waiters);
    monitor_leave(&flag->monitor);
}

void event_flag_clear_at(struct event_flag *flag, const char *site)
{
    step(TRACE_EVENT_CLEAR, flag->object, site);
    monitor_enter(&flag->monitor);
    flag->is_set = false;
    note(flag, TRACE_EVENT_CLEAR, site, 0, 0);
    monitor_leave(&flag->monitor);
}

bool event_flag_is_set_at(struct event_flag *flag, const char *site)
{
    step(TRACE_EVENT_LOOK, flag->object, site);
    monitor_enter(&flag->monitor);
    bool is_set = flag->is_set;
    note(flag, TRACE_EVENT_LOOK, site, 0, is_set);
    monitor_leave(&flag->monitor);
    return is_set;
}

static bool wait_within(struct event_flag *flag, struct limit limit, const char *site)
{
    struct wait_reason why = {.name = flag->name};
    bool begun = false, in_time = true;

    step(TRACE_EVENT_WAIT, flag->object, site);
    monitor_enter(&flag->monitor);
    /* A wake-up is enough, as in Python: the flag may be cleared again by now. */
    if (!flag->is_set) {
        note(flag, TRACE_EVENT_WAIT_BEGIN, site, limit.ns, 0);
        begun = true;
        in_time = monitor_wait(&flag->monitor, &flag->waiters, limit.deadline, &why);
    }
    bool was_set = flag->is_set || (begun && in_time);
    if (was_set)
        note(flag, TRACE_EVENT_WAIT, site, 0, 0);
    else
        note(flag, TRACE_EVENT_WAIT_FAILED, site, 0, limit.late);
    monitor_leave(&flag->monitor);
    return was_set;
}

void event_flag_wait_at(struct event_flag *flag, const char *site)
{
    wait_within(flag, limit_none(), site);
}

bool event_flag_wait_within_at(struct event_flag *flag, int ms, const char *site)
{
    return wait_within(flag, limit_within(ms, site), site);
}

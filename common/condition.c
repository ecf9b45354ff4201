/* condition.c - waiting until another thread says that something changed; see
   condition.h. */
#include "condition.h"
#include "ending.h"
#include "limit.h"

static void note(const struct condition *condition, enum trace_kind kind,
                 const char *site, uint64_t number, uint32_t detail)
{
    trace(&(struct trace_entry){.kind = kind,
                                .object = condition->object,
                                .site = site,
                                .number = number,
                                .detail = detail});
}

void condition_init(struct condition *condition, const char *name, struct lock *lock)
{
    roster_self(); /* first: the main thread is object 1 */
    *condition =
        (struct condition){.name = name, .object = trace_new_object(), .lock = lock};
    trace(&(struct trace_entry){.kind = TRACE_CONDITION_INIT,
                                .object = condition->object,
                                .number = lock->object,
                                .text = name});
}

void condition_destroy(struct condition *condition)
{
    monitor_enter(&condition->lock->monitor);
    if (!wait_list_is_empty(&condition->waiters))
        ending_misuse(condition->waiters.first->step.site,
                      "condition_destroy on %s, for which %s still waits",
                      condition->name, condition->waiters.first->name);
    monitor_leave(&condition->lock->monitor);
}

static void must_hold(const struct condition *condition, const char *what,
                      const char *site)
{
    if (atomic_load(&condition->lock->holder) != roster_self())
        ending_misuse(site, "%s on %s by %s, which does not hold lock %s", what,
                      condition->name, roster_self()->name, condition->lock->name);
}

static bool wait_within(struct condition *condition, struct limit limit,
                        const char *site)
{
    struct lock *lock = condition->lock;
    struct wait_reason why = {.name = condition->name};

    step(TRACE_CONDITION_WAIT, condition->object, site);
    must_hold(condition, "condition_wait", site);
    monitor_enter(&lock->monitor);
    note(condition, TRACE_CONDITION_WAIT_BEGIN, site, limit.ns, 0);
    lock_let_go(lock);
    bool notified =
        monitor_wait(&lock->monitor, &condition->waiters, limit.deadline, &why);
    lock_take_again(lock, site);
    if (notified)
        note(condition, TRACE_CONDITION_WAIT, site, 0, 0);
    else
        note(condition, TRACE_CONDITION_WAIT_FAILED, site, 0, limit.late);
    monitor_leave(&lock->monitor);
    return notified;
}

void condition_wait_at(struct condition *condition, const char *site)
{
    wait_within(condition, limit_none(), site);
}

bool condition_wait_within_at(struct condition *condition, int ms, const char *site)
{
    return wait_within(condition, limit_within(ms, site), site);
}

static void notify(struct condition *condition, bool all, const char *site)
{
    struct lock *lock = condition->lock;
    uint32_t woken = 0, first = 0;

    step(TRACE_CONDITION_NOTIFY, condition->object, site);
    must_hold(condition, "condition_notify", site);
    monitor_enter(&lock->monitor);
    if (!wait_list_is_empty(&condition->waiters))
        first = condition->waiters.first->number;
    while (!wait_list_is_empty(&condition->waiters) && (all || woken == 0)) {
        monitor_wake_one(&lock->monitor, &condition->waiters);
        woken++;
    }
    note(condition, TRACE_CONDITION_NOTIFY, site, first, woken);
    monitor_leave(&lock->monitor);
}

void condition_notify_at(struct condition *condition, const char *site)
{
    notify(condition, false, site);
}

void condition_notify_all_at(struct condition *condition, const char *site)
{
    notify(condition, true, site);
}

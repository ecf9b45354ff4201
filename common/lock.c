/* lock.c - mutual exclusion; see lock.h. */
#include "lock.h"
#include "ending.h"
#include "limit.h"

static void note(const struct lock *lock, enum trace_kind kind, const char *site,
                 uint64_t number, uint32_t detail)
{
    trace(&(struct trace_entry){.kind = kind,
                                .object = lock->object,
                                .site = site,
                                .number = number,
                                .detail = detail});
}

void lock_init(struct lock *lock, const char *name)
{
    roster_self(); /* first: the main thread is object 1 */
    *lock = (struct lock){.name = name, .object = trace_new_object()};
    trace(&(struct trace_entry){
        .kind = TRACE_LOCK_INIT, .object = lock->object, .text = name});
}

void lock_destroy(struct lock *lock)
{
    struct roster_thread *holder = atomic_load(&lock->holder);

    if (holder != NULL)
        ending_misuse(lock->held_by.site, "lock_destroy on %s, which %s still holds",
                      lock->name, holder->name);
}

static struct wait_reason reason(struct lock *lock)
{
    return (struct wait_reason){
        .name = lock->name, .holder = &lock->holder, .held_by = &lock->held_by};
}

/* Waits inside the monitor until the lock is free; false when the limit is over. */
static bool wait_until_free(struct lock *lock, struct limit limit, const char *site)
{
    struct wait_reason why = reason(lock);
    bool in_time = limit.deadline != 0, begun = false;

    while (atomic_load_explicit(&lock->holder, memory_order_relaxed) != NULL) {
        if (!in_time)
            return false;
        if (!begun)
            note(lock, TRACE_LOCK_ACQUIRE_BEGIN, site, limit.ns, 0);
        begun = true;
        in_time = monitor_wait(&lock->monitor, &lock->waiters, limit.deadline, &why);
    }
    return true;
}

/* Others go on waiting, and for another thread than before. */
static void tell_waiters(const struct lock *lock)
{
    for (struct roster_thread *at = wait_list_first(&lock->waiters); at != NULL;
         at = at->next) {
        at->told.held_by = lock->held_by;
    }
}

static void take(struct lock *lock, const char *site)
{
    /* release: deadlock.c, following the holder, sees what it wrote before */
    atomic_store_explicit(&lock->holder, roster_self(), memory_order_release);
    roster_name_holder(&lock->held_by, site);
    roster_self()->locks++;
    tell_waiters(lock);
}

static bool acquire(struct lock *lock, struct limit limit, const char *site)
{
    step(TRACE_LOCK_ACQUIRE, lock->object, site);
    roster_self();
    monitor_enter(&lock->monitor);
    bool got = wait_until_free(lock, limit, site);
    if (got) {
        take(lock, site);
        note(lock, TRACE_LOCK_ACQUIRE, site, 0, 0);
    } else {
        note(lock, TRACE_LOCK_ACQUIRE_FAILED, site, 0, limit.late);
    }
    monitor_leave(&lock->monitor);
    return got;
}

void lock_acquire_at(struct lock *lock, const char *site)
{
    acquire(lock, limit_none(), site);
}

bool lock_acquire_nowait_at(struct lock *lock, const char *site)
{
    return acquire(lock, limit_not_now(TRACE_BECAUSE_HELD), site);
}

bool lock_acquire_within_at(struct lock *lock, int ms, const char *site)
{
    return acquire(lock, limit_within(ms, site), site);
}

void lock_release_at(struct lock *lock, const char *site)
{
    step(TRACE_LOCK_RELEASE, lock->object, site);
    monitor_enter(&lock->monitor);
    if (atomic_load(&lock->holder) != roster_self())
        ending_misuse(site, "lock_release on %s by %s, which does not hold it",
                      lock->name, roster_self()->name);
    note(lock, TRACE_LOCK_RELEASE, site, 0, 0);
    lock_let_go(lock);
    monitor_leave(&lock->monitor);
}

void lock_let_go(struct lock *lock)
{
    roster_self()->locks--;
    atomic_store_explicit(&lock->holder, NULL, memory_order_release);
    monitor_wake_one(&lock->monitor, &lock->waiters);
}

void lock_take_again(struct lock *lock, const char *site)
{
    struct step before = step_current;

    step_current = (struct step){TRACE_LOCK_ACQUIRE, lock->object, site};
    wait_until_free(lock, limit_none(), site);
    take(lock, site);
    step_current = before;
}

/*
 * condition.h - waiting until another thread says that something changed, as Python's
 * threading.Condition.
 *
 * A condition goes with one lock, which guards the thing that is waited for. A wait may
 * end although that thing is not so (another thread was quicker): always wait in a loop
 * that looks again. Waiting or notifying without holding the lock is misuse.
 * The lock's monitor guards the fields.
 */
#ifndef CONDITION_H
#define CONDITION_H

#include "lock.h"

struct condition {
    const char *name;
    uint32_t object;
    struct lock *lock;
    struct wait_list waiters;
};

/* The name is what the view shows; it and the lock must outlive the condition. */
void condition_init(struct condition *condition, const char *name, struct lock *lock);

/* Nobody may be waiting. */
void condition_destroy(struct condition *condition);

/* Releases the lock, blocks until notified, and takes the lock again. */
#define condition_wait(condition) condition_wait_at(condition, HERE)
void condition_wait_at(struct condition *condition, const char *site);

/* The same for at most that many milliseconds (and however long it then takes to get
   the lock): false if nobody notified. */
#define condition_wait_within(condition, ms)                                           \
    condition_wait_within_at(condition, ms, HERE)
bool condition_wait_within_at(struct condition *condition, int ms, const char *site);

/* Wakes the thread that has waited longest, or all. Nothing if nobody waits: a notify
   is not kept for later. Never blocks. */
#define condition_notify(condition) condition_notify_at(condition, HERE)
void condition_notify_at(struct condition *condition, const char *site);
#define condition_notify_all(condition) condition_notify_all_at(condition, HERE)
void condition_notify_all_at(struct condition *condition, const char *site);

#endif

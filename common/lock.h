/*
 * lock.h - mutual exclusion, as Python's threading.Lock.
 *
 * At most one thread holds the lock. Unlike Python's, only its holder may release it,
 * since that is what a pthread mutex demands too; anything else is misuse. A thread
 * that acquires a lock which it holds waits for itself: a deadlock, and reported as
 * one. The monitor guards every field.
 */
#ifndef LOCK_H
#define LOCK_H

#include "monitor.h"
#include "trace.h"

struct lock {
    const char *name;
    uint32_t object;
    struct monitor monitor;
    struct wait_list waiters;
    _Atomic(struct roster_thread *) holder; /* also read by deadlock.c */
    struct roster_holder held_by;           /* the same in words */
};

/* Makes a free lock. The name is what the view shows; it must outlive the lock. */
void lock_init(struct lock *lock, const char *name);

/* The lock must be free. */
void lock_destroy(struct lock *lock);

/* Blocks until the calling thread holds the lock. */
#define lock_acquire(lock) lock_acquire_at(lock, HERE)
void lock_acquire_at(struct lock *lock, const char *site);

/* Takes the lock if it is free: false at once if it is not. */
#define lock_acquire_nowait(lock) lock_acquire_nowait_at(lock, HERE)
bool lock_acquire_nowait_at(struct lock *lock, const char *site);

/* Blocks for at most that many milliseconds: false if the lock was never free. */
#define lock_acquire_within(lock, ms) lock_acquire_within_at(lock, ms, HERE)
bool lock_acquire_within_at(struct lock *lock, int ms, const char *site);

/* Gives the lock back. Never blocks. */
#define lock_release(lock) lock_release_at(lock, HERE)
void lock_release_at(struct lock *lock, const char *site);

/* For condition.c: gives the lock back, or takes it, inside its monitor and without an
   event; the wait is shown as lock_acquire's. */
void lock_let_go(struct lock *lock);
void lock_take_again(struct lock *lock, const char *site);

#endif

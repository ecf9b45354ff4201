/*
 * big_lock.h - one lock round everything, as the lock of Python's interpreter (the
 * GIL).
 *
 * Only who holds it may run. It is let go where a thread would wait anyway, and offered
 * every few milliseconds by one that computes. Offering is more than letting go:
 * Python's makes sure that a waiting thread gets it before the one that offers. Here
 * two locks do that: one thread at a time waits for the inner one, at the turnstile,
 * and is sure to be the next; the others wait before it, and so does who has just
 * offered.
 */
#ifndef BIG_LOCK_H
#define BIG_LOCK_H

#include "lock.h"

enum { BIG_LOCK_OFFER_MS = 5 };

struct big_lock {
    struct lock turnstile, inner;
    uint64_t taken_at; /* when the holder took it; the holder's own */
};

/* The name is what the view shows, and must outlive it. */
void big_lock_init(struct big_lock *lock, const char *name);

/* Blocks until the calling thread holds it. */
#define big_lock_acquire(lock) big_lock_acquire_at(lock, HERE)
void big_lock_acquire_at(struct big_lock *lock, const char *site);

#define big_lock_release(lock) big_lock_release_at(lock, HERE)
void big_lock_release_at(struct big_lock *lock, const char *site);

/* To be called often by a holder that computes: where it has held the lock for
   BIG_LOCK_OFFER_MS it gives it to who waits, and blocks until it has it again. */
#define big_lock_offer(lock) big_lock_offer_at(lock, HERE)
void big_lock_offer_at(struct big_lock *lock, const char *site);

#endif

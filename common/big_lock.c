/* big_lock.c - one lock round everything; see big_lock.h. */
#include "big_lock.h"

void big_lock_init(struct big_lock *lock, const char *name)
{
    lock_init(&lock->turnstile, "turnstile");
    lock_init(&lock->inner, name);
}

void big_lock_acquire_at(struct big_lock *lock, const char *site)
{
    lock_acquire_at(&lock->turnstile, site);
    lock_acquire_at(&lock->inner, site);
    lock_release_at(&lock->turnstile, site);
    lock->taken_at = clock_now();
}

void big_lock_release_at(struct big_lock *lock, const char *site)
{
    lock_release_at(&lock->inner, site);
}

void big_lock_offer_at(struct big_lock *lock, const char *site)
{
    const uint64_t offer_ns = BIG_LOCK_OFFER_MS * UINT64_C(1000000);

    if (clock_now() - lock->taken_at < offer_ns)
        return;
    big_lock_release_at(lock, site);
    big_lock_acquire_at(lock, site);
}

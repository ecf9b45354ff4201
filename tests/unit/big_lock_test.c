/* big_lock_test.c - one lock round everything: who waits gets it when it is offered. */
#include "big_lock.h"
#include "caller.h"
#include "support.h"

static struct big_lock lock;

static bool take_and_give(struct caller *me __attribute__((unused)))
{
    big_lock_acquire(&lock);
    big_lock_release(&lock);
    return true;
}

/* Computes, so to speak, until the lock was held for long enough to be offered. */
static void hold_for(uint64_t ms)
{
    uint64_t end = lock.taken_at + ms * 1000000;

    while (clock_now() < end)
        continue;
}

static int make(void **state __attribute__((unused)))
{
    big_lock_init(&lock, "big lock");
    return 0;
}

TEST(an_offer_that_comes_early_hands_nothing_over)
{
    struct caller caller = {.item = 0};

    big_lock_acquire(&lock);
    caller_start(&caller, take_and_give);
    until_waiting(&lock.inner.monitor, &lock.inner.waiters, 1);
    lock.taken_at = clock_now(); /* just now */
    big_lock_offer(&lock);
    assert_false(atomic_load(&caller.returned));
    big_lock_release(&lock);
    assert_true(caller_result(&caller));
}

TEST(who_waits_has_it_before_the_one_that_offers_has_it_again)
{
    struct caller caller = {.item = 0};

    big_lock_acquire(&lock);
    caller_start(&caller, take_and_give);
    until_waiting(&lock.inner.monitor, &lock.inner.waiters, 1);
    hold_for(BIG_LOCK_OFFER_MS);
    uint64_t taken = lock.taken_at;
    big_lock_offer(&lock);
    assert_true(lock.taken_at > taken);
    big_lock_release(&lock);
    assert_true(caller_result(&caller));
}

TEST(an_offer_that_nobody_wants_costs_nothing_but_time)
{
    big_lock_acquire(&lock);
    hold_for(BIG_LOCK_OFFER_MS);
    big_lock_offer(&lock);
    big_lock_release(&lock);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(an_offer_that_comes_early_hands_nothing_over, make),
        cmocka_unit_test_setup(who_waits_has_it_before_the_one_that_offers_has_it_again,
                               make),
        cmocka_unit_test_setup(an_offer_that_nobody_wants_costs_nothing_but_time, make),
    };

    return cmocka_run_group_tests_name("big_lock", tests, NULL, NULL);
}

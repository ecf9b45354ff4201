/* condition_test.c - waiting for a change: who is woken, and with the lock held again.
 */
#include "caller.h"
#include "condition.h"
#include "support.h"

static struct lock lock;
static struct condition condition;
static bool changed; /* the lock guards it */

static int new_condition(void **state __attribute__((unused)))
{
    lock_init(&lock, "lock");
    condition_init(&condition, "changed", &lock);
    changed = false;
    return 0;
}

static int end_condition(void **state __attribute__((unused)))
{
    condition_destroy(&condition);
    lock_destroy(&lock);
    return 0;
}

/* One wait; tells whether the lock was held again after it. */
static bool wait_once(struct caller *me __attribute__((unused)))
{
    lock_acquire(&lock);
    condition_wait(&condition);
    bool held = atomic_load(&lock.holder) == roster_self();
    lock_release(&lock);
    return held;
}

static bool wait_once_within_long(struct caller *me __attribute__((unused)))
{
    lock_acquire(&lock);
    bool notified = condition_wait_within(&condition, TOO_LONG_MS);
    lock_release(&lock);
    return notified;
}

static void notify(bool all)
{
    lock_acquire(&lock);
    if (all)
        condition_notify_all(&condition);
    else
        condition_notify(&condition);
    lock_release(&lock);
}

TEST(a_waiter_gives_the_lock_back_while_it_waits_and_holds_it_after)
{
    struct caller waiter = {.item = 0};

    caller_start(&waiter, wait_once);
    until_waiting(&lock.monitor, &condition.waiters, 1);
    lock_acquire(&lock); /* possible: the waiter does not hold it */
    assert_false(atomic_load(&waiter.returned));
    condition_notify(&condition);
    lock_release(&lock);
    assert_true(caller_result(&waiter));
}

TEST(a_notified_thread_goes_on_only_when_the_lock_is_free)
{
    struct caller waiter = {.item = 0};

    caller_start(&waiter, wait_once);
    until_waiting(&lock.monitor, &condition.waiters, 1);
    lock_acquire(&lock);
    condition_notify(&condition);
    until_waiting(&lock.monitor, &lock.waiters, 1); /* it waits for the lock now */
    assert_false(atomic_load(&waiter.returned));
    lock_release(&lock);
    assert_true(caller_result(&waiter));
}

TEST(notify_wakes_the_one_that_waited_longest)
{
    struct caller waiters[3] = {{.item = 0}};

    for (unsigned i = 0; i < 3; i++) {
        caller_start(&waiters[i], wait_once);
        until_waiting(&lock.monitor, &condition.waiters, i + 1);
    }
    for (unsigned i = 0; i < 3; i++) {
        notify(false);
        assert_true(caller_result(&waiters[i]));
        for (unsigned j = i + 1; j < 3; j++)
            assert_false(atomic_load(&waiters[j].returned));
    }
}

TEST(notify_all_wakes_them_all)
{
    struct caller waiters[4] = {{.item = 0}};

    for (int i = 0; i < 4; i++)
        caller_start(&waiters[i], i % 2 == 0 ? wait_once : wait_once_within_long);
    until_waiting(&lock.monitor, &condition.waiters, 4);
    notify(true);
    for (int i = 0; i < 4; i++)
        assert_true(caller_result(&waiters[i]));
}

static bool wait_within(void *object, int ms)
{
    return condition_wait_within(object, ms);
}

TEST(a_notify_is_not_kept_for_who_waits_later)
{
    notify(false);
    notify(true);
    lock_acquire(&lock);
    assert_false(condition_wait_within(&condition, 10));
    lock_release(&lock);
}

TEST(a_wait_gives_up_when_its_time_limit_is_over_not_before_and_not_much_later)
{
    lock_acquire(&lock);
    assert_gives_up_in_time(wait_within, &condition);
    assert_ptr_equal(atomic_load(&lock.holder), roster_self());
    lock_release(&lock);
}

static bool wait_for_the_change(struct caller *me __attribute__((unused)))
{
    lock_acquire(&lock);
    while (!changed)
        condition_wait(&condition);
    changed = false;
    lock_release(&lock);
    return true;
}

TEST(a_change_handed_over_again_and_again_is_never_missed)
{
    for (int round = 0; round < 300; round++) {
        struct caller waiter = {.item = 0};

        caller_start(&waiter, wait_for_the_change);
        lock_acquire(&lock); /* before it waits, while, or after: whoever is first */
        changed = true;
        condition_notify(&condition);
        lock_release(&lock);
        assert_true(caller_result(&waiter));
    }
}

/* --- misuse */

static void wait_without_lock(const char *argument __attribute__((unused)))
{
    new_condition(NULL);
    condition_wait(&condition);
}

static void notify_without_lock(const char *argument __attribute__((unused)))
{
    new_condition(NULL);
    condition_notify(&condition);
}

static void destroy_waited(const char *argument __attribute__((unused)))
{
    struct caller waiter = {.item = 0};

    new_condition(NULL);
    caller_start(&waiter, wait_once);
    until_waiting(&lock.monitor, &condition.waiters, 1);
    condition_destroy(&condition);
}

static void negative_limit(const char *argument __attribute__((unused)))
{
    new_condition(NULL);
    lock_acquire(&lock);
    condition_wait_within(&condition, -1);
}

static const struct child_case cases[] = {
    {"wait_without_lock", wait_without_lock},
    {"notify_without_lock", notify_without_lock},
    {"destroy_waited", destroy_waited},
    {"negative_limit", negative_limit},
    {NULL, NULL},
};

TEST(waiting_or_notifying_without_the_lock_is_misuse)
{
    assert_misuse("wait_without_lock", "which does not hold lock lock");
    assert_misuse("notify_without_lock", "which does not hold lock lock");
}

TEST(destroying_a_condition_for_which_a_thread_waits_is_misuse)
{
    assert_misuse("destroy_waited", "condition_destroy on changed, for which caller");
}

TEST(a_negative_time_limit_is_misuse)
{
    assert_misuse("negative_limit", "must not be negative");
}

#define WITH_CONDITION(test)                                                           \
    cmocka_unit_test_setup_teardown(test, new_condition, end_condition)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_CONDITION(a_waiter_gives_the_lock_back_while_it_waits_and_holds_it_after),
        WITH_CONDITION(a_notified_thread_goes_on_only_when_the_lock_is_free),
        WITH_CONDITION(notify_wakes_the_one_that_waited_longest),
        WITH_CONDITION(notify_all_wakes_them_all),
        WITH_CONDITION(a_notify_is_not_kept_for_who_waits_later),
        WITH_CONDITION(
            a_wait_gives_up_when_its_time_limit_is_over_not_before_and_not_much_later),
        WITH_CONDITION(a_change_handed_over_again_and_again_is_never_missed),
        cmocka_unit_test(waiting_or_notifying_without_the_lock_is_misuse),
        cmocka_unit_test(destroying_a_condition_for_which_a_thread_waits_is_misuse),
        cmocka_unit_test(a_negative_time_limit_is_misuse),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("condition", tests, NULL, NULL);
}

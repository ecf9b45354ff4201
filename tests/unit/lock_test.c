/* lock_test.c - one holder at a time, and only the holder gives the lock back. */
#include "caller.h"
#include "lock.h"
#include "support.h"

static struct lock lock;

static int new_lock(void **state __attribute__((unused)))
{
    lock_init(&lock, "lock");
    return 0;
}

static int end_lock(void **state __attribute__((unused)))
{
    lock_destroy(&lock);
    return 0;
}

static bool take_and_give_back(struct caller *me __attribute__((unused)))
{
    lock_acquire(&lock);
    lock_release(&lock);
    return true;
}

static bool take_at_once(struct caller *me __attribute__((unused)))
{
    bool got = lock_acquire_nowait(&lock);

    if (got)
        lock_release(&lock);
    return got;
}

static bool take_within_long(struct caller *me __attribute__((unused)))
{
    bool got = lock_acquire_within(&lock, TOO_LONG_MS);

    if (got)
        lock_release(&lock);
    return got;
}

TEST(a_held_lock_makes_others_wait_until_it_is_released)
{
    struct caller callers[2] = {{.item = 0}};

    lock_acquire(&lock);
    caller_start(&callers[0], take_and_give_back);
    caller_start(&callers[1], take_within_long);
    until_waiting(&lock.monitor, &lock.waiters, 2);
    assert_false(atomic_load(&callers[0].returned));
    assert_false(atomic_load(&callers[1].returned));
    lock_release(&lock);
    assert_true(caller_result(&callers[0]));
    assert_true(caller_result(&callers[1]));
}

TEST(nowait_takes_a_free_lock_and_leaves_a_held_one)
{
    struct caller first = {.item = 0}, second = {.item = 0};

    lock_acquire(&lock);
    caller_start(&first, take_at_once);
    assert_false(caller_result(&first));
    lock_release(&lock);
    caller_start(&second, take_at_once);
    assert_true(caller_result(&second));
}

TEST(nowait_by_the_holder_itself_just_fails)
{
    lock_acquire(&lock);
    assert_false(lock_acquire_nowait(&lock));
    lock_release(&lock);
}

static bool within(void *object, int ms)
{
    return lock_acquire_within(object, ms);
}

TEST(acquire_gives_up_when_its_time_limit_is_over_not_before_and_not_much_later)
{
    lock_acquire(&lock);
    assert_gives_up_in_time(within,
                            &lock); /* the holder itself: no deadlock, a limit */
    lock_release(&lock);
    assert_true(wait_list_is_empty(&lock.waiters));
}

enum { THREADS = 4, TIMES = 5000 };

struct adder {
    struct thread thread;
    int *sum; /* the lock guards it */
};

static void add(struct thread *self)
{
    struct adder *me = (struct adder *)self;

    for (int i = 0; i < TIMES; i++) {
        lock_acquire(&lock);
        *me->sum = *me->sum + 1;
        lock_release(&lock);
    }
}

TEST(what_is_done_under_the_lock_is_done_by_one_thread_at_a_time)
{
    struct adder adders[THREADS];
    int sum = 0;

    for (int i = 0; i < THREADS; i++) {
        adders[i] = (struct adder){.sum = &sum};
        thread_start(&adders[i].thread, add, "adder-%d", i);
    }
    for (int i = 0; i < THREADS; i++)
        thread_join(&adders[i].thread);
    assert_int_equal(sum, THREADS * TIMES);
}

/* --- misuse */

static void release_free(const char *argument __attribute__((unused)))
{
    new_lock(NULL);
    lock_release(&lock);
}

static void release_others(const char *argument __attribute__((unused)))
{
    struct caller other = {.item = 0};

    new_lock(NULL);
    lock_acquire(&lock);
    caller_start(&other, take_and_give_back);
    until_waiting(&lock.monitor, &lock.waiters, 1);
    lock_release(&lock);
    caller_result(&other);
    lock_release(&lock);
}

static void destroy_held(const char *argument __attribute__((unused)))
{
    new_lock(NULL);
    lock_acquire(&lock);
    lock_destroy(&lock);
}

static void negative_limit(const char *argument __attribute__((unused)))
{
    new_lock(NULL);
    lock_acquire_within(&lock, -1);
}

static const struct child_case cases[] = {
    {"release_free", release_free},
    {"release_others", release_others},
    {"destroy_held", destroy_held},
    {"negative_limit", negative_limit},
    {NULL, NULL},
};

TEST(releasing_a_lock_that_one_does_not_hold_is_misuse)
{
    assert_misuse("release_free", "lock_release on lock by main, which does not hold");
    assert_misuse("release_others", "lock_release on lock by main, which does not");
}

TEST(destroying_a_held_lock_is_misuse)
{
    assert_misuse("destroy_held", "lock_destroy on lock, which main still holds");
}

TEST(a_negative_time_limit_is_misuse)
{
    assert_misuse("negative_limit", "must not be negative");
}

#define WITH_LOCK(test) cmocka_unit_test_setup_teardown(test, new_lock, end_lock)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_LOCK(a_held_lock_makes_others_wait_until_it_is_released),
        WITH_LOCK(nowait_takes_a_free_lock_and_leaves_a_held_one),
        WITH_LOCK(nowait_by_the_holder_itself_just_fails),
        WITH_LOCK(
            acquire_gives_up_when_its_time_limit_is_over_not_before_and_not_much_later),
        WITH_LOCK(what_is_done_under_the_lock_is_done_by_one_thread_at_a_time),
        cmocka_unit_test(releasing_a_lock_that_one_does_not_hold_is_misuse),
        cmocka_unit_test(destroying_a_held_lock_is_misuse),
        cmocka_unit_test(a_negative_time_limit_is_misuse),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("lock", tests, NULL, NULL);
}

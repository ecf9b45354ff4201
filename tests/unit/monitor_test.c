/*
 * monitor_test.c - one thread inside, the others wait; who is woken, and who gives up.
 */
#include "caller.h"
#include "support.h"

static struct monitor monitor;
static struct wait_list list;
static const struct wait_reason reason = {.name = "the test"};

/* --- entering */

enum { THREADS = 4, TIMES = 20000 };

struct adder {
    struct thread thread;
    int *sum;
};

static void add(struct thread *self)
{
    struct adder *me = (struct adder *)self;

    for (int i = 0; i < TIMES; i++) {
        monitor_enter(&monitor);
        *me->sum = *me->sum + 1;
        monitor_leave(&monitor);
    }
}

TEST(one_thread_at_a_time_is_inside)
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
    assert_int_equal(atomic_load(&monitor.word), 0);
}

/* --- waiting */

static atomic_int order;

static bool wait_here(struct caller *me)
{
    monitor_enter(&monitor);
    bool woken = monitor_wait(&monitor, &list, DEADLINE_NEVER, &reason);
    me->item = atomic_fetch_add(&order, 1);
    monitor_leave(&monitor);
    return woken;
}

static void start_waiters(struct caller *waiters, unsigned count)
{
    atomic_store(&order, 0);
    for (unsigned i = 0; i < count; i++) {
        waiters[i] = (struct caller){.item = -1};
        caller_start(&waiters[i], wait_here);
        until_waiting(&monitor, &list, i + 1);
    }
}

TEST(a_waiter_lets_others_in_and_is_inside_again_after)
{
    struct caller waiter;

    start_waiters(&waiter, 1);
    monitor_enter(&monitor);
    monitor_wake_one(&monitor, &list);
    assert_int_equal(atomic_load(&order), 0); /* it cannot be inside: this thread is */
    monitor_leave(&monitor);
    assert_true(caller_result(&waiter));
}

TEST(wake_one_wakes_the_one_that_came_first)
{
    struct caller waiters[5];

    start_waiters(waiters, 5);
    for (int i = 0; i < 5; i++) {
        monitor_enter(&monitor);
        monitor_wake_one(&monitor, &list);
        monitor_leave(&monitor);
        assert_true(caller_result(&waiters[i]));
        assert_int_equal(waiters[i].item, i);
    }
}

TEST(wake_all_wakes_them_all)
{
    struct caller waiters[5];

    start_waiters(waiters, 5);
    monitor_enter(&monitor);
    monitor_wake_all(&monitor, &list);
    assert_true(wait_list_is_empty(&list));
    monitor_leave(&monitor);
    for (int i = 0; i < 5; i++)
        assert_true(caller_result(&waiters[i]));
}

TEST(waking_nobody_does_nothing)
{
    monitor_enter(&monitor);
    monitor_wake_one(&monitor, &list);
    monitor_wake_all(&monitor, &list);
    monitor_leave(&monitor);
}

static bool wait_within(void *object __attribute__((unused)), int ms)
{
    monitor_enter(&monitor);
    bool woken = monitor_wait(&monitor, &list, deadline_after((uint64_t)ms), &reason);
    monitor_leave(&monitor);
    return woken;
}

static bool wait_until_the_past(void *object __attribute__((unused)))
{
    monitor_enter(&monitor);
    bool woken = monitor_wait(&monitor, &list, clock_now() - MS, &reason);
    monitor_leave(&monitor);
    return woken;
}

TEST(a_wait_gives_up_at_its_deadline_not_before_and_not_much_later)
{
    assert_gives_up_in_time(wait_within, NULL);
    assert_true(wait_list_is_empty(&list));
}

TEST(a_deadline_in_the_past_does_not_wait)
{
    assert_gives_up_at_once(wait_until_the_past, NULL);
    assert_true(wait_list_is_empty(&list));
}

static bool wait_briefly(struct caller *me)
{
    return wait_within(NULL, me->item);
}

TEST(a_waiter_in_the_middle_of_the_list_may_give_up)
{
    struct caller waiters[3];

    start_waiters(waiters, 1);
    waiters[1] = (struct caller){.item = 300};
    waiters[2] = (struct caller){.item = TOO_LONG_MS};
    for (unsigned i = 1; i < 3; i++) {
        caller_start(&waiters[i], wait_briefly);
        until_waiting(&monitor, &list, i + 1);
    }
    assert_false(caller_result(&waiters[1]));
    monitor_enter(&monitor);
    monitor_wake_all(&monitor, &list);
    monitor_leave(&monitor);
    assert_true(caller_result(&waiters[0]));
    assert_true(caller_result(&waiters[2]));
}

/* --- a wake-up and a time limit that meet */

enum { ROUNDS = 3000, WAITERS = 3 };

static bool wait_shortly(struct caller *me)
{
    for (int i = 0; i < ROUNDS; i++) {
        monitor_enter(&monitor);
        uint64_t deadline = clock_now() + (uint64_t)(i % 40) * 1000; /* to 40 us */
        me->item += monitor_wait(&monitor, &list, deadline, &reason);
        monitor_leave(&monitor);
    }
    atomic_fetch_sub(&order, 1);
    return true;
}

TEST(each_wake_up_reaches_one_waiter_or_none_and_is_never_counted_twice)
{
    struct caller waiters[WAITERS];
    int woken = 0, told = 0;

    atomic_store(&order, WAITERS);
    for (int i = 0; i < WAITERS; i++) {
        waiters[i] = (struct caller){.item = 0};
        caller_start(&waiters[i], wait_shortly);
    }
    while (atomic_load(&order) > 0) {
        monitor_enter(&monitor);
        woken += !wait_list_is_empty(&list);
        monitor_wake_one(&monitor, &list);
        monitor_leave(&monitor);
        sched_yield();
    }
    for (int i = 0; i < WAITERS; i++) {
        caller_result(&waiters[i]);
        told += waiters[i].item;
    }
    assert_int_equal(told, woken);
}

/* --- handing to and fro */

static int turn; /* the monitor guards it */

static void take_turns(int mine, int rounds)
{
    for (int i = 0; i < rounds; i++) {
        monitor_enter(&monitor);
        while (turn != mine)
            monitor_wait(&monitor, &list, DEADLINE_NEVER, &reason);
        turn = !mine;
        monitor_wake_one(&monitor, &list);
        monitor_leave(&monitor);
    }
}

static bool take_the_other_turns(struct caller *me)
{
    take_turns(1, me->item);
    return true;
}

TEST(no_wake_up_is_lost_in_ten_thousand_turns)
{
    struct caller other = {.item = 10000};

    turn = 0;
    caller_start(&other, take_the_other_turns);
    take_turns(0, 10000); /* a lost one would be found as a deadlock */
    caller_result(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_thread_at_a_time_is_inside),
        cmocka_unit_test(a_waiter_lets_others_in_and_is_inside_again_after),
        cmocka_unit_test(wake_one_wakes_the_one_that_came_first),
        cmocka_unit_test(wake_all_wakes_them_all),
        cmocka_unit_test(waking_nobody_does_nothing),
        cmocka_unit_test(a_wait_gives_up_at_its_deadline_not_before_and_not_much_later),
        cmocka_unit_test(a_deadline_in_the_past_does_not_wait),
        cmocka_unit_test(a_waiter_in_the_middle_of_the_list_may_give_up),
        cmocka_unit_test(
            each_wake_up_reaches_one_waiter_or_none_and_is_never_counted_twice),
        cmocka_unit_test(no_wake_up_is_lost_in_ten_thousand_turns),
    };

    return cmocka_run_group_tests_name("monitor", tests, NULL, NULL);
}

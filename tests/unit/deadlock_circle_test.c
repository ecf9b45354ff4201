/*
 * deadlock_circle_test.c - threads of which each waits for what the next one holds are
 * stuck, although others run on.
 */
#include "stuck.h"

/* --- circles of locks */

static atomic_int holding;

/* Takes its own lock, and when all hold theirs, the next one. */
static bool take_two(struct caller *me)
{
    int next = (me->item + 1) % (int)(intptr_t)me->object;

    lock_acquire(&locks[me->item]);
    atomic_fetch_sub(&holding, 1);
    while (atomic_load(&holding) > 0)
        sched_yield();
    lock_acquire(&locks[next]);
    lock_release(&locks[next]);
    lock_release(&locks[me->item]);
    return true;
}

static void circle_of(int count)
{
    struct caller callers[3], busy;

    set_up();
    atomic_store(&holding, count);
    start(&busy, run_on, 9);
    say_when(); /* before the first: the circle may close before this thread runs on */
    for (int i = 0; i < count; i++) {
        callers[i] = (struct caller){.item = i, .object = (void *)(intptr_t)count};
        callers[i].call = take_two;
        thread_start(&callers[i].thread, caller_run, "worker-%d", i);
    }
    thread_join(&callers[0].thread);
}

static void circle_of_two(const char *argument __attribute__((unused)))
{
    circle_of(2);
}

static void circle_of_three(const char *argument __attribute__((unused)))
{
    circle_of(3);
}

static void own_lock(const char *argument __attribute__((unused)))
{
    struct caller busy;

    set_up();
    start(&busy, run_on, 9);
    lock_acquire(&locks[0]);
    say_when();
    lock_acquire(&locks[0]);
}

/* --- circles of joins */

static struct caller joiners[2];

static bool join_the_other(struct caller *me)
{
    event_flag_wait(&go);
    thread_join(&joiners[!me->item].thread);
    return true;
}

static void circle_of_joins(const char *argument __attribute__((unused)))
{
    struct caller busy;

    set_up();
    start(&busy, run_on, 9);
    for (int i = 0; i < 2; i++)
        start(&joiners[i], join_the_other, i);
    say_when();
    event_flag_set(&go);
    thread_join(&busy.thread);
}

/* A lock's holder joins the thread that waits for the lock. */
static bool take_lock(struct caller *me __attribute__((unused)))
{
    lock_acquire(&locks[0]);
    lock_release(&locks[0]);
    return true;
}

static void lock_and_join(const char *argument __attribute__((unused)))
{
    struct caller worker, busy;

    set_up();
    start(&busy, run_on, 9);
    lock_acquire(&locks[0]);
    start(&worker, take_lock, 0);
    say_when();
    thread_join(&worker.thread);
}

/* --- with a time limit: no deadlock */

/* Two hold a lock each and want the other's; one of them with a limit. */
static bool take_two_within(struct caller *me)
{
    int next = !me->item;

    lock_acquire(&locks[me->item]);
    atomic_fetch_sub(&holding, 1);
    while (atomic_load(&holding) > 0)
        sched_yield();
    if (me->item == 1)
        lock_acquire(&locks[next]);
    else if (!lock_acquire_within(&locks[next], 200))
        next = -1; /* gives up: the other gets on */
    if (next >= 0)
        lock_release(&locks[next]);
    lock_release(&locks[me->item]);
    return true;
}

static void timed_circle(const char *argument __attribute__((unused)))
{
    struct caller workers[2];

    set_up();
    atomic_store(&holding, 2);
    for (int i = 0; i < 2; i++)
        start(&workers[i], take_two_within, i);
    for (int i = 0; i < 2; i++)
        caller_result(&workers[i]);
}

static const struct child_case cases[] = {
    {"two_locks", circle_of_two},
    {"three_locks", circle_of_three},
    {"own_lock", own_lock},
    {"joins", circle_of_joins},
    {"lock_and_join", lock_and_join},
    {"timed_circle", timed_circle},
    {NULL, NULL},
};

TEST(two_threads_that_hold_a_lock_each_and_want_the_others_are_stuck)
{
    for (int i = 0; i < 10; i++)
        STUCK("two_locks", "\n  worker-0 waits for lock B, deadlock_circle_test.c:",
              "\n      held by worker-1, which took it at deadlock_circle_test.c:",
              "\n  worker-1 waits for lock A, deadlock_circle_test.c:",
              "\n      held by worker-0, which took it at deadlock_circle_test.c:");
}

TEST(three_threads_in_a_circle_of_locks_are_stuck)
{
    for (int i = 0; i < 10; i++)
        STUCK("three_locks", "\n  worker-0 waits for lock B",
              "\n  worker-1 waits for lock C", "\n  worker-2 waits for lock A");
}

TEST(who_wants_a_lock_that_it_holds_waits_for_itself)
{
    STUCK("own_lock", "\n  main waits for lock A, deadlock_circle_test.c:",
          "\n      held by main, which took it at deadlock_circle_test.c:");
}

TEST(two_threads_that_join_each_other_are_stuck)
{
    STUCK("joins", "\n  worker-0 waits for worker-1 to end (join), deadlock_circle_",
          "\n  worker-1 waits for worker-0 to end (join), deadlock_circle_");
}

TEST(who_holds_a_lock_and_joins_a_thread_that_wants_it_is_stuck)
{
    STUCK("lock_and_join", "\n  main waits for worker-0 to end (join)",
          "\n  worker-0 waits for lock A", "\n      held by main, which took it at");
}

TEST(a_circle_in_which_one_has_a_time_limit_is_no_deadlock)
{
    struct child_end end = child_run("timed_circle", "");

    assert_string_equal(end.err, "");
    assert_int_equal(end.status, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            two_threads_that_hold_a_lock_each_and_want_the_others_are_stuck),
        cmocka_unit_test(three_threads_in_a_circle_of_locks_are_stuck),
        cmocka_unit_test(who_wants_a_lock_that_it_holds_waits_for_itself),
        cmocka_unit_test(two_threads_that_join_each_other_are_stuck),
        cmocka_unit_test(who_holds_a_lock_and_joins_a_thread_that_wants_it_is_stuck),
        cmocka_unit_test(a_circle_in_which_one_has_a_time_limit_is_no_deadlock),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("deadlock_circle", tests, NULL, NULL);
}

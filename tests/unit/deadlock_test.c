/*
 * deadlock_test.c - a run in which every thread is blocked without a time limit is
 * stuck; one in which somebody can go on is left alone.
 *
 * Circles are in deadlock_circle_test.c.
 */
#include "stuck.h"

/* --- stuck */

static bool get_all(struct caller *me)
{
    while (queue_get(&tasks, &me->item))
        continue; /* and never reports */
    return true;
}

static void nobody_puts(const char *argument __attribute__((unused)))
{
    struct caller workers[3];

    set_up();
    for (int i = 0; i < 3; i++)
        start(&workers[i], get_all, i);
    say_when();
    thread_join(&workers[0].thread);
}

static void nobody_gets(const char *argument __attribute__((unused)))
{
    set_up();
    queue_put(&tasks, &(int){0});
    say_when();
    queue_put(&tasks, &(int){0});
}

static void nobody_reports(const char *argument __attribute__((unused)))
{
    struct caller worker;

    set_up();
    start(&worker, get_all, 0);
    queue_put(&tasks, &(int){0});
    queue_put(&tasks, &(int){0});
    say_when();
    queue_join(&tasks);
}

static void nobody_sets(const char *argument __attribute__((unused)))
{
    set_up();
    say_when();
    event_flag_wait(&go);
}

static void nobody_notifies(const char *argument __attribute__((unused)))
{
    struct condition changed;

    set_up();
    condition_init(&changed, "changed", &locks[0]);
    lock_acquire(&locks[0]);
    say_when();
    condition_wait(&changed);
}

static bool end_at_once(struct caller *me __attribute__((unused)))
{
    event_flag_wait_within(&go, 20);
    return true;
}

/* The last that could help ends without helping. */
static void the_last_one_leaves(const char *argument __attribute__((unused)))
{
    struct caller worker;

    set_up();
    start(&worker, end_at_once, 0);
    say_when();
    queue_get(&tasks, &(int){0});
}

/* --- not stuck: each ends with 0 */

static bool put_after_a_limit(struct caller *me)
{
    event_flag_wait_within(&go, 200);
    return queue_put(&tasks, &me->item);
}

static void timed_wait(const char *argument __attribute__((unused)))
{
    struct caller worker;
    int item;

    set_up();
    start(&worker, put_after_a_limit, 5);
    queue_get(&tasks, &item);
    exit(item == 5 && caller_result(&worker) ? 0 : 10);
}

/* Threads that come, wait and go in all orders. */
static void hand_over(const char *argument __attribute__((unused)))
{
    set_up();
    for (int i = 0; i < 300; i++) {
        struct caller getter;
        start(&getter, get_all, 0);
        queue_put(&tasks, &i);
        queue_put(&tasks, &i);
        queue_shutdown(&tasks);
        caller_result(&getter);
        queue_destroy(&tasks);
        queue_init(&tasks, "tasks", 1, sizeof(int), NULL);
    }
}

static const struct child_case cases[] = {
    {"nobody_puts", nobody_puts},
    {"nobody_gets", nobody_gets},
    {"nobody_reports", nobody_reports},
    {"nobody_sets", nobody_sets},
    {"nobody_notifies", nobody_notifies},
    {"last_leaves", the_last_one_leaves},
    {"timed_wait", timed_wait},
    {"hand_over", hand_over},
    {NULL, NULL},
};

TEST(getters_of_a_queue_into_which_nobody_puts_are_stuck)
{
    for (int i = 0; i < 10; i++)
        STUCK("nobody_puts",
              "\n  worker-0 waits for an item on tasks, deadlock_test.c:",
              "\n  worker-1 waits for an item on tasks, deadlock_test.c:",
              "\n  worker-2 waits for an item on tasks, deadlock_test.c:",
              "\n  main waits for worker-0 to end (join), deadlock_test.c:");
}

TEST(a_putter_into_a_full_queue_from_which_nobody_gets_is_stuck)
{
    STUCK("nobody_gets", "\n  main waits for space on tasks, deadlock_test.c:");
}

TEST(a_joiner_of_tasks_that_nobody_reports_is_stuck_and_who_owes_is_named)
{
    for (int i = 0; i < 10; i++)
        STUCK("nobody_reports",
              "\n  main waits for tasks.join: 2 tasks not reported, deadlock_test.c:",
              "\n      owed by worker-0, which took 2 more than it reported, deadlock_",
              "\n  worker-0 waits for an item on tasks, deadlock_test.c:");
}

TEST(who_waits_for_a_flag_that_nobody_sets_is_stuck)
{
    STUCK("nobody_sets", "\n  main waits for event go to be set, deadlock_test.c:");
}

TEST(who_waits_for_a_notify_that_nobody_sends_is_stuck)
{
    STUCK("nobody_notifies",
          "\n  main waits for a notify on changed, deadlock_test.c:");
}

TEST(when_the_last_that_could_help_ends_the_others_are_stuck)
{
    for (int i = 0; i < 10; i++)
        STUCK("last_leaves", "\n  main waits for an item on tasks, deadlock_test.c:");
}

static void assert_not_stuck(const char *name)
{
    struct child_end end = child_run(name, "");

    assert_string_equal(end.err, "");
    assert_int_equal(end.status, 0);
}

TEST(while_one_thread_waits_with_a_time_limit_nobody_is_stuck)
{
    assert_not_stuck("timed_wait");
}

TEST(threads_that_come_wait_and_go_are_never_stuck)
{
    assert_not_stuck("hand_over");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(getters_of_a_queue_into_which_nobody_puts_are_stuck),
        cmocka_unit_test(a_putter_into_a_full_queue_from_which_nobody_gets_is_stuck),
        cmocka_unit_test(
            a_joiner_of_tasks_that_nobody_reports_is_stuck_and_who_owes_is_named),
        cmocka_unit_test(who_waits_for_a_flag_that_nobody_sets_is_stuck),
        cmocka_unit_test(who_waits_for_a_notify_that_nobody_sends_is_stuck),
        cmocka_unit_test(when_the_last_that_could_help_ends_the_others_are_stuck),
        cmocka_unit_test(while_one_thread_waits_with_a_time_limit_nobody_is_stuck),
        cmocka_unit_test(threads_that_come_wait_and_go_are_never_stuck),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("deadlock", tests, NULL, NULL);
}

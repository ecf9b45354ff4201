/*
 * process_pool_ends_test.c - pools of processes whose workers are killed, whose tasks
 * fail, that are misused or stuck; and what is recorded.
 *
 * Everything happens in children: a process that has had a pool has a reaper, which may
 * take a child that the test waits for.
 */
#include "pooled.h"
#include "recorded.h"

#include <inttypes.h>
#include <signal.h>

/* --- killed workers */

static void print_task(int task)
{
    bool well = future_result(&tasks[task].future);

    printf("%d %s\n", task, well ? "well" : tasks[task].future.failure);
}

static void kill_worker(int at_work)
{
    until_begun(at_work);
    kill(atomic_load(&shared->worker), SIGKILL);
}

static void kill_one_at_work(const char *argument __attribute__((unused)))
{
    new_tasks(2);
    submit(0, 0, 0);
    kill_worker(1);
    print_task(0); /* asked before anything else ends */
    atomic_store(&shared->open[0], true);
    for (int i = 1; i < 5; i++)
        submit(i, i, NO_GATE);
    for (int i = 1; i < 5; i++)
        print_task(i);
    printf("%u unread\n", process_pool_shutdown(&pool));
}

static void kill_all(const char *argument __attribute__((unused)))
{
    const int last = MANY - 1;
    int failed = 0;

    new_tasks(1);
    for (int i = 0; i < last; i++) /* more than the pipe holds */
        submit(i, i, 0);
    kill_worker(1);
    for (int i = 0; i < last; i++)
        failed += !future_result(&tasks[i].future);
    printf("%d failed\n", failed - last);
    print_task(0);
    print_task(last - 1);
    submit(last, last, NO_GATE);
    print_task(last);
    printf("%u unread\n", process_pool_shutdown(&pool));
}

static void kill_idle(const char *argument __attribute__((unused)))
{
    new_tasks(2);
    submit(0, 0, NO_GATE);
    print_task(0);
    kill_worker(1);
    for (int i = 1; i < 5; i++)
        submit(i, i, NO_GATE);
    for (int i = 1; i < 5; i++)
        print_task(i);
    printf("%u unread\n", process_pool_shutdown(&pool));
}

static bool leave(struct future *self __attribute__((unused)))
{
    _exit(7);
}

static void exit_in_a_task(const char *argument __attribute__((unused)))
{
    new_tasks(1);
    process_pool_submit(&pool, &tasks[0].future, leave, "task-0");
    printf("%u unread\n", process_pool_shutdown(&pool));
}

static void assert_killed(const char *name, const char *out)
{
    for (int i = 0; i < 10; i++) {
        struct child_end end = child_run(name, "");
        assert_string_equal(end.out, out);
        assert_contains(end.err, "KILLED: process worker-");
        assert_int_equal(end.status, 0);
    }
}

TEST(the_task_of_a_killed_worker_fails_and_the_others_go_on)
{
    struct child_end end = child_run("kill_one_at_work", "");

    assert_contains(end.out, "0 its process, worker-");
    assert_contains(end.out, " was killed\n1 well\n2 well\n3 well\n4 well\n0 unread\n");
    assert_int_equal(end.status, 0);
}

TEST(where_no_worker_is_left_all_tasks_fail)
{
    assert_killed("kill_all", "0 failed\n0 its process, worker-0, was killed\n"
                              "2998 no process of pool is left\n"
                              "2999 no process of pool is left\n0 unread\n");
}

TEST(a_worker_killed_while_it_waits_takes_no_task_along)
{
    assert_killed("kill_idle", "0 well\n1 well\n2 well\n3 well\n4 well\n0 unread\n");
}

TEST(a_task_that_ends_its_process_has_failed)
{
    struct child_end end = child_run("exit_in_a_task", "");

    assert_string_equal(end.out, "1 unread\n");
    assert_contains(end.err, "KILLED: process worker-0 ended by itself with status 7\n"
                             "UNREAD FAILURE: task-0 failed: its process, worker-0, "
                             "was killed\n");
    assert_int_equal(end.status, 0);
}

/* --- failures, misuse, deadlock */

static void leave_failures_unread(const char *argument __attribute__((unused)))
{
    new_tasks(1);
    submit(0, -1, NO_GATE);
    submit(1, 1, NO_GATE);
    submit(2, -2, NO_GATE);
    submit(3, -3, NO_GATE);
    future_result(&tasks[2].future);
    while (next() != NULL) /* to be handed out is not to be read */
        continue;
    printf("%u\n", process_pool_shutdown(&pool));
}

TEST(the_end_tells_which_failures_nobody_asked_for)
{
    struct child_end end = child_run("leave_failures_unread", "");

    assert_string_equal(end.err, "UNREAD FAILURE: task-0 failed: -1 is negative\n"
                                 "UNREAD FAILURE: task-3 failed: -3 is negative\n");
    assert_string_equal(end.out, "2\n");
    assert_int_equal(end.status, 0);
}

static void no_workers(const char *argument __attribute__((unused)))
{
    new_tasks(0);
}

static void large_tasks(const char *argument __attribute__((unused)))
{
    process_pool_init(&pool, "pool", 1, 5000);
}

static void small_tasks(const char *argument __attribute__((unused)))
{
    process_pool_init(&pool, "pool", 1, 8);
}

static void submit_after_close(const char *argument __attribute__((unused)))
{
    new_tasks(1);
    process_pool_close(&pool);
    submit(0, 1, NO_GATE);
}

static void submit_again(const char *argument __attribute__((unused)))
{
    new_tasks(1);
    submit(0, 1, NO_GATE);
    future_result(&tasks[0].future);
    submit(0, 1, NO_GATE);
}

static void close_twice(const char *argument __attribute__((unused)))
{
    new_tasks(1);
    process_pool_close(&pool);
    process_pool_close(&pool);
}

static void join_unclosed(const char *argument __attribute__((unused)))
{
    new_tasks(1);
    process_pool_join(&pool);
}

static void join_twice(const char *argument __attribute__((unused)))
{
    new_tasks(1);
    process_pool_shutdown(&pool);
    process_pool_join(&pool);
}

static bool submit_here(struct future *self __attribute__((unused)))
{
    submit(1, 1, NO_GATE);
    return true;
}

static void submit_in_a_task(const char *argument __attribute__((unused)))
{
    new_tasks(1);
    process_pool_submit(&pool, &tasks[0].future, submit_here, "task");
    process_pool_shutdown(&pool);
}

TEST(a_pool_used_against_its_rules_is_misuse)
{
    assert_misuse("no_workers", "process_pool_init on pool with 0 workers; it takes a");
    assert_misuse("large_tasks", "process_pool_init on pool: a task has 5000 bytes, a");
    assert_misuse("small_tasks", "process_pool_init on pool: a task has 8 bytes, and ");
    assert_misuse("submit_after_close", "task-0 is submitted to pool, which was shut ");
    assert_misuse("submit_again", "task-0 is submitted to pool, and was submitted be");
    assert_misuse("close_twice", "pool is shut down, and was shut down before");
    assert_misuse("join_unclosed", "process_pool_join on pool, which was not closed b");
    assert_misuse("join_twice", "process_pool_join on pool, which was joined before");
    assert_misuse("submit_in_a_task", "process_pool_submit on pool by a process that ");
}

static void never_shut_down(const char *argument __attribute__((unused)))
{
    new_tasks(2);
    submit(0, 1, NO_GATE);
    printf("%" PRIu64, clock_now());
    fflush(stdout);
    process_finish_at(HERE);
}

TEST(a_pool_that_is_never_shut_down_keeps_the_run_from_ending)
{
    struct child_end end = child_run("never_shut_down", "");
    uint64_t began = strtoull(end.out, NULL, 10);

    assert_contains(end.err, "STUCK (deadlock): nobody can go on\n");
    assert_contains(end.err,
                    "\n  main waits for process worker-0 to end (join), proce");
    assert_contains(end.err,
                    "\n  worker-1 waits for an item on pool tasks, process_po");
    assert_null(strstr(end.err, "collector waits"));
    assert_int_equal(end.status, 3);
    assert_in_range(began, 1, end.at);
    assert_true(end.at - began < UINT64_C(1000) * MS);
}

/* --- what is recorded */

static void record_some(const char *file)
{
    const struct trace_run run = {"test", "", "test.c", "", 0};
    char why[256];

    if (!trace_start(file, &run, why, sizeof why))
        abort();
    new_tasks(1);
    submit(0, -1, NO_GATE);
    submit(1, 1, NO_GATE);
    while (next() != NULL)
        continue;
    process_pool_shutdown(&pool);
    trace_finish(0, true);
}

TEST(the_recording_shows_in_which_process_a_task_ran)
{
    assert_int_equal(child_run("record_some", path).status, 0);
    struct recording recording = recorded_open(path);
    const struct trace_event *init = find_event(&recording, TRACE_POOL_INIT, 0);
    const struct trace_event *end = find_event(&recording, TRACE_POOL_SHUTDOWN, 0);
    const struct trace_event *start = find_event(&recording, TRACE_PROCESS_START, 0);
    const struct trace_event *submitted =
        find_event(&recording, TRACE_FUTURE_SUBMIT, 0);
    const struct trace_event *begun = find_event(&recording, TRACE_FUTURE_RUN, 0);
    const struct trace_event *done = find_event(&recording, TRACE_FUTURE_DONE, 0);

    assert_int_equal(init->number, 1);
    assert_string_equal(text_of(&recording, init->text), "pool");
    assert_int_equal(end->object, init->object);
    assert_int_equal(end->number, 1); /* failure that nobody asked for */
    assert_int_equal(begun->thread, start->object);
    assert_int_equal(begun->object, submitted->object);
    assert_int_equal(done->object, submitted->object);
    assert_string_equal(text_of(&recording, done->text), "-1 is negative");
    assert_true(submitted < begun && begun < done);
    assert_int_equal(count_events(&recording, TRACE_FUTURE_RUN), 2);
    assert_int_equal(count_events(&recording, TRACE_FUTURE_DONE), 2);
    assert_int_equal(count_events(&recording, TRACE_PROCESS_QUEUE_SEND), 4);
    assert_int_equal(count_events(&recording, TRACE_PROCESS_QUEUE_GET), 4);
    recorded_close(&recording);
    unlink(path);
}

static const struct child_case cases[] = {
    {"kill_one_at_work", kill_one_at_work},
    {"kill_all", kill_all},
    {"kill_idle", kill_idle},
    {"exit_in_a_task", exit_in_a_task},
    {"leave_failures_unread", leave_failures_unread},
    {"no_workers", no_workers},
    {"large_tasks", large_tasks},
    {"small_tasks", small_tasks},
    {"submit_after_close", submit_after_close},
    {"submit_again", submit_again},
    {"close_twice", close_twice},
    {"join_unclosed", join_unclosed},
    {"join_twice", join_twice},
    {"submit_in_a_task", submit_in_a_task},
    {"never_shut_down", never_shut_down},
    {"record_some", record_some},
    {NULL, NULL},
};

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_task_of_a_killed_worker_fails_and_the_others_go_on),
        cmocka_unit_test(where_no_worker_is_left_all_tasks_fail),
        cmocka_unit_test(a_worker_killed_while_it_waits_takes_no_task_along),
        cmocka_unit_test(a_task_that_ends_its_process_has_failed),
        cmocka_unit_test(the_end_tells_which_failures_nobody_asked_for),
        cmocka_unit_test(a_pool_used_against_its_rules_is_misuse),
        cmocka_unit_test(a_pool_that_is_never_shut_down_keeps_the_run_from_ending),
        cmocka_unit_test(the_recording_shows_in_which_process_a_task_ran),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("process_pool_ends", tests, make_path,
                                       remove_path);
}

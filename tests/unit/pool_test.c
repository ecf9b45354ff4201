/*
 * pool_test.c - a pool of threads runs what is submitted to it.
 */
#include "caller.h"
#include "event_flag.h"
#include "pool.h"
#include "recorded.h"
#include "support.h"

#include <inttypes.h>

struct task {
    struct future future;
    struct event_flag *gate; /* what it waits for before it ends, or NULL */
    struct pool *pool;
    struct task *other;
    int number;
    int runs;
    int result; /* read after future_result */
    char worker[ROSTER_NAME];
};

enum { TASKS = 200 };

static struct pool pool;
static struct task tasks[TASKS];
static struct event_flag gates[3];

static void new_tasks(int workers)
{
    memset(tasks, 0, sizeof tasks);
    for (int i = 0; i < 3; i++)
        event_flag_init(&gates[i], "gate");
    pool_init(&pool, "pool", workers);
}

static bool run_task(struct future *self)
{
    struct task *me = (struct task *)self;

    if (me->gate != NULL)
        event_flag_wait(me->gate);
    snprintf(me->worker, sizeof me->worker, "%s", roster_self()->name);
    if (me->number < 0)
        return future_fail(self, "%d is negative", me->number);
    me->result = 2 * me->number;
    me->runs++;
    return true;
}

static void submit(int task, int number, struct event_flag *gate)
{
    tasks[task].number = number;
    tasks[task].gate = gate;
    pool_submit(&pool, &tasks[task].future, run_task, "task-%d", task);
}

static struct task *next(void)
{
    return (struct task *)pool_next_completed(&pool);
}

static unsigned tasks_waiting(void)
{
    return queue_qsize(&pool.tasks);
}

TEST(each_task_is_run_once_and_its_result_is_there)
{
    for (int workers = 1; workers <= 16; workers *= 4) {
        new_tasks(workers);
        for (int i = 0; i < TASKS; i++)
            submit(i, i, NULL);
        for (int i = 0; i < TASKS; i++) {
            assert_true(future_result(&tasks[i].future));
            assert_int_equal(tasks[i].result, 2 * i);
        }
        assert_int_equal(pool_shutdown(&pool), 0);
        for (int i = 0; i < TASKS; i++) {
            assert_int_equal(tasks[i].runs, 1);
            assert_int_equal(strncmp(tasks[i].worker, "worker-", 7), 0);
        }
    }
}

TEST(completed_tasks_are_handed_out_in_the_order_of_ending_not_of_submitting)
{
    new_tasks(3);
    for (int i = 0; i < 3; i++)
        submit(i, i, &gates[i]);
    for (int i = 2; i >= 0; i--) {
        event_flag_set(&gates[i]);
        assert_ptr_equal(next(), &tasks[i]);
    }
    assert_null(next());
    assert_int_equal(pool_shutdown(&pool), 0);
}

TEST(each_completed_task_is_handed_out_once)
{
    new_tasks(4);
    for (int i = 0; i < TASKS; i++)
        submit(i, i, NULL);
    for (int i = 0; i < TASKS; i++) {
        struct task *task = next();
        assert_non_null(task);
        assert_true(future_result_within(&task->future, 0)); /* it is done */
        assert_int_equal(task->result, 2 * task->number);
        task->number = -1; /* seen */
    }
    assert_null(next());
    for (int i = 0; i < TASKS; i++)
        assert_int_equal(tasks[i].number, -1);
    assert_int_equal(pool_shutdown(&pool), 0);
}

TEST(submit_does_not_wait_although_no_worker_is_free)
{
    new_tasks(1);
    for (int i = 0; i < TASKS; i++)
        submit(i, i, &gates[0]); /* returns */
    assert_true(tasks_waiting() >= TASKS - 1);
    assert_false(future_is_done(&tasks[0].future));
    event_flag_set(&gates[0]);
    assert_int_equal(pool_shutdown(&pool), 0);
}

TEST(one_worker_runs_the_tasks_in_the_order_of_submitting)
{
    new_tasks(1);
    for (int i = 0; i < TASKS; i++)
        submit(i, i, NULL);
    for (int i = 0; i < TASKS; i++)
        assert_ptr_equal(next(), &tasks[i]);
    pool_shutdown(&pool);
}

TEST(a_failure_reaches_who_asks_and_the_worker_goes_on)
{
    new_tasks(1);
    submit(0, -7, NULL);
    submit(1, 7, NULL);
    assert_false(future_result(&tasks[0].future));
    assert_string_equal(tasks[0].future.failure, "-7 is negative");
    assert_true(future_result(&tasks[1].future));
    assert_int_equal(tasks[1].result, 14);
    assert_int_equal(pool_shutdown(&pool), 0); /* it was read */
}

TEST(shutdown_waits_for_all_tasks_and_their_results_stay)
{
    struct task *task;
    int handed_out = 0;

    new_tasks(2);
    for (int i = 0; i < TASKS; i++)
        submit(i, i, NULL);
    assert_int_equal(pool_shutdown(&pool), 0);
    for (int i = 0; i < TASKS; i++) {
        assert_true(future_is_done(&tasks[i].future));
        assert_true(future_result(&tasks[i].future));
        assert_int_equal(tasks[i].result, 2 * i);
    }
    for (; (task = next()) != NULL; handed_out++)
        continue;
    assert_int_equal(handed_out, TASKS);
}

TEST(a_pool_without_a_task_can_be_shut_down)
{
    new_tasks(3);
    assert_null(next());
    assert_int_equal(pool_shutdown(&pool), 0);
}

static bool submit_another(struct future *self)
{
    struct task *me = (struct task *)self;

    pool_submit(me->pool, &me->other->future, run_task, "inner");
    return future_result(&me->other->future);
}

static void submit_outer(int task, int inner)
{
    tasks[task].pool = &pool;
    tasks[task].other = &tasks[inner];
    pool_submit(&pool, &tasks[task].future, submit_another, "outer");
}

TEST(a_task_may_submit_another_and_wait_for_it_where_a_worker_is_left)
{
    new_tasks(2);
    submit_outer(0, 1);
    assert_true(future_result(&tasks[0].future));
    assert_true(future_is_done(&tasks[1].future));
    assert_int_equal(pool_shutdown(&pool), 0);
}

static bool result_within(void *object, int ms)
{
    return future_result_within(object, ms);
}

TEST(result_of_a_task_that_runs_on_gives_up_in_time_and_never_early)
{
    new_tasks(1);
    submit(0, 1, &gates[0]);
    assert_gives_up_in_time(result_within, &tasks[0].future);
    assert_false(future_is_done(&tasks[0].future));
    event_flag_set(&gates[0]);
    assert_true(future_result_within(&tasks[0].future, TOO_LONG_MS));
    assert_int_equal(pool_shutdown(&pool), 0);
}

/* --- children */

static void leave_failures_unread(const char *argument __attribute__((unused)))
{
    new_tasks(1);
    submit(0, -1, NULL);
    submit(1, 1, NULL);
    submit(2, -2, NULL);
    submit(3, -3, NULL);
    future_result(&tasks[2].future);
    while (next() != NULL) /* to be handed out is not to be read */
        continue;
    printf("%u\n", pool_shutdown(&pool));
}

TEST(shutdown_tells_which_failures_nobody_asked_for)
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

static void submit_after_shutdown(const char *argument __attribute__((unused)))
{
    new_tasks(1);
    pool_shutdown(&pool);
    submit(0, 1, NULL);
}

static void submit_again(const char *argument __attribute__((unused)))
{
    new_tasks(1);
    submit(0, 1, NULL);
    future_result(&tasks[0].future);
    submit(0, 1, NULL);
}

static void shut_down_twice(const char *argument __attribute__((unused)))
{
    new_tasks(1);
    pool_shutdown(&pool);
    pool_shutdown(&pool);
}

static bool shut_down(struct future *self __attribute__((unused)))
{
    pool_shutdown(&pool);
    return true;
}

static void shut_down_in_a_task(const char *argument __attribute__((unused)))
{
    new_tasks(3);
    pool_submit(&pool, &tasks[0].future, shut_down, "task");
    future_result(&tasks[0].future);
}

static bool submit_when_it_is_shut_down(struct future *self)
{
    struct task *me = (struct task *)self;

    while (!queue_is_shutdown(&pool.tasks))
        sched_yield();
    submit(me->number, 0, NULL);
    return true;
}

static void submit_in_a_task_too_late(const char *argument __attribute__((unused)))
{
    new_tasks(1);
    tasks[0].number = 1;
    pool_submit(&pool, &tasks[0].future, submit_when_it_is_shut_down, "task");
    pool_shutdown(&pool);
}

TEST(a_pool_used_against_its_rules_is_misuse)
{
    assert_misuse("no_workers", "pool_init on pool with 0 workers; it takes at least");
    assert_misuse("submit_after_shutdown", "task-0 is submitted to pool, which was sh");
    assert_misuse("submit_again", "task-0 is submitted to pool, and was submitted be");
    assert_misuse("shut_down_twice", "pool is shut down, and was shut down before");
    assert_misuse("shut_down_in_a_task", " by itself");
    assert_misuse("submit_in_a_task_too_late", "task-1 is submitted to pool, which wa");
}

/* A task waits for another of the same pool, whose only worker it keeps. */
static void wait_for_own_pool(const char *argument __attribute__((unused)))
{
    new_tasks(1);
    submit_outer(0, 1);
    printf("%" PRIu64, clock_now());
    fflush(stdout);
    future_result(&tasks[0].future);
}

static void never_shut_down(const char *argument __attribute__((unused)))
{
    new_tasks(2);
    printf("%" PRIu64, clock_now());
    fflush(stdout);
    thread_join_all_at(HERE);
}

static void assert_stuck(const char *name, const char *const *parts)
{
    for (int i = 0; i < 10; i++) {
        struct child_end end = child_run(name, "");
        assert_contains(end.err, "STUCK (deadlock): nobody can go on\n");
        for (const char *const *part = parts; *part != NULL; part++)
            assert_contains(end.err, *part);
        assert_int_equal(end.status, 3);
        uint64_t began = strtoull(end.out, NULL, 10);
        assert_in_range(began, 1, end.at);
        assert_true(end.at - began < UINT64_C(1000) * MS);
    }
}

TEST(a_task_that_waits_for_another_of_its_one_worker_pool_is_stuck)
{
    assert_stuck("wait_for_own_pool",
                 (const char *const[]){"\n  main waits for ",
                                       "outer, pool_test.c:", "\n  worker-0 waits for ",
                                       "inner, pool_test.c:", NULL});
}

TEST(a_pool_that_is_never_shut_down_keeps_the_run_from_ending)
{
    assert_stuck(
        "never_shut_down",
        (const char *const[]){"\n  main waits for worker-0 to end (join), pool_test.c:",
                              "\n  worker-1 waits for an item on pool, pool.c:", NULL});
}

/* --- what is recorded */

static void record_some(const char *file)
{
    const struct trace_run run = {"test", "", "test.c", "", 0};
    char why[256];

    if (!trace_start(file, &run, why, sizeof why))
        abort();
    new_tasks(1);
    submit(0, -1, NULL);
    submit(1, 1, NULL);
    while (next() != NULL)
        continue;
    pool_shutdown(&pool);
    trace_finish(0, true);
}

TEST(the_pool_records_its_beginning_and_its_end_and_its_queue_the_tasks)
{
    assert_int_equal(child_run("record_some", path).status, 0);
    struct recording recording = recorded_open(path);
    const struct trace_event *init = find_event(&recording, TRACE_POOL_INIT, 0);
    const struct trace_event *end = find_event(&recording, TRACE_POOL_SHUTDOWN, 0);
    const struct trace_event *put = find_event(&recording, TRACE_QUEUE_PUT, 0);

    assert_int_equal(init->number, 1);
    assert_string_equal(text_of(&recording, init->text), "pool");
    assert_int_equal(end->object, init->object);
    assert_int_equal(end->number, 1); /* failure that nobody asked for */
    assert_string_equal(put->label, "task-0");
    assert_int_equal(count_events(&recording, TRACE_FUTURE_SUBMIT), 2);
    assert_int_equal(count_events(&recording, TRACE_FUTURE_RUN), 2);
    assert_int_equal(count_events(&recording, TRACE_FUTURE_DONE), 2);
    assert_int_equal(count_events(&recording, TRACE_POOL_NEXT), 2);
    recorded_close(&recording);
    unlink(path);
}

static const struct child_case cases[] = {
    {"leave_failures_unread", leave_failures_unread},
    {"no_workers", no_workers},
    {"submit_after_shutdown", submit_after_shutdown},
    {"submit_again", submit_again},
    {"shut_down_twice", shut_down_twice},
    {"shut_down_in_a_task", shut_down_in_a_task},
    {"submit_in_a_task_too_late", submit_in_a_task_too_late},
    {"wait_for_own_pool", wait_for_own_pool},
    {"never_shut_down", never_shut_down},
    {"record_some", record_some},
    {NULL, NULL},
};

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_task_is_run_once_and_its_result_is_there),
        cmocka_unit_test(
            completed_tasks_are_handed_out_in_the_order_of_ending_not_of_submitting),
        cmocka_unit_test(each_completed_task_is_handed_out_once),
        cmocka_unit_test(submit_does_not_wait_although_no_worker_is_free),
        cmocka_unit_test(one_worker_runs_the_tasks_in_the_order_of_submitting),
        cmocka_unit_test(a_failure_reaches_who_asks_and_the_worker_goes_on),
        cmocka_unit_test(shutdown_waits_for_all_tasks_and_their_results_stay),
        cmocka_unit_test(a_pool_without_a_task_can_be_shut_down),
        cmocka_unit_test(
            a_task_may_submit_another_and_wait_for_it_where_a_worker_is_left),
        cmocka_unit_test(
            result_of_a_task_that_runs_on_gives_up_in_time_and_never_early),
        cmocka_unit_test(shutdown_tells_which_failures_nobody_asked_for),
        cmocka_unit_test(a_pool_used_against_its_rules_is_misuse),
        cmocka_unit_test(a_task_that_waits_for_another_of_its_one_worker_pool_is_stuck),
        cmocka_unit_test(a_pool_that_is_never_shut_down_keeps_the_run_from_ending),
        cmocka_unit_test(
            the_pool_records_its_beginning_and_its_end_and_its_queue_the_tasks),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("pool", tests, make_path, remove_path);
}

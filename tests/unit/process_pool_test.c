/*
 * process_pool_test.c - a pool of processes runs what is submitted to it. How it ends
 * badly is in process_pool_ends_test.c.
 */
#include "pooled.h"

TEST(each_task_is_run_once_in_a_worker_and_its_result_is_there)
{
    for (int workers = 1; workers <= 16; workers *= 4) {
        new_tasks(workers);
        for (int i = 0; i < TASKS; i++)
            submit(i, i, NO_GATE);
        for (int i = 0; i < TASKS; i++) {
            assert_true(future_result(&tasks[i].future));
            assert_int_equal(tasks[i].result, 2 * i);
            assert_int_not_equal(tasks[i].worker, getpid());
            assert_int_equal(atomic_load(&shared->runs[i]), 1);
        }
        assert_int_equal(process_pool_shutdown(&pool), 0);
    }
}

TEST(all_workers_run_tasks_at_once)
{
    new_tasks(3);
    for (int i = 0; i < 3; i++)
        submit(i, i, 0);
    until_begun(3);
    assert_false(future_is_done(&tasks[0].future));
    atomic_store(&shared->open[0], true);
    for (int i = 0; i < 3; i++)
        assert_true(future_result(&tasks[i].future));
    assert_int_not_equal(tasks[0].worker, tasks[1].worker);
    assert_int_not_equal(tasks[1].worker, tasks[2].worker);
    assert_int_not_equal(tasks[0].worker, tasks[2].worker);
    assert_int_equal(process_pool_shutdown(&pool), 0);
}

TEST(completed_tasks_are_handed_out_once_in_the_order_of_ending)
{
    new_tasks(3);
    for (int i = 0; i < 3; i++)
        submit(i, i, i);
    for (int i = 2; i >= 0; i--) {
        atomic_store(&shared->open[i], true);
        assert_ptr_equal(next(), &tasks[i]);
        assert_int_equal(tasks[i].number, i);
    }
    assert_null(next());
    assert_int_equal(process_pool_shutdown(&pool), 0);
}

TEST(submit_does_not_wait_although_the_pipe_is_full)
{
    new_tasks(2);
    for (int i = 0; i < MANY; i++)
        submit(i, i, 0); /* returns */
    assert_false(future_is_done(&tasks[0].future));
    atomic_store(&shared->open[0], true);
    process_pool_close(&pool);
    assert_int_equal(process_pool_join(&pool), 0);
    for (int i = 0; i < MANY; i++) {
        assert_true(future_result(&tasks[i].future));
        assert_int_equal(atomic_load(&shared->runs[i]), 1);
    }
}

TEST(one_worker_runs_the_tasks_in_the_order_of_submitting)
{
    new_tasks(1);
    for (int i = 0; i < TASKS; i++)
        submit(i, i, NO_GATE);
    for (int i = 0; i < TASKS; i++)
        assert_ptr_equal(next(), &tasks[i]);
    assert_int_equal(process_pool_shutdown(&pool), 0);
}

TEST(a_failure_reaches_who_asks_and_the_worker_goes_on)
{
    new_tasks(1);
    submit(0, -7, NO_GATE);
    submit(1, 7, NO_GATE);
    assert_false(future_result(&tasks[0].future));
    assert_string_equal(tasks[0].future.failure, "-7 is negative");
    assert_true(future_result(&tasks[1].future));
    assert_int_equal(tasks[1].result, 14);
    assert_int_equal(process_pool_shutdown(&pool), 0); /* it was read */
}

TEST(a_task_changes_nothing_but_its_own_struct)
{
    new_tasks(1);
    global = 1;
    submit(0, 0, NO_GATE);
    assert_true(future_result(&tasks[0].future));
    assert_int_equal(global, 1);
    assert_int_equal(process_pool_shutdown(&pool), 0);
}

TEST(a_pool_without_a_task_can_be_shut_down)
{
    new_tasks(3);
    assert_null(next());
    assert_int_equal(process_pool_shutdown(&pool), 0);
}

/* --- with other processes; who still had a queue open would keep the pool from ending
 */

TEST(pools_that_overlap_end_in_any_order)
{
    struct process_pool other;

    for (int i = 0; i < 2; i++) {
        new_tasks(2);
        process_pool_init(&other, "other", 2, sizeof(struct task));
        submit(0, 1, NO_GATE);
        tasks[1].gate = NO_GATE;
        process_pool_submit(&other, &tasks[1].future, run_task, "other-task");
        assert_int_equal(process_pool_shutdown(i == 0 ? &pool : &other), 0);
        assert_int_equal(process_pool_shutdown(i == 0 ? &other : &pool), 0);
        assert_true(future_result(&tasks[0].future));
        assert_true(future_result(&tasks[1].future));
    }
}

static void wait_for_gate(struct process *self __attribute__((unused)))
{
    look_until(is_set, &shared->open[0]);
}

TEST(a_process_that_lives_on_does_not_keep_a_pool_from_ending)
{
    struct process process = {.pid = 0};

    new_tasks(2);
    process_start(&process, wait_for_gate, "other");
    submit(0, 1, NO_GATE);
    assert_int_equal(process_pool_shutdown(&pool), 0);
    assert_true(future_result(&tasks[0].future));
    atomic_store(&shared->open[0], true);
    process_join(&process);
    assert_int_equal(process.exit_status, 0);
}

static bool sum_in_own_pool(struct future *self)
{
    struct task *me = (struct task *)self;
    struct task parts[2] = {{.number = 20, .gate = NO_GATE},
                            {.number = 22, .gate = NO_GATE}};
    struct process_pool own;

    process_pool_init(&own, "own", 2, sizeof(struct task));
    for (int i = 0; i < 2; i++)
        process_pool_submit(&own, &parts[i].future, run_task, "part-%d", i);
    bool well = future_result(&parts[0].future) && future_result(&parts[1].future);
    me->result = parts[0].result + parts[1].result;
    return process_pool_shutdown(&own) == 0 && well;
}

TEST(a_task_may_have_a_pool_of_its_own)
{
    new_tasks(2);
    for (int i = 0; i < 4; i++)
        process_pool_submit(&pool, &tasks[i].future, sum_in_own_pool, "sum-%d", i);
    for (int i = 0; i < 4; i++) {
        assert_true(future_result(&tasks[i].future));
        assert_int_equal(tasks[i].result, 84);
    }
    assert_int_equal(process_pool_shutdown(&pool), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_task_is_run_once_in_a_worker_and_its_result_is_there),
        cmocka_unit_test(all_workers_run_tasks_at_once),
        cmocka_unit_test(completed_tasks_are_handed_out_once_in_the_order_of_ending),
        cmocka_unit_test(submit_does_not_wait_although_the_pipe_is_full),
        cmocka_unit_test(one_worker_runs_the_tasks_in_the_order_of_submitting),
        cmocka_unit_test(a_failure_reaches_who_asks_and_the_worker_goes_on),
        cmocka_unit_test(a_task_changes_nothing_but_its_own_struct),
        cmocka_unit_test(a_pool_without_a_task_can_be_shut_down),
        cmocka_unit_test(pools_that_overlap_end_in_any_order),
        cmocka_unit_test(a_process_that_lives_on_does_not_keep_a_pool_from_ending),
        cmocka_unit_test(a_task_may_have_a_pool_of_its_own),
    };

    return cmocka_run_group_tests_name("process_pool", tests, NULL, NULL);
}

/*
 * process_pool_test.c - a pool of processes runs what is submitted to it.
 */
#include "process_pool.h"
#include "recorded.h"
#include "shared_memory.h"
#include "support.h"

#include <inttypes.h>
#include <signal.h>

enum { TASKS = 200, MANY = 3000, NO_GATE = -1 };

struct task {
    struct future future;
    int number;
    int gate; /* which one it waits for before it ends, or NO_GATE */
    int result;
    pid_t worker;
    char filling[100]; /* so that not all tasks fit into a pipe */
};

/* What processes share. */
static struct {
    atomic_bool open[3];
    atomic_int runs[MANY];
    atomic_int begun;
    _Atomic pid_t worker; /* of the task that began last */
} * shared;

static struct process_pool pool;
static struct task tasks[MANY];
static int global = 1;

static void new_tasks(int workers)
{
    if (shared == NULL)
        shared = shared_memory_take(sizeof *shared);
    memset(shared, 0, sizeof *shared);
    memset(tasks, 0, sizeof tasks);
    process_pool_init(&pool, "pool", workers, sizeof(struct task));
}

static bool is_set(void *flag)
{
    return atomic_load((atomic_bool *)flag);
}

static bool run_task(struct future *self)
{
    struct task *me = (struct task *)self;

    me->worker = getpid();
    atomic_store(&shared->worker, me->worker);
    atomic_fetch_add(&shared->begun, 1);
    if (me->gate != NO_GATE)
        look_until(is_set, &shared->open[me->gate]);
    atomic_fetch_add(&shared->runs[abs(me->number)], 1);
    global++;
    me->result = 2 * me->number;
    return me->number >= 0 || future_fail(self, "%d is negative", me->number);
}

static void submit(int task, int number, int gate)
{
    tasks[task].number = number;
    tasks[task].gate = gate;
    process_pool_submit(&pool, &tasks[task].future, run_task, "task-%d", task);
}

static struct task *next(void)
{
    return (struct task *)process_pool_next_completed(&pool);
}

static bool that_many_begun(void *count)
{
    return atomic_load(&shared->begun) >= *(int *)count;
}

static void until_begun(int count)
{
    look_until(that_many_begun, &count);
}

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
    /* First those that run children: once this process has had pools, their reaper may
       take a child that the test waits for. */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_task_of_a_killed_worker_fails_and_the_others_go_on),
        cmocka_unit_test(where_no_worker_is_left_all_tasks_fail),
        cmocka_unit_test(a_worker_killed_while_it_waits_takes_no_task_along),
        cmocka_unit_test(a_task_that_ends_its_process_has_failed),
        cmocka_unit_test(the_end_tells_which_failures_nobody_asked_for),
        cmocka_unit_test(a_pool_used_against_its_rules_is_misuse),
        cmocka_unit_test(a_pool_that_is_never_shut_down_keeps_the_run_from_ending),
        cmocka_unit_test(the_recording_shows_in_which_process_a_task_ran),
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

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("process_pool", tests, make_path, remove_path);
}

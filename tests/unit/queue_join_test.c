/*
 * queue_join_test.c - task_done and join: until all is done, not merely taken.
 */
#include "caller.h"
#include "queue.h"
#include "support.h"

static struct queue queue;

static int new_queue(void **state __attribute__((unused)))
{
    queue_init(&queue, "tasks", 0, sizeof(int), NULL);
    return 0;
}

static int end_queue(void **state __attribute__((unused)))
{
    queue_destroy(&queue);
    return 0;
}

static bool call_join(struct caller *me __attribute__((unused)))
{
    queue_join(&queue);
    return queue.unfinished == 0; /* nobody puts or reports any more */
}

static void put_some(int count)
{
    for (int i = 0; i < count; i++)
        queue_put(&queue, &i);
}

TEST(join_returns_at_once_where_nothing_was_ever_put)
{
    queue_join(&queue);
}

TEST(join_returns_at_once_where_all_is_reported)
{
    int item;

    put_some(1);
    queue_get(&queue, &item);
    queue_task_done(&queue);
    queue_join(&queue);
    queue_join(&queue); /* again and again */
}

TEST(join_waits_for_what_is_taken_and_not_reported)
{
    struct caller joiner = {.item = 0};
    int item;

    put_some(3);
    caller_start(&joiner, call_join);
    until_waiting(&queue.monitor, &queue.all_done, 1);
    for (int i = 0; i < 3; i++)
        queue_get(&queue, &item);
    assert_true(queue_empty(&queue)); /* all is taken */
    for (int i = 0; i < 3; i++) {
        until_waiting(&queue.monitor, &queue.all_done, 1);
        assert_false(atomic_load(&joiner.returned));
        queue_task_done(&queue);
    }
    assert_true(caller_result(&joiner));
}

TEST(the_last_report_lets_every_joiner_go)
{
    struct caller joiners[4];
    int item;

    put_some(1);
    for (int i = 0; i < 4; i++) {
        joiners[i] = (struct caller){.item = 0};
        caller_start(&joiners[i], call_join);
    }
    until_waiting(&queue.monitor, &queue.all_done, 4);
    queue_get(&queue, &item);
    queue_task_done(&queue);
    for (int i = 0; i < 4; i++)
        assert_true(caller_result(&joiners[i]));
}

TEST(a_report_may_come_from_another_thread_than_the_one_that_took)
{
    int item;

    put_some(2);
    queue_get(&queue, &item);
    queue_task_done(&queue);
    queue_task_done(&queue); /* even before it is taken: only the count matters */
    queue_join(&queue);
    assert_int_equal(queue_qsize(&queue), 1);
}

TEST(join_waits_for_what_is_put_while_it_waits)
{
    struct caller joiner = {.item = 0};
    int item;

    put_some(1);
    caller_start(&joiner, call_join);
    until_waiting(&queue.monitor, &queue.all_done, 1);
    put_some(1);
    for (int i = 0; i < 2; i++) {
        until_waiting(&queue.monitor, &queue.all_done, 1);
        queue_get(&queue, &item);
        queue_task_done(&queue);
    }
    assert_true(caller_result(&joiner));
}

/* --- workers */

enum { WORKERS = 4, TASKS = 2000 };

struct worker {
    struct thread thread;
    int *done; /* one count a task, written by who handles it */
};

static void work(struct thread *self)
{
    struct worker *me = (struct worker *)self;
    int item;

    while (queue_get(&queue, &item)) {
        me->done[item]++;
        queue_task_done(&queue);
    }
}

TEST(after_join_what_the_workers_did_is_seen)
{
    struct worker workers[WORKERS];
    int done[TASKS] = {0};

    for (int i = 0; i < WORKERS; i++) {
        workers[i] = (struct worker){.done = done};
        thread_start(&workers[i].thread, work, "worker-%d", i);
    }
    for (int round = 1; round <= 3; round++) {
        put_some(TASKS);
        queue_join(&queue);
        for (int i = 0; i < TASKS;
             i++) /* ThreadSanitizer sees where this is no order */
            assert_int_equal(done[i], round);
    }
    queue_shutdown(&queue);
    for (int i = 0; i < WORKERS; i++)
        thread_join(&workers[i].thread);
}

/* --- misuse */

static void report_without_put(const char *argument __attribute__((unused)))
{
    new_queue(NULL);
    queue_task_done(&queue);
}

static void report_twice(const char *argument __attribute__((unused)))
{
    int item;

    new_queue(NULL);
    put_some(1);
    queue_get(&queue, &item);
    queue_task_done(&queue);
    queue_task_done(&queue);
}

static void destroy_joined(const char *argument __attribute__((unused)))
{
    struct caller joiner = {.item = 0};

    new_queue(NULL);
    put_some(1);
    caller_start(&joiner, call_join);
    until_waiting(&queue.monitor, &queue.all_done, 1);
    queue_destroy(&queue);
}

static const struct child_case cases[] = {
    {"report_without_put", report_without_put},
    {"report_twice", report_twice},
    {"destroy_joined", destroy_joined},
    {NULL, NULL},
};

TEST(one_report_more_than_there_were_puts_is_misuse)
{
    assert_misuse("report_without_put", "more reports than items were put");
    assert_misuse("report_twice", "queue_task_done on tasks: more reports");
}

TEST(destroying_a_queue_that_a_thread_joins_is_misuse)
{
    assert_misuse("destroy_joined", "queue_destroy on tasks, in which caller still");
}

#define WITH_QUEUE(test) cmocka_unit_test_setup_teardown(test, new_queue, end_queue)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_QUEUE(join_returns_at_once_where_nothing_was_ever_put),
        WITH_QUEUE(join_returns_at_once_where_all_is_reported),
        WITH_QUEUE(join_waits_for_what_is_taken_and_not_reported),
        WITH_QUEUE(the_last_report_lets_every_joiner_go),
        WITH_QUEUE(a_report_may_come_from_another_thread_than_the_one_that_took),
        WITH_QUEUE(join_waits_for_what_is_put_while_it_waits),
        WITH_QUEUE(after_join_what_the_workers_did_is_seen),
        cmocka_unit_test(one_report_more_than_there_were_puts_is_misuse),
        cmocka_unit_test(destroying_a_queue_that_a_thread_joins_is_misuse),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("queue_join", tests, NULL, NULL);
}

/*
 * step_queue_test.c - every operation on a queue passes the door once, before it acts,
 * with none of the kit's locks held.
 */
#include "queue.h"
#include "step_seen.h"

static struct queue queue;

static uint64_t all_state(void)
{
    return (queue.count * UINT64_C(100) + queue.unfinished) * 100 + queue.is_shutdown;
}

static bool the_monitor_is_free(void)
{
    return atomic_load(&queue.monitor.word) == 0;
}

static char item = 'x';

static void put(void)
{
    assert_true(queue_put(&queue, &item));
}

static void put_nowait(void)
{
    assert_true(queue_put_nowait(&queue, &item));
}

static void put_within(void)
{
    assert_true(queue_put_within(&queue, &item, 1));
}

static void put_too_much(void)
{
    assert_false(queue_put_within(&queue, &item, 1)); /* waits, and gives up */
}

static void get(void)
{
    assert_true(queue_get(&queue, &item));
}

static void get_nowait(void)
{
    assert_true(queue_get_nowait(&queue, &item));
}

static void get_within(void)
{
    assert_true(queue_get_within(&queue, &item, 1));
}

static void get_nothing(void)
{
    assert_false(queue_get_within(&queue, &item, 1));
}

static void task_done(void)
{
    queue_task_done(&queue);
}

static void join_queue(void)
{
    queue_join(&queue);
}

static void look(void)
{
    queue_qsize(&queue);
}

static void look_empty(void)
{
    queue_empty(&queue);
}

static void look_full(void)
{
    queue_full(&queue);
}

static void shut_down(void)
{
    queue_shutdown(&queue);
}

static void shut_down_at_once(void)
{
    queue_shutdown_immediate(&queue);
}

TEST(each_operation_on_a_queue_passes_once_before_it_acts)
{
    queue_init(&queue, "queue", 3, 1, NULL);
    check(put, TRACE_QUEUE_PUT, queue.object);
    check(put_nowait, TRACE_QUEUE_PUT, queue.object);
    check(put_within, TRACE_QUEUE_PUT, queue.object);
    check(put_too_much, TRACE_QUEUE_PUT, queue.object);
    check(look, TRACE_QUEUE_LOOK, queue.object);
    check(look_empty, TRACE_QUEUE_LOOK, queue.object);
    check(look_full, TRACE_QUEUE_LOOK, queue.object);
    check(get, TRACE_QUEUE_GET, queue.object);
    check(get_nowait, TRACE_QUEUE_GET, queue.object);
    check(get_within, TRACE_QUEUE_GET, queue.object);
    check(get_nothing, TRACE_QUEUE_GET, queue.object);
    for (int i = 0; i < 3; i++)
        check(task_done, TRACE_QUEUE_TASK_DONE, queue.object);
    check(join_queue, TRACE_QUEUE_JOIN, queue.object);
    check(shut_down, TRACE_QUEUE_SHUTDOWN, queue.object);
    check(shut_down_at_once, TRACE_QUEUE_SHUTDOWN, queue.object);
    queue_destroy(&queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_operation_on_a_queue_passes_once_before_it_acts),
    };

    gate_open(all_state, the_monitor_is_free);
    return cmocka_run_group_tests_name("step_queue", tests, NULL, NULL);
}

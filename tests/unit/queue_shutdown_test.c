/*
 * queue_shutdown_test.c - how a queue ends: gracefully, or at once. Python 3.13's.
 */
#include "caller.h"
#include "queue.h"
#include "support.h"

static struct queue queue;

static int new_bounded_queue(void **state __attribute__((unused)))
{
    queue_init(&queue, "tasks", 3, sizeof(int), NULL);
    return 0;
}

static int end_queue(void **state __attribute__((unused)))
{
    queue_destroy(&queue);
    return 0;
}

static bool call_put(struct caller *me)
{
    return queue_put(&queue, &me->item);
}

static bool call_put_within(struct caller *me)
{
    return queue_put_within(&queue, &me->item, TOO_LONG_MS);
}

static bool call_get(struct caller *me)
{
    return queue_get(&queue, &me->item);
}

static bool call_get_within(struct caller *me)
{
    return queue_get_within(&queue, &me->item, TOO_LONG_MS);
}

static bool call_join(struct caller *me __attribute__((unused)))
{
    queue_join(&queue);
    return true;
}

static void put_some(int count)
{
    for (int i = 0; i < count; i++)
        assert_true(queue_put(&queue, &i));
}

static void shut_down(bool immediate)
{
    if (immediate)
        queue_shutdown_immediate(&queue);
    else
        queue_shutdown(&queue);
}

static void check_puts_fail(bool immediate)
{
    int item = 0;

    shut_down(immediate);
    assert_false(queue_put(&queue, &item));
    assert_false(queue_put_nowait(&queue, &item));
    assert_false(queue_put_within(&queue, &item, TOO_LONG_MS));
    assert_int_equal(queue_qsize(&queue), 0);
    assert_int_equal(queue.unfinished, 0);
}

TEST(after_a_shutdown_every_put_fails_at_once)
{
    check_puts_fail(false);
}

TEST(after_an_immediate_shutdown_every_put_fails_at_once)
{
    check_puts_fail(true);
}

TEST(after_a_shutdown_gets_go_on_until_the_queue_is_empty_and_then_fail)
{
    int item;

    put_some(3);
    queue_shutdown(&queue);
    assert_true(queue_get(&queue, &item) && item == 0);
    assert_true(queue_get_nowait(&queue, &item) && item == 1);
    assert_true(queue_get_within(&queue, &item, 0) && item == 2);
    assert_false(queue_get(&queue, &item));
    assert_false(queue_get_nowait(&queue, &item));
    assert_false(queue_get_within(&queue, &item, TOO_LONG_MS));
}

TEST(after_an_immediate_shutdown_gets_fail_at_once)
{
    int item;

    put_some(3);
    queue_shutdown_immediate(&queue);
    assert_true(queue_empty(&queue));
    assert_false(queue_get(&queue, &item));
    assert_false(queue_get_nowait(&queue, &item));
    assert_false(queue_get_within(&queue, &item, TOO_LONG_MS));
}

TEST(is_shutdown_tells_shut_down_from_not_now)
{
    int item;

    assert_false(queue_get_nowait(&queue, &item));
    assert_false(queue_is_shutdown(&queue));
    queue_shutdown(&queue);
    assert_false(queue_get_nowait(&queue, &item));
    assert_true(queue_is_shutdown(&queue));
}

/* Starts two putters that wait in the full queue, shuts it down: both fail. */
static void check_putters_are_woken(bool immediate)
{
    struct caller putters[2] = {{.item = 0}};

    put_some(3);
    caller_start(&putters[0], call_put);
    caller_start(&putters[1], call_put_within);
    until_waiting(&queue.monitor, &queue.not_full, 2);
    shut_down(immediate);
    assert_false(caller_result(&putters[0]));
    assert_false(caller_result(&putters[1]));
    assert_int_equal(queue_qsize(&queue), immediate ? 0 : 3);
}

TEST(a_shutdown_wakes_who_waits_to_put_and_their_puts_fail)
{
    check_putters_are_woken(false);
}

TEST(an_immediate_shutdown_wakes_who_waits_to_put_although_there_is_space_now)
{
    check_putters_are_woken(true);
}

static void check_getters_are_woken(bool immediate)
{
    struct caller getters[2] = {{.item = 0}};

    caller_start(&getters[0], call_get);
    caller_start(&getters[1], call_get_within);
    until_waiting(&queue.monitor, &queue.not_empty, 2);
    shut_down(immediate);
    assert_false(caller_result(&getters[0]));
    assert_false(caller_result(&getters[1]));
}

TEST(a_shutdown_wakes_who_waits_to_get_and_their_gets_fail)
{
    check_getters_are_woken(false);
}

TEST(an_immediate_shutdown_wakes_who_waits_to_get)
{
    check_getters_are_woken(true);
}

TEST(a_shutdown_does_not_end_a_join_before_all_is_reported)
{
    struct caller joiner = {.item = 0};
    int item;

    put_some(2);
    caller_start(&joiner, call_join);
    until_waiting(&queue.monitor, &queue.all_done, 1);
    queue_shutdown(&queue);
    for (int i = 0; i < 2; i++) {
        until_waiting(&queue.monitor, &queue.all_done, 1);
        assert_false(atomic_load(&joiner.returned));
        assert_true(queue_get(&queue, &item));
        queue_task_done(&queue);
    }
    caller_result(&joiner);
}

TEST(an_immediate_shutdown_ends_a_join_where_nothing_was_taken)
{
    struct caller joiners[2] = {{.item = 0}};

    put_some(3);
    caller_start(&joiners[0], call_join);
    caller_start(&joiners[1], call_join);
    until_waiting(&queue.monitor, &queue.all_done, 2);
    queue_shutdown_immediate(&queue);
    caller_result(&joiners[0]);
    caller_result(&joiners[1]);
    queue_join(&queue);
}

TEST(after_an_immediate_shutdown_a_join_still_waits_for_what_was_taken)
{
    struct caller joiner = {.item = 0};
    int item;

    put_some(3);
    queue_get(&queue, &item); /* taken and not yet reported */
    caller_start(&joiner, call_join);
    until_waiting(&queue.monitor, &queue.all_done, 1);
    queue_shutdown_immediate(&queue);
    assert_int_equal(queue.unfinished, 1);
    until_waiting(&queue.monitor, &queue.all_done, 1);
    assert_false(atomic_load(&joiner.returned));
    queue_task_done(&queue);
    caller_result(&joiner);
}

TEST(a_shutdown_may_come_again_and_become_immediate)
{
    int item;

    put_some(2);
    queue_shutdown(&queue);
    queue_shutdown(&queue);
    assert_int_equal(queue_qsize(&queue), 2);
    queue_shutdown_immediate(&queue);
    assert_false(queue_get(&queue, &item));
    assert_int_equal(queue.unfinished, 0);
}

TEST(reports_that_came_before_their_gets_are_not_counted_off_twice)
{
    put_some(2);
    queue_task_done(&queue);
    queue_task_done(&queue);
    queue_shutdown_immediate(&queue); /* two items in it, nothing unfinished */
    assert_int_equal(queue.unfinished, 0);
    queue_join(&queue);
}

static void report_dropped(const char *argument __attribute__((unused)))
{
    new_bounded_queue(NULL);
    put_some(1);
    queue_shutdown_immediate(&queue);
    queue_task_done(&queue); /* it was counted as done */
}

static const struct child_case cases[] = {
    {"report_dropped", report_dropped},
    {NULL, NULL},
};

TEST(reporting_what_an_immediate_shutdown_dropped_is_misuse)
{
    assert_misuse("report_dropped", "more reports than items were put");
}

#define WITH_QUEUE(test)                                                               \
    cmocka_unit_test_setup_teardown(test, new_bounded_queue, end_queue)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_QUEUE(after_a_shutdown_every_put_fails_at_once),
        WITH_QUEUE(after_an_immediate_shutdown_every_put_fails_at_once),
        WITH_QUEUE(after_a_shutdown_gets_go_on_until_the_queue_is_empty_and_then_fail),
        WITH_QUEUE(after_an_immediate_shutdown_gets_fail_at_once),
        WITH_QUEUE(is_shutdown_tells_shut_down_from_not_now),
        WITH_QUEUE(a_shutdown_wakes_who_waits_to_put_and_their_puts_fail),
        WITH_QUEUE(
            an_immediate_shutdown_wakes_who_waits_to_put_although_there_is_space_now),
        WITH_QUEUE(a_shutdown_wakes_who_waits_to_get_and_their_gets_fail),
        WITH_QUEUE(an_immediate_shutdown_wakes_who_waits_to_get),
        WITH_QUEUE(a_shutdown_does_not_end_a_join_before_all_is_reported),
        WITH_QUEUE(an_immediate_shutdown_ends_a_join_where_nothing_was_taken),
        WITH_QUEUE(after_an_immediate_shutdown_a_join_still_waits_for_what_was_taken),
        WITH_QUEUE(a_shutdown_may_come_again_and_become_immediate),
        WITH_QUEUE(reports_that_came_before_their_gets_are_not_counted_off_twice),
        cmocka_unit_test(reporting_what_an_immediate_shutdown_dropped_is_misuse),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("queue_shutdown", tests, NULL, NULL);
}

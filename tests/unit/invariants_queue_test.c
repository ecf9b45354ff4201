/*
 * invariants_queue_test.c - the invariants of queues, each broken once, are told with
 * the step where it happened.
 */
#include "good_run.h"

TEST(an_item_is_known_by_the_step_that_put_it)
{
    at(PUTS)->number = 1;
    assert_broken(PUTS, "the item's id is not the step");
}

TEST(no_put_goes_above_the_capacity)
{
    at(MAKES_LOCK)->kind = TRACE_QUEUE_PUT;
    at(MAKES_LOCK)->object = TASKS;
    at(MAKES_LOCK)->number = MAKES_LOCK;
    assert_broken(PUTS, "above the capacity of 1");
}

TEST(no_put_comes_after_the_shutdown)
{
    at(REPORTS_LAST)->kind = TRACE_QUEUE_PUT;
    at(REPORTS_LAST)->number = REPORTS_LAST;
    assert_broken(REPORTS_LAST, "after the shutdown");
}

TEST(nothing_is_taken_from_an_empty_queue)
{
    at(PUTS)->kind = TRACE_QUEUE_LOOK;
    assert_broken(GETS, "taken from an empty queue");
}

TEST(items_are_taken_in_their_order)
{
    at(GETS)->number = 3;
    assert_broken(GETS, "item 3 is taken, and 6 is first");
}

TEST(waits_and_failures_have_their_reason)
{
    at(GETS)->kind = TRACE_QUEUE_GET_BEGIN;
    assert_broken(GETS, "a get waits while there are items");
    at(GETS)->kind = TRACE_QUEUE_GET_FAILED;
    assert_broken(GETS, "a get fails while there are items");
    at(PUTS)->kind = TRACE_QUEUE_PUT_BEGIN;
    assert_broken(PUTS, "a put waits while there is space");
    at(PUTS)->kind = TRACE_QUEUE_PUT_FAILED;
    assert_broken(PUTS, "a put fails while there is space");
}

TEST(a_join_returns_after_the_last_report)
{
    at(REPORTS)->kind = TRACE_QUEUE_LOOK;
    at(REPORTS)->unfinished = 1;
    assert_broken(JOINS, "join returns with 1 unfinished");
}

TEST(there_are_no_more_reports_than_puts)
{
    at(JOINS)->kind = TRACE_QUEUE_TASK_DONE;
    assert_broken(JOINS, "more reports than puts");
}

TEST(depth_and_unfinished_are_the_counts)
{
    at(PUTS)->depth = 7;
    assert_broken(PUTS, "the depth is 7, and should be 1");
    at(PUTS)->depth = 1;
    at(REPORTS)->unfinished = 4;
    assert_broken(REPORTS, "unfinished is 4, and should be 0");
}

TEST(a_queue_is_made_before_it_is_used)
{
    at(MAKES_QUEUE)->object = 55;
    assert_broken(WAITS, "no such queue");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        INVARIANT_TEST(an_item_is_known_by_the_step_that_put_it),
        INVARIANT_TEST(no_put_goes_above_the_capacity),
        INVARIANT_TEST(no_put_comes_after_the_shutdown),
        INVARIANT_TEST(nothing_is_taken_from_an_empty_queue),
        INVARIANT_TEST(items_are_taken_in_their_order),
        INVARIANT_TEST(waits_and_failures_have_their_reason),
        INVARIANT_TEST(a_join_returns_after_the_last_report),
        INVARIANT_TEST(there_are_no_more_reports_than_puts),
        INVARIANT_TEST(depth_and_unfinished_are_the_counts),
        INVARIANT_TEST(a_queue_is_made_before_it_is_used),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

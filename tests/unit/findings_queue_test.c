/*
 * findings_queue_test.c - findings about queues, their tasks, looks at them, and
 * results of pools: when there is one, and when it would be a false alarm.
 */
#include "found.h"

static uint64_t put(uint32_t thread, uint32_t depth, const char *label)
{
    return made_put(&made, thread, TASKS, depth, depth, label);
}

static uint64_t get(uint32_t thread, uint64_t item, uint32_t depth)
{
    return made_get(&made, thread, TASKS, item, depth, depth);
}

static uint64_t counts(enum trace_kind kind, uint32_t thread, uint32_t depth,
                       uint32_t unfinished)
{
    uint64_t at = does(kind, thread, TASKS);

    latest()->depth = depth;
    latest()->unfinished = unfinished;
    return at;
}

/* Ann takes two tasks and reports one of them, at that place. */
static uint64_t report_one_of_two(bool at_once)
{
    uint64_t first = made_put(&made, MAIN, TASKS, 1, 1, "a");
    uint64_t second = made_put(&made, MAIN, TASKS, 2, 2, "b");
    uint64_t taken = made_get(&made, ANN, TASKS, first, 1, 2);

    if (at_once)
        counts(TRACE_QUEUE_TASK_DONE, ANN, 1, 1);
    made_get(&made, ANN, TASKS, second, 0, 2 - at_once);
    if (!at_once)
        counts(TRACE_QUEUE_TASK_DONE, ANN, 0, 1);
    return taken;
}

TEST(a_task_that_its_thread_left_behind_was_not_reported)
{
    uint64_t taken = report_one_of_two(false);

    end_with(0);
    assert_found(FINDING_NOT_REPORTED, taken,
                 "ann took 'a' from tasks and never reported it done");
}

TEST(a_task_at_which_its_thread_still_is_may_be_reported_yet)
{
    report_one_of_two(true);
    end_with(0);
    assert_nothing(FINDING_NOT_REPORTED);
}

TEST(who_ends_reports_nothing_more)
{
    report_one_of_two(true);
    does(TRACE_THREAD_END, ANN, 0);
    end_with(0);
    assert_non_null(found(FINDING_NOT_REPORTED));
}

TEST(where_nobody_reports_nothing_is_missing)
{
    uint64_t a = put(MAIN, 1, "a");

    get(ANN, a, 0);
    counts(TRACE_QUEUE_GET_BEGIN, ANN, 0, 1);
    end_with(0);
    assert_nothing(FINDING_NOT_REPORTED);
}

TEST(reports_that_come_all_at_once_are_reports)
{
    report_one_of_two(false);
    counts(TRACE_QUEUE_TASK_DONE, ANN, 0, 0);
    end_with(0);
    assert_nothing(FINDING_NOT_REPORTED);
}

TEST(a_lost_step_may_have_been_the_report)
{
    report_one_of_two(false);
    tear();
    end_with(0);
    assert_nothing(FINDING_NOT_REPORTED);
}

TEST(one_report_too_many_is_told_where_it_was_made)
{
    uint64_t a = put(MAIN, 1, "a");

    made_put(&made, MAIN, TASKS, 2, 2, "b");
    made_get(&made, ANN, TASKS, a, 1, 2);
    counts(TRACE_QUEUE_TASK_DONE, ANN, 1, 1);
    uint64_t extra = counts(TRACE_QUEUE_TASK_DONE, ANN, 1, 0);
    does(TRACE_MISUSE, BOB, 0);
    latest()->text = made_text(&made, "too many");
    end_with(4);
    char sentence[100];
    snprintf(sentence, sizeof sentence,
             "too many; ann reported a task at step %d that it had not taken",
             (int)extra);
    assert_found(FINDING_MISUSE, extra, sentence);
}

TEST(other_misuse_is_told_where_it_was_noticed)
{
    uint64_t misuse = does(TRACE_MISUSE, BOB, 0);

    latest()->text = made_text(&made, "no such thing");
    end_with(4);
    assert_found(FINDING_MISUSE, misuse, "no such thing");
}

/* --- what is left */

TEST(items_that_are_left_are_told_with_who_stopped_asking)
{
    uint64_t a = put(MAIN, 1, "a");

    get(ANN, a, 0);
    uint64_t asked = fails(TRACE_QUEUE_GET_FAILED, ANN, TASKS, TRACE_BECAUSE_TIMEOUT);
    put(MAIN, 1, "b");
    put(MAIN, 2, "c");
    end_with(0);
    assert_int_equal(found(FINDING_ITEMS_LEFT)->severity, FINDING_WARNING);
    assert_int_equal(found(FINDING_ITEMS_LEFT)->step, asked);
    assert_non_null(strstr(found(FINDING_ITEMS_LEFT)->sentence,
                           "2 items left in tasks at the end, from 'b' on"));
    assert_non_null(strstr(found(FINDING_ITEMS_LEFT)->sentence, "ann was the last"));
}

TEST(what_a_stopped_run_leaves_is_only_a_remark)
{
    put(MAIN, 1, "a");
    does(TRACE_DEADLOCK, MAIN, 0);
    end_with(3);
    assert_int_equal(found(FINDING_ITEMS_LEFT)->severity, FINDING_REMARK);
}

TEST(what_a_killed_run_leaves_is_no_finding)
{
    put(MAIN, 1, "a");
    atomic_store(&made.header.killed_by, 9);
    look();
    assert_int_equal(findings.count, 0);
}

TEST(a_queue_that_is_unsure_has_nothing_left)
{
    put(MAIN, 1, "a");
    tear();
    end_with(0);
    assert_nothing(FINDING_ITEMS_LEFT);
}

/* --- full and empty */

/* Main puts so many times, and ann takes each; main must wait for space where asked. */
static void pass_on(unsigned times, bool full, bool empty, uint32_t taker)
{
    for (unsigned i = 0; i < times; i++) {
        if (empty)
            counts(TRACE_QUEUE_GET_BEGIN, taker, 0, 0);
        if (full)
            counts(TRACE_QUEUE_PUT_BEGIN, MAIN, 0, 0);
        uint64_t item = put(MAIN, 1, "a");
        get(taker, item, 0);
    }
}

TEST(a_queue_in_which_puts_must_wait_was_always_full)
{
    make(TRACE_QUEUE_INIT, TASKS, 1, "tasks");
    pass_on(6, true, false, ANN);
    end_with(0);
    assert_non_null(found(FINDING_ALWAYS_FULL));
    assert_string_equal(found(FINDING_ALWAYS_FULL)->sentence,
                        "tasks was nearly always full: 6 of 6 puts had to wait");
    assert_nothing(FINDING_ALWAYS_EMPTY);
}

TEST(a_queue_without_a_limit_is_never_full)
{
    pass_on(10, true, false, ANN);
    end_with(0);
    assert_nothing(FINDING_ALWAYS_FULL);
}

TEST(a_queue_from_which_several_must_wait_was_always_empty)
{
    pass_on(3, false, true, ANN);
    pass_on(3, false, true, BOB);
    end_with(0);
    assert_string_equal(found(FINDING_ALWAYS_EMPTY)->sentence,
                        "tasks was nearly always empty: 6 of 6 gets had to wait");
}

TEST(where_a_step_was_lost_no_queue_was_always_full_or_empty)
{
    make(TRACE_QUEUE_INIT, TASKS, 1, "tasks");
    pass_on(6, true, true, ANN);
    pass_on(6, true, true, BOB);
    tear();
    end_with(0);
    assert_nothing(FINDING_ALWAYS_FULL);
    assert_nothing(FINDING_ALWAYS_EMPTY);
}

TEST(one_that_takes_alone_is_there_to_wait)
{
    pass_on(10, false, true, ANN);
    end_with(0);
    assert_nothing(FINDING_ALWAYS_EMPTY);
    assert_nothing(FINDING_WAITED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOUND_TEST(a_task_that_its_thread_left_behind_was_not_reported),
        FOUND_TEST(a_task_at_which_its_thread_still_is_may_be_reported_yet),
        FOUND_TEST(who_ends_reports_nothing_more),
        FOUND_TEST(where_nobody_reports_nothing_is_missing),
        FOUND_TEST(reports_that_come_all_at_once_are_reports),
        FOUND_TEST(a_lost_step_may_have_been_the_report),
        FOUND_TEST(one_report_too_many_is_told_where_it_was_made),
        FOUND_TEST(other_misuse_is_told_where_it_was_noticed),
        FOUND_TEST(items_that_are_left_are_told_with_who_stopped_asking),
        FOUND_TEST(what_a_stopped_run_leaves_is_only_a_remark),
        FOUND_TEST(what_a_killed_run_leaves_is_no_finding),
        FOUND_TEST(a_queue_that_is_unsure_has_nothing_left),
        FOUND_TEST(a_queue_in_which_puts_must_wait_was_always_full),
        FOUND_TEST(a_queue_without_a_limit_is_never_full),
        FOUND_TEST(a_queue_from_which_several_must_wait_was_always_empty),
        FOUND_TEST(where_a_step_was_lost_no_queue_was_always_full_or_empty),
        FOUND_TEST(one_that_takes_alone_is_there_to_wait),
    };

    return cmocka_run_group_tests_name("findings of queues", tests, NULL, NULL);
}

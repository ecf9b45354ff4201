/*
 * findings_look_test.c - findings about looks that were out of date, and about results
 * of pools that nobody read: when there is one, and when it would be a false alarm.
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

/* --- looks */

TEST(who_waits_for_what_it_has_seen_came_too_late)
{
    uint64_t a = put(MAIN, 1, "a");
    uint64_t saw = counts(TRACE_QUEUE_LOOK, ANN, 1, 1);

    get(BOB, a, 0);
    uint64_t waits = counts(TRACE_QUEUE_GET_BEGIN, ANN, 0, 1);
    end_with(0);
    assert_int_equal(found(FINDING_STALE_LOOK)->from, saw);
    assert_int_equal(found(FINDING_STALE_LOOK)->step, waits);
    assert_int_equal(found(FINDING_STALE_LOOK)->thread, ANN);
}

TEST(who_looks_and_gets_or_has_a_time_limit_is_in_time)
{
    uint64_t a = put(MAIN, 1, "a");

    counts(TRACE_QUEUE_LOOK, ANN, 1, 1);
    get(ANN, a, 0);
    counts(TRACE_QUEUE_GET_BEGIN, ANN, 0, 1);
    put(MAIN, 1, "b");
    counts(TRACE_QUEUE_LOOK, BOB, 1, 1);
    get(ANN, made.count - 1, 0);
    counts(TRACE_QUEUE_GET_BEGIN, BOB, 0, 1);
    latest()->number = 1000;
    end_with(0);
    assert_nothing(FINDING_STALE_LOOK);
}

TEST(who_saw_nothing_and_went_away_missed_what_came)
{
    uint64_t saw = counts(TRACE_QUEUE_LOOK, ANN, 0, 0);

    does(TRACE_THREAD_END, ANN, 0);
    uint64_t a = put(MAIN, 1, "a");
    get(BOB, a, 0);
    end_with(0);
    assert_int_equal(found(FINDING_STALE_LOOK)->step, saw);
    assert_non_null(strstr(found(FINDING_STALE_LOOK)->sentence, "1 item came after"));
}

TEST(a_look_that_a_print_follows_was_for_the_print)
{
    counts(TRACE_QUEUE_LOOK, ANN, 0, 0);
    made_say(&made, ANN, "empty");
    uint64_t a = put(MAIN, 1, "a");
    get(BOB, a, 0);
    end_with(0);
    assert_nothing(FINDING_STALE_LOOK);
}

TEST(who_looks_again_or_waits_at_once_misses_nothing)
{
    counts(TRACE_QUEUE_LOOK, ANN, 0, 0);
    counts(TRACE_QUEUE_GET_BEGIN, ANN, 0, 0);
    counts(TRACE_QUEUE_LOOK, BOB, 0, 0);
    uint64_t a = put(MAIN, 1, "a");
    counts(TRACE_QUEUE_LOOK, BOB, 1, 1);
    get(ANN, a, 0);
    end_with(0);
    assert_nothing(FINDING_STALE_LOOK);
}

TEST(who_appends_after_a_look_that_is_out_of_date_is_told)
{
    make(TRACE_LIST_INIT, 30, 0, "list");
    does(TRACE_LIST_LOOK, ANN, 30);
    does(TRACE_LIST_APPEND, BOB, 30);
    latest()->number = 0;
    latest()->depth = 1;
    uint64_t late = does(TRACE_LIST_APPEND, ANN, 30);
    latest()->number = 1;
    latest()->depth = 2;
    end_with(0);
    char sentence[200];
    snprintf(sentence, sizeof sentence,
             "ann saw 0 items in list at step %d and now appends; meanwhile others had "
             "made it 1",
             (int)late - 2);
    assert_found(FINDING_STALE_LOOK, late, sentence);
}

/* --- results */

enum { POOL = 30, FIRST, SECOND };

/* Ann does both tasks; the second one fails. */
static uint64_t do_both(void)
{
    make(TRACE_POOL_INIT, POOL, 1, "pool");
    make(TRACE_FUTURE_SUBMIT, FIRST, POOL, "task-0");
    make(TRACE_FUTURE_SUBMIT, SECOND, POOL, "task-1");
    does(TRACE_FUTURE_RUN, ANN, FIRST);
    does(TRACE_FUTURE_DONE, ANN, FIRST);
    does(TRACE_FUTURE_RUN, ANN, SECOND);
    uint64_t failed = does(TRACE_FUTURE_DONE, ANN, SECOND);
    latest()->detail = 1;
    latest()->text = made_text(&made, "no such page");
    return failed;
}

TEST(a_failure_that_nobody_asked_for_is_an_error)
{
    uint64_t failed = do_both();

    does(TRACE_FUTURE_RESULT, MAIN, FIRST);
    end_with(0);
    assert_int_equal(findings.count, 1);
    assert_found(FINDING_UNREAD_RESULT, failed,
                 "task-1 failed (no such page), and nobody asked for it");
    assert_int_equal(findings.list[0].severity, FINDING_ERROR);
}

TEST(a_failure_that_was_told_is_none)
{
    do_both();
    does(TRACE_FUTURE_RESULT, MAIN, FIRST);
    fails(TRACE_FUTURE_RESULT_FAILED, MAIN, SECOND, TRACE_BECAUSE_RAISED);
    end_with(0);
    assert_int_equal(findings.count, 0);
}

TEST(who_gave_up_waiting_was_not_told)
{
    do_both();
    does(TRACE_FUTURE_RESULT, MAIN, FIRST);
    fails(TRACE_FUTURE_RESULT_FAILED, MAIN, SECOND, TRACE_BECAUSE_TIMEOUT);
    end_with(0);
    assert_non_null(found(FINDING_UNREAD_RESULT));
}

TEST(a_result_that_nobody_wanted_is_a_remark)
{
    do_both();
    fails(TRACE_FUTURE_RESULT_FAILED, MAIN, SECOND, TRACE_BECAUSE_RAISED);
    end_with(0);
    assert_int_equal(findings.count, 1);
    assert_string_equal(findings.list[0].sentence,
                        "nobody asked for 1 result of the pool 'pool'");
    assert_int_equal(findings.list[0].severity, FINDING_REMARK);
}

TEST(where_a_step_was_lost_nobody_counts_results)
{
    do_both();
    fails(TRACE_FUTURE_RESULT_FAILED, MAIN, SECOND, TRACE_BECAUSE_RAISED);
    made.events[5] = (struct trace_event){.kind = TRACE_UNCOMMITTED};
    end_with(0);
    assert_nothing(FINDING_UNREAD_RESULT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOUND_TEST(who_waits_for_what_it_has_seen_came_too_late),
        FOUND_TEST(who_looks_and_gets_or_has_a_time_limit_is_in_time),
        FOUND_TEST(who_saw_nothing_and_went_away_missed_what_came),
        FOUND_TEST(a_look_that_a_print_follows_was_for_the_print),
        FOUND_TEST(who_looks_again_or_waits_at_once_misses_nothing),
        FOUND_TEST(who_appends_after_a_look_that_is_out_of_date_is_told),
        FOUND_TEST(a_failure_that_nobody_asked_for_is_an_error),
        FOUND_TEST(a_failure_that_was_told_is_none),
        FOUND_TEST(who_gave_up_waiting_was_not_told),
        FOUND_TEST(a_result_that_nobody_wanted_is_a_remark),
        FOUND_TEST(where_a_step_was_lost_nobody_counts_results),
    };

    return cmocka_run_group_tests_name("findings of looks", tests, NULL, NULL);
}

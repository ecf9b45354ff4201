/*
 * findings_race_test.c - findings about accesses to shared variables that nothing
 * orders.
 */
#include "found.h"

static uint64_t load(uint32_t thread, uint64_t value)
{
    uint64_t at = does(TRACE_SHARED_LOAD, thread, COUNT);

    latest()->number = value;
    latest()->site = made_text(&made, "lesson.c:7");
    return at;
}

static uint64_t store(uint32_t thread, uint64_t value)
{
    uint64_t at = does(TRACE_SHARED_STORE, thread, COUNT);

    latest()->number = value;
    return at;
}

TEST(two_writes_that_nothing_orders_are_a_race)
{
    uint64_t first = store(ANN, 1), second = store(BOB, 2);
    char sentence[200];

    end_with(0);
    snprintf(
        sentence, sizeof sentence,
        "ann writes count at step %d, bob writes it at step %d, and nothing orders "
        "the two",
        (int)first, (int)second);
    assert_found(FINDING_DATA_RACE, second, sentence);
    assert_int_equal(found(FINDING_DATA_RACE)->from, first);
}

TEST(a_read_and_a_write_that_nothing_orders_are_a_race_and_have_lines)
{
    load(ANN, 0);
    store(BOB, 2);
    end_with(0);
    assert_non_null(
        strstr(found(FINDING_DATA_RACE)->sentence, "ann reads count at step"));
    assert_non_null(
        strstr(found(FINDING_DATA_RACE)->sentence, "(lesson.c:7), bob writes"));
}

TEST(two_reads_are_no_race)
{
    load(ANN, 0);
    load(BOB, 0);
    load(MAIN, 0);
    end_with(0);
    assert_nothing(FINDING_DATA_RACE);
}

/* Ann writes before that step, bob after it: no race if it orders the two. */
static void between(enum trace_kind by_ann, enum trace_kind by_bob, uint32_t object,
                    bool is_ordered)
{
    end_run(NULL);
    begin_run(NULL);
    store(ANN, 1);
    does(by_ann, ANN, object);
    does(by_bob, BOB, object);
    store(BOB, 2);
    end_with(0);
    if (is_ordered == (found(FINDING_DATA_RACE) != NULL))
        fail_msg("%d then %d: %s", by_ann, by_bob,
                 is_ordered ? "false alarm" : "missed");
}

TEST(what_passes_on_and_what_takes_over_orders_two_accesses)
{
    between(TRACE_LOCK_RELEASE, TRACE_LOCK_ACQUIRE, DOOR, true);
    between(TRACE_QUEUE_PUT, TRACE_QUEUE_GET, TASKS, true);
    between(TRACE_QUEUE_TASK_DONE, TRACE_QUEUE_JOIN, TASKS, true);
    between(TRACE_QUEUE_SHUTDOWN, TRACE_QUEUE_GET_FAILED, TASKS, true);
    between(TRACE_EVENT_SET, TRACE_EVENT_WAIT, 30, true);
    between(TRACE_EVENT_SET, TRACE_EVENT_LOOK, 30, true);
    between(TRACE_FUTURE_SUBMIT, TRACE_FUTURE_RUN, 30, true);
    between(TRACE_FUTURE_DONE, TRACE_FUTURE_RESULT, 30, true);
    between(TRACE_PIPE_SEND, TRACE_PIPE_RECV, 30, true);
    between(TRACE_PROCESS_QUEUE_PUT, TRACE_PROCESS_QUEUE_GET, 30, true);
    between(TRACE_CONDITION_NOTIFY, TRACE_CONDITION_WAIT, 30, true);
}

TEST(what_only_happens_to_come_between_orders_nothing)
{
    between(TRACE_LOCK_ACQUIRE, TRACE_LOCK_RELEASE, DOOR, false);
    between(TRACE_QUEUE_GET, TRACE_QUEUE_PUT, TASKS, false);
    between(TRACE_QUEUE_PUT, TRACE_QUEUE_PUT, TASKS, false);
    between(TRACE_QUEUE_GET, TRACE_QUEUE_GET, TASKS, false);
    between(TRACE_EVENT_LOOK, TRACE_EVENT_SET, 30, false);
    between(TRACE_SAY, TRACE_SAY, 0, false);
    between(TRACE_NAP_BEGIN, TRACE_NAP_END, 0, false);
}

TEST(another_lock_orders_nothing)
{
    make(TRACE_LOCK_INIT, 30, 0, "other");
    does(TRACE_LOCK_ACQUIRE, ANN, DOOR);
    store(ANN, 1);
    does(TRACE_LOCK_RELEASE, ANN, DOOR);
    does(TRACE_LOCK_ACQUIRE, BOB, 30);
    store(BOB, 2);
    end_with(0);
    assert_non_null(found(FINDING_DATA_RACE));
}

TEST(where_there_is_a_limit_who_takes_makes_room_for_who_puts)
{
    make(TRACE_QUEUE_INIT, TASKS, 1, "tasks");
    store(ANN, 1);
    does(TRACE_QUEUE_GET, ANN, TASKS);
    does(TRACE_QUEUE_PUT, BOB, TASKS);
    store(BOB, 2);
    end_with(0);
    assert_nothing(FINDING_DATA_RACE);
}

TEST(a_wait_on_a_condition_gives_the_lock_back_and_takes_it_again)
{
    make(TRACE_CONDITION_INIT, 30, DOOR, "changed");
    does(TRACE_LOCK_ACQUIRE, ANN, DOOR);
    store(ANN, 1);
    does(TRACE_CONDITION_WAIT_BEGIN, ANN, 30);
    does(TRACE_LOCK_ACQUIRE, BOB, DOOR);
    store(BOB, 2);
    does(TRACE_LOCK_RELEASE, BOB, DOOR);
    fails(TRACE_CONDITION_WAIT_FAILED, ANN, 30, TRACE_BECAUSE_TIMEOUT);
    store(ANN, 3);
    end_with(0);
    assert_nothing(FINDING_DATA_RACE);
}

TEST(who_is_started_comes_after_and_who_is_joined_before)
{
    store(MAIN, 1);
    made_thread(&made, 30, "cid");
    store(30, 2);
    does(TRACE_THREAD_END, 30, 0);
    does(TRACE_THREAD_JOIN, MAIN, 30);
    store(MAIN, 3);
    end_with(0);
    assert_nothing(FINDING_DATA_RACE);
}

TEST(before_the_join_nothing_is_ordered)
{
    made_thread(&made, 30, "cid");
    store(30, 2);
    store(MAIN, 3);
    does(TRACE_THREAD_END, 30, 0);
    does(TRACE_THREAD_JOIN, MAIN, 30);
    end_with(0);
    assert_non_null(found(FINDING_DATA_RACE));
}

TEST(order_is_passed_on_through_others)
{
    store(ANN, 1);
    does(TRACE_LOCK_RELEASE, ANN, DOOR);
    does(TRACE_LOCK_ACQUIRE, MAIN, DOOR);
    does(TRACE_EVENT_SET, MAIN, 30);
    does(TRACE_EVENT_WAIT, BOB, 30);
    store(BOB, 2);
    end_with(0);
    assert_nothing(FINDING_DATA_RACE);
}

TEST(what_was_done_after_the_release_is_not_passed_on)
{
    store(ANN, 1);
    does(TRACE_LOCK_RELEASE, ANN, DOOR);
    store(ANN, 2);
    does(TRACE_LOCK_ACQUIRE, BOB, DOOR);
    store(BOB, 3);
    end_with(0);
    assert_non_null(found(FINDING_DATA_RACE));
}

TEST(a_lost_step_may_have_ordered_them)
{
    store(ANN, 1);
    tear();
    store(BOB, 2);
    end_with(0);
    assert_nothing(FINDING_DATA_RACE);
}

TEST(a_lost_step_may_have_told_which_lock_a_condition_has)
{
    tear();
    does(TRACE_LOCK_ACQUIRE, ANN, DOOR);
    store(ANN, 1);
    does(TRACE_CONDITION_WAIT_BEGIN, ANN, 30);
    does(TRACE_LOCK_ACQUIRE, BOB, DOOR);
    store(BOB, 2);
    does(TRACE_LOCK_RELEASE, BOB, DOOR);
    does(TRACE_CONDITION_WAIT, ANN, 30);
    store(ANN, 3);
    end_with(0);
    assert_nothing(FINDING_DATA_RACE);
}

TEST(a_lost_step_may_have_told_of_a_queues_limit)
{
    tear();
    store(ANN, 1);
    made_get(&made, ANN, 31, made_put(&made, MAIN, 31, 1, 1, "a"), 0, 1);
    made_put(&made, BOB, 31, 1, 1, "b");
    store(BOB, 2);
    end_with(0);
    assert_nothing(FINDING_DATA_RACE);
}

TEST(processes_have_variables_of_their_own)
{
    does(TRACE_PROCESS_START, MAIN, 30);
    store(30, 1);
    store(MAIN, 2);
    end_with(0);
    assert_nothing(FINDING_DATA_RACE);
}

TEST(more_threads_than_columns_are_no_harm)
{
    for (uint32_t i = 0; i < 200; i++)
        made_thread(&made, 100 + i, "many");
    for (uint32_t i = 0; i < 200; i++) {
        does(TRACE_LOCK_ACQUIRE, 100 + i, DOOR);
        store(100 + i, i);
        does(TRACE_LOCK_RELEASE, 100 + i, DOOR);
    }
    store(100, 0);
    end_with(0);
    assert_int_equal(findings.count, 1); /* the very last one, without the lock */
    assert_int_equal(found(FINDING_DATA_RACE)->thread, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOUND_TEST(two_writes_that_nothing_orders_are_a_race),
        FOUND_TEST(a_read_and_a_write_that_nothing_orders_are_a_race_and_have_lines),
        FOUND_TEST(two_reads_are_no_race),
        FOUND_TEST(what_passes_on_and_what_takes_over_orders_two_accesses),
        FOUND_TEST(what_only_happens_to_come_between_orders_nothing),
        FOUND_TEST(another_lock_orders_nothing),
        FOUND_TEST(where_there_is_a_limit_who_takes_makes_room_for_who_puts),
        FOUND_TEST(a_wait_on_a_condition_gives_the_lock_back_and_takes_it_again),
        FOUND_TEST(who_is_started_comes_after_and_who_is_joined_before),
        FOUND_TEST(before_the_join_nothing_is_ordered),
        FOUND_TEST(order_is_passed_on_through_others),
        FOUND_TEST(what_was_done_after_the_release_is_not_passed_on),
        FOUND_TEST(a_lost_step_may_have_ordered_them),
        FOUND_TEST(a_lost_step_may_have_told_which_lock_a_condition_has),
        FOUND_TEST(a_lost_step_may_have_told_of_a_queues_limit),
        FOUND_TEST(processes_have_variables_of_their_own),
        FOUND_TEST(more_threads_than_columns_are_no_harm),
    };

    return cmocka_run_group_tests_name("findings of variables", tests, NULL, NULL);
}

/*
 * findings_wait_test.c - findings about waiting: with a lock, in vain, for most of a
 * life, or all together for what never comes.
 */
#include "found.h"

enum { EMPTY_QUEUE = 30, FLAG, LATER_MS = 1000 };

static uint64_t now_ms; /* of steps that tell their time */

static uint64_t at_ms(uint64_t ms, enum trace_kind kind, uint32_t thread,
                      uint32_t object)
{
    uint64_t step_made = does(kind, thread, object);

    now_ms = ms;
    latest()->time_ns = ms * MADE_MS;
    return step_made;
}

/* --- asleep with a lock */

static void sleep_with_lock(bool somebody_wants_it)
{
    does(TRACE_LOCK_ACQUIRE, ANN, DOOR);
    does(TRACE_NAP_BEGIN, ANN, 0);
    if (somebody_wants_it)
        does(TRACE_LOCK_ACQUIRE_BEGIN, BOB, DOOR);
    does(TRACE_NAP_END, ANN, 0);
    does(TRACE_LOCK_RELEASE, ANN, DOOR);
}

TEST(who_sleeps_with_a_lock_that_another_wants_is_told)
{
    sleep_with_lock(true);
    end_with(0);
    assert_found(FINDING_LOCK_HELD_SLEEPING, made.count - 4,
                 "ann sleeps and holds 'door'; bob has to wait for it");
}

TEST(a_lock_that_nobody_wants_may_be_slept_with)
{
    sleep_with_lock(false);
    end_with(0);
    assert_int_equal(findings.count, 0);
}

TEST(one_sleep_is_one_finding_however_many_wait)
{
    does(TRACE_LOCK_ACQUIRE, ANN, DOOR);
    does(TRACE_NAP_BEGIN, ANN, 0);
    does(TRACE_LOCK_ACQUIRE_BEGIN, BOB, DOOR);
    does(TRACE_LOCK_ACQUIRE_BEGIN, MAIN, DOOR);
    end_with(0);
    assert_int_equal(findings.count, 1);
}

TEST(after_a_lost_step_nobody_knows_who_holds_it)
{
    does(TRACE_LOCK_ACQUIRE, ANN, DOOR);
    tear();
    does(TRACE_NAP_BEGIN, ANN, 0);
    does(TRACE_LOCK_ACQUIRE_BEGIN, BOB, DOOR);
    end_with(0);
    assert_int_equal(findings.count, 0);
}

/* --- in vain */

static void ask_in_vain(int times, uint32_t reason)
{
    make(TRACE_QUEUE_INIT, EMPTY_QUEUE, 0, "jobs");
    for (int i = 0; i < times; i++) {
        at_ms(100 + (uint64_t)i * 50, TRACE_QUEUE_GET_BEGIN, ANN, EMPTY_QUEUE);
        latest()->number = 50 * MADE_MS;
        at_ms(150 + (uint64_t)i * 50, TRACE_QUEUE_GET_FAILED, ANN, EMPTY_QUEUE);
        latest()->detail = reason;
    }
}

TEST(who_asks_again_and_again_in_vain_is_told)
{
    ask_in_vain(4, TRACE_BECAUSE_TIMEOUT);
    end_with(0);
    assert_string_equal(found(FINDING_IDLE_WAKEUPS)->sentence,
                        "ann asked for an item on jobs 4 times within 0.20 s, in vain");
    assert_int_equal(found(FINDING_IDLE_WAKEUPS)->severity, FINDING_REMARK);
}

TEST(twice_is_not_again_and_again)
{
    ask_in_vain(2, TRACE_BECAUSE_TIMEOUT);
    end_with(0);
    assert_nothing(FINDING_IDLE_WAKEUPS);
}

TEST(where_a_step_was_lost_nobody_counts_how_often)
{
    ask_in_vain(4, TRACE_BECAUSE_TIMEOUT);
    tear();
    end_with(0);
    assert_nothing(FINDING_IDLE_WAKEUPS);
}

TEST(a_shutdown_is_an_answer)
{
    ask_in_vain(4, TRACE_BECAUSE_SHUTDOWN);
    end_with(0);
    assert_nothing(FINDING_IDLE_WAKEUPS);
}

/* --- most of its life */

static void wait_for_lock(uint64_t from_ms, uint64_t until_ms)
{
    at_ms(100, TRACE_SAY, ANN, 0);
    at_ms(from_ms, TRACE_LOCK_ACQUIRE_BEGIN, ANN, DOOR);
    at_ms(until_ms, TRACE_LOCK_ACQUIRE, ANN, DOOR);
    at_ms(200, TRACE_LOCK_RELEASE, ANN, DOOR);
}

TEST(who_waited_for_a_lock_most_of_its_life_is_told)
{
    wait_for_lock(110, 190);
    end_with(0);
    assert_string_equal(found(FINDING_WAITED)->sentence,
                        "ann waited for 80 % of its life for the lock 'door'");
}

TEST(who_waited_for_half_of_it_is_not)
{
    wait_for_lock(110, 160);
    end_with(0);
    assert_nothing(FINDING_WAITED);
}

TEST(a_wait_across_a_lost_step_is_not_counted)
{
    at_ms(100, TRACE_SAY, ANN, 0);
    at_ms(110, TRACE_LOCK_ACQUIRE_BEGIN, ANN, DOOR);
    tear();
    at_ms(190, TRACE_LOCK_ACQUIRE, ANN, DOOR);
    end_with(0);
    assert_nothing(FINDING_WAITED);
}

TEST(who_joins_may_wait_for_all_its_life)
{
    at_ms(100, TRACE_SAY, ANN, 0);
    at_ms(100, TRACE_THREAD_JOIN_BEGIN, ANN, BOB);
    at_ms(200, TRACE_THREAD_END, BOB, 0);
    at_ms(200, TRACE_THREAD_JOIN, ANN, BOB);
    end_with(0);
    assert_int_equal(findings.count, 0);
}

/* --- nothing moves */

/* Ann asks whether the flag is set, and so does bob if he is there; main waits. */
static uint64_t ask_forever(int times, bool bob_asks, uint64_t each_ms)
{
    make(TRACE_EVENT_INIT, FLAG, 0, "stop");
    uint64_t moved = made_say(&made, BOB, "last words");
    latest()->time_ns = 100 * MADE_MS;
    at_ms(100, TRACE_THREAD_JOIN_BEGIN, MAIN, ANN);
    for (int i = 0; i < times; i++) {
        at_ms(100 + (uint64_t)i * each_ms, TRACE_EVENT_LOOK, ANN, FLAG);
        if (bob_asks)
            at_ms(100 + (uint64_t)i * each_ms, TRACE_EVENT_LOOK, BOB, FLAG);
    }
    return moved;
}

static void be_killed(void)
{
    atomic_store(&made.header.killed_by, 15);
    look();
}

TEST(where_all_only_ask_nothing_moves)
{
    uint64_t moved = ask_forever(40, true, 20);
    char sentence[200];

    be_killed();
    snprintf(sentence, sizeof sentence,
             "since step %d nothing has changed: threads only ask again and again",
             (int)moved);
    assert_found(FINDING_POLLING, moved, sentence);
}

TEST(somebody_who_may_be_computing_speaks_against_it)
{
    ask_forever(80, false, 20);
    be_killed();
    assert_nothing(FINDING_POLLING);
}

TEST(a_moment_is_not_for_ever)
{
    ask_forever(40, true, 1);
    be_killed();
    assert_nothing(FINDING_POLLING);
}

TEST(where_something_moves_after_all_it_is_taken_back)
{
    ask_forever(40, true, 20);
    at_ms(now_ms + LATER_MS, TRACE_EVENT_SET, BOB, FLAG);
    be_killed();
    assert_nothing(FINDING_POLLING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOUND_TEST(who_sleeps_with_a_lock_that_another_wants_is_told),
        FOUND_TEST(a_lock_that_nobody_wants_may_be_slept_with),
        FOUND_TEST(one_sleep_is_one_finding_however_many_wait),
        FOUND_TEST(after_a_lost_step_nobody_knows_who_holds_it),
        FOUND_TEST(who_asks_again_and_again_in_vain_is_told),
        FOUND_TEST(twice_is_not_again_and_again),
        FOUND_TEST(where_a_step_was_lost_nobody_counts_how_often),
        FOUND_TEST(a_shutdown_is_an_answer),
        FOUND_TEST(who_waited_for_a_lock_most_of_its_life_is_told),
        FOUND_TEST(who_waited_for_half_of_it_is_not),
        FOUND_TEST(a_wait_across_a_lost_step_is_not_counted),
        FOUND_TEST(who_joins_may_wait_for_all_its_life),
        FOUND_TEST(where_all_only_ask_nothing_moves),
        FOUND_TEST(somebody_who_may_be_computing_speaks_against_it),
        FOUND_TEST(a_moment_is_not_for_ever),
        FOUND_TEST(where_something_moves_after_all_it_is_taken_back),
    };

    return cmocka_run_group_tests_name("findings of waits", tests, NULL, NULL);
}

/*
 * invariants_test.c - a good trace breaks no invariant; those of the run, its threads
 * and locks, each broken once, are told with the step where it happened.
 */
#include "good_run.h"

TEST(a_good_run_breaks_nothing)
{
    assert_int_equal(made.count, RUN_ENDS);
    check();
    assert_string_equal(report, "");
    assert_int_equal(broken, 0);
}

TEST(long_good_runs_break_nothing)
{
    for (unsigned seed = 1; seed <= 20; seed++) {
        made_free(&made);
        made = made_begin();
        made_by_chance(&made, 5000, seed);
        check();
        assert_string_equal(report, "");
    }
}

TEST(the_time_of_a_thread_does_not_run_back)
{
    at(GETS)->time_ns = at(WAITS)->time_ns - 1;
    assert_broken(GETS, "the time of the thread runs back by 1 ns");
}

TEST(the_time_of_an_object_does_not_run_back)
{
    at(GETS)->time_ns = at(PUTS)->time_ns - 1;
    assert_broken(GETS, "the time of the object runs back");
}

TEST(between_threads_the_time_may_run_back)
{
    at(WANTS_LOCK)->object = 0;
    at(WANTS_LOCK)->kind = TRACE_SAY;
    at(WANTS_LOCK)->time_ns = at(TAKES_LOCK)->time_ns - 1;
    check();
    assert_string_equal(report, "");
}

TEST(a_run_begins_with_its_start)
{
    at(1)->kind = TRACE_SAY;
    assert_broken(1, "not the run's start");
}

TEST(nothing_happens_after_the_runs_end)
{
    made_say(&made, MAIN, "still here");
    assert_broken(RUN_ENDS + 1, "after the run's end");
}

TEST(a_thread_acts_between_its_start_and_its_end)
{
    at(STARTS)->object = 77;
    assert_broken(WAITS, "before it is started");
    at(STARTS)->object = WORKER;
    at(FAILS)->kind = TRACE_THREAD_END;
    at(FAILS)->object = 0;
    assert_broken(ENDS, "after its end");
}

TEST(a_thread_that_waits_does_nothing_else)
{
    at(GETS)->kind = TRACE_SAY;
    at(GETS)->object = 0;
    assert_broken(GETS, "was waiting since step 5");
}

TEST(a_thread_that_naps_only_wakes_up)
{
    at(WANTS_LOCK)->kind = TRACE_NAP_BEGIN;
    at(WANTS_LOCK)->object = 0;
    assert_broken(GETS_LOCK, "was waiting since step 9");
}

TEST(a_lock_has_one_holder_who_gives_it_back)
{
    at(GIVES_LOCK)->kind = TRACE_SAY;
    at(GIVES_LOCK)->object = 0;
    assert_broken(GETS_LOCK, "taken while thread 1 holds it");
    at(GIVES_LOCK)->kind = TRACE_LOCK_RELEASE;
    at(GIVES_LOCK)->object = DOOR;
    at(JOINS)->kind = TRACE_LOCK_RELEASE;
    at(JOINS)->object = DOOR;
    assert_broken(JOINS, "released by a thread that does not hold it");
}

TEST(a_thread_is_started_once_and_joined_after_its_end)
{
    at(MAKES_LOCK)->kind = TRACE_THREAD_START;
    at(MAKES_LOCK)->object = WORKER;
    assert_broken(MAKES_LOCK, "started twice");
    at(ENDS)->kind = TRACE_SAY;
    assert_broken(JOINS_THREAD, "joined before its end");
}

TEST(a_kind_that_does_not_exist_is_told)
{
    at(REPORTS)->kind = TRACE_KINDS;
    assert_broken(REPORTS, "no event of kind");
    at(REPORTS)->kind = 0xfffffff0;
    assert_broken(REPORTS, "no event of kind");
}

TEST(nothing_is_concluded_across_a_lost_step)
{
    for (uint64_t lost = 1; lost <= RUN_ENDS; lost++) {
        struct trace_event kept = *at(lost);
        *at(lost) = (struct trace_event){.kind = TRACE_UNCOMMITTED};
        check();
        if (broken > 0)
            fail_msg("with step %llu lost:\n%s", (unsigned long long)lost, report);
        *at(lost) = kept;
    }
}

TEST(very_many_are_counted_and_a_hundred_told)
{
    unsigned lines = 0;

    for (int i = 0; i < 500; i++)
        made_say(&made, 0, "x"); /* after the run's end */
    check();
    assert_int_equal(broken, 500);
    for (const char *end_of = report; (end_of = strchr(end_of, '\n')) != NULL; end_of++)
        lines++;
    assert_int_equal(lines, 101);
    assert_contains(report, "400 more");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        INVARIANT_TEST(a_good_run_breaks_nothing),
        INVARIANT_TEST(long_good_runs_break_nothing),
        INVARIANT_TEST(the_time_of_a_thread_does_not_run_back),
        INVARIANT_TEST(the_time_of_an_object_does_not_run_back),
        INVARIANT_TEST(between_threads_the_time_may_run_back),
        INVARIANT_TEST(a_run_begins_with_its_start),
        INVARIANT_TEST(nothing_happens_after_the_runs_end),
        INVARIANT_TEST(a_thread_acts_between_its_start_and_its_end),
        INVARIANT_TEST(a_thread_that_waits_does_nothing_else),
        INVARIANT_TEST(a_thread_that_naps_only_wakes_up),
        INVARIANT_TEST(a_lock_has_one_holder_who_gives_it_back),
        INVARIANT_TEST(a_thread_is_started_once_and_joined_after_its_end),
        INVARIANT_TEST(a_kind_that_does_not_exist_is_told),
        INVARIANT_TEST(nothing_is_concluded_across_a_lost_step),
        INVARIANT_TEST(very_many_are_counted_and_a_hundred_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

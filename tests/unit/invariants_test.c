/*
 * invariants_test.c - a good trace breaks no invariant; each one broken once is told,
 * with the step where it happened.
 */
#include "../../viz/invariants.h"
#include "made_run.h"

enum { MAIN = 1, WORKER, TASKS, DOOR };

/* The steps of the good run, by what happens in them. */
enum {
    STARTS = 2,
    MAKES_QUEUE,
    MAKES_LOCK,
    WAITS,
    PUTS,
    GETS,
    TAKES_LOCK,
    WANTS_LOCK,
    GIVES_LOCK,
    GETS_LOCK,
    REPORTS,
    JOINS,
    PUTS_AGAIN,
    SHUTS,
    GETS_LAST,
    REPORTS_LAST,
    FAILS,
    ENDS,
    JOINS_THREAD,
    RUN_ENDS
};

static struct made made;
static char *report;
static unsigned broken;

static struct trace_event *at(uint64_t step)
{
    return &made.events[step - 1];
}

static void depth(uint32_t queued, uint32_t unfinished)
{
    at(made.count)->depth = queued;
    at(made.count)->unfinished = unfinished;
}

static int begin(void **state __attribute__((unused)))
{
    made = made_begin();
    report = NULL;
    made_run_start(&made);
    made_thread(&made, WORKER, "worker-0");
    made_queue(&made, TASKS, "tasks", 1);
    made_step(&made, TRACE_LOCK_INIT, MAIN, DOOR);
    made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
    made_put(&made, MAIN, TASKS, 1, 1, "a");
    made_get(&made, WORKER, TASKS, PUTS, 0, 1);
    made_step(&made, TRACE_LOCK_ACQUIRE, MAIN, DOOR);
    made_step(&made, TRACE_LOCK_ACQUIRE_BEGIN, WORKER, DOOR);
    made_step(&made, TRACE_LOCK_RELEASE, MAIN, DOOR);
    made_step(&made, TRACE_LOCK_ACQUIRE, WORKER, DOOR);
    made_step(&made, TRACE_QUEUE_TASK_DONE, WORKER, TASKS);
    made_step(&made, TRACE_QUEUE_JOIN, MAIN, TASKS);
    made_put(&made, MAIN, TASKS, 1, 1, "b");
    made_step(&made, TRACE_QUEUE_SHUTDOWN, MAIN, TASKS);
    depth(1, 1);
    made_get(&made, WORKER, TASKS, PUTS_AGAIN, 0, 1);
    made_step(&made, TRACE_QUEUE_TASK_DONE, WORKER, TASKS);
    made_step(&made, TRACE_QUEUE_GET_FAILED, WORKER, TASKS);
    made_step(&made, TRACE_THREAD_END, WORKER, 0);
    made_step(&made, TRACE_THREAD_JOIN, MAIN, WORKER);
    made_run_end(&made, 0);
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    free(report);
    made_free(&made);
    return 0;
}

static void check(void)
{
    struct reader reader;
    size_t size;

    free(report);
    FILE *file = open_memstream(&report, &size);
    assert_non_null(file);
    made_open(&made, &reader);
    broken = invariants_check(&reader, file);
    reader_close(&reader);
    fclose(file);
}

/* The check finds the words at that step. */
static void assert_broken(uint64_t step, const char *words)
{
    char start[32];

    check();
    assert_int_not_equal(broken, 0);
    snprintf(start, sizeof start, "step %llu:", (unsigned long long)step);
    for (const char *line = report; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        const char *found = strstr(line, words), *next = strchr(line, '\n');
        if (strncmp(line, start, strlen(start)) == 0 && found != NULL && found < next)
            return;
    }
    fail_msg("no \"%s\" at step %llu in:\n%s", words, (unsigned long long)step, report);
}

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

#define INVARIANT_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

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
        INVARIANT_TEST(a_lock_has_one_holder_who_gives_it_back),
        INVARIANT_TEST(a_thread_is_started_once_and_joined_after_its_end),
        INVARIANT_TEST(a_kind_that_does_not_exist_is_told),
        INVARIANT_TEST(nothing_is_concluded_across_a_lost_step),
        INVARIANT_TEST(very_many_are_counted_and_a_hundred_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

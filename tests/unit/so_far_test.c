/* so_far_test.c - what a run has come to up to a step, in numbers. */
#include "../../viz/so_far.h"
#include "made_run.h"

#include <stdlib.h>

enum { MAIN = 1, WORKER, OTHER, TASKS = 20, RESULTS };

static struct made made;
static struct reader reader;
static struct so_far so_far;

static int begin(void **state __attribute__((unused)))
{
    made = made_begin();
    reader = (struct reader){.descriptor = -1};
    so_far = (struct so_far){.step = 0};
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    so_far_free(&so_far);
    if (reader.descriptor >= 0)
        reader_close(&reader);
    made_free(&made);
    return 0;
}

static void start_two(void)
{
    made_run_start(&made);
    made_thread(&made, WORKER, "worker-0");
    made_thread(&made, OTHER, "worker-1");
}

static void until(uint64_t step)
{
    if (reader.descriptor < 0)
        made_open(&made, &reader);
    so_far_free(&so_far);
    so_far_extend(&so_far, &reader, step);
    assert_int_equal(so_far.step, step < reader.steps ? step : reader.steps);
}

static uint64_t finished(void)
{
    return so_far_results(&so_far, &so_far, true).finished;
}

static uint64_t seen(void)
{
    return so_far_results(&so_far, &so_far, true).seen;
}

/* What is finished at that step, by all that is known at the last one. */
static uint64_t finished_at(uint64_t step, bool is_over)
{
    struct so_far then = {.step = 0};

    until(made.count);
    so_far_extend(&then, &reader, step);
    uint64_t result = so_far_results(&then, &so_far, is_over).finished;
    so_far_free(&then);
    return result;
}

static void piece(uint32_t thread, const char *text)
{
    made_add(&made, (struct trace_event){.kind = TRACE_SAY_PIECE,
                                         .thread = thread,
                                         .text = made_text(&made, text)});
}

static void failed(uint32_t thread, enum trace_failure because)
{
    made_step(&made, TRACE_QUEUE_GET_FAILED, thread, TASKS);
    made.events[made.count - 1].detail = because;
}

TEST(a_thread_that_ends_has_kept_its_result_and_main_sees_it_by_joining)
{
    start_two();
    uint64_t first = made_step(&made, TRACE_THREAD_END, OTHER, OTHER);
    made_step(&made, TRACE_THREAD_END, WORKER, WORKER);
    uint64_t joined = made_step(&made, TRACE_THREAD_JOIN, MAIN, WORKER);
    uint64_t last = made_step(&made, TRACE_THREAD_JOIN, MAIN, OTHER);

    until(first);
    assert_int_equal(finished(), 1);
    assert_int_equal(seen(), 0);
    until(joined);
    assert_int_equal(finished(), 2);
    assert_int_equal(seen(), 1);
    assert_int_equal(so_far_order(&so_far), SO_FAR_NO_ORDER);
    until(last);
    assert_int_equal(seen(), 2);
    assert_int_equal(so_far_order(&so_far), SO_FAR_AS_STARTED);
    assert_int_equal(so_far.threads, 3);
    assert_int_equal(so_far.processes, 1);
}

TEST(results_that_go_through_a_queue_are_counted_when_they_are_put_and_taken_by_main)
{
    start_two();
    uint64_t task = made_put(&made, MAIN, TASKS, 1, 0, "task");
    made_get(&made, WORKER, TASKS, task, 0, 0);
    uint64_t one = made_put(&made, WORKER, RESULTS, 1, 0, "one");
    uint64_t two = made_put(&made, WORKER, RESULTS, 2, 0, "two");
    made_step(&made, TRACE_THREAD_END, WORKER, WORKER);
    uint64_t ended = made_step(&made, TRACE_THREAD_JOIN, MAIN, WORKER);
    made_get(&made, MAIN, RESULTS, one, 1, 0);
    uint64_t last = made_get(&made, MAIN, RESULTS, two, 0, 0);

    until(ended); /* who handed its results on keeps none */
    assert_int_equal(finished(), 2);
    assert_int_equal(seen(), 0);
    until(last);
    assert_int_equal(finished(), 2);
    assert_int_equal(seen(), 2);
    assert_int_equal(so_far_order(&so_far), SO_FAR_AS_ENDED);
    assert_int_equal(so_far.put, 3);
    assert_int_equal(so_far.taken, 3);
    assert_int_equal(so_far.most_items, 2);
    assert_int_equal(so_far.fullest, RESULTS);
}

TEST(what_others_than_main_take_is_no_result)
{
    start_two();
    uint64_t message = made_put(&made, WORKER, TASKS, 1, 0, "message");
    until(message);
    assert_int_equal(finished(), 1);
    reader_close(&reader);
    reader.descriptor = -1;
    uint64_t waits = made_step(&made, TRACE_QUEUE_GET_BEGIN, OTHER, TASKS);
    until(waits);
    assert_int_equal(finished(), 0);
}

TEST(what_main_took_before_others_did_was_no_result_either)
{
    start_two();
    uint64_t one = made_put(&made, WORKER, TASKS, 1, 0, "one");
    made_put(&made, WORKER, TASKS, 2, 0, "two");
    made_get(&made, MAIN, TASKS, one, 1, 0);
    until(made.count);
    assert_int_equal(seen(), 1);
    reader_close(&reader);
    reader.descriptor = -1;
    made_get(&made, OTHER, TASKS, one + 1, 0, 0);
    until(made.count);
    assert_int_equal(finished(), 0);
    assert_int_equal(seen(), 0);
}

TEST(what_is_a_result_in_the_end_is_one_from_the_start_and_what_is_none_never)
{
    start_two();
    uint64_t task = made_put(&made, WORKER, TASKS, 1, 0, "task");
    uint64_t one = made_put(&made, WORKER, RESULTS, 1, 0, "one");
    uint64_t two = made_put(&made, WORKER, RESULTS, 2, 0, "two");
    assert_int_equal(finished_at(two, true), 3); /* nobody took any */
    assert_int_equal(finished_at(two, false), 0);
    reader_close(&reader);
    reader.descriptor = -1;
    made_get(&made, OTHER, TASKS, task, 0, 0);
    made_get(&made, MAIN, RESULTS, one, 1, 0);
    assert_int_equal(finished_at(task, true), 0);
    assert_int_equal(finished_at(one, false), 1);
    assert_int_equal(finished_at(two, false), 2);
    assert_int_equal(finished_at(made.count, true), 2);
}

TEST(a_future_that_nobody_asks_for_is_no_result_if_its_task_handed_one_on)
{
    start_two();
    made_step(&made, TRACE_FUTURE_RUN, WORKER, 30);
    made_step(&made, TRACE_MANAGER_REQUEST_BEGIN, WORKER, 40);
    made_step(&made, TRACE_FUTURE_DONE, OTHER, 30); /* a collector's word */
    until(made.count);
    assert_int_equal(finished(), 0);
    reader_close(&reader);
    reader.descriptor = -1;
    made_step(&made, TRACE_FUTURE_RUN, WORKER, 31);
    made_step(&made, TRACE_FUTURE_DONE, WORKER, 31);
    made_step(&made, TRACE_FUTURE_RESULT, MAIN, 30);
    until(made.count);
    assert_int_equal(finished(), 2);
    assert_int_equal(seen(), 1);
}

TEST(reported_tasks_are_no_results_and_main_sees_them_by_the_join_of_the_queue)
{
    start_two();
    made_step(&made, TRACE_QUEUE_TASK_DONE, WORKER, TASKS);
    uint64_t two = made_step(&made, TRACE_QUEUE_TASK_DONE, OTHER, TASKS);
    uint64_t join = made_step(&made, TRACE_QUEUE_JOIN, MAIN, TASKS);

    until(two);
    assert_int_equal(so_far.reported, 2);
    assert_int_equal(so_far.waited_for, 0);
    until(join);
    assert_int_equal(so_far.waited_for, 2);
    assert_int_equal(finished(), 0);
}

TEST(futures_are_results_that_main_asks_for)
{
    start_two();
    made_step(&made, TRACE_FUTURE_DONE, WORKER, 31);
    uint64_t done = made_step(&made, TRACE_FUTURE_DONE, WORKER, 30);
    made_step(&made, TRACE_FUTURE_RESULT, MAIN, 31);
    uint64_t last = made_step(&made, TRACE_FUTURE_RESULT, MAIN, 30);

    until(done);
    assert_int_equal(finished(), 2);
    assert_int_equal(seen(), 0);
    until(last);
    assert_int_equal(seen(), 2);
    assert_int_equal(so_far_order(&so_far), SO_FAR_AS_ENDED);
}

TEST(main_waits_for_anything_but_a_nap)
{
    start_two();
    made_step(&made, TRACE_NAP_BEGIN, MAIN, 0);
    made_step(&made, TRACE_NAP_END, MAIN, 0);
    made_step(&made, TRACE_THREAD_JOIN_BEGIN, MAIN, WORKER);
    made_step(&made, TRACE_THREAD_END, WORKER, WORKER);
    uint64_t ended = made_step(&made, TRACE_THREAD_END, OTHER, OTHER);
    uint64_t join = made_step(&made, TRACE_THREAD_JOIN, MAIN, WORKER);

    until(ended);
    assert_int_equal(so_far_main_waited(&so_far, so_far.time_ns), 2 * MADE_MS);
    assert_int_equal(so_far_main_waited(&so_far, so_far.time_ns + 5), 2 * MADE_MS + 5);
    until(join);
    assert_int_equal(so_far_main_waited(&so_far, so_far.time_ns + 5), 3 * MADE_MS);
}

TEST(the_longest_wait_for_a_lock_is_found)
{
    start_two();
    made_step(&made, TRACE_LOCK_ACQUIRE_BEGIN, WORKER, 30);
    made_step(&made, TRACE_LOCK_RELEASE, OTHER, 30);
    made_step(&made, TRACE_LOCK_ACQUIRE, WORKER, 30);
    made_step(&made, TRACE_LOCK_ACQUIRE, OTHER, 30);
    until(made.count);
    assert_int_equal(so_far.most_lock_ns, 2 * MADE_MS);
}

TEST(a_wake_up_is_idle_if_the_time_was_over_or_a_look_after_a_nap_found_nothing)
{
    start_two();
    failed(WORKER, TRACE_BECAUSE_EMPTY); /* a look, not after a nap */
    made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
    failed(WORKER, TRACE_BECAUSE_SHUTDOWN);
    until(made.count);
    assert_int_equal(so_far.idle_wakeups, 0);
    reader_close(&reader);
    reader.descriptor = -1;
    made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
    failed(WORKER, TRACE_BECAUSE_TIMEOUT);
    made_step(&made, TRACE_NAP_END, OTHER, 0);
    failed(OTHER, TRACE_BECAUSE_EMPTY);
    until(made.count);
    assert_int_equal(so_far.idle_wakeups, 2);
}

TEST(lines_of_one_writer_are_whole)
{
    start_two();
    made_say(&made, MAIN, "one line");
    piece(WORKER, "another");
    piece(WORKER, " line\n");
    piece(WORKER, "\n\n");
    piece(OTHER, "a line\nand half of one");
    until(made.count);
    assert_int_equal(so_far.whole_lines, 5);
    assert_int_equal(so_far.torn_lines, 0);
}

TEST(lines_of_two_writers_and_the_empty_ones_that_come_of_it_are_torn)
{
    start_two();
    piece(WORKER, "0 get s");
    piece(OTHER, "1 get j");
    piece(WORKER, "\n"); /* "0 get s1 get j" */
    piece(OTHER, "\n");  /* an empty one */
    piece(WORKER, "whole\n");
    until(made.count);
    assert_int_equal(so_far.torn_lines, 2);
    assert_int_equal(so_far.whole_lines, 1);
}

TEST(a_line_is_torn_once_another_thread_prints_into_it)
{
    start_two();
    piece(WORKER, "0 get s");
    piece(OTHER, "1 get j");
    until(made.count - 1);
    assert_int_equal(so_far.torn_lines, 0);
    until(made.count);
    assert_int_equal(so_far.torn_lines, 1);
}

TEST(lost_steps_are_counted_and_nothing_else)
{
    start_two();
    made_add(&made, (struct trace_event){.kind = TRACE_UNCOMMITTED, .thread = 1});
    until(made.count);
    assert_int_equal(so_far.gaps, 1);
    assert_int_equal(so_far.threads, 3);
}

TEST(numbers_far_beyond_what_can_be_get_no_memory)
{
    start_two();
    made_step(&made, TRACE_QUEUE_PUT, UINT32_MAX, UINT32_MAX - 1);
    made_step(&made, TRACE_FUTURE_DONE, WORKER, UINT32_MAX);
    made_step(&made, TRACE_FUTURE_RESULT, MAIN, UINT32_MAX);
    made_get(&made, MAIN, RESULTS, 1, 0, 0);
    made.events[made.count - 1].number = UINT64_MAX;
    until(made.count);
    assert_true(so_far.object_count < 10000);
}

static void assert_same(const struct so_far *a, const struct so_far *b)
{
    assert_int_equal(a->step, b->step);
    assert_int_equal(a->time_ns, b->time_ns);
    assert_int_equal(a->put, b->put);
    assert_int_equal(a->taken, b->taken);
    assert_int_equal(a->most_items, b->most_items);
    assert_int_equal(a->fullest, b->fullest);
    assert_int_equal(a->whole_lines, b->whole_lines);
    assert_int_equal(a->torn_lines, b->torn_lines);
    assert_int_equal(a->idle_wakeups, b->idle_wakeups);
    assert_int_equal(a->most_lock_ns, b->most_lock_ns);
    assert_int_equal(a->threads, b->threads);
    assert_int_equal(so_far_main_waited(a, a->time_ns),
                     so_far_main_waited(b, b->time_ns));
    assert_int_equal(so_far_results(a, a, true).finished,
                     so_far_results(b, b, true).finished);
    assert_int_equal(so_far_results(a, a, true).seen, so_far_results(b, b, true).seen);
    assert_int_equal(so_far_order(a), so_far_order(b));
}

/* Long enough that copies are thinned out. */
TEST(at_any_step_the_numbers_are_those_of_a_fold_from_the_start)
{
    enum { STEPS = 150000, TRIES = 40 };
    struct so_far_track track = {.spacing = 0};
    unsigned random = 7;

    made_by_chance(&made, STEPS, 3);
    made_open(&made, &reader);
    for (int i = 0; i < TRIES; i++) {
        random = random * 1103515245 + 12345;
        uint64_t step = (random >> 8) % (i % 2 == 0 ? STEPS + 10 : 3000);
        so_far_track_extend(&track, &reader, STEPS / (TRIES / 2));
        so_far_track_seek(&track, &reader, step);
        until(step);
        assert_same(&track.now, &so_far);
    }
    assert_false(so_far_track_extend(&track, &reader, STEPS));
    assert_int_equal(track.newest.step, STEPS);
    assert_true(track.copy_count > SO_FAR_COPIES / 4);
    so_far_track_free(&track);
}

#define SO_FAR_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SO_FAR_TEST(a_thread_that_ends_has_kept_its_result_and_main_sees_it_by_joining),
        SO_FAR_TEST(
            results_that_go_through_a_queue_are_counted_when_they_are_put_and_taken_by_main),
        SO_FAR_TEST(what_others_than_main_take_is_no_result),
        SO_FAR_TEST(what_main_took_before_others_did_was_no_result_either),
        SO_FAR_TEST(
            what_is_a_result_in_the_end_is_one_from_the_start_and_what_is_none_never),
        SO_FAR_TEST(
            a_future_that_nobody_asks_for_is_no_result_if_its_task_handed_one_on),
        SO_FAR_TEST(
            reported_tasks_are_no_results_and_main_sees_them_by_the_join_of_the_queue),
        SO_FAR_TEST(futures_are_results_that_main_asks_for),
        SO_FAR_TEST(main_waits_for_anything_but_a_nap),
        SO_FAR_TEST(the_longest_wait_for_a_lock_is_found),
        SO_FAR_TEST(
            a_wake_up_is_idle_if_the_time_was_over_or_a_look_after_a_nap_found_nothing),
        SO_FAR_TEST(lines_of_one_writer_are_whole),
        SO_FAR_TEST(lines_of_two_writers_and_the_empty_ones_that_come_of_it_are_torn),
        SO_FAR_TEST(a_line_is_torn_once_another_thread_prints_into_it),
        SO_FAR_TEST(lost_steps_are_counted_and_nothing_else),
        SO_FAR_TEST(numbers_far_beyond_what_can_be_get_no_memory),
        SO_FAR_TEST(at_any_step_the_numbers_are_those_of_a_fold_from_the_start),
    };

    return cmocka_run_group_tests_name("so_far", tests, NULL, NULL);
}

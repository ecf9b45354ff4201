/*
 * stats_test.c - a run in figures: times in states, waits, what went through queues and
 * locks.
 */
#include "../../viz/stats.h"
#include "made_family.h"
#include "made_run.h"

enum { MAIN = 1, WORKER, OTHER, TASKS, DOOR, ROOM, CHILD };

static struct made made;
static struct reader reader;
static struct stats stats;

/* A main thread, two workers, a queue, a lock and a condition of it: six steps. */
static int begin(void **state __attribute__((unused)))
{
    made = made_begin();
    made_run_start(&made);
    made_thread(&made, WORKER, "worker");
    made_thread(&made, OTHER, "other");
    made_queue(&made, TASKS, "tasks", 4);
    made_step(&made, TRACE_LOCK_INIT, MAIN, DOOR);
    made_step(&made, TRACE_CONDITION_INIT, MAIN, ROOM);
    made.events[made.count - 1].number = DOOR;
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    stats_free(&stats);
    if (reader.map != NULL)
        reader_close(&reader);
    reader = (struct reader){.map = NULL};
    made_free(&made);
    return 0;
}

static void gather(void)
{
    made_open(&made, &reader);
    stats_extend(&stats, &reader, reader.steps);
}

/* An event at a time. */
static uint64_t at_ms(uint64_t ms, enum trace_kind kind, uint32_t thread,
                      uint32_t object)
{
    uint64_t step = made_step(&made, kind, thread, object);

    made.events[step - 1].time_ns = ms * MADE_MS;
    return step;
}

/* The last event gave up for want of time. */
static void because_of_time(void)
{
    made.events[made.count - 1].detail = TRACE_BECAUSE_TIMEOUT;
}

static uint64_t spent_ms(unsigned thread, enum state state, uint64_t now_ms)
{
    return stats_spent(&stats, thread, state, now_ms * MADE_MS) / MADE_MS;
}

static const struct stats_object *figures(uint32_t number)
{
    return stats_of(&stats, model_object(&stats.model, number));
}

TEST(the_time_in_each_state_is_summed_up_to_the_moment)
{
    at_ms(10, TRACE_NAP_BEGIN, WORKER, 0);
    at_ms(30, TRACE_NAP_END, WORKER, 0);
    at_ms(35, TRACE_NAP_BEGIN, WORKER, 0);
    at_ms(36, TRACE_NAP_END, WORKER, 0);
    at_ms(40, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
    gather();
    assert_int_equal(stats.threads[1].start_ns, 1 * MADE_MS);
    assert_int_equal(spent_ms(1, STATE_RUN, 100), 9 + 5 + 4);
    assert_int_equal(spent_ms(1, STATE_SLEEP, 100), 21);
    assert_int_equal(spent_ms(1, STATE_WAIT, 100), 60);
    assert_int_equal(spent_ms(1, STATE_WAIT, 40), 0);
}

TEST(who_has_ended_spends_no_more_time)
{
    at_ms(10, TRACE_THREAD_END, WORKER, 0);
    gather();
    assert_int_equal(spent_ms(1, STATE_RUN, 100), 9);
    assert_int_equal(spent_ms(1, STATE_ENDED, 100), 0);
}

TEST(the_longest_wait_may_be_the_one_that_is_not_over)
{
    uint64_t step;

    uint64_t first = at_ms(10, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
    at_ms(50, TRACE_QUEUE_GET_FAILED, WORKER, TASKS);
    at_ms(51, TRACE_NAP_BEGIN, WORKER, 0);
    at_ms(400, TRACE_NAP_END, WORKER, 0);
    uint64_t second = at_ms(401, TRACE_THREAD_JOIN_BEGIN, WORKER, OTHER);
    gather();
    assert_int_equal(stats_longest_wait(&stats, &reader, 1, 420 * MADE_MS, &step),
                     40 * MADE_MS);
    assert_int_equal(step, first);
    assert_int_equal(stats_longest_wait(&stats, &reader, 1, 501 * MADE_MS, &step),
                     100 * MADE_MS);
    assert_int_equal(step, second);
    assert_int_equal(stats.threads[1].waits, 2);
    assert_int_equal(stats_longest_wait(&stats, &reader, 2, 501 * MADE_MS, &step), 0);
    assert_int_equal(step, 0);
}

TEST(who_was_killed_keeps_its_last_state_and_its_wait)
{
    uint64_t step;
    uint64_t wait = at_ms(10, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);

    at_ms(300, TRACE_NAP_BEGIN, MAIN, 0);
    at_ms(310, TRACE_QUEUE_GET_BEGIN, OTHER, TASKS);
    gather();
    uint64_t ran = spent_ms(0, STATE_RUN, 310);
    stats_kill(&stats, &reader);
    assert_int_equal(stats.model.threads[1].state, STATE_KILLED);
    assert_int_equal(spent_ms(1, STATE_WAIT, 310), 300);
    assert_int_equal(spent_ms(0, STATE_SLEEP, 310), 10);
    assert_int_equal(spent_ms(0, STATE_RUN, 310), ran);
    assert_int_equal(stats_longest_wait(&stats, &reader, 1, 310 * MADE_MS, &step),
                     300 * MADE_MS);
    assert_int_equal(step, wait);
}

TEST(a_queue_counts_what_went_through_it)
{
    uint64_t a = made_put(&made, MAIN, TASKS, 1, 1, "a");
    uint64_t b = made_put(&made, MAIN, TASKS, 2, 2, "b");
    made_get(&made, WORKER, TASKS, a, 1, 2);
    made_get(&made, WORKER, TASKS, b, 0, 2);
    at_ms(20, TRACE_QUEUE_GET_BEGIN, OTHER, TASKS);
    at_ms(23, TRACE_QUEUE_GET_FAILED, OTHER, TASKS);
    made.events[made.count - 1].detail = TRACE_BECAUSE_SHUTDOWN;
    gather();
    assert_int_equal(figures(TASKS)->puts, 2);
    assert_int_equal(figures(TASKS)->gets, 2);
    assert_int_equal(figures(TASKS)->failed_gets, 1);
    assert_int_equal(figures(TASKS)->gets_ended[TRACE_BECAUSE_SHUTDOWN], 1);
    assert_int_equal(figures(TASKS)->largest_depth, 2);
    assert_int_equal(figures(TASKS)->largest_step, b);
    assert_int_equal(figures(TASKS)->get_waits.count, 1);
    assert_int_equal(figures(TASKS)->get_waits.longest_ns, 3 * MADE_MS);
    assert_int_equal(figures(TASKS)->put_waits.count, 0);
    assert_int_equal(stats.threads[0].puts, 2);
    assert_int_equal(stats.threads[1].gets, 2);
    /* two gets in three milliseconds */
    assert_int_equal((int)stats_per_second(figures(TASKS)), 666);
}

TEST(a_lock_is_held_from_its_acquiring_to_its_release_and_not_while_a_condition_waits)
{
    at_ms(10, TRACE_LOCK_ACQUIRE, WORKER, DOOR);
    at_ms(12, TRACE_LOCK_ACQUIRE_BEGIN, OTHER, DOOR);
    at_ms(15, TRACE_CONDITION_WAIT_BEGIN, WORKER, ROOM);
    uint64_t longest = at_ms(16, TRACE_LOCK_ACQUIRE, OTHER, DOOR);
    at_ms(25, TRACE_LOCK_RELEASE, OTHER, DOOR);
    at_ms(30, TRACE_CONDITION_WAIT, WORKER, ROOM);
    at_ms(32, TRACE_LOCK_RELEASE, WORKER, DOOR);
    gather();
    assert_int_equal(figures(DOOR)->acquisitions, 2);
    assert_int_equal(figures(DOOR)->held_ns, (5 + 9 + 2) * MADE_MS);
    assert_int_equal(figures(DOOR)->longest_held_ns, 9 * MADE_MS);
    assert_int_equal(figures(DOOR)->longest_held_step, longest);
    assert_int_equal(figures(DOOR)->get_waits.longest_ns, 4 * MADE_MS);
    assert_int_equal(figures(ROOM)->get_waits.longest_ns, 15 * MADE_MS);
    assert_int_equal(figures(DOOR)->holder, 0);
}

TEST(waking_for_nothing_is_a_time_limit_or_the_same_condition_again)
{
    at_ms(10, TRACE_EVENT_WAIT_BEGIN, OTHER, 50);
    at_ms(20, TRACE_EVENT_WAIT_FAILED, OTHER, 50);
    because_of_time();
    at_ms(21, TRACE_CONDITION_WAIT_BEGIN, WORKER, ROOM);
    at_ms(30, TRACE_CONDITION_WAIT, WORKER, ROOM);
    at_ms(31, TRACE_SHARED_LOAD, WORKER, 51); /* it looks: nothing is there */
    at_ms(32, TRACE_CONDITION_WAIT_BEGIN, WORKER, ROOM);
    at_ms(40, TRACE_CONDITION_WAIT, WORKER, ROOM);
    at_ms(41, TRACE_SHARED_STORE, WORKER, 51); /* it has something to do */
    at_ms(42, TRACE_CONDITION_WAIT_BEGIN, WORKER, ROOM);
    at_ms(43, TRACE_QUEUE_GET_FAILED, OTHER, TASKS); /* it did not wait */
    because_of_time();
    gather();
    assert_int_equal(stats.threads[1].idle_wakeups, 1);
    assert_int_equal(stats.threads[2].idle_wakeups, 1);
    assert_int_equal(figures(ROOM)->idle_wakeups, 1);
    assert_int_equal(figures(50)->idle_wakeups, 1);
}

TEST(a_child_has_figures_of_its_own)
{
    made_fork(&made, MAIN, CHILD, "child");
    made_put(&made, CHILD, TASKS, 1, 1, "c");
    gather();
    assert_int_equal(figures(TASKS)->puts, 0);
    assert_int_equal(
        stats_of(&stats, model_object_of(&stats.model, TASKS, CHILD))->puts, 1);
}

/* Within a hundredth. */
static void assert_near(uint64_t got, uint64_t wanted)
{
    assert_in_range(got, wanted - wanted / 100, wanted + wanted / 100);
}

TEST(of_many_waits_the_median_is_right_to_a_hundredth)
{
    struct stats_waits waits = {.count = 0};

    assert_int_equal(stats_waits_within(&waits, 50), 0);
    for (uint64_t i = 1; i <= 1000; i++)
        stats_waits_add(&waits, i * 12345, i);
    assert_near(stats_waits_within(&waits, 50), 500 * 12345);
    assert_near(stats_waits_within(&waits, 90), 900 * 12345);
    assert_int_equal(stats_waits_within(&waits, 100), 1000 * 12345);
    assert_int_equal(waits.longest_step, 1000);
    assert_int_equal(waits.total_ns, 12345ull * 1000 * 1001 / 2);
    assert_int_equal(stats_waits_between(&waits, 0, UINT64_MAX), 1000);
    assert_in_range(stats_waits_between(&waits, 200 * 12345, 300 * 12345), 98, 102);
    free(waits.classes);
}

TEST(of_a_few_waits_the_same_is_told_as_of_many)
{
    struct stats_waits waits = {.count = 0};

    for (uint64_t i = 1; i <= 9; i++) {
        stats_waits_add(&waits, (10 - i) * 12345, i);
        assert_int_equal(stats_waits_between(&waits, 0, UINT64_MAX), i);
        assert_int_equal(stats_waits_between(&waits, 0, (9 - i) * 12345), 0);
        assert_near(stats_waits_within(&waits, 50), (9 - i + (i + 1) / 2) * 12345);
        assert_near(stats_waits_within(&waits, 100), 9 * 12345);
    }
    free(waits.classes);
}

TEST(waits_of_every_length_have_a_class)
{
    const uint64_t lengths[] = {0,   1,          63,         64,        127,
                                128, 1ull << 41, 1ull << 42, UINT64_MAX};

    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        struct stats_waits one = {.count = 0};
        stats_waits_add(&one, lengths[i], 1);
        uint64_t median = stats_waits_within(&one, 50);
        assert_true(median <= lengths[i] && median >= lengths[i] - lengths[i] / 100);
        free(one.classes);
    }
}

/* What is counted here the slow way. */
static void assert_as_counted(void)
{
    uint64_t puts = 0, gets = 0, prints = 0, all_prints = 0;

    for (uint64_t step = 1; step <= reader.steps; step++) {
        enum trace_kind kind = reader_kind(&reader, step);
        puts += kind == TRACE_QUEUE_PUT;
        gets += kind == TRACE_QUEUE_GET;
        prints += kind == TRACE_SAY;
    }
    for (unsigned i = 0; i < stats.model.thread_count; i++) {
        uint64_t life = 0, now = stats.model.time_ns;
        for (int state = 1; state < STATES; state++)
            life += stats_spent(&stats, i, (enum state)state, now);
        assert_int_equal(life, now - stats.threads[i].start_ns);
        all_prints += stats.threads[i].prints;
    }
    assert_int_equal(figures(RUN_QUEUE)->puts, puts);
    assert_int_equal(figures(RUN_QUEUE)->gets, gets);
    assert_int_equal(all_prints, prints);
}

TEST(gathered_in_pieces_or_back_and_forth_it_is_the_same)
{
    struct stats pieces = {.thread_room = 0};

    made_free(&made);
    made = made_begin();
    made_by_chance(&made, 3000, 4);
    gather();
    assert_as_counted();
    for (uint64_t until = 1; until < 3000; until += until % 97 + 1)
        stats_extend(&pieces, &reader, until);
    stats_gather(&pieces, &reader, 1234);
    assert_int_equal(pieces.model.step, 1234);
    stats_gather(&pieces, &reader, 5000);
    assert_int_equal(pieces.model.step, 3000);
    assert_memory_equal(pieces.threads, stats.threads,
                        stats.model.thread_count * sizeof *stats.threads);
    assert_int_equal(stats_of(&pieces, model_object(&pieces.model, RUN_LOCK))->held_ns,
                     figures(RUN_LOCK)->held_ns);
    assert_true(figures(RUN_LOCK)->held_ns > 0);
    stats_free(&pieces);
}

TEST(a_lost_step_and_a_number_that_cannot_be_do_no_harm)
{
    at_ms(10, TRACE_UNCOMMITTED, 4000000000u, 4000000000u);
    at_ms(11, TRACE_QUEUE_PUT, 4000000000u, 4000000000u);
    at_ms(12, TRACE_QUEUE_GET_FAILED, 77, TASKS);
    gather();
    assert_int_equal(stats.model.gaps, 1);
    assert_int_equal(figures(TASKS)->failed_gets, 1);
}

#define STATS_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STATS_TEST(the_time_in_each_state_is_summed_up_to_the_moment),
        STATS_TEST(who_has_ended_spends_no_more_time),
        STATS_TEST(the_longest_wait_may_be_the_one_that_is_not_over),
        STATS_TEST(who_was_killed_keeps_its_last_state_and_its_wait),
        STATS_TEST(a_queue_counts_what_went_through_it),
        STATS_TEST(
            a_lock_is_held_from_its_acquiring_to_its_release_and_not_while_a_condition_waits),
        STATS_TEST(waking_for_nothing_is_a_time_limit_or_the_same_condition_again),
        STATS_TEST(a_child_has_figures_of_its_own),
        STATS_TEST(of_many_waits_the_median_is_right_to_a_hundredth),
        STATS_TEST(of_a_few_waits_the_same_is_told_as_of_many),
        STATS_TEST(waits_of_every_length_have_a_class),
        STATS_TEST(gathered_in_pieces_or_back_and_forth_it_is_the_same),
        STATS_TEST(a_lost_step_and_a_number_that_cannot_be_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

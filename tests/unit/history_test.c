/*
 * history_test.c - what is gathered of a whole recording: which steps are worth
 * stopping at, what was printed when, and each thread's state at any time.
 */
#include "../../viz/history.h"
#include "made_run.h"

enum { MAIN = 1, WORKER, TASKS };

static struct made made;
static struct reader reader;
static struct history history;

static int begin(void **state __attribute__((unused)))
{
    made = made_begin();
    reader = (struct reader){.descriptor = -1};
    history = (struct history){.print_count = 0};
    made_run_start(&made);            /* step 1, 0 ms */
    made_thread(&made, WORKER, "w");  /* step 2, 1 ms */
    made_queue(&made, TASKS, "t", 0); /* step 3, 2 ms */
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    history_free(&history);
    if (reader.descriptor >= 0)
        reader_close(&reader);
    made_free(&made);
    return 0;
}

static void gather(void)
{
    made_open(&made, &reader);
    history_extend(&history, &reader, UINT64_MAX);
}

static uint64_t nap(uint32_t thread, uint64_t from_ns, uint64_t until_ns)
{
    uint64_t step = made_add(&made, (struct trace_event){.kind = TRACE_NAP_BEGIN,
                                                         .thread = thread,
                                                         .time_ns = from_ns,
                                                         .number = until_ns - from_ns});

    made_add(&made, (struct trace_event){
                        .kind = TRACE_NAP_END, .thread = thread, .time_ns = until_ns});
    return step;
}

TEST(a_wait_too_short_to_see_is_passed_over)
{
    uint64_t shortly = nap(WORKER, 10 * MADE_MS, 10 * MADE_MS + 1000);
    uint64_t after = nap(WORKER, 20 * MADE_MS, 30 * MADE_MS);

    gather();
    assert_int_equal(history_next_step(&history, shortly - 1, 1), shortly + 1);
    assert_int_equal(history_next_step(&history, shortly + 1, -1), shortly - 1);
    assert_int_equal(history_next_step(&history, after - 1, 1), after);
    assert_int_equal(history_next_change(&history, shortly - 1, 1), after);
    assert_int_equal(history_next_change(&history, after, 1), after + 1);
    assert_int_equal(history_next_change(&history, after, -1), 2); /* its start */
}

TEST(beyond_the_ends_there_is_no_step)
{
    gather();
    assert_int_equal(history_next_step(&history, 3, 1), 0);
    assert_int_equal(history_next_step(&history, 1, -1), 0);
    assert_int_equal(history_next_change(&history, 3, 1), 0);
    assert_int_equal(history_next_change(&history, 1, -1), 0);
}

TEST(a_threads_own_steps_are_its_own_and_worth_stopping_at)
{
    made_say(&made, MAIN, "one");                                      /* 4 */
    made_say(&made, WORKER, "two");                                    /* 5 */
    uint64_t shortly = nap(WORKER, 10 * MADE_MS, 10 * MADE_MS + 1000); /* 6 7 */
    made_say(&made, MAIN, "three");                                    /* 8 */
    made_add(&made, (struct trace_event){.kind = TRACE_TOLD, .time_ns = 22 * MADE_MS});
    made_say(&made, WORKER, "four"); /* 10 */

    gather();
    assert_int_equal(history_next_step_of(&history, 1, 1, 1), 5);
    assert_int_equal(history_next_step_of(&history, 1, 5, 1), shortly + 1);
    assert_int_equal(history_next_step_of(&history, 1, 7, 1), 10);
    assert_int_equal(history_next_step_of(&history, 1, 10, 1), 0);
    assert_int_equal(history_next_step_of(&history, 1, 10, -1), 7);
    assert_int_equal(history_next_step_of(&history, 1, 7, -1), 5);
    assert_int_equal(history_next_step_of(&history, 1, 5, -1), 0);
    assert_int_equal(history_next_step_of(&history, 0, 10, -1), 8);
    assert_int_equal(history_next_step_of(&history, 0, 8, -1), 4);
    assert_int_equal(history_next_step_of(&history, 7, 1, 1), 0); /* nobody */
}

/* The slow and obvious way. */
static uint64_t step_at_plainly(uint64_t time_ns)
{
    struct model model = {.step = 0};

    while (model.step < reader.steps && (model.step == 0 || model.time_ns < time_ns))
        model_apply(&model, &reader);
    uint64_t step = model.time_ns < time_ns ? model.step + 1 : model.step;
    model_free(&model);
    return step;
}

TEST(a_time_is_found_also_where_it_runs_back_between_threads)
{
    struct made_state chance = {.random = 9};

    made_free(&made);
    made = made_begin();
    made_by_chance(&made, 5000, 23);
    for (uint64_t i = 1; i < made.count; i++)
        made.events[i].time_ns = i * 1000 + made_chance(&chance, 9000);
    made.events[3333].kind = TRACE_UNCOMMITTED; /* and what it says is nothing */
    made.events[3333].time_ns = UINT64_MAX;
    gather();
    for (int i = 0; i < 300; i++) {
        uint64_t time_ns = made_chance(&chance, 5020) * UINT64_C(1000);
        assert_int_equal(history_step_at(&history, &reader, time_ns),
                         step_at_plainly(time_ns));
    }
    for (int i = 0; i < 4; i++) /* the very times that are kept */
        assert_int_equal(history_step_at(&history, &reader, history.moments[i]),
                         step_at_plainly(history.moments[i]));
    assert_int_equal(history_step_at(&history, &reader, UINT64_MAX), 5001);
    assert_int_equal(history_step_at(&history, &reader, 0), 1);
    for (uint64_t latest = 0, step = 1; step <= 5000; step++) {
        if (step != 3334 && made.events[step - 1].time_ns > latest)
            latest = made.events[step - 1].time_ns;
        assert_int_equal(history_time_of(&history, &reader, step), latest);
    }
}

TEST(prints_are_counted_up_to_a_step)
{
    made_say(&made, WORKER, "one"); /* 4 */
    nap(WORKER, 10 * MADE_MS, 20 * MADE_MS);
    made_add(&made, (struct trace_event){.kind = TRACE_SAY_PIECE,
                                         .thread = MAIN,
                                         .time_ns = 21 * MADE_MS}); /* 7 */
    made_add(&made, (struct trace_event){.kind = TRACE_TOLD,
                                         .time_ns = 22 * MADE_MS}); /* 8, by nobody */
    gather();
    assert_int_equal(history_prints_until(&history, 3), 0);
    assert_int_equal(history_prints_until(&history, 4), 1);
    assert_int_equal(history_prints_until(&history, 6), 1);
    assert_int_equal(history_prints_until(&history, 7), 2);
    assert_int_equal(history_prints_until(&history, UINT64_MAX), 3);
    assert_int_equal(history.prints[1], 7);
}

static unsigned states; /* what between saw */

static enum state between(uint64_t step, uint64_t from_ms, uint64_t until_ms)
{
    return history_state_between(&history, 1, step, from_ms * MADE_MS,
                                 until_ms * MADE_MS, &states);
}

TEST(a_time_shows_the_state_that_lasted_longest_and_each_that_was_there)
{
    nap(WORKER, 10 * MADE_MS, 50 * MADE_MS);
    made_add(&made, (struct trace_event){.kind = TRACE_QUEUE_GET_BEGIN,
                                         .thread = WORKER,
                                         .object = TASKS,
                                         .number = TRACE_NO_LIMIT,
                                         .time_ns = 51 * MADE_MS});
    made_add(&made, (struct trace_event){
                        .kind = TRACE_SAY, .thread = MAIN, .time_ns = 100 * MADE_MS});
    gather();
    assert_int_equal(between(7, 0, 1), STATE_NONE); /* not yet started */
    assert_int_equal(between(7, 2, 5), STATE_RUN);
    assert_int_equal(between(7, 12, 20), STATE_SLEEP);
    assert_int_equal(states, 1u << STATE_SLEEP);
    assert_int_equal(between(7, 60, 90), STATE_WAIT);
    assert_int_equal(states, 1u << STATE_WAIT);
    assert_int_equal(between(7, 40, 90), STATE_WAIT);
    /* for a moment, between two waits, it ran */
    assert_int_equal(states, 1u << STATE_SLEEP | 1u << STATE_RUN | 1u << STATE_WAIT);
}

TEST(nothing_after_the_step_is_seen)
{
    uint64_t step = nap(WORKER, 10 * MADE_MS, 50 * MADE_MS);

    made_step(&made, TRACE_THREAD_END, WORKER, 0);
    made.events[made.count - 1].time_ns = 60 * MADE_MS;
    gather();
    assert_int_equal(between(step, 55, 99), STATE_SLEEP);
    assert_int_equal(between(step + 1, 61, 99), STATE_RUN);
    assert_int_equal(between(step + 2, 61, 99), STATE_ENDED);
}

TEST(a_thread_that_is_not_there_has_no_state)
{
    gather();
    assert_int_equal(history_state_between(&history, 500, 3, 0, MADE_MS, &states),
                     STATE_NONE);
}

TEST(gathered_in_pieces_it_is_the_same_as_at_once)
{
    struct history pieces = {.print_count = 0};

    made_free(&made);
    made = made_begin();
    made_by_chance(&made, 4000, 21);
    gather();
    for (uint64_t most = 1; history_extend(&pieces, &reader, most);
         most = most % 97 + 1)
        continue;
    assert_int_equal(pieces.model.step, 4000);
    assert_int_equal(pieces.print_count, history.print_count);
    assert_memory_equal(pieces.prints, history.prints,
                        history.print_count * sizeof *history.prints);
    assert_memory_equal(pieces.marks + 1, history.marks + 1,
                        4000 * sizeof *history.marks);
    for (unsigned i = 0; i < history.model.thread_count; i++) {
        assert_int_equal(pieces.threads[i].count, history.threads[i].count);
        assert_memory_equal(pieces.threads[i].list, history.threads[i].list,
                            history.threads[i].count * sizeof(struct change));
    }
    history_free(&pieces);
}

/* The state in the middle of a step's time is the one that the model has there. */
TEST(the_history_agrees_with_the_model)
{
    struct model model = {.step = 0};

    made_free(&made);
    made = made_begin();
    made_by_chance(&made, 2000, 22);
    gather();
    while (model.step < 2000) {
        model_apply(&model, &reader);
        for (unsigned i = 0; i < model.thread_count; i++)
            assert_int_equal(history_state_between(&history, i, model.step,
                                                   model.time_ns + 1, model.time_ns + 2,
                                                   &states),
                             model.threads[i].state);
    }
    model_free(&model);
}

#define HISTORY_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HISTORY_TEST(a_wait_too_short_to_see_is_passed_over),
        HISTORY_TEST(beyond_the_ends_there_is_no_step),
        HISTORY_TEST(a_threads_own_steps_are_its_own_and_worth_stopping_at),
        HISTORY_TEST(a_time_is_found_also_where_it_runs_back_between_threads),
        HISTORY_TEST(prints_are_counted_up_to_a_step),
        HISTORY_TEST(
            a_time_shows_the_state_that_lasted_longest_and_each_that_was_there),
        HISTORY_TEST(nothing_after_the_step_is_seen),
        HISTORY_TEST(a_thread_that_is_not_there_has_no_state),
        HISTORY_TEST(gathered_in_pieces_it_is_the_same_as_at_once),
        HISTORY_TEST(the_history_agrees_with_the_model),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

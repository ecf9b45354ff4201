/* duet_test.c - two recordings that are shown at the same place. */
#include "../../viz/duet.h"
#include "made_run.h"

#include <stdlib.h>

static struct made made[DUET_RUNS];
static struct playback *runs[DUET_RUNS];
static struct duet duet;

static int begin(void **state __attribute__((unused)))
{
    for (int i = 0; i < DUET_RUNS; i++) {
        made[i] = made_begin();
        runs[i] = NULL;
    }
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    for (int i = 0; i < DUET_RUNS; i++) {
        playback_close(runs[i]);
        free(runs[i]);
        made_free(&made[i]);
    }
    return 0;
}

static void begin_both(void)
{
    char why[256];

    for (int i = 0; i < DUET_RUNS; i++) {
        int file = made_file(&made[i]);
        runs[i] = calloc(1, sizeof *runs[i]);
        assert_non_null(runs[i]);
        assert_true(playback_open(runs[i], made_path(file), why, sizeof why));
        close(file);
    }
    duet_begin(&duet, runs[0], runs[1]);
}

static void open_both(void)
{
    begin_both();
    do
        duet_update(&duet, 0);
    while (!duet_is_complete(&duet));
    duet_go_to_start(&duet);
}

/* A line printed at that many milliseconds. */
static void say_at(int run, uint64_t ms)
{
    made_say(&made[run], 1, "line");
    made[run].events[made[run].count - 1].time_ns = ms * MADE_MS;
}

static void assert_shown(uint64_t a, uint64_t b)
{
    assert_int_equal(runs[0]->model.step, a);
    assert_int_equal(runs[1]->model.step, b);
}

/* A says at 1, 2, 5 ms; B at 3, 4, 9 ms. */
static void open_short(void)
{
    static const uint64_t times[DUET_RUNS][3] = {{1, 2, 5}, {3, 4, 9}};

    for (int i = 0; i < DUET_RUNS; i++) {
        made_run_start(&made[i]);
        for (int j = 0; j < 3; j++)
            say_at(i, times[i][j]);
        made_run_end(&made[i], 0);
        made[i].events[4].time_ns = times[i][2] * MADE_MS + 1;
    }
    open_both();
}

TEST(on_one_clock_each_run_shows_its_last_step_before_the_moment)
{
    open_short();
    duet_seek_time(&duet, 4 * MADE_MS);
    assert_shown(3, 3);
    duet_seek_time(&duet, 4 * MADE_MS - 1);
    assert_shown(3, 2);
    assert_int_equal(runs[0]->now_ns, 4 * MADE_MS - 1);
    assert_int_equal(runs[1]->now_ns, 4 * MADE_MS - 1);
    duet_seek_time(&duet, UINT64_MAX);
    assert_shown(5, 5);
    assert_true(duet_at_end(&duet));
}

TEST(a_run_that_is_over_stands_at_its_end_while_the_other_goes_on)
{
    open_short();
    duet_seek_time(&duet, 7 * MADE_MS);
    assert_shown(5, 3);
    assert_int_equal(runs[0]->now_ns, 5 * MADE_MS + 1);
    assert_int_equal(runs[1]->now_ns, 7 * MADE_MS);
    assert_false(duet_at_end(&duet));
}

TEST(a_step_goes_to_the_next_moment_at_which_either_does_something)
{
    static const uint64_t shown[][2] = {{1, 1}, {2, 1}, {3, 1}, {3, 2}, {3, 3},
                                        {4, 3}, {5, 3}, {5, 4}, {5, 5}};
    enum { PLACES = sizeof shown / sizeof shown[0] };

    open_short();
    for (int i = 0; i < PLACES; i++) {
        assert_shown(shown[i][0], shown[i][1]);
        duet_step(&duet, 1);
    }
    assert_shown(5, 5);
    for (int i = PLACES - 1; i >= 0; i--) {
        assert_shown(shown[i][0], shown[i][1]);
        duet_step(&duet, -1);
    }
    assert_shown(1, 1);
}

TEST(step_by_step_both_show_the_same_step)
{
    open_short();
    duet_set_pace(&duet, DUET_STEP_BY_STEP, 0);
    assert_shown(1, 1);
    duet_step(&duet, 1);
    assert_shown(2, 2);
    duet_seek_step(&duet, 99);
    assert_shown(5, 5);
    duet_step(&duet, -1);
    assert_shown(4, 4);
    duet_go_to_start(&duet);
    assert_shown(1, 1);
}

TEST(where_the_pace_changes_the_moment_is_kept_as_well_as_can_be)
{
    open_short();
    duet_seek_time(&duet, 2 * MADE_MS);
    assert_shown(3, 1);
    duet_set_pace(&duet, DUET_STEP_BY_STEP, 0);
    assert_shown(3, 3); /* that of the run that has gone furthest */
    duet_set_pace(&duet, DUET_ONE_CLOCK, 0);
    assert_shown(3, 1); /* back again */
    duet_set_pace(&duet, DUET_STEP_BY_STEP, 0);
    duet_step(&duet, 1);
    assert_shown(4, 4);
    duet_set_pace(&duet, DUET_ONE_CLOCK, 0);
    assert_shown(4, 3);
}

TEST(a_part_is_one_of_the_clock_or_of_the_steps)
{
    open_short();
    duet_seek_percent(&duet, 50);
    assert_int_equal(duet.now_ns, 4 * MADE_MS + MADE_MS / 2);
    duet_seek_percent(&duet, 100);
    assert_true(duet_at_end(&duet));
    duet_set_pace(&duet, DUET_STEP_BY_STEP, 0);
    duet_seek_percent(&duet, 0);
    assert_shown(1, 1);
    duet_seek_percent(&duet, 60);
    assert_shown(3, 3);
}

TEST(a_run_s_own_next_step_is_gone_to_whatever_the_other_does)
{
    open_short();
    assert_true(duet_step_of(&duet, 1, 1));
    assert_true(runs[1]->model.step == 2);
    assert_true(duet_step_of(&duet, 1, 1));
    assert_true(runs[1]->model.step == 3);
    duet_go_to_end(&duet);
    assert_false(duet_step_of(&duet, 0, 1));
}

TEST(playing_keeps_to_the_clock_and_pauses_at_the_end)
{
    open_short();
    duet_play(&duet, 1000);
    duet_update(&duet, 1000 + 3 * MADE_MS);
    assert_shown(3, 2);
    duet_set_speed(&duet, 1, 1000 + 3 * MADE_MS);
    duet_update(&duet, 1000 + 4 * MADE_MS); /* one more, twice as fast */
    assert_shown(4, 3);
    assert_true(duet_is_moving(&duet));
    duet_update(&duet, 1000 + 90 * MADE_MS);
    assert_shown(5, 5);
    assert_false(duet_is_moving(&duet));
}

TEST(playing_step_by_step_keeps_to_a_beat)
{
    open_short();
    duet_set_pace(&duet, DUET_STEP_BY_STEP, 0);
    duet_play(&duet, 1000);
    duet_update(&duet, 1000 + 499 * MADE_MS);
    assert_shown(1, 1);
    duet_update(&duet, 1000 + 1000 * MADE_MS);
    assert_shown(3, 3);
}

TEST(a_change_goes_to_the_next_change_of_a_state_in_either)
{
    for (int i = 0; i < DUET_RUNS; i++) {
        made_run_start(&made[i]);
        say_at(i, 1);
        made_step(&made[i], TRACE_NAP_BEGIN, 1, 0);
        made_step(&made[i], TRACE_NAP_END, 1, 0);
        made[i].events[2].time_ns = (2 + (uint64_t)i) * MADE_MS;
        made[i].events[3].time_ns = (8 + (uint64_t)i) * MADE_MS;
    }
    open_both();
    duet_change(&duet, 1);
    assert_shown(3, 2);
    duet_change(&duet, 1);
    assert_shown(3, 3);
    duet_change(&duet, -1);
    assert_shown(3, 2);
}

TEST(who_looked_at_one_run_alone_finds_both_there)
{
    open_short();
    playback_seek(runs[1], 3);
    duet_take_place(&duet, 1);
    assert_shown(3, 3);
    assert_int_equal(duet.now_ns, 4 * MADE_MS);
}

/* Two runs of which one update reads a part only: steps a microsecond apart. */
static void begin_very_long(void)
{
    for (int i = 0; i < DUET_RUNS; i++) {
        unsigned count = i == 0 ? 70000 : 40000;
        made_run_start(&made[i]);
        for (unsigned j = 1; j < count; j++) {
            made_say(&made[i], 1, "line");
            made[i].events[j].time_ns = j * 1000;
        }
    }
    begin_both();
    duet_update(&duet, 0);
    duet_go_to_start(&duet);
    assert_false(duet_is_complete(&duet));
    assert_true(duet_progress(&duet) > 0.3 && duet_progress(&duet) < 0.9);
}

static void read_rest(void)
{
    while (!duet_is_complete(&duet))
        duet_update(&duet, 0);
    assert_true(duet_progress(&duet) == 1);
}

TEST(what_is_not_read_yet_is_gone_to_as_the_reading_comes_on)
{
    begin_very_long();
    duet_go_to_end(&duet);
    assert_shown(32768, 32768);
    read_rest();
    assert_shown(70000, 40000);
    assert_true(duet_at_end(&duet));
}

TEST(a_time_beyond_what_is_read_is_gone_to_and_no_further)
{
    begin_very_long();
    duet_seek_time(&duet, 60000 * 1000);
    read_rest();
    assert_shown(60001, 40000);
    assert_int_equal(duet.now_ns, 60000 * 1000);
}

TEST(half_of_the_time_is_half_of_all_that_there_is)
{
    begin_very_long();
    duet_seek_percent(&duet, 50);
    read_rest();
    assert_shown(35000, 35000);
}

TEST(who_asks_for_something_else_meanwhile_stays_there)
{
    begin_very_long();
    duet_go_to_end(&duet);
    duet_seek_step(&duet, 9);
    read_rest();
    assert_shown(9, 9);
}

/* Times that run back between threads, and more steps than one block has. */
static void make_long(void)
{
    unsigned random = 5;

    for (int i = 0; i < DUET_RUNS; i++) {
        made_by_chance(&made[i], 3000 + 2000 * (unsigned)i, 3 + (unsigned)i);
        for (size_t j = 1; j < made[i].count; j++) {
            random = random * 1103515245 + 12345;
            made[i].events[j].time_ns =
                (j + 3 > (random >> 16) % 9 ? j + 3 - (random >> 16) % 9 : 0) * 1000;
        }
    }
    open_both();
}

TEST(who_reads_on_alone_leads_both_beyond_what_they_had_read_together)
{
    for (int i = 0; i < DUET_RUNS; i++)
        made_by_chance(&made[i], 5000, 3);
    begin_both();
    do
        playback_update(runs[0], 0);
    while (!playback_is_complete(runs[0]));
    playback_seek(runs[0], 4500);
    duet_take_place(&duet, 0);
    assert_true(duet.now_ns >= made[0].events[4499].time_ns);
    assert_true(runs[0]->model.step >= 4500);
}

/* The step before the first one that is later, looked for from the start. */
static uint64_t slow_step_at(int run, uint64_t time_ns)
{
    uint64_t step = 0;

    while (step < made[run].count && made[run].events[step].time_ns <= time_ns)
        step++;
    return step > 0 ? step : 1;
}

TEST(at_any_moment_the_steps_are_those_of_a_slow_search)
{
    unsigned random = 9;

    make_long();
    for (int i = 0; i < 500; i++) {
        random = random * 1103515245 + 12345;
        uint64_t time_ns = (random >> 8) % 5200000;
        duet_seek_time(&duet, time_ns);
        assert_shown(slow_step_at(0, time_ns), slow_step_at(1, time_ns));
    }
}

TEST(steps_back_pass_the_same_places_as_steps_on)
{
    enum { MOST = 9000 };
    uint64_t *places = calloc(MOST, sizeof *places);
    int count = 0;

    assert_non_null(places);
    make_long();
    for (uint64_t before = UINT64_MAX; duet.now_ns != before && count < MOST;) {
        before = places[count++] = duet.now_ns;
        duet_step(&duet, 1);
    }
    assert_true(count > 1000);
    duet_go_to_end(&duet);
    for (int i = count - 1; i >= 0; i--) {
        if (places[i] < duet.now_ns)
            duet_step(&duet, -1);
        assert_int_equal(duet.now_ns, places[i]);
    }
    free(places);
}

#define DUET_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DUET_TEST(on_one_clock_each_run_shows_its_last_step_before_the_moment),
        DUET_TEST(a_run_that_is_over_stands_at_its_end_while_the_other_goes_on),
        DUET_TEST(a_step_goes_to_the_next_moment_at_which_either_does_something),
        DUET_TEST(step_by_step_both_show_the_same_step),
        DUET_TEST(where_the_pace_changes_the_moment_is_kept_as_well_as_can_be),
        DUET_TEST(a_part_is_one_of_the_clock_or_of_the_steps),
        DUET_TEST(a_run_s_own_next_step_is_gone_to_whatever_the_other_does),
        DUET_TEST(playing_keeps_to_the_clock_and_pauses_at_the_end),
        DUET_TEST(playing_step_by_step_keeps_to_a_beat),
        DUET_TEST(a_change_goes_to_the_next_change_of_a_state_in_either),
        DUET_TEST(who_looked_at_one_run_alone_finds_both_there),
        DUET_TEST(what_is_not_read_yet_is_gone_to_as_the_reading_comes_on),
        DUET_TEST(a_time_beyond_what_is_read_is_gone_to_and_no_further),
        DUET_TEST(half_of_the_time_is_half_of_all_that_there_is),
        DUET_TEST(who_asks_for_something_else_meanwhile_stays_there),
        DUET_TEST(at_any_moment_the_steps_are_those_of_a_slow_search),
        DUET_TEST(who_reads_on_alone_leads_both_beyond_what_they_had_read_together),
        DUET_TEST(steps_back_pass_the_same_places_as_steps_on),
    };

    return cmocka_run_group_tests_name("duet", tests, NULL, NULL);
}

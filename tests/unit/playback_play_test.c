/*
 * playback_play_test.c - going on with the clock, and a long recording that is shown
 * while it is read.
 */
#include "folded.h"

TEST(playing_follows_the_clock_at_its_speed_and_pauses_at_the_end)
{
    made_by_chance(&made, 100, 9);
    made_run_end(&made, 0);
    open_playback();
    playback_seek(&playback, 1);
    playback_play(&playback, 5000);
    assert_int_equal(playback.mode, PLAY_PACE);
    playback_update(&playback, 5000 + 20 * MADE_MS);
    assert_int_equal(playback.model.step, 21);
    assert_int_equal(playback.now_ns, 20 * MADE_MS);
    playback_set_speed(&playback, 1, 5000 + 20 * MADE_MS);
    playback_update(&playback, 5000 + 30 * MADE_MS);
    assert_int_equal(playback.model.step, 41);
    playback_set_speed(&playback, -1, 5000 + 30 * MADE_MS);
    playback_update(&playback, 5000 + 50 * MADE_MS);
    assert_int_equal(playback.model.step, 51);
    playback_update(&playback, UINT64_C(1000000) * MADE_MS);
    assert_int_equal(playback.model.step, 101);
    assert_int_equal(playback.mode, PLAY_PAUSED);
}

TEST(by_beats_it_goes_on_by_one_step_worth_stopping_at_each)
{
    const uint64_t second = 1000 * MADE_MS;

    made_by_chance(&made, 100, 9);
    made_run_end(&made, 0);
    open_playback();
    playback_seek(&playback, 1);
    playback_set_beat(&playback, true, 0);
    assert_int_equal(playback.mode, PLAY_PAUSED);
    playback_play(&playback, 5000);
    assert_int_equal(playback.mode, PLAY_BEAT);
    assert_false(playback_update(&playback, 5000 + second - 1));
    assert_int_equal(playback.model.step, 1);
    assert_true(playback_update(&playback, 5000 + second));
    uint64_t one = history_next_step(&playback.history, 1, 1);
    assert_int_equal(playback.model.step, one);
    playback_update(&playback, 5000 + 2 * second - 1);
    assert_int_equal(playback.model.step, one);
    playback_set_speed(&playback, 2, 5000 + 2 * second); /* four a second */
    playback_update(&playback, 5000 + 2 * second + second / 2);
    uint64_t three = history_next_step(&playback.history,
                                       history_next_step(&playback.history, one, 1), 1);
    assert_int_equal(playback.model.step, three);
    playback_set_beat(&playback, false, 5000 + 3 * second);
    assert_int_equal(playback.mode, PLAY_PACE);
    playback_set_beat(&playback, true, 5000 + 3 * second);
    for (uint64_t i = 0; i < 200 && playback.mode == PLAY_BEAT; i++)
        playback_update(&playback, 5000 + 4 * second + i * second);
    assert_int_equal(playback.mode, PLAY_PAUSED);
    assert_int_equal(playback.model.step, 101);
}

TEST(a_pause_of_the_viewer_is_not_caught_up_by_beats)
{
    made_by_chance(&made, 1000, 9);
    open_playback();
    playback_seek(&playback, 1);
    playback_set_beat(&playback, true, 0);
    playback_play(&playback, 0);
    playback_update(&playback, UINT64_C(3600) * 1000 * MADE_MS);
    assert_in_range(playback.model.step, 2, 40);
    assert_int_equal(playback.mode, PLAY_BEAT);
}

TEST(a_percentage_leads_to_that_part_of_the_steps)
{
    made_by_chance(&made, 200, 8);
    open_playback();
    playback_seek_percent(&playback, 50);
    assert_int_equal(playback.model.step, 100);
    playback_seek_percent(&playback, 0);
    assert_int_equal(playback.model.step, 1);
    playback_seek_percent(&playback, 12.5);
    assert_int_equal(playback.model.step, 25);
    playback_seek_percent(&playback, 100);
    assert_int_equal(playback.model.step, 200);
    playback_seek_percent(&playback, 1e30);
    assert_int_equal(playback.model.step, 200);
}

TEST(a_threads_own_steps_lead_from_one_to_the_next)
{
    made_by_chance(&made, 3000, 12);
    open_playback();
    playback_seek(&playback, 1);
    unsigned stops = 0;
    for (uint64_t before = 0; playback.model.step != before; stops++) {
        before = playback.model.step;
        playback_step_of(&playback, 3, 1);
        if (playback.model.step != before)
            assert_int_equal(
                reader_event(&playback.reader, playback.model.step)->thread, 4);
    }
    assert_in_range(stops, 100, 3000);
    uint64_t last = playback.model.step;
    playback_step_of(&playback, 3, -1);
    assert_true(playback.model.step < last);
}

/* Opens a long run, of which only the first part is read at once. */
static void open_unread(uint64_t steps)
{
    char why[256];

    made_by_chance(&made, steps, 13);
    made_run_end(&made, 0);
    int file = made_file(&made);
    assert_true(playback_open(&playback, made_path(file), why, sizeof why));
    close(file);
    playback_update(&playback, 0);
    assert_false(playback_is_complete(&playback));
    assert_true(playback.reader.steps < steps);
}

static void read_all(void)
{
    for (double before = -1; !playback_is_complete(&playback);) {
        assert_true(playback_progress(&playback) > before);
        before = playback_progress(&playback);
        assert_true(before < 1);
        playback_update(&playback, 0);
    }
    assert_true(playback_progress(&playback) >= 1);
}

TEST(a_long_run_is_shown_while_it_is_still_read)
{
    open_unread(250000);
    assert_in_range(playback.history.model.step, 1, 249999);
    assert_true(playback_is_moving(&playback));
    assert_false(playback_at_end(&playback));
    playback_seek(&playback, 1000); /* what is read can be gone to */
    playback_step(&playback, 1);
    uint64_t there = playback.model.step;
    read_all();
    assert_int_equal(playback.model.step, there);
    assert_int_equal(playback.history.model.step, 250001);
    assert_seeks_are_folds(40, 250001, 14);
}

TEST(a_seek_beyond_what_is_read_gets_there_later)
{
    open_unread(250000);
    playback_seek(&playback, 220000);
    assert_true(playback.model.step < 220000);
    read_all();
    assert_int_equal(playback.model.step, 220000);
    assert_int_equal(playback.mode, PLAY_PAUSED);
}

TEST(a_time_beyond_what_is_read_is_shown_later)
{
    open_unread(250000);
    playback_seek_time(&playback, UINT64_C(220000) * MADE_MS);
    read_all();
    assert_int_equal(playback.model.step, 220001);
}

TEST(the_end_is_followed_until_all_is_read)
{
    open_unread(250000);
    playback_seek(&playback, UINT64_MAX);
    assert_int_equal(playback.model.step, playback.history.model.step);
    playback_update(&playback, 0);
    assert_int_equal(playback.model.step, playback.history.model.step);
    read_all();
    assert_true(playback_at_end(&playback));
    assert_int_equal(playback.mode, PLAY_PAUSED);
}

TEST(another_move_ends_a_seek_that_waits)
{
    open_unread(250000);
    playback_seek(&playback, 220000);
    playback_seek(&playback, 7);
    read_all();
    assert_int_equal(playback.model.step, 7);
}

TEST(another_move_ends_a_time_that_waits)
{
    open_unread(250000);
    playback_seek_time(&playback, UINT64_C(220000) * MADE_MS);
    playback_seek(&playback, 7);
    read_all();
    assert_int_equal(playback.model.step, 7);
}

TEST(to_follow_and_to_pause_ends_a_seek_that_waits)
{
    open_unread(250000);
    playback_seek(&playback, 220000);
    playback.mode = PLAY_FOLLOW;
    playback_update(&playback, 0);
    playback.mode = PLAY_PAUSED;
    uint64_t there = playback.model.step;
    read_all();
    assert_int_equal(playback.model.step, there);
}

TEST(playing_waits_where_the_rest_is_not_yet_read)
{
    open_unread(250000);
    playback_seek(&playback, 1);
    playback_play(&playback, 0);
    playback_update(&playback, UINT64_C(10000000) * MADE_MS);
    assert_int_equal(playback.mode, PLAY_PACE);
    assert_false(playback_at_end(&playback));
    while (playback.mode == PLAY_PACE)
        playback_update(&playback, UINT64_C(10000000) * MADE_MS);
    assert_true(playback_at_end(&playback));
}

TEST(the_speed_has_limits)
{
    made_by_chance(&made, 50, 10);
    open_playback();
    for (int i = 0; i < 100; i++)
        playback_set_speed(&playback, playback.speed + 1, 0);
    assert_in_range(playback.speed, 1, 20);
    for (int i = 0; i < 200; i++)
        playback_set_speed(&playback, playback.speed - 1, 0);
    assert_true(playback.speed < 0 && playback.speed > -20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAYBACK_TEST(playing_follows_the_clock_at_its_speed_and_pauses_at_the_end),
        PLAYBACK_TEST(by_beats_it_goes_on_by_one_step_worth_stopping_at_each),
        PLAYBACK_TEST(a_pause_of_the_viewer_is_not_caught_up_by_beats),
        PLAYBACK_TEST(a_percentage_leads_to_that_part_of_the_steps),
        PLAYBACK_TEST(a_threads_own_steps_lead_from_one_to_the_next),
        PLAYBACK_TEST(a_long_run_is_shown_while_it_is_still_read),
        PLAYBACK_TEST(a_seek_beyond_what_is_read_gets_there_later),
        PLAYBACK_TEST(a_time_beyond_what_is_read_is_shown_later),
        PLAYBACK_TEST(the_end_is_followed_until_all_is_read),
        PLAYBACK_TEST(another_move_ends_a_seek_that_waits),
        PLAYBACK_TEST(another_move_ends_a_time_that_waits),
        PLAYBACK_TEST(to_follow_and_to_pause_ends_a_seek_that_waits),
        PLAYBACK_TEST(playing_waits_where_the_rest_is_not_yet_read),
        PLAYBACK_TEST(the_speed_has_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

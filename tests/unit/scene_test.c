/*
 * scene_test.c - what the title says of the place in a recording: whether it plays, how
 * fast, and how much of a long one is read.
 */
#include "../../viz/scene.h"
#include "folded.h"

static struct scene scene;
static char status[128];

static const char *title(void)
{
    scene_fill(&scene, &playback, status, sizeof status);
    return status;
}

TEST(a_recording_that_plays_tells_its_speed)
{
    made_by_chance(&made, 100, 1);
    made_run_end(&made, 0);
    open_playback();
    playback_seek(&playback, 5);
    assert_string_equal(title(), "PAUSED");
    playback_set_speed(&playback, -1, 0);
    assert_string_equal(title(), "PAUSED 1/2x");
    playback_play(&playback, 0);
    assert_string_equal(title(), "PLAYING 1/2x");
    playback_set_speed(&playback, 0, 0);
    assert_string_equal(title(), "PLAYING 1x");
}

TEST(a_recording_that_plays_by_beats_tells_so)
{
    made_by_chance(&made, 100, 1);
    made_run_end(&made, 0);
    open_playback();
    playback_seek(&playback, 5);
    playback_set_beat(&playback, true, 0);
    assert_string_equal(title(), "PAUSED 1 step/s");
    playback_play(&playback, 0);
    playback_set_speed(&playback, 2, 0);
    assert_string_equal(title(), "PLAYING 4 steps/s");
    playback_set_speed(&playback, -2, 0);
    assert_string_equal(title(), "PLAYING 1/4 step/s");
}

TEST(how_much_of_a_long_recording_is_read_is_told)
{
    char why[256];
    int percent;

    made_by_chance(&made, 250000, 2);
    made_run_end(&made, 0);
    int file = made_file(&made);
    assert_true(playback_open(&playback, made_path(file), why, sizeof why));
    close(file);
    playback_update(&playback, 0);
    assert_int_equal(sscanf(title(), "reading… %d %%", &percent), 1);
    assert_in_range(percent, 1, 99);
    playback_seek(&playback, 7);
    assert_int_equal(sscanf(title(), "PAUSED  reading… %d %%", &percent), 1);
    while (!playback_is_complete(&playback))
        playback_update(&playback, 0);
    assert_string_equal(title(), "PAUSED");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAYBACK_TEST(a_recording_that_plays_tells_its_speed),
        PLAYBACK_TEST(a_recording_that_plays_by_beats_tells_so),
        PLAYBACK_TEST(how_much_of_a_long_recording_is_read_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

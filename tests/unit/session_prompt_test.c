/*
 * session_prompt_test.c - going to a step, a time or a part of a run, and what is said
 * where nothing moves.
 */
#include "../../viz/keys.h"
#include "../../viz/session_state.h"

#include "../../viz/screen_none.c" /* a session has one; here nothing is shown */
#include "drawn.h"

static struct session session;

/* 200 steps, a millisecond apart. */
static void open_session(void)
{
    while (made.count < 199)
        made_say(&made, MAIN, "on");
    made_run_end(&made, 0);
    open_run();
    session = (struct session){.playback = &playback};
    scene_fill(&session.scene, &playback, session.status, sizeof session.status);
}

static int close_session(void **state)
{
    event_log_free(&session.log);
    search_free(&session.search);
    page_free(&session.links);
    stats_free(&session.stats);
    findings_free(&session.findings);
    return end(state);
}

static void assert_goes_to(const char *entry, uint64_t step, const char *notice)
{
    session_obey(&session, ':');
    for (const char *at = entry; *at != '\0'; at++)
        session_obey(&session, *at);
    session_obey(&session, KEY_CODE_ENTER);
    assert_int_equal(playback.model.step, step);
    assert_string_equal(session.notice, notice);
}

TEST(a_step_a_part_and_a_time_in_any_unit_are_found)
{
    open_session();
    assert_goes_to("141", 141, "");
    assert_goes_to("50%", 100, "");
    assert_goes_to("20ms", 21, "the first step at or after 20ms");
    assert_goes_to("20.5 ms", 22, "the first step at or after 20.5 ms");
    assert_goes_to("30000us", 31, "the first step at or after 30000us");
    assert_goes_to("0.1s", 101, "the first step at or after 0.1s");
    assert_goes_to("0.1", 101, "the first step at or after 0.1 s");
}

TEST(what_lies_beyond_the_end_goes_there_and_says_how_long_the_run_is)
{
    open_session();
    assert_goes_to("99999", 200, "the run has 200 steps");
    assert_goes_to("5", 5, "");
    assert_goes_to("150%", 200, "the run has 200 steps; 100% is the last one");
    assert_goes_to("7s", 200, "the run ended at 0.20 s");
    assert_goes_to("1e30", 200, "the run has 200 steps");
    assert_goes_to("1e30s", 200, "the run ended at 0.20 s");
}

TEST(what_is_no_place_is_refused)
{
    open_session();
    playback_seek(&playback, 7);
    assert_goes_to("-1", 7,
                   "'-1' is no step (141), no time (2.06s, 20ms), no part of the steps "
                   "(50%)");
    assert_goes_to("20mm", 7,
                   "'20mm' is no step (141), no time (2.06s, 20ms), no part of the "
                   "steps (50%)");
}

TEST(what_is_no_number_or_beyond_all_of_them_does_no_harm)
{
    open_session();
    playback_seek(&playback, 7);
    assert_goes_to("nan", 7,
                   "'nan' is no step (141), no time (2.06s, 20ms), no part of the "
                   "steps (50%)");
    assert_goes_to("nan%", 7,
                   "'nan%' is no step (141), no time (2.06s, 20ms), no part of the "
                   "steps (50%)");
    assert_goes_to("1e400", 200, "the run has 200 steps");
    assert_goes_to("1e400s", 200, "the run ended at 0.20 s");
    assert_goes_to("1e400%", 200, "the run has 200 steps; 100% is the last one");
}

static void assert_says(int key, const char *notice)
{
    session_obey(&session, key);
    assert_string_equal(session.notice, notice);
}

TEST(a_key_that_moves_nothing_says_why)
{
    open_session();
    playback_seek(&playback, 1);
    assert_says(',', "this is the first step");
    assert_says('<', "this is the first step");
    assert_says('.', "");
    playback_seek(&playback, 200);
    assert_says('.', "this is the last step");
    assert_says(']', "this is the last step");
    assert_says('>', "this is the last step");
    assert_says('\\', "'\\' is no key and no thread's letter; ? tells the keys");
    assert_says(session.scene.keys[1], "");
    assert_int_equal(session.scene.chosen, 1);
    playback_seek(&playback, 10);
    assert_says(']', "no later step of the chosen thread");
}

static void type(const char *answer)
{
    for (; *answer != '\0'; answer++)
        session_obey(&session, *answer);
    session_obey(&session, KEY_CODE_ENTER);
}

TEST(a_search_goes_on_from_the_other_end_and_says_so)
{
    open_session();
    playback_seek(&playback, 200);
    type("/starts worker");
    while (session.search.runs)
        session_search_on(&session);
    assert_int_equal(playback.model.step, 2);
    assert_non_null(strstr(session.notice, "from the start again"));
    assert_non_null(strstr(session.notice, "N looks back"));
    type("/no such words");
    while (session.search.runs)
        session_search_on(&session);
    assert_string_equal(session.notice, "no 'no such words' in any step");
}

TEST(a_new_filter_takes_the_old_ones_place)
{
    open_session();
    type("&took");
    assert_string_equal(session.filter_words, "took");
    type("&event:say");
    assert_string_equal(session.filter_words, "event:say");
    type("&");
    assert_string_equal(session.filter_words, "");
}

TEST(a_page_pauses_the_view_and_space_plays_on)
{
    open_session();
    playback_seek(&playback, 10);
    session_obey(&session, ' ');
    session_obey(&session, 'b');
    assert_int_equal(playback.mode, PLAY_PAUSED);
    assert_non_null(strstr(session.notice, "paused for this page"));
    session_obey(&session, ' ');
    assert_int_equal(session.depth, 0);
    assert_int_not_equal(playback.mode, PLAY_PAUSED);
}

TEST(another_key_ends_a_search_and_says_so_but_a_new_size_does_not)
{
    open_session();
    session.search.runs = true; /* as if there were much to look at */
    session_obey(&session, KEY_CODE_RESIZED);
    assert_true(session.search.runs);
    assert_says(27, "the search was ended before it was through");
    assert_false(session.search.runs);
    playback_seek(&playback, 200);
    session.search.runs = true;
    assert_says('.', "this is the last step"); /* what a key says comes first */
    assert_false(session.search.runs);
    session.search.runs = true;
    assert_says(',', "the search was ended before it was through");
    assert_int_equal(playback.model.step, 199);
    assert_says(27, "");
}

TEST(a_recording_is_saved_under_a_name_that_is_safe)
{
    char folder[] = "/tmp/session_prompt_test.XXXXXX";

    made.header.program = made_text(&made, "-./a\x1b]b\x07 \xc2\x9b/c.1");
    open_session();
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    session_save(&session);
    assert_string_equal(session.notice, "saved as a__b____-c.1-5.trace");
    assert_int_equal(unlink("a__b____-c.1-5.trace"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
}

#define SESSION_TEST(name) cmocka_unit_test_setup_teardown(name, begin, close_session)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION_TEST(a_step_a_part_and_a_time_in_any_unit_are_found),
        SESSION_TEST(what_lies_beyond_the_end_goes_there_and_says_how_long_the_run_is),
        SESSION_TEST(what_is_no_place_is_refused),
        SESSION_TEST(what_is_no_number_or_beyond_all_of_them_does_no_harm),
        SESSION_TEST(another_key_ends_a_search_and_says_so_but_a_new_size_does_not),
        SESSION_TEST(a_recording_is_saved_under_a_name_that_is_safe),
        SESSION_TEST(a_key_that_moves_nothing_says_why),
        SESSION_TEST(a_search_goes_on_from_the_other_end_and_says_so),
        SESSION_TEST(a_new_filter_takes_the_old_ones_place),
        SESSION_TEST(a_page_pauses_the_view_and_space_plays_on),
    };

    return cmocka_run_group_tests_name("going to a place", tests, NULL, NULL);
}

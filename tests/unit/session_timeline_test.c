/*
 * session_timeline_test.c - the keys of the time line: zooming, moving it away from the
 * moment shown and back, and the order of the rows.
 */
#include "../../viz/session_state.h"
#include "../../viz/view_timeline.h"

#include "drawn.h"

enum { LAST_MS = 199 };

static struct session session;

/* A run of 200 ms, of which at 80 columns and 1 ms a cell 22 are in sight. */
static void open_session(void)
{
    while (made.count <= LAST_MS)
        made_say(&made, MAIN, "on");
    open_run();
    session = (struct session){.playback = &playback};
    session.scene.hint = "";
    playback_seek(&playback, LAST_MS + 1);
    canvas_reset(&session.canvas, 24, 80);
}

/* As a session does before each picture. */
static struct timeline shown(void)
{
    session_settle(&session, 1);
    scene_fill(&session.scene, &playback, session.status, sizeof session.status);
    return view_timeline(&session.scene, (struct area){2, 0, 4, 80});
}

static void assert_shows(uint64_t cell_ms, uint64_t first)
{
    struct timeline timeline = shown();

    assert_int_equal(timeline.cell_ns / MADE_MS, cell_ms);
    assert_int_equal(timeline.first, first);
}

TEST(zooming_goes_by_1_2_5_and_follows_the_moment)
{
    open_session();
    assert_shows(10, 0); /* 20 cells */
    session_zoom(&session, -1);
    assert_shows(5, 39 - 21);
    session_zoom(&session, -1);
    assert_shows(2, 99 - 21);
    session_zoom(&session, -1);
    assert_shows(1, 199 - 21);
    for (int i = 0; i < 40; i++)
        session_zoom(&session, -1);
    assert_int_equal(shown().cell_ns, 1000); /* a microsecond is the least */
    for (int i = 0; i < 60; i++)
        session_zoom(&session, 1);
    assert_true(shown().cell_ns >= 100000000000);
    session_fit(&session);
    assert_shows(10, 0);
}

TEST(panning_moves_half_the_width_and_stops_at_both_ends)
{
    open_session();
    session.scene.cell_ns = MADE_MS;
    assert_shows(1, 178);
    session_pan(&session, -1);
    assert_shows(1, 167);
    assert_contains(session.notice, "shows 0.167 s to 0.189 s");
    session_pan(&session, -1);
    assert_shows(1, 156);
    session_pan(&session, 1);
    assert_shows(1, 167);
    for (int i = 0; i < 30; i++)
        session_pan(&session, -1);
    assert_shows(1, 0);
    struct timeline timeline = shown();
    assert_false(view_timeline_has_now(&timeline));
    for (int i = 0; i < 30; i++)
        session_pan(&session, 1);
    assert_shows(1, 178);
    assert_int_equal(session.scene.edge_ns, 0); /* it follows again */
    assert_contains(session.notice, "to now");
}

TEST(what_is_all_in_sight_cannot_be_panned)
{
    open_session();
    shown();
    session_pan(&session, -1);
    assert_shows(10, 0);
    assert_int_equal(session.scene.edge_ns, 0);
    assert_contains(session.notice, "all of the run so far");
}

TEST(zooming_keeps_the_middle_of_what_was_moved_away)
{
    open_session();
    session.scene.cell_ns = MADE_MS;
    shown();
    for (int i = 0; i < 8; i++) {
        session_pan(&session, -1);
        shown();
    }
    assert_shows(1, 90); /* the middle is at 101 ms */
    session_zoom(&session, 1);
    assert_shows(2, 50 - 11);
    session_zoom(&session, 1);
    assert_shows(5, 100 / 5 - 11);
}

TEST(who_moves_through_time_sees_the_moment_again)
{
    open_session();
    session.scene.cell_ns = MADE_MS;
    shown();
    session_pan(&session, -1);
    assert_shows(1, 167);
    assert_shows(1, 167); /* it stays there */
    playback_step(&playback, -1);
    assert_shows(1, 177);
    assert_int_equal(session.scene.edge_ns, 0);
}

TEST(while_the_run_plays_on_a_time_line_that_was_moved_away_stays)
{
    open_session();
    playback_seek(&playback, 150);
    session.scene.cell_ns = MADE_MS;
    assert_shows(1, 149 - 21);
    session_pan(&session, -1);
    assert_shows(1, 117);
    playback_play(&playback, 1);
    playback_update(&playback, 1 + 10 * MADE_MS);
    assert_true(playback.model.step > 150);
    assert_shows(1, 117);
}

TEST(the_order_changes_at_once_and_in_turn)
{
    open_session();
    playback_seek(&playback, 100);
    shown();
    session_sort(&session);
    assert_int_equal(session.scene.sorted, ORDER_STATE);
    assert_contains(session.notice, "rows by state: can go");
    session_sort(&session);
    assert_int_equal(session.scene.sorted, ORDER_WAITING);
    assert_contains(session.notice, "time waited");
    session_sort(&session);
    assert_int_equal(session.scene.sorted, ORDER_START);
    assert_contains(session.notice, "were started");
}

TEST(rows_that_are_sorted_stay_for_a_second_while_time_runs)
{
    const uint64_t second = 1000000000;

    open_session();
    session.scene.sorted = ORDER_STATE;
    playback.mode = PLAY_PACE;
    session_settle(&session, 10 * second);
    assert_false(session.scene.keep_order);
    session_settle(&session, 11 * second - 1);
    assert_true(session.scene.keep_order);
    session_settle(&session, 11 * second);
    assert_false(session.scene.keep_order);
    session_settle(&session, 11 * second + 1);
    assert_true(session.scene.keep_order);
    playback.mode = PLAY_FOLLOW; /* a run that is over: this is the last picture */
    session_settle(&session, 11 * second + 2);
    assert_false(session.scene.keep_order);
    playback.mode = PLAY_PACE;
    session_settle(&session, 11 * second + 3);
    assert_true(session.scene.keep_order);
    playback.mode = PLAY_PAUSED;
    session_settle(&session, 11 * second + 4);
    assert_false(session.scene.keep_order);
}

static int end_session(void **state)
{
    canvas_free(&session.canvas);
    return end(state);
}

#define SESSION_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end_session)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION_TEST(zooming_goes_by_1_2_5_and_follows_the_moment),
        SESSION_TEST(panning_moves_half_the_width_and_stops_at_both_ends),
        SESSION_TEST(what_is_all_in_sight_cannot_be_panned),
        SESSION_TEST(zooming_keeps_the_middle_of_what_was_moved_away),
        SESSION_TEST(who_moves_through_time_sees_the_moment_again),
        SESSION_TEST(while_the_run_plays_on_a_time_line_that_was_moved_away_stays),
        SESSION_TEST(the_order_changes_at_once_and_in_turn),
        SESSION_TEST(rows_that_are_sorted_stay_for_a_second_while_time_runs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * session_rows_test.c - more threads or objects than rows: what is out of sight is
 * told, and arrows and pages lead to all of it.
 */
#include "../../viz/session_state.h"
#include "../../viz/view_layout.h"

#include "drawn.h"

static struct session session;

/* In place of session.c's, which would bring the terminal with it. */
uint64_t session_clock(void)
{
    return 1;
}

static void open_session(int columns, int rows)
{
    open_run();
    session = (struct session){.playback = &playback};
    playback_seek(&playback, made.count - 1);
    canvas_reset(&session.canvas, rows, columns);
    session.scene.hint = "";
}

static void show(void)
{
    session_settle(&session, 1);
    scene_fill(&session.scene, &playback, session.status, sizeof session.status);
    scene = session.scene;
    draw(session.canvas.columns, session.canvas.rows);
}

/* Main, a worker, a printer and as many more as make count; the last step is a say. */
static void make_threads(uint32_t count)
{
    char name[32];

    for (uint32_t i = 3; i < count; i++) {
        snprintf(name, sizeof name, "crew-%u", i);
        made_thread(&made, 100 + i, name);
    }
    made_say(&made, MAIN, "all");
    made_say(&made, MAIN, "there");
}

TEST(what_is_above_and_below_is_counted_with_those_that_wait)
{
    for (uint32_t i = 3; i < 30; i++)
        made_thread(&made, 100 + i, "crew");
    made_step(&made, TRACE_QUEUE_GET_BEGIN, 128, TASKS);
    made_step(&made, TRACE_QUEUE_GET_BEGIN, 129, TASKS);
    made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
    made_say(&made, MAIN, "all");
    made_say(&made, MAIN, "there");
    open_session(80, 24);
    session.scene.large = true;
    session.scene.chosen = 13;
    show();
    assert_string_equal(row(4),
                        "   4 above, 1 of them waits                             │");
    assert_string_equal(row(23),
                        "   8 below, 2 of them wait                              │");
    assert_int_equal(
        view_row_at_thread(&scene, view_layout(&scene, 24, 80).panes[0], 13), 13);
}

TEST(down_leads_through_all_threads_and_up_back_again)
{
    make_threads(40);
    open_session(80, 24);
    show();
    for (unsigned i = 0; i < 40; i++) {
        assert_int_equal(session.scene.chosen, i);
        assert_true(
            view_row_at_thread(&scene, view_layout(&scene, 24, 80).panes[0], i) > 0);
        assert_columns_keep();
        session_choose(&session, 1);
        show();
    }
    assert_int_equal(session.scene.chosen, 39); /* the last */
    for (unsigned i = 0; i < 50; i++)
        session_choose(&session, -1);
    assert_int_equal(session.scene.chosen, 0);
}

TEST(the_chosen_thread_is_in_sight_however_few_rows_there_are)
{
    make_threads(40);
    open_session(80, 24);
    show();
    for (int rows = 2; rows < 9; rows++)
        for (scene.chosen = 0; scene.chosen < 40; scene.chosen++) {
            struct area area = {0, 0, rows, 80};
            assert_in_range(view_row_at_thread(&scene, area, scene.chosen), 1,
                            rows - 1);
        }
    view_threads(&canvas, &scene, (struct area){0, 0, 1, 80});
    assert_int_equal(view_row_at_thread(&scene, (struct area){0, 0, 1, 80}, 0), -1);
    view_threads(&canvas, &scene, (struct area){0, 0, 0, 80});
}

TEST(pages_lead_through_four_hundred_threads_without_leaving_any_out)
{
    bool seen[400] = {false};
    int pages = 0;

    make_threads(400);
    open_session(80, 24);
    show();
    for (unsigned last = 999; session.scene.chosen != last; pages++) {
        struct area area = view_layout(&scene, 24, 80).panes[PANE_THREADS];
        for (int i = 0; i < 24; i++)
            if (view_thread_at_row(&scene, area, i) >= 0)
                seen[view_thread_at_row(&scene, area, i)] = true;
        last = session.scene.chosen;
        session_scroll(&session, 1);
        show();
    }
    assert_int_equal(session.scene.chosen, 399);
    for (unsigned i = 0; i < 400; i++)
        assert_true(seen[i]);
    assert_in_range(pages, 30, 60); /* of a dozen rows each */
    session_scroll(&session, -1);
    assert_in_range(session.scene.chosen, 385, 395);
    for (int i = 0; i < 60; i++)
        session_scroll(&session, -1);
    assert_int_equal(session.scene.chosen, 0);
}

TEST(arrows_and_pages_lead_through_all_objects)
{
    char name[32];

    for (uint32_t i = 0; i < 40; i++) {
        snprintf(name, sizeof name, "queue-%u.", i);
        made_queue(&made, 100 + i, name, 0);
    }
    made_say(&made, MAIN, "all");
    made_say(&made, MAIN, "there");
    open_session(80, 24);
    session.scene.pane = PANE_QUEUES;
    show();
    session_choose(&session, 1);
    session_choose(&session, 1);
    show();
    assert_contains(picture, "\n>queue-1. ");
    session.scene.large = true;
    session_choose(&session, -1);
    show();
    assert_contains(picture, "\n>queue-0. ");
    session_scroll(&session, 1);
    show();
    assert_contains(picture, "\n>queue-18. ");
    for (int i = 0; i < 5; i++)
        session_scroll(&session, 1);
    show();
    assert_contains(row(3), " 22-41 of 41 ");
    assert_contains(row(23), ">queue-39. ");
    for (int i = 0; i < 5; i++)
        session_scroll(&session, -1);
    show();
    assert_contains(row(4), ">tasks ");
    assert_int_equal(session.scene.chosen, 0); /* no thread was meant */
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
        SESSION_TEST(what_is_above_and_below_is_counted_with_those_that_wait),
        SESSION_TEST(down_leads_through_all_threads_and_up_back_again),
        SESSION_TEST(the_chosen_thread_is_in_sight_however_few_rows_there_are),
        SESSION_TEST(pages_lead_through_four_hundred_threads_without_leaving_any_out),
        SESSION_TEST(arrows_and_pages_lead_through_all_objects),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * view_events_test.c - the events pane and the tour as pictures: nothing of what comes
 * later is told, and every box of the tour is whole at every size.
 */
#include "../../viz/view_layout.h"
#include "../../viz/view_tour.h"
#include "drawn.h"

static struct event_log events;

static int begin_events(void **state)
{
    events = (struct event_log){.count = 0};
    begin(state);
    for (int i = 0; i < 30; i++) {
        made_put(&made, MAIN, TASKS, 1, 1, "elk");
        made_get(&made, WORKER, TASKS, made.count, 0, 1);
    }
    open_run();
    scene.shows_events = true;
    return 0;
}

static int end_events(void **state)
{
    event_log_free(&events);
    return end(state);
}

static void draw_events(uint64_t step, int columns, int rows)
{
    playback_seek(&playback, step);
    while (event_log_fill(&events, &playback, step, (size_t)rows))
        continue;
    scene.events = events.lines;
    scene.event_count = event_log_until(&events, step);
    draw(columns, rows);
}

TEST(the_step_shown_is_the_last_and_the_one_that_is_marked)
{
    draw_events(40, 80, 24);
    assert_contains(row(23), ">  40 0.039000 0 worker-0 took 'elk' from tasks; 0 left");
    assert_contains(row(22), "   39 0.038000 m main put 'elk' on tasks; 1 there now");
    assert_null(strstr(picture, " 41 "));
    draw_events(39, 80, 24);
    assert_contains(row(23), ">  39 ");
    assert_null(strstr(picture, " 40 "));
}

TEST(the_events_take_the_place_of_the_output)
{
    draw_events(40, 80, 24);
    assert_contains(picture, " EVENTS ");
    assert_null(strstr(picture, " OUTPUT "));
    draw_events(40, 120, 40);
    assert_contains(picture, " EVENTS ");
    assert_contains(picture, " SOURCE ");
    scene.shows_events = false;
    draw_events(40, 80, 24);
    assert_contains(picture, " OUTPUT ");
    assert_null(strstr(picture, " EVENTS "));
}

TEST(the_heading_tells_the_filter_and_that_more_is_looked_for)
{
    scene.filter = "took thread:main";
    scene.looking = true;
    draw_events(40, 80, 24);
    assert_contains(picture, " EVENTS  filter: took thread:main  looking further back");
    scene.event_count = 0;
    scene.looking = false;
    draw(80, 24);
    assert_contains(picture, "none up to here");
}

TEST(a_chosen_queue_is_marked_and_moves_by_rows)
{
    scene.pane = PANE_QUEUES;
    draw_events(40, 80, 24);
    assert_int_equal(view_chosen_object(&scene)->number, TASKS);
    assert_contains(picture, "\n>tasks ");
    assert_ptr_equal(view_object_beside(&scene, 1), view_chosen_object(&scene));
    assert_ptr_equal(view_object_beside(&scene, -1), view_chosen_object(&scene));
    scene.pane = PANE_THREADS;
    draw(80, 24);
    assert_contains(picture, "\n tasks ");
}

/* Draws a page of the tour over the run. */
static void draw_tour(int page, int columns, int rows)
{
    size_t size;

    draw(columns, rows);
    free(picture);
    FILE *file = open_memstream(&picture, &size);
    view_tour(&canvas, &scene, page);
    canvas_write(&canvas, false, file);
    fclose(file);
}

TEST(each_page_of_the_tour_is_whole_at_every_size)
{
    static const int sizes[][2] = {{60, 16}, {80, 24}, {120, 40}, {200, 60}};
    char heading[32];

    playback_seek(&playback, 40);
    scene.shows_events = false;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (int page = 1; page <= view_tour_pages(); page++) {
            draw_tour(page, sizes[i][0], sizes[i][1]);
            snprintf(heading, sizeof heading, " %d of %d  ", page, view_tour_pages());
            assert_contains(picture, heading);
            assert_contains(picture, page < view_tour_pages() ? "Esc leaves ──"
                                                              : "ends the tour");
            assert_true(strstr(picture, " ^^^ ") != NULL ||
                        strstr(picture, " vvv ") != NULL);
        }
}

#define EVENTS_TEST(name)                                                              \
    cmocka_unit_test_setup_teardown(name, begin_events, end_events)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EVENTS_TEST(the_step_shown_is_the_last_and_the_one_that_is_marked),
        EVENTS_TEST(the_events_take_the_place_of_the_output),
        EVENTS_TEST(the_heading_tells_the_filter_and_that_more_is_looked_for),
        EVENTS_TEST(a_chosen_queue_is_marked_and_moves_by_rows),
        EVENTS_TEST(each_page_of_the_tour_is_whole_at_every_size),
    };

    return cmocka_run_group_tests_name("view_events", tests, NULL, NULL);
}

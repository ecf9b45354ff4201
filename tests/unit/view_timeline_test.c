/*
 * view_timeline_test.c - a thread's states over time: what each cell of the time line
 * says, and which thread and which time lie where in the picture.
 */
#include "../../viz/view_timeline.h"

#include "drawn.h"

#include <ctype.h>

/* The threads pane where 80x24 has it. */
static const struct area pane = {2, 0, 4, 80};

TEST(each_row_of_the_pane_is_its_threads)
{
    open_run();
    draw_at(4);
    assert_int_equal(view_thread_at_row(&scene, pane, 2), -1); /* the heading */
    assert_int_equal(view_thread_at_row(&scene, pane, 3), 0);
    assert_int_equal(view_thread_at_row(&scene, pane, 5), 2);
    assert_int_equal(view_thread_at_row(&scene, pane, 6), -1);
    assert_int_equal(view_thread_at_row(&scene, pane, 1), -1);
    assert_int_equal(view_thread_at_row(&scene, pane, -5), -1);
}

TEST(a_row_that_tells_of_others_is_no_threads)
{
    for (uint32_t i = 0; i < 40; i++)
        made_thread(&made, 100 + i, "worker");
    open_run();
    scene.chosen = 20;
    scene.large = true;
    draw(80, 24);
    const struct area large = {2, 0, 21, 80};
    assert_contains(row(4), " above");
    assert_int_equal(view_thread_at_row(&scene, large, 3), -1);
    assert_contains(row(23), " below");
    assert_int_equal(view_thread_at_row(&scene, large, 22), -1);
    assert_int_equal(view_row_at_thread(&scene, large, 0), -1);
    for (int i = 5; i < 23; i++) {
        int thread = view_thread_at_row(&scene, large, i - 1);
        assert_in_range(thread, 1, 41);
        assert_int_equal(row(i)[0], thread == 20 ? '>' : ' ');
        assert_int_equal(view_row_at_thread(&scene, large, (unsigned)thread), i - 1);
    }
}

TEST(each_column_of_the_time_line_is_its_time)
{
    open_run();
    scene.cell_ns = MADE_MS;
    draw_at(4); /* at 3 ms */
    int first = view_timeline_column(80) + 1;
    assert_true(view_time_at_column(&scene, pane, first - 1) == VIEW_NO_TIME);
    assert_true(view_time_at_column(&scene, pane, first) == 0);
    assert_true(view_time_at_column(&scene, pane, first + 2) == 2 * MADE_MS);
    assert_true(view_time_at_column(&scene, pane, first + 3) == 3 * MADE_MS);
    assert_true(view_time_at_column(&scene, pane, first + 4) == VIEW_NO_TIME);
    assert_true(view_time_at_column(&scene, pane, 500) == VIEW_NO_TIME);
}

/* --- between two scales no state gets lost */

enum { WIDE = 3000, CELLS = 1400 };

/* The cells of all threads at that scale. */
struct cells {
    uint64_t cell_ns, count;
    char letters[RUN_THREADS][CELLS];
};

static void read_cells(struct cells *cells, uint64_t cell_ns)
{
    const struct area area = {0, 0, 1 + RUN_THREADS, WIDE};

    scene.cell_ns = cell_ns;
    scene_fill(&scene, &playback, status, sizeof status);
    canvas_reset(&canvas, area.rows, area.columns);
    view_threads(&canvas, &scene, area);
    struct timeline timeline = view_timeline(&scene, area);
    assert_int_equal(timeline.first, 0);
    assert_true(timeline.now < CELLS && view_timeline_has_now(&timeline));
    cells->cell_ns = cell_ns;
    cells->count = timeline.now + 1;
    for (unsigned i = 0; i < scene.model->thread_count; i++)
        for (uint64_t j = 0; j < cells->count; j++)
            cells->letters[i][j] =
                canvas.cells[(1 + i) * WIDE + (unsigned)timeline.column + j].bytes[0];
}

/* Steps come at any distance up to three milliseconds, some at the same time. */
static void make_run(unsigned seed)
{
    uint64_t time_ns = 0;
    struct made_state state = {.random = seed};

    if (playback.reader.descriptor >= 0)
        playback_close(&playback);
    playback = (struct playback){.reader = {.descriptor = -1}};
    made_free(&made);
    made = made_begin();
    made_by_chance(&made, 600, seed);
    for (size_t i = 0; i < made.count; i++) {
        made.events[i].time_ns = time_ns;
        if (made_chance(&state, 4) != 0)
            time_ns += made_chance(&state, 3000) * 1000ull;
    }
    open_run();
    playback_seek(&playback, 599); /* the last one would kill them all */
}

/* Whether one of the cells that the time from start to end touches tells the state. */
static bool is_told(const struct cells *cells, unsigned thread, uint64_t start,
                    uint64_t end, char letter)
{
    for (uint64_t i = start / cells->cell_ns; i <= (end - 1) / cells->cell_ns; i++) {
        char there = i < cells->count ? cells->letters[thread][i] : ' ';
        if (islower((unsigned char)there) || there == letter)
            return true;
    }
    return false;
}

static void assert_nothing_gets_lost(const struct cells *fine,
                                     const struct cells *coarse)
{
    for (unsigned i = 0; i < RUN_THREADS; i++)
        for (uint64_t j = 0; j < fine->count; j++) {
            char letter = (char)toupper((unsigned char)fine->letters[i][j]);
            uint64_t start = j * fine->cell_ns;
            if (letter != ' ' &&
                !is_told(coarse, i, start, start + fine->cell_ns, letter))
                fail_msg("thread %u is %c at %lu us, but not in cells of %lu us", i,
                         letter, (unsigned long)start / 1000,
                         (unsigned long)coarse->cell_ns / 1000);
        }
}

TEST(no_state_of_one_scale_is_missing_at_another)
{
    static const unsigned scales[] = {1, 2, 5, 10, 20, 50, 100};
    enum { SCALES = sizeof scales / sizeof scales[0] };
    static struct cells cells[SCALES];

    for (unsigned seed = 1; seed <= 5; seed++) {
        make_run(seed);
        for (int i = 0; i < SCALES; i++)
            read_cells(&cells[i], scales[i] * (uint64_t)MADE_MS);
        for (int i = 0; i < SCALES; i++)
            for (int j = i + 1; j < SCALES; j++)
                assert_nothing_gets_lost(&cells[i], &cells[j]);
    }
}

TEST(a_cell_is_small_where_something_else_was_so_too_and_only_there)
{
    static struct cells cells;
    unsigned small = 0, large = 0;

    make_run(9);
    read_cells(&cells, 10ull * MADE_MS);
    for (unsigned i = 0; i < RUN_THREADS; i++)
        for (uint64_t j = 0; j + 1 < cells.count; j++) {
            unsigned states;
            history_state_between(&playback.history, i, playback.model.step,
                                  j * 10 * MADE_MS, (j + 1) * 10 * MADE_MS, &states);
            bool several = (states & (states - 1)) != 0;
            assert_int_equal(islower((unsigned char)cells.letters[i][j]) != 0, several);
            small += several;
            large += !several;
        }
    assert_true(small > 20 && large > 20);
}

TEST(a_short_wait_in_a_long_run_is_marked)
{
    made_step(&made, TRACE_LOCK_ACQUIRE_BEGIN, WORKER, 77); /* 4 ms */
    made_step(&made, TRACE_LOCK_ACQUIRE, WORKER, 77);
    made.events[made.count - 1].time_ns = 4 * MADE_MS + 10000;
    made_say(&made, MAIN, "late");
    made.events[made.count - 1].time_ns = 35 * MADE_MS;
    made_say(&made, MAIN, "later");
    made.events[made.count - 1].time_ns = 39 * MADE_MS;
    open_run();
    scene.cell_ns = 10 * MADE_MS;
    draw_at(7);
    assert_contains(row(4), "│RRRR");
    assert_contains(row(5), "│rRRR");
}

/* --- the moment shown, and what is out of sight */

TEST(the_moment_shown_is_marked_and_nothing_after_it_is_drawn)
{
    while (made.count < 60)
        made_say(&made, MAIN, "on");
    open_run();
    scene.cell_ns = MADE_MS;
    draw_at(6);
    assert_contains(row(3), "┬─────▼ 1 ms a cell ──"); /* 5 ms */
    assert_string_equal(strstr(row(4), "│"), "│RRRRRR");
    draw_at(50);
    assert_contains(row(3), "┬< 1 ms a cell ───────▼─");
    scene.edge_ns = 30 * MADE_MS;
    draw_at(50);
    assert_contains(row(3), "┬< 1 ms a cell ───────>─");
    scene.edge_ns = 22 * MADE_MS;
    draw_at(50);
    assert_contains(row(3), "┬─ 1 ms a cell ───────>─");
    assert_true(view_time_at_column(&scene, pane, view_timeline_column(80) + 1) == 0);
    scene.edge_ns = 57 * MADE_MS; /* after the moment: it follows that */
    draw_at(50);
    assert_contains(row(3), "┬< 1 ms a cell ───────▼─");
    draw_at(12);
    assert_contains(row(3), "┬─ 1 ms ────▼───");
    assert_string_equal(strstr(row(4), "│"), "│RRRRRRRRRRRR");
}

TEST(the_mark_and_the_scale_keep_out_of_each_others_way)
{
    while (made.count < 100)
        made_say(&made, MAIN, "on");
    open_run();
    scene.cell_ns = MADE_MS;
    for (uint64_t step = 1; step <= 60; step++)
        for (int columns = 60; columns <= 120; columns += 10) {
            playback_seek(&playback, step);
            draw(columns, 16);
            assert_contains(row(3), "1 ms");
            assert_contains(row(3), "▼");
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VIEW_TEST(each_row_of_the_pane_is_its_threads),
        VIEW_TEST(a_row_that_tells_of_others_is_no_threads),
        VIEW_TEST(each_column_of_the_time_line_is_its_time),
        VIEW_TEST(no_state_of_one_scale_is_missing_at_another),
        VIEW_TEST(a_cell_is_small_where_something_else_was_so_too_and_only_there),
        VIEW_TEST(a_short_wait_in_a_long_run_is_marked),
        VIEW_TEST(the_moment_shown_is_marked_and_nothing_after_it_is_drawn),
        VIEW_TEST(the_mark_and_the_scale_keep_out_of_each_others_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

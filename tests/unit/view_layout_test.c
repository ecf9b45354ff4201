/*
 * view_layout_test.c - what is at a place of the picture is what is drawn there.
 */
#include "../../viz/view_layout.h"
#include "drawn.h"

enum { COLUMNS = 80, ROWS = 24 };

static struct place at(int row, int column)
{
    return view_at(&scene, canvas.rows, canvas.columns, row, column);
}

/* The letter before the thread's name, in the picture. */
static char letter_in(int row)
{
    return canvas.cells[row * canvas.columns + 1].bytes[0];
}

/* Every row of the canvas: one with a thread's letter is that thread's, and no other
   is anybody's. Returns how many threads there are. */
static int assert_rows_are_found(void)
{
    int found = 0;

    for (int row = 0; row < canvas.rows; row++) {
        struct place place = at(row, 10);
        if (place.thread < 0)
            continue;
        found++;
        assert_int_equal(place.pane, PANE_THREADS);
        assert_false(place.heading);
        char key = scene.keys[place.thread];
        assert_int_equal(letter_in(row), key != '\0' ? key : ' ');
    }
    return found;
}

static int cursor(void)
{
    return view_cursor_row(&scene, canvas.rows, canvas.columns);
}

TEST(each_thread_is_found_in_its_row)
{
    open_run();
    draw(COLUMNS, ROWS);
    assert_int_equal(assert_rows_are_found(), 3);
    assert_int_equal(at(3, 0).thread, 0);
    assert_int_equal(at(5, 79).thread, 2);
    assert_int_equal(at(2, 10).thread, -1);
}

TEST(rows_are_found_where_not_all_fit_and_the_rest_is_told)
{
    for (uint32_t i = 0; i < 40; i++)
        made_thread(&made, 100 + i, "more");
    open_run();
    for (scene.chosen = 0; scene.chosen < 43; scene.chosen += 6) {
        draw(COLUMNS, ROWS);
        struct layout layout = view_layout(&scene, ROWS, COLUMNS);
        int told = (scene.chosen > 6) + (scene.chosen < 36);
        assert_int_equal(assert_rows_are_found(),
                         layout.panes[PANE_THREADS].rows - 1 - told);
        assert_int_equal(at(cursor(), 10).thread, scene.chosen);
        assert_string_equal(canvas.cells[cursor() * COLUMNS].bytes, ">");
    }
}

TEST(panes_and_their_headings_are_found)
{
    static const struct {
        enum pane pane;
        const char *title;
    } known[] = {{PANE_THREADS, "THREADS"},
                 {PANE_QUEUES, "QUEUES"},
                 {PANE_SOURCE, "SOURCE"},
                 {PANE_OUTPUT, "OUTPUT"}};
    bool seen[PANES] = {false};

    open_run();
    draw(COLUMNS, ROWS);
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++) {
            struct place place = at(row, column);
            if (place.pane != PANES && place.heading)
                seen[place.pane] = true;
        }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        struct area area = view_layout(&scene, ROWS, COLUMNS).panes[known[i].pane];
        assert_true(seen[known[i].pane]);
        draw(COLUMNS, ROWS);
        assert_non_null(strstr(row(area.row + 1), known[i].title));
        assert_int_equal(at(area.row, area.column + 3).pane, known[i].pane);
    }
}

TEST(title_sentence_hints_and_what_is_outside_are_no_pane)
{
    static const struct {
        int row, column;
    } none[] = {{0, 5},    {1, 5},  {ROWS - 1, 5}, {-1, 0},
                {ROWS, 0}, {5, -1}, {5, COLUMNS}};

    open_run();
    draw(COLUMNS, ROWS);
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        struct place place = at(none[i].row, none[i].column);
        assert_int_equal(place.pane, PANES);
        assert_int_equal(place.thread, -1);
        assert_false(place.in_timeline);
    }
}

TEST(a_cell_of_the_timeline_has_its_time)
{
    int first = view_timeline_column(COLUMNS) + 1, cells = 0;
    uint64_t last = 0;

    for (int i = 0; i < 30; i++)
        made_say(&made, MAIN, "tick");
    open_run();
    draw(COLUMNS, ROWS);
    assert_false(at(3, first - 1).in_timeline);
    assert_true(at(3, first).in_timeline);
    assert_int_equal(at(3, first).time_ns, 0);
    for (int column = first; at(3, column).in_timeline; column++, cells++) {
        assert_string_not_equal(canvas.cells[3 * COLUMNS + column].bytes, " ");
        assert_true(column == first || at(3, column).time_ns > last);
        last = at(3, column).time_ns;
    }
    assert_string_equal(canvas.cells[3 * COLUMNS + first + cells].bytes, " ");
    assert_true(last <= scene.now_ns);
    assert_false(at(2, first).in_timeline);
    assert_false(at(12, first).in_timeline);
}

TEST(a_large_pane_is_everywhere_and_the_cursor_rests_in_it)
{
    open_run();
    scene.large = true;
    for (int pane = 0; pane < PANES; pane++) {
        scene.pane = (enum pane)pane;
        scene.chosen = 1;
        draw(COLUMNS, ROWS);
        assert_int_equal(at(2, 40).pane, pane);
        assert_true(at(2, 40).heading);
        assert_int_equal(at(ROWS - 2, 79).pane, pane);
        assert_int_equal(cursor(), pane == PANE_THREADS ? 4 : 2);
    }
}

TEST(every_size_is_divided_without_gaps_and_overlaps)
{
    for (uint32_t i = 0; i < 12; i++)
        made_queue(&made, 100 + i, "queue", 0);
    open_run();
    for (int rows = VIEW_LEAST_ROWS; rows < 60; rows++) {
        draw(VIEW_LEAST_COLUMNS + rows, rows);
        struct layout layout = view_layout(&scene, rows, canvas.columns);
        int next = 2;
        for (int pane = PANE_THREADS; pane <= PANE_SOURCE; pane++) {
            assert_int_equal(layout.panes[pane].row, next);
            next += layout.panes[pane].rows;
        }
        assert_int_equal(next, rows - 1);
    }
}

TEST(where_there_is_no_picture_there_is_no_place)
{
    open_run();
    draw(COLUMNS, ROWS);
    assert_int_equal(view_at(&scene, 3, 10, 1, 1).pane, PANES);
    assert_int_equal(view_cursor_row(&scene, 0, 0), 0);
    assert_int_equal(view_cursor_row(&scene, 15, 80), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VIEW_TEST(each_thread_is_found_in_its_row),
        VIEW_TEST(rows_are_found_where_not_all_fit_and_the_rest_is_told),
        VIEW_TEST(panes_and_their_headings_are_found),
        VIEW_TEST(title_sentence_hints_and_what_is_outside_are_no_pane),
        VIEW_TEST(a_cell_of_the_timeline_has_its_time),
        VIEW_TEST(a_large_pane_is_everywhere_and_the_cursor_rests_in_it),
        VIEW_TEST(every_size_is_divided_without_gaps_and_overlaps),
        VIEW_TEST(where_there_is_no_picture_there_is_no_place),
    };

    return cmocka_run_group_tests_name("view_layout", tests, NULL, NULL);
}

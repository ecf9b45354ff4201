/*
 * compare_session_test.c - keys and the mouse where two runs are compared: what is
 * chosen, how far it scrolls, and where the cursor rests.
 */
#include "../../viz/compare_session_state.h"
#include "../../viz/keys.h"
#include "../../viz/view_compare.h"

#include "../../viz/screen_none.c" /* a session has one; here nothing is shown */
#include "made_run.h"

#include <stdlib.h>

enum { FIRST = 2 };

static struct made made[DUET_RUNS];
static struct playback *runs[DUET_RUNS];
static struct compare_session *session;
static const struct compare_setup setup;

static int begin(void **state __attribute__((unused)))
{
    for (int i = 0; i < DUET_RUNS; i++) {
        made[i] = made_begin();
        made_run_start(&made[i]);
    }
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    compare_stage_close(&session->stage);
    canvas_free(&session->canvas);
    free(session);
    for (int i = 0; i < DUET_RUNS; i++) {
        playback_close(runs[i]);
        free(runs[i]);
        made_free(&made[i]);
    }
    return 0;
}

static void start_threads(int run, const char *name, int count)
{
    char full[64];

    for (int i = 0; i < count; i++) {
        snprintf(full, sizeof full, "%s-%d", name, i);
        made_thread(&made[run], FIRST + (uint32_t)i, full);
    }
}

static void show(int columns, int rows)
{
    compare_stage_fill(&session->stage, columns);
    session->stage.comparison.hint = "";
    canvas_reset(&session->canvas, rows, columns);
    view_compare(&session->canvas, &session->stage.comparison);
}

static void open_both(int columns, int rows)
{
    char why[256];

    session = calloc(1, sizeof *session);
    assert_non_null(session);
    session->setup = &setup;
    for (int i = 0; i < DUET_RUNS; i++) {
        made_run_end(&made[i], 0);
        int file = made_file(&made[i]);
        runs[i] = calloc(1, sizeof *runs[i]);
        assert_non_null(runs[i]);
        assert_true(playback_open(runs[i], made_path(file), why, sizeof why));
        close(file);
    }
    compare_stage_open(&session->stage, runs[0], runs[1]);
    compare_stage_read_all(&session->stage);
    duet_go_to_end(&session->stage.duet);
    show(columns, rows);
}

static void press_keys(const char *typed)
{
    for (; *typed != '\0'; typed++)
        compare_session_obey(session, *typed);
}

static void use_mouse(enum mouse_act act, int row, int column)
{
    compare_session_use_mouse(session,
                              (struct mouse){.act = act, .row = row, .column = column});
}

/* The row in which the chosen run's heading stands. */
static int heading_row(void)
{
    const struct canvas *canvas = &session->canvas;
    unsigned chosen = session->stage.comparison.chosen;
    char *picture, heading[8];
    size_t size;
    int row = 0;

    snprintf(heading, sizeof heading, ">%c ", "AB"[chosen]);
    FILE *file = open_memstream(&picture, &size);
    assert_non_null(file);
    canvas_write(canvas, false, file);
    fclose(file);
    const char *at = strstr(picture, heading);
    assert_non_null(at);
    for (const char *byte = picture; byte < at; byte++)
        row += *byte == '\n';
    free(picture);
    return row;
}

TEST(the_cursor_rests_on_the_heading_of_the_chosen_run)
{
    static const int sizes[][2] = {{60, 16}, {80, 24}, {90, 40}, {120, 40}};

    start_threads(0, "worker", 3);
    start_threads(1, "worker", 5);
    open_both(80, 24);
    for (int i = 0; i < 8; i++) {
        int columns = sizes[i / 2][0], rows = sizes[i / 2][1];
        show(columns, rows);
        assert_int_equal(
            view_compare_cursor_row(&session->stage.comparison, rows, columns),
            heading_row());
        press_keys("\t");
    }
}

TEST(a_press_chooses_the_run_side_by_side_and_stacked)
{
    static const int sizes[][2] = {{60, 16}, {80, 24}, {120, 40}};

    start_threads(0, "worker", 3);
    start_threads(1, "worker", 5);
    open_both(80, 24);
    for (int i = 0; i < 3; i++) {
        int columns = sizes[i][0], last = columns - 3, rows = sizes[i][1];
        session->stage.comparison.chosen = 1;
        show(columns, rows);
        int b = heading_row();
        use_mouse(MOUSE_PRESS, b == 1 ? 2 : b - 1, 3);
        assert_int_equal(session->stage.comparison.chosen, 0);
        use_mouse(MOUSE_PRESS, b + 2, last);
        assert_int_equal(session->stage.comparison.chosen, 1);
        use_mouse(MOUSE_PRESS, rows - 1, 3); /* the hints belong to none */
        assert_int_equal(session->stage.comparison.chosen, 1);
        use_mouse(MOUSE_PRESS, 1, 3);
        assert_int_equal(session->stage.comparison.chosen, 0);
    }
}

TEST(the_wheel_scrolls_an_open_page_and_not_what_lies_behind_it)
{
    start_threads(0, "worker", 60);
    open_both(80, 24);
    press_keys("?");
    session->page_lines = 100;
    use_mouse(MOUSE_WHEEL_DOWN, 5, 5);
    assert_int_equal(session->page_first, 3);
    assert_int_equal(session->stage.comparison.scroll, 0);
    press_keys("q");
    use_mouse(MOUSE_WHEEL_DOWN, 5, 5);
    assert_int_equal(session->stage.comparison.scroll, 1);
}

TEST(the_table_scrolls_to_its_last_row_and_no_further)
{
    start_threads(0, "worker", 60);
    open_both(60, 16);
    press_keys("tjjjjjjjjjjjjjjjjjjjjjjjj");
    const struct comparison *comparison = &session->stage.comparison;
    int values = view_compare_table_rows(comparison) - 1, room = 16 - 3;
    assert_int_equal(comparison->table_scroll, values > room ? values - room : 0);
}

TEST(threads_scroll_to_the_last_one_and_the_first_key_back_moves_them)
{
    start_threads(0, "worker", 30);
    start_threads(1, "worker", 30);
    open_both(120, 24);
    for (int i = 0; i < 60; i++)
        press_keys("j");
    int scrolled = session->stage.comparison.scroll;
    assert_in_range(scrolled, 1, 30);
    press_keys("k");
    assert_int_equal(session->stage.comparison.scroll, scrolled - 1);
}

TEST(where_the_view_is_paused_the_steps_that_came_since_are_counted)
{
    start_threads(0, "worker", 5);
    start_threads(1, "worker", 9);
    open_both(80, 24);
    duet_seek_step(&session->stage.duet, 2);
    runs[0]->reader.live = runs[1]->reader.live = true;
    show(80, 24);
    assert_non_null(
        strstr(session->stage.status, "VIEW PAUSED, programs run on: +5 +9"));
    show(60, 16);
    assert_non_null(strstr(session->stage.status, "VIEW PAUSED: +5 +9"));
    runs[0]->reader.live = false;
    show(80, 24);
    assert_non_null(strstr(session->stage.status, "VIEW PAUSED, B runs on: +9"));
}

TEST(the_chosen_run_can_be_saved)
{
    char folder[] = "/tmp/compare_session_XXXXXX", name[64];

    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    open_both(80, 24);
    press_keys("\tw");
    assert_int_equal(sscanf(session->notice, "run B: saved as %63s", name), 1);
    assert_int_equal(access(name, R_OK), 0);
    assert_int_equal(unlink(name), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
}

TEST(all_threads_have_a_role_however_many_there_are)
{
    start_threads(0, "worker", 251);
    start_threads(1, "crawler", 300);
    open_both(80, 24);
    const struct comparison *comparison = &session->stage.comparison;
    assert_int_equal(compared_threads(comparison, 0), 252);
    assert_int_equal(compared_threads(comparison, 1), 301);
    assert_int_equal(comparison->role_count, 301);
    assert_int_equal(comparison->roles[251].threads[0], 251);
    assert_int_equal(comparison->roles[251].threads[1], 251);
}

#define PAIR_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        PAIR_TEST(the_cursor_rests_on_the_heading_of_the_chosen_run),
        PAIR_TEST(a_press_chooses_the_run_side_by_side_and_stacked),
        PAIR_TEST(the_wheel_scrolls_an_open_page_and_not_what_lies_behind_it),
        PAIR_TEST(the_table_scrolls_to_its_last_row_and_no_further),
        PAIR_TEST(threads_scroll_to_the_last_one_and_the_first_key_back_moves_them),
        PAIR_TEST(where_the_view_is_paused_the_steps_that_came_since_are_counted),
        PAIR_TEST(the_chosen_run_can_be_saved),
        PAIR_TEST(all_threads_have_a_role_however_many_there_are),
    };

    return cmocka_run_group_tests_name("compare session", tests, NULL, NULL);
}

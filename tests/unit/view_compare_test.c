/* view_compare_test.c - the picture of two runs, and which threads share a row. */
#include "../../viz/compare_stage.h"
#include "../../viz/view_compare.h"
#include "made_run.h"

#include <stdlib.h>

enum { MAIN = 1, FIRST = 2, QUEUE = 40 };

static struct made made[DUET_RUNS];
static struct playback *runs[DUET_RUNS];
static struct compare_stage *stage;
static struct canvas canvas;
static char *picture;

static int begin(void **state __attribute__((unused)))
{
    for (int i = 0; i < DUET_RUNS; i++) {
        made[i] = made_begin();
        runs[i] = NULL;
        made_run_start(&made[i]);
    }
    picture = NULL;
    canvas = (struct canvas){0, 0, NULL};
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    compare_stage_close(stage);
    free(stage);
    for (int i = 0; i < DUET_RUNS; i++) {
        playback_close(runs[i]);
        free(runs[i]);
        made_free(&made[i]);
    }
    free(picture);
    canvas_free(&canvas);
    return 0;
}

static void open_both(void)
{
    char why[256];

    for (int i = 0; i < DUET_RUNS; i++) {
        int file = made_file(&made[i]);
        runs[i] = calloc(1, sizeof *runs[i]);
        assert_non_null(runs[i]);
        assert_true(playback_open(runs[i], made_path(file), why, sizeof why));
        close(file);
    }
    stage = calloc(1, sizeof *stage);
    assert_non_null(stage);
    compare_stage_open(stage, runs[0], runs[1]);
    compare_stage_read_all(stage);
    duet_go_to_end(&stage->duet);
    compare_stage_fill(stage, 80);
}

/* Draws what is in the comparison. */
static void draw_filled(int columns, int rows)
{
    size_t size;

    free(picture);
    FILE *file = open_memstream(&picture, &size);
    assert_non_null(file);
    stage->comparison.hint = "the hint";
    canvas_reset(&canvas, rows, columns);
    view_compare(&canvas, &stage->comparison);
    canvas_write(&canvas, false, file);
    fclose(file);
}

static void draw(int columns, int rows)
{
    compare_stage_fill(stage, columns);
    draw_filled(columns, rows);
}

static bool has(const char *text)
{
    return strstr(picture, text) != NULL;
}

static void assert_has(const char *text)
{
    if (!has(text))
        fail_msg("'%s' is not in the picture:\n%s", text, picture);
}

static void assert_has_not(const char *text)
{
    if (has(text))
        fail_msg("'%s' is in the picture:\n%s", text, picture);
}

/* The row of the first line that has the text, from 0. */
static int row_of(const char *text)
{
    const char *at = strstr(picture, text);
    int row = 0;

    if (at == NULL)
        fail_msg("'%s' is not in the picture:\n%s", text, picture);
    for (const char *byte = picture; byte < at; byte++)
        row += *byte == '\n';
    return row;
}

static void start_threads(int run, const char *name, int count)
{
    char full[64];

    for (int i = 0; i < count; i++) {
        snprintf(full, sizeof full, "%s-%d", name, i);
        made_thread(&made[run], FIRST + (uint32_t)i, full);
    }
}

static void assert_role(int row, int a, int b)
{
    const struct role *role = &stage->comparison.roles[row];

    assert_true(row < stage->comparison.role_count);
    assert_int_equal(role->threads[0], a);
    assert_int_equal(role->threads[1], b);
}

TEST(threads_of_the_same_name_or_number_have_the_same_role)
{
    start_threads(0, "crawler", 3);
    made_thread(&made[1], 30, "printer");
    start_threads(1, "worker", 3);
    open_both();
    assert_int_equal(stage->comparison.role_count, 5);
    assert_role(0, 0, 0);
    assert_role(1, 1, 2);
    assert_role(2, 2, 3);
    assert_role(3, 3, 4);
    assert_role(4, -1, 1);
}

TEST(of_several_with_the_same_name_the_first_goes_with_the_first)
{
    made_thread(&made[0], 2, "feeder");
    made_thread(&made[0], 3, "feeder");
    made_thread(&made[0], 4, "only in A");
    for (uint32_t i = 2; i < 5; i++)
        made_thread(&made[1], i, "feeder");
    open_both();
    assert_int_equal(stage->comparison.role_count, 5);
    assert_role(1, 1, 1);
    assert_role(2, 2, 2);
    assert_role(3, 3, -1);
    assert_role(4, -1, 3);
}

TEST(side_by_side_the_same_role_stands_in_the_same_row)
{
    start_threads(0, "crawler", 2);
    start_threads(1, "worker", 2);
    open_both();
    draw(120, 40);
    assert_int_equal(row_of("crawler-1"), row_of("worker-1"));
    assert_int_equal(row_of(">A 3 made"), row_of(" B 3 made"));
}

TEST(with_few_columns_they_stand_one_above_the_other)
{
    start_threads(0, "crawler", 2);
    start_threads(1, "worker", 2);
    open_both();
    draw(80, 24);
    assert_true(row_of(" B 3 made") > row_of("crawler-1"));
    assert_true(row_of("worker-0") > row_of(" B 3 made"));
    assert_true(row_of("AT THE END") > row_of("worker-1"));
    assert_int_equal(row_of("the hint"), 23);
}

/* A ends with two results at 10 ms, B at 20 ms with one. */
static void make_two_ends(void)
{
    for (int i = 0; i < DUET_RUNS; i++) {
        start_threads(i, "worker", 2);
        made_step(&made[i], TRACE_THREAD_END, FIRST, FIRST);
        made_step(&made[i], TRACE_THREAD_JOIN, MAIN, FIRST);
        if (i == 0)
            made_step(&made[i], TRACE_THREAD_END, FIRST + 1, FIRST + 1);
        made_run_end(&made[i], i == 0 ? 0 : 3);
        made[i].events[made[i].count - 1].time_ns = (10 + 10 * (uint64_t)i) * MADE_MS;
    }
    open_both();
}

TEST(what_only_the_end_tells_is_hidden_until_it_is_shown)
{
    make_two_ends();
    duet_seek_time(&stage->duet, 4 * MADE_MS);
    draw(80, 24);
    assert_has("results finished / seen by main      1 / 1                1 / 1");
    assert_has("total time                           ? (at the end)       ? (at");
    assert_has_not("deadlock");
    duet_seek_time(&stage->duet, 10 * MADE_MS);
    draw(80, 24);
    assert_has("total time                           0.01 s               ? (at");
    assert_has("0: as it should be   ? (at the end)");
    duet_go_to_end(&stage->duet);
    draw(80, 24);
    assert_has("total time                           0.01 s               0.02 s");
    assert_has("3: deadlock");
    assert_has("2 / 1                1 / 1");
}

/* A row that has no name yet stands where it will stand. */
TEST(what_did_not_happen_yet_has_a_row_but_no_name)
{
    int rows;

    made_queue(&made[0], QUEUE, "tasks", 0);
    made_step(&made[0], TRACE_QUEUE_GET_BEGIN, MAIN, QUEUE);
    made_step(&made[0], TRACE_QUEUE_GET_FAILED, MAIN, QUEUE);
    made[0].events[made[0].count - 1].detail = TRACE_BECAUSE_TIMEOUT;
    made_run_end(&made[0], 0);
    made_run_end(&made[1], 0);
    open_both();
    duet_seek_time(&stage->duet, 2 * MADE_MS);
    draw(80, 30);
    rows = view_compare_table_rows(&stage->comparison);
    assert_has("something that comes later");
    assert_has_not("wake-ups for nothing");
    duet_seek_time(&stage->duet, 3 * MADE_MS);
    draw(80, 30);
    assert_has("wake-ups for nothing                 1                    0");
    assert_has_not("something that comes later");
    assert_int_equal(view_compare_table_rows(&stage->comparison), rows);
    duet_seek_time(&stage->duet, 2 * MADE_MS);
    stage->comparison.show_ends = true;
    draw(80, 30);
    assert_has("wake-ups for nothing                 1                    0");
}

TEST(the_ends_are_shown_before_they_are_reached_to_who_asks)
{
    make_two_ends();
    duet_seek_time(&stage->duet, 4 * MADE_MS);
    stage->comparison.show_ends = true;
    draw(80, 24);
    assert_has("AT THE END");
    assert_has_not("SO FAR");
    assert_has("total time                           0.01 s               0.02 s");
    assert_has("2 / 1                1 / 1");
    assert_has("0.004000 s"); /* the place is still the same */
}

/* Two threads print into one line of A; each prints its own of B. */
static void make_torn(void)
{
    for (int i = 0; i < DUET_RUNS; i++) {
        static const char *const pieces[DUET_RUNS][4] = {
            {"0 get s", "1 get j", "\n", "\n"}, {"0 get s", "\n", "1 get j", "\n"}};
        static const uint32_t writers[DUET_RUNS][4] = {{0, 1, 0, 1}, {0, 0, 1, 1}};
        start_threads(i, "worker", 2);
        for (int j = 0; j < 4; j++)
            made_add(&made[i],
                     (struct trace_event){.kind = TRACE_SAY_PIECE,
                                          .thread = FIRST + writers[i][j],
                                          .text = made_text(&made[i], pieces[i][j])});
        made_run_end(&made[i], 0);
    }
    open_both();
}

TEST(why_the_runs_differ_is_told_once_its_steps_were_shown)
{
    make_torn();
    draw(80, 24);
    assert_has("WHY  A: ");
    assert_has_not("WHY  B");
    assert_int_equal(row_of("WHY  A"), 22);
    assert_has("whole / torn lines                   0 / 2                2 / 0");
    duet_go_to_start(&stage->duet);
    draw(80, 24);
    assert_has_not("WHY");
    assert_false(compare_stage_tells_why(stage));
    assert_int_equal(compare_stage_go_to_why(stage), 0);
    stage->comparison.show_ends = true;
    draw(80, 24);
    assert_has("WHY  A: ");
    stage->comparison.show_ends = false;
    stage->comparison.chosen = 1;
    assert_true(compare_stage_tells_why(stage));
    uint64_t at = compare_stage_go_to_why(stage);
    assert_int_equal(at, runs[0]->model.step);
    assert_true(runs[0]->model.step > 3 && runs[0]->model.step < made[0].count);
    draw(80, 24);
    assert_has("WHY  A: "); /* where it went wrong it is still to be read */
}

/* Threads that main starts one after the other, each of which takes its time. */
static void start_in_turn(int run)
{
    for (uint32_t i = FIRST; i < FIRST + 3; i++) {
        made_thread(&made[run], i, "crawler");
        made_step(&made[run], TRACE_THREAD_JOIN_BEGIN, MAIN, i);
        made_step(&made[run], TRACE_NAP_BEGIN, i, 0);
        made[run].events[made[run].count - 1].number = 50 * MADE_MS;
        made_step(&made[run], TRACE_NAP_END, i, 0);
        made_step(&made[run], TRACE_THREAD_END, i, i);
        made_step(&made[run], TRACE_THREAD_JOIN, MAIN, i);
    }
    made_run_end(&made[run], 0);
}

TEST(a_remark_on_one_run_alone_explains_the_difference)
{
    start_in_turn(0);
    start_threads(1, "crawler", 3);
    made_run_end(&made[1], 0);
    open_both();
    draw(80, 24);
    assert_has("WHY  A: main started 3 threads");
}

/* Two take what main puts, and must wait for each item. */
TEST(a_queue_that_was_mostly_empty_explains_nothing)
{
    start_threads(0, "worker", 2);
    start_threads(1, "worker", 2);
    made_queue(&made[0], QUEUE, "tasks", 0);
    for (uint32_t i = 0; i < 20; i++) {
        uint32_t taker = FIRST + i % 2;
        made_step(&made[0], TRACE_QUEUE_GET_BEGIN, taker, QUEUE);
        uint64_t put = made_put(&made[0], MAIN, QUEUE, 1, 0, "item");
        made_get(&made[0], taker, QUEUE, put, 0, 0);
    }
    for (int i = 0; i < DUET_RUNS; i++)
        made_run_end(&made[i], 0);
    open_both();
    draw(80, 24);
    assert_true(stage->runs[0].findings.count > 0);
    assert_has_not("WHY");
}

TEST(what_is_so_of_both_alike_explains_no_difference)
{
    start_in_turn(0);
    start_in_turn(1);
    open_both();
    draw(80, 24);
    assert_true(stage->runs[0].findings.count > 0);
    assert_has_not("WHY");
}

TEST(a_long_why_goes_on_in_the_next_row_where_there_is_room)
{
    make_two_ends();
    compare_stage_fill(stage, 80);
    stage->comparison.runs[0].why =
        "a long sentence that does not fit into one row of eighty columns, and so it "
        "goes on in the next row";
    stage->comparison.runs[1].why = "nobody can go on";
    draw_filled(80, 24);
    assert_int_equal(row_of("WHY  B"), 22);
    assert_int_equal(row_of("WHY  A"), 21);
    draw_filled(80, 40);
    assert_int_equal(row_of("WHY  B"), 38);
    assert_int_equal(row_of("WHY  A"), 36);
    assert_has("next row");
}

TEST(the_lines_that_differ_stand_beside_each_other)
{
    made[1].header.source_text =
        made_text(&made[1], "/* made */\nint main(void)\n{\n    return 3;\n}\n");
    open_both();
    draw(120, 50);
    assert_int_equal(row_of("return 0;"), row_of("return 3;"));
    assert_has("LINES THAT DIFFER");
}

TEST(the_same_source_has_no_lines_that_differ)
{
    open_both();
    draw(120, 50);
    assert_null(stage->differs);
    assert_has_not("LINES THAT DIFFER");
}

TEST(seeds_that_differ_are_told)
{
    made[1].header.seed = 6;
    open_both();
    draw(120, 40);
    assert_has("other naps: seeds 5 and 6");
    draw(80, 24);
}

TEST(threads_that_do_not_fit_are_counted_and_can_be_scrolled_to)
{
    start_threads(0, "worker", 30);
    start_threads(1, "worker", 30);
    for (int i = 0; i < DUET_RUNS; i++) {
        made_queue(&made[i], QUEUE, "tasks", 0);
        made_step(&made[i], TRACE_QUEUE_GET_BEGIN, FIRST + 29, QUEUE);
        made_run_end(&made[i], 0);
    }
    open_both();
    duet_seek_step(&stage->duet, made[0].count - 1);
    draw(80, 24);
    assert_has("more below (j), 1 of them waits");
    assert_has_not("worker-29  W");
    stage->comparison.scroll = 99;
    draw(80, 24);
    assert_has("worker-29  W");
    assert_has_not("more below");
}

TEST(where_rows_are_few_threads_come_before_the_output_and_further_queues)
{
    for (int i = 0; i < DUET_RUNS; i++) {
        start_threads(i, "worker", 4);
        made_queue(&made[i], QUEUE, "tasks", 0);
        made_queue(&made[i], QUEUE + 1, "results", 0);
        made_put(&made[i], MAIN, QUEUE, 1, 0, "task");
        made_put(&made[i], FIRST, QUEUE + 1, 1, 0, "result");
        made_say(&made[i], MAIN, "a line of output");
        made_run_end(&made[i], 0);
    }
    open_both();
    draw(80, 24);
    assert_has("worker-3");
    assert_has_not("more below");
    assert_has(" tasks ");
    assert_has_not("a line of output");
    draw(80, 40);
    assert_has("a line of output");
    assert_has(" results ");
}

TEST(of_a_long_program_the_folder_s_end_is_left_out)
{
    char name[64] = "";
    struct text_buffer words = {name, sizeof name, 0};
    struct text program = text_of("11_shared_globals/fork_with_threads");

    open_both();
    view_add_program_within(&words, program, 32);
    assert_string_equal(name, "11 shared_glo…/fork_with_threads");
    words.length = 0;
    view_add_program_within(&words, program, 35);
    assert_string_equal(name, "11 shared_globals/fork_with_threads");
}

TEST(who_was_killed_with_the_run_is_shown_so)
{
    start_threads(0, "worker", 1);
    open_both();
    compare_stage_update(stage, 0);
    draw(80, 24);
    assert_has("X killed");
}

TEST(a_step_is_told_with_its_source_line)
{
    made_say(&made[0], MAIN, "hello");
    made[0].events[made[0].count - 1].site = made_text(&made[0], "lesson.c:38");
    made_run_end(&made[0], 0);
    made_run_end(&made[1], 0);
    open_both();
    duet_seek_step(&stage->duet, 2);
    draw(80, 24);
    assert_int_equal(row_of("main prints \"hello\""), row_of(" :38\n"));
}

TEST(what_is_chosen_the_pace_and_the_scale_are_shown)
{
    make_two_ends();
    draw(120, 40);
    assert_has("on one clock");
    assert_has(">A 3 made");
    stage->comparison.chosen = 1;
    duet_set_pace(&stage->duet, DUET_STEP_BY_STEP, 0);
    draw(120, 40);
    assert_has("step by step");
    assert_has(">B 3 made");
    compare_stage_zoom(stage, 1);
    uint64_t wider = stage->cell_ns;
    compare_stage_fill(stage, 120);
    compare_stage_zoom(stage, -1);
    assert_true(stage->cell_ns < wider);
}

TEST(the_large_table_has_every_row)
{
    make_two_ends();
    stage->comparison.large_table = true;
    draw(80, 24);
    assert_has("lines of code");
    assert_has("threads / processes");
    assert_has_not("worker-0");
    stage->comparison.table_scroll = 1;
    draw(80, 24);
    assert_has_not("results finished");
}

/* Whatever the size and the runs: no cell beyond the edge, each row whole. */
TEST(at_any_size_each_row_keeps_its_columns)
{
    static const int sizes[][2] = {{60, 16},  {61, 17},  {80, 24},  {100, 30},
                                   {110, 16}, {111, 24}, {120, 40}, {200, 60}};

    for (int i = 0; i < DUET_RUNS; i++) {
        made_by_chance(&made[i], 400 + 300 * (unsigned)i, 5 + (unsigned)i);
        made_thread(&made[i], 60, "中文中文中文中文");
        made_queue(&made[i], 61, "中文", 0);
        made_put(&made[i], 60, 61, 1, 0, "文\x1b[31m");
        made_say(&made[i], 60,
                 "中文\n\x1b[2J and a line that is longer than it is wide");
    }
    open_both();
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        compare_stage_fill(stage, sizes[i][0]);
        stage->comparison.runs[0].why = "中文 \x1b[2J";
        draw_filled(sizes[i][0], sizes[i][1]);
        for (int row = 0; row < canvas.rows; row++) {
            int total = 0;
            for (int column = 0; column < canvas.columns; column++)
                total += canvas.cells[row * canvas.columns + column].width;
            assert_int_equal(total, canvas.columns);
        }
        assert_null(strchr(picture, '\x1b'));
    }
}

TEST(where_there_is_no_room_that_is_said)
{
    open_both();
    draw(59, 24);
    assert_has("needs 60x16");
    draw(80, 15);
    assert_has("needs 60x16");
}

TEST(runs_without_a_single_step_are_drawn)
{
    made[0].count = 0;
    open_both();
    draw(80, 24);
    duet_step(&stage->duet, 1);
    duet_step(&stage->duet, -1);
    duet_change(&stage->duet, -1);
    duet_go_to_start(&stage->duet);
    draw(120, 40);
    assert_has("AT THE END");
}

#define COMPARE_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPARE_TEST(threads_of_the_same_name_or_number_have_the_same_role),
        COMPARE_TEST(of_several_with_the_same_name_the_first_goes_with_the_first),
        COMPARE_TEST(side_by_side_the_same_role_stands_in_the_same_row),
        COMPARE_TEST(with_few_columns_they_stand_one_above_the_other),
        COMPARE_TEST(what_only_the_end_tells_is_hidden_until_it_is_shown),
        COMPARE_TEST(what_did_not_happen_yet_has_a_row_but_no_name),
        COMPARE_TEST(the_ends_are_shown_before_they_are_reached_to_who_asks),
        COMPARE_TEST(why_the_runs_differ_is_told_once_its_steps_were_shown),
        COMPARE_TEST(a_remark_on_one_run_alone_explains_the_difference),
        COMPARE_TEST(a_queue_that_was_mostly_empty_explains_nothing),
        COMPARE_TEST(what_is_so_of_both_alike_explains_no_difference),
        COMPARE_TEST(a_long_why_goes_on_in_the_next_row_where_there_is_room),
        COMPARE_TEST(the_lines_that_differ_stand_beside_each_other),
        COMPARE_TEST(the_same_source_has_no_lines_that_differ),
        COMPARE_TEST(seeds_that_differ_are_told),
        COMPARE_TEST(threads_that_do_not_fit_are_counted_and_can_be_scrolled_to),
        COMPARE_TEST(
            where_rows_are_few_threads_come_before_the_output_and_further_queues),
        COMPARE_TEST(of_a_long_program_the_folder_s_end_is_left_out),
        COMPARE_TEST(who_was_killed_with_the_run_is_shown_so),
        COMPARE_TEST(what_is_chosen_the_pace_and_the_scale_are_shown),
        COMPARE_TEST(a_step_is_told_with_its_source_line),
        COMPARE_TEST(the_large_table_has_every_row),
        COMPARE_TEST(at_any_size_each_row_keeps_its_columns),
        COMPARE_TEST(where_there_is_no_room_that_is_said),
        COMPARE_TEST(runs_without_a_single_step_are_drawn),
    };

    return cmocka_run_group_tests_name("view_compare", tests, NULL, NULL);
}

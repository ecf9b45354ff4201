/*
 * view_process_test.c - several processes in one picture: the rows by process, and a
 * row for each pipe, queue, list and variable that is used.
 */
#include "../../viz/scene.h"
#include "good_family.h"

static struct playback playback;
static struct canvas canvas;
static struct scene scene;
static char *picture, status[128];

static int begin(void **state __attribute__((unused)))
{
    make_family();
    playback = (struct playback){.reader = {.descriptor = -1}};
    scene = (struct scene){.hint = "the hint"};
    canvas = (struct canvas){0, 0, NULL};
    picture = NULL;
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    free(picture);
    canvas_free(&canvas);
    playback_close(&playback);
    made_free(&made);
    return 0;
}

static void open_run(void)
{
    char why[256];
    int file = made_file(&made);

    assert_true(playback_open(&playback, made_path(file), why, sizeof why));
    close(file);
    do
        playback_update(&playback, 0);
    while (!playback_is_complete(&playback));
}

static void draw_at(uint64_t step, int columns, int rows)
{
    size_t size;

    free(picture);
    FILE *file = open_memstream(&picture, &size);
    assert_non_null(file);
    playback_seek(&playback, step);
    scene_fill(&scene, &playback, status, sizeof status);
    canvas_reset(&canvas, rows, columns);
    view_run(&canvas, &scene);
    canvas_write(&canvas, false, file);
    fclose(file);
}

/* The row that has these words. */
static const char *row_with(const char *words)
{
    static char line[4096];
    struct text rest = text_of(picture), text;

    while (text_next_line(&rest, &text)) {
        snprintf(line, sizeof line, "%.*s", (int)text.length, text.bytes);
        if (strstr(line, words) != NULL)
            return line;
    }
    fail_msg("no row has \"%s\":\n%s", words, picture);
    return "";
}

static int row_number(const char *words)
{
    struct text rest = text_of(picture), text;
    char line[4096];

    for (int i = 0; text_next_line(&rest, &text); i++) {
        snprintf(line, sizeof line, "%.*s", (int)text.length, text.bytes);
        if (strstr(line, words) != NULL)
            return i;
    }
    fail_msg("no row has \"%s\":\n%s", words, picture);
    return -1;
}

TEST(each_processs_threads_stand_below_it)
{
    made_thread(&made, 50, "late"); /* main's, after all the others */
    open_run();
    draw_at(made.count, 80, 24);
    assert_int_equal(row_number("m main "), 3);
    assert_int_equal(row_number(" └ late "), 4);
    assert_int_equal(row_number("c child "), 5);
    assert_int_equal(row_number(" └ feeder "), 6);
    assert_int_equal(row_number(" manager "), 7);
}

TEST(up_and_down_go_by_rows)
{
    made_thread(&made, 50, "late");
    open_run();
    draw_at(made.count, 80, 24);
    scene.chosen = view_thread_beside(&scene, 0, 1);
    draw_at(made.count, 80, 24);
    assert_int_equal(row_with(" └ late ")[0], '>');
    assert_int_equal(view_thread_beside(&scene, scene.chosen, -1), 0);
    assert_int_equal(view_thread_beside(&scene, 0, -1), 0);
    unsigned last = view_thread_in_row(&scene, 4);
    assert_int_equal(view_thread_beside(&scene, last, 1), last);
}

TEST(one_process_needs_no_tree)
{
    made.count = FORKS - 1;
    made_thread(&made, 50, "worker-0");
    open_run();
    draw_at(made.count, 80, 24);
    assert_null(strstr(picture, "└"));
}

TEST(what_is_used_has_a_row)
{
    open_run();
    draw_at(WANTS_MESSAGE - 1, 80, 40);
    assert_null(strstr(picture, "bytes on their way")); /* made, and never used */
    draw_at(WANTS_MESSAGE, 80, 40);
    assert_contains(picture, "0 of 4096 bytes on their way");
    draw_at(IS_FULL, 80, 40);
    assert_contains(picture, "4096 in the pipe (full), 904 still to be written");
    draw_at(SENDS, 80, 40);
    assert_contains(picture, "pipe 1>2  < *hello ");
}

TEST(a_process_queue_shows_its_buffers_behind_a_line)
{
    open_run();
    draw_at(FEEDS, 80, 40);
    assert_contains(row_with(" results "), "< *a │ b · ");
    draw_at(FEEDS_SECOND, 80, 40);
    assert_contains(row_with(" results "), "< a *b · ");
}

TEST(lists_variables_and_pools_have_rows_and_tasks_have_none)
{
    open_run();
    draw_at(BEGINS_TASK, 80, 40);
    assert_contains(row_with(" names "), " x *y ");
    assert_contains(row_with(" names "), "length 2");
    assert_contains(picture, " counter = 100   counter (child) = 101\n");
    assert_contains(row_with(" pool "), "1 waiting, 1 running");
    assert_null(strstr(picture, "task-1"));
}

TEST(a_large_pane_has_a_row_for_each_variable)
{
    open_run();
    scene.large = true;
    scene.pane = PANE_QUEUES;
    draw_at(BEGINS_TASK, 80, 40);
    assert_contains(row_with(" counter   "), "= 100");
    assert_contains(row_with(" counter (child) "), "= 101");
}

TEST(variables_that_do_not_fit_are_counted)
{
    for (uint32_t i = 0; i < 30; i++)
        made_object(&made, TRACE_SHARED_INIT, MAIN, 50 + i, i, "slot");
    open_run();
    draw_at(made.count, 80, 40);
    assert_contains(row_with(" counter = 100"), " slot = 0   slot = 1   ");
    assert_contains(row_with(" counter = 100"), "   +");
}

TEST(many_event_flags_share_a_row)
{
    for (uint32_t i = 0; i < 4; i++)
        made_object(&made, TRACE_EVENT_INIT, MAIN, 50 + i, 0, "stop");
    made_step(&made, TRACE_EVENT_SET, MAIN, 51);
    open_run();
    draw_at(made.count, 80, 40);
    assert_contains(picture, "\n stop -   stop set   stop -   stop -");
    draw_at(made.count - 2, 80, 40); /* three */
    assert_contains(row_with(" stop "), "event, not set");
}

TEST(a_copy_that_nobody_used_has_no_row)
{
    open_run();
    draw_at(READS - 1, 80, 40);
    assert_null(strstr(picture, "counter (child)"));
}

TEST(a_managers_requests_wait_in_a_row)
{
    open_run();
    draw_at(ASKS, 80, 40);
    assert_contains(row_with("requests: 1 waiting"), "< pids.append('12') ");
}

TEST(the_first_and_the_last_items_of_a_long_list_are_shown)
{
    for (uint32_t i = 0; i < 50; i++) {
        char label[8];
        snprintf(label, sizeof label, "item-%u", i);
        made_send(&made, TRACE_LIST_APPEND, MAIN, NAMES, 3 + i, 0, label);
        at(made.count)->number = 2 + i;
    }
    open_run();
    draw_at(made.count, 80, 40);
    assert_contains(row_with(" names "), " x y … +4");
    assert_contains(row_with(" names "),
                    " *item-49    item-49 appended by main  length 52");
}

TEST(the_timeline_of_who_was_killed_with_its_process_ends_in_x)
{
    *at(FEEDER_ENDS) = (struct trace_event){
        .kind = TRACE_SAY, .thread = FEEDER, .time_ns = at(FEEDER_ENDS)->time_ns};
    *at(CHILD_ENDS) = (struct trace_event){.kind = TRACE_PROCESS_KILLED,
                                           .time_ns = at(CHILD_ENDS)->time_ns,
                                           .object = CHILD,
                                           .detail = 9};
    open_run();
    draw_at(WANTS_NEXT, 80, 24);
    assert_contains(row_with(" └ feeder "), "X killed by signal 9");
    const char *feeder = row_with(" └ feeder ");
    assert_string_equal(feeder + strlen(feeder) - 2, "XX"); /* since it was killed */
}

TEST(the_report_names_who_was_killed_and_wraps_its_lines)
{
    *at(FEEDER_ENDS) = (struct trace_event){
        .kind = TRACE_SAY, .thread = FEEDER, .time_ns = at(FEEDER_ENDS)->time_ns};
    *at(CHILD_ENDS) = (struct trace_event){.kind = TRACE_PROCESS_KILLED,
                                           .time_ns = at(CHILD_ENDS)->time_ns,
                                           .object = CHILD,
                                           .detail = 9};
    made.count = CHILD_ENDS;
    made_add(&made,
             (struct trace_event){
                 .kind = TRACE_OUTCOME,
                 .thread = MAIN,
                 .text = made_text(&made, "one line that is far longer than the eighty "
                                          "cells that a row of the screen has for it\n"
                                          "and a second\n3\n4\n5\n6\n7\n8\n9")});
    made_run_end(&made, 1);
    open_run();
    draw_at(made.count - 1, 80, 24);
    assert_null(strstr(picture, "WHY IT ENDED"));
    draw_at(made.count, 80, 40);
    assert_contains(picture, "\n WHY IT ENDED ──");
    assert_contains(picture,
                    "\n process child was killed by signal 9\n one line that is");
    assert_contains(picture, " of the screen has\n     for it\n and a second\n");
    draw_at(made.count, 80, 16);
    assert_contains(picture, " WHY IT ENDED   +");
}

#define VIEW_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        VIEW_TEST(each_processs_threads_stand_below_it),
        VIEW_TEST(up_and_down_go_by_rows),
        VIEW_TEST(one_process_needs_no_tree),
        VIEW_TEST(what_is_used_has_a_row),
        VIEW_TEST(a_process_queue_shows_its_buffers_behind_a_line),
        VIEW_TEST(lists_variables_and_pools_have_rows_and_tasks_have_none),
        VIEW_TEST(a_large_pane_has_a_row_for_each_variable),
        VIEW_TEST(variables_that_do_not_fit_are_counted),
        VIEW_TEST(many_event_flags_share_a_row),
        VIEW_TEST(a_copy_that_nobody_used_has_no_row),
        VIEW_TEST(a_managers_requests_wait_in_a_row),
        VIEW_TEST(the_first_and_the_last_items_of_a_long_list_are_shown),
        VIEW_TEST(the_report_names_who_was_killed_and_wraps_its_lines),
        VIEW_TEST(the_timeline_of_who_was_killed_with_its_process_ends_in_x),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

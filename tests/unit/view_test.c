/*
 * view_test.c - the views as strings: every row keeps its columns whatever the trace has
 * in it, the panes stand where they should, and the same scene gives the same picture.
 */
#include "../../viz/scene.h"
#include "made_run.h"

enum { MAIN = 1, WORKER, PRINTER, TASKS };

static struct made made;
static struct playback playback;
static struct canvas canvas;
static struct scene scene;
static char *picture, status[128];

static int begin(void **state __attribute__((unused)))
{
    made = made_begin();
    playback = (struct playback){.reader = {.descriptor = -1}};
    scene = (struct scene){.hint = "the hint"};
    canvas = (struct canvas){0, 0, NULL};
    picture = NULL;
    made_run_start(&made);
    made_thread(&made, WORKER, "worker-0");
    made_thread(&made, PRINTER, "printer");
    made_queue(&made, TASKS, "tasks", 0);
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    free(picture);
    canvas_free(&canvas);
    if (playback.reader.descriptor >= 0)
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

static void draw(int columns, int rows)
{
    size_t size;

    free(picture);
    FILE *file = open_memstream(&picture, &size);
    assert_non_null(file);
    scene_fill(&scene, &playback, status, sizeof status);
    canvas_reset(&canvas, rows, columns);
    view_run(&canvas, &scene);
    canvas_write(&canvas, false, file);
    fclose(file);
}

static void draw_at(uint64_t step)
{
    playback_seek(&playback, step);
    draw(80, 24);
}

/* Row number, from 1, as its own string. */
static const char *row(int number)
{
    static char line[4096];
    struct text rest = text_of(picture), text = {NULL, 0};

    for (int i = 0; i < number; i++)
        assert_true(text_next_line(&rest, &text));
    snprintf(line, sizeof line, "%.*s", (int)text.length, text.bytes);
    return line;
}

/* The cells of each row add up, and the line between words and timeline is straight. */
static void assert_columns_keep(void)
{
    int split = view_timeline_column(canvas.columns);

    for (int i = 0; i < canvas.rows; i++) {
        const struct cell *cells = &canvas.cells[i * canvas.columns];
        int total = 0;
        for (int column = 0; column < canvas.columns; column++) {
            total += cells[column].width;
            for (const char *at = cells[column].bytes; *at != '\0'; at++)
                assert_true((unsigned char)*at >= 0x20 && *at != 0x7f);
        }
        assert_int_equal(total, canvas.columns);
    }
    for (unsigned i = 0; i < scene.model->thread_count && i < 3; i++)
        assert_string_equal(
            canvas.cells[(3 + (int)i) * canvas.columns + split].bytes, "│");
}

TEST(title_sentence_and_hint_have_their_rows)
{
    made_put(&made, MAIN, TASKS, 1, 1, "e");
    made_say(&made, PRINTER, "bye");
    open_run();
    draw_at(5);
    assert_contains(row(1), " 3 made  PAUSED");
    assert_contains(row(1), " step 5  0.00");
    assert_contains(row(1), " s  seed 5");
    assert_contains(row(2), "main put 'e' on tasks");
    assert_contains(row(3), " THREADS ");
    assert_contains(row(24), "the hint");
}

TEST(a_row_has_key_name_state_and_what_it_waits_for)
{
    made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
    made_say(&made, MAIN, "more");
    open_run();
    draw_at(5);
    assert_contains(row(4), ">m main");
    assert_contains(row(5), " 0 worker-0 W waits for an item on tasks");
    assert_contains(row(6), " p printer");
    scene.chosen = 1;
    draw_at(5);
    assert_contains(row(4), " m main");
    assert_contains(row(5), ">0 worker-0");
}

TEST(a_queue_shows_its_items_from_the_next_one_out_and_counts_the_rest)
{
    made_put(&made, MAIN, TASKS, 1, 1, "first");
    made_put(&made, MAIN, TASKS, 2, 2, "second");
    for (uint32_t i = 3; i <= 40; i++)
        made_put(&made, MAIN, TASKS, i, i, "more");
    open_run();
    draw_at(6);
    assert_contains(picture, " tasks     < first second ");
    assert_contains(picture, "2 queued, no limit");
    draw_at(44);
    assert_contains(picture, "< first second more more");
    assert_contains(picture, "40 queued");
    assert_contains(picture, " +3"); /* 30-odd are not shown */
}

TEST(unfinished_tasks_are_shown_once_they_are_counted)
{
    made_put(&made, MAIN, TASKS, 1, 1, "a");
    made_get(&made, WORKER, TASKS, 5, 0, 1);
    made_put(&made, MAIN, TASKS, 1, 2, "b");
    made_step(&made, TRACE_QUEUE_JOIN_BEGIN, MAIN, TASKS);
    made.events[made.count - 1].depth = 1;
    made.events[made.count - 1].unfinished = 2;
    open_run();
    draw_at(7);
    assert_null(strstr(picture, "unfinished"));
    draw_at(8);
    assert_contains(picture, "1 queued + 1 taken = 2 unfinished");
}

TEST(labels_names_and_lines_of_any_kind_keep_the_columns)
{
    static const char *const odd[] = {
        "中文标签很长很长", "\033[2J\033[31mred", "e\xcc\x81\xcc\x81\xcc\x81",
        "\xff\xfe\x80",     "a\tb\r\n\x07",      "\xe2\x80\xae" "txt",
        "😀😀😀",           "%s%n%d",             "\xc2\x9b" "31m",
        "a very long label that is longer than a label in an event can be 中",
    };

    for (uint32_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        made_put(&made, MAIN, TASKS, i + 1, i + 1, odd[i]);
        made_say(&made, WORKER, odd[i]);
        made_thread(&made, 100 + i, odd[i]);
        made_queue(&made, 200 + i, odd[i], 0);
        made_add(&made, (struct trace_event){.kind = TRACE_SAY_PIECE,
                                             .thread = 100 + i,
                                             .site = made_text(&made, odd[i]),
                                             .text = made_text(&made, odd[i])});
    }
    made.header.program = made_text(&made, odd[0]);
    made.header.source_name = made_text(&made, odd[1]);
    made.header.source_text = made_text(&made, "int 中;\n\033[1m\xff\n\tx\n");
    open_run();
    for (uint64_t step = 1; step <= made.count; step++) {
        playback_seek(&playback, step);
        for (int pane = 0; pane <= PANES; pane++) {
            scene.large = pane < PANES;
            scene.pane = (enum pane)(pane % PANES);
            scene.chosen = (unsigned)step % 3;
            draw(60 + (int)step * 3, 16 + (int)step / 2);
            if (!scene.large || scene.pane == PANE_THREADS)
                assert_columns_keep();
            assert_null(strchr(picture, '\033'));
        }
    }
}

TEST(every_size_has_a_whole_picture)
{
    made_free(&made);
    made = made_begin();
    made_by_chance(&made, 500, 31);
    open_run();
    for (int columns = VIEW_LEAST_COLUMNS; columns <= 200; columns += 7) {
        for (int rows = VIEW_LEAST_ROWS; rows <= 60; rows += 4) {
            draw(columns, rows);
            assert_columns_keep();
            assert_contains(picture, " THREADS ");
            assert_contains(picture, " QUEUES ");
            assert_contains(picture, " SOURCE ");
            assert_contains(picture, " OUTPUT ");
        }
    }
    draw(VIEW_LEAST_COLUMNS - 1, 24);
    assert_string_equal(row(1), "needs 60x16; this is 59x24");
}

TEST(threads_that_do_not_fit_are_counted)
{
    for (uint32_t i = 0; i < 60; i++)
        made_thread(&made, 100 + i, "worker");
    open_run();
    draw(80, 24);
    assert_columns_keep();
    assert_contains(picture, " below, 0 of them wait");
    scene.chosen = 62;
    draw(80, 24);
    assert_contains(picture, " above, 0 of them wait");
}

TEST(a_threads_letter_does_not_depend_on_later_threads)
{
    char early[3];

    for (uint32_t i = 0; i < 60; i++)
        made_thread(&made, 100 + i, "worker-0");
    open_run();
    draw_at(4);
    memcpy(early, scene.keys, 3);
    assert_int_equal(early[1], '0');
    draw_at(made.count);
    assert_memory_equal(scene.keys, early, 3);
    for (unsigned i = 0; i < 63; i++)
        for (unsigned j = 0; j < i; j++)
            assert_true(scene.keys[i] == '\0' || scene.keys[i] != scene.keys[j]);
}

TEST(lines_are_marked_with_their_writers_and_pieces_of_two_are_torn)
{
    made_say(&made, PRINTER, "whole");
    made_add(&made, (struct trace_event){.kind = TRACE_SAY_PIECE,
                                         .thread = WORKER,
                                         .text = made_text(&made, "half ")});
    made_add(&made, (struct trace_event){.kind = TRACE_SAY_PIECE,
                                         .thread = PRINTER,
                                         .text = made_text(&made, "other\n")});
    open_run();
    draw(80, 24);
    assert_contains(picture, "│ p  whole");
    assert_contains(picture, "│ 0p!half other");
}

TEST(the_same_scene_gives_the_same_picture_from_wherever_it_was_reached)
{
    made_free(&made);
    made = made_begin();
    made_by_chance(&made, 3000, 32);
    open_run();
    for (uint64_t step = 7; step < 3000; step += 311) {
        draw_at(step);
        char *before = picture;
        picture = NULL;
        draw_at(3000 - step);
        draw_at(step);
        assert_string_equal(picture, before);
        free(before);
    }
}

#define VIEW_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        VIEW_TEST(title_sentence_and_hint_have_their_rows),
        VIEW_TEST(a_row_has_key_name_state_and_what_it_waits_for),
        VIEW_TEST(a_queue_shows_its_items_from_the_next_one_out_and_counts_the_rest),
        VIEW_TEST(unfinished_tasks_are_shown_once_they_are_counted),
        VIEW_TEST(labels_names_and_lines_of_any_kind_keep_the_columns),
        VIEW_TEST(every_size_has_a_whole_picture),
        VIEW_TEST(threads_that_do_not_fit_are_counted),
        VIEW_TEST(a_threads_letter_does_not_depend_on_later_threads),
        VIEW_TEST(lines_are_marked_with_their_writers_and_pieces_of_two_are_torn),
        VIEW_TEST(the_same_scene_gives_the_same_picture_from_wherever_it_was_reached),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

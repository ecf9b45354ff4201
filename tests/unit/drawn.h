/*
 * drawn.h - a made run and its picture as a string, for tests of the views.
 */
#ifndef DRAWN_H
#define DRAWN_H

#include "../../viz/scene.h"
#include "made_run.h"

enum { MAIN = 1, WORKER, PRINTER, TASKS };

static struct made made;
static struct playback playback;
static struct canvas canvas;
static struct scene scene;
static char *picture, status[128];

static inline int begin(void **state __attribute__((unused)))
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

static inline int end(void **state __attribute__((unused)))
{
    free(picture);
    canvas_free(&canvas);
    if (playback.reader.descriptor >= 0)
        playback_close(&playback);
    made_free(&made);
    return 0;
}

static inline void open_run(void)
{
    char why[256];
    int file = made_file(&made);

    assert_true(playback_open(&playback, made_path(file), why, sizeof why));
    close(file);
    do
        playback_update(&playback, 0);
    while (!playback_is_complete(&playback));
}

static inline void draw(int columns, int rows)
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

static inline void draw_at(uint64_t step)
{
    playback_seek(&playback, step);
    draw(80, 24);
}

/* Row number, from 1, as its own string. */
static inline const char *row(int number)
{
    static char line[4096];
    struct text rest = text_of(picture), text = {NULL, 0};

    for (int i = 0; i < number; i++)
        assert_true(text_next_line(&rest, &text));
    snprintf(line, sizeof line, "%.*s", (int)text.length, text.bytes);
    return line;
}

/* The cells of each row add up, and the line between words and timeline is straight. */
static inline void assert_columns_keep(void)
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
        assert_string_equal(canvas.cells[(3 + (int)i) * canvas.columns + split].bytes,
                            "│");
}

#define VIEW_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

#endif

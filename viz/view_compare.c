/* view_compare.c - two runs beside each other, or one above the other; what they have
   come to below. */
#include "sentence.h"
#include "view_compare_plan.h"

#include <inttypes.h>

/* --- one run */

/* " 0.1 s a cell ", or as much of it as there is room for. */
static void draw_scale(struct canvas *canvas, uint64_t cell_ns, int column)
{
    char scale[64] = " ";
    struct text_buffer words = {scale, sizeof scale, 1};

    text_add_duration(&words, cell_ns);
    text_add(&words, " a cell ");
    int room = canvas->columns - column - 1, brief = (int)words.length - 7;
    canvas_put(canvas, 0, column, (int)words.length <= room ? room : brief, STYLE_DIM,
               text_of(scale));
}

/* ">A 1 thread_result: a thread that keeps its result ──┬─ 0.1 s a cell ──". */
static void draw_run_heading(struct canvas *canvas, const struct comparison *comparison,
                             unsigned run)
{
    const struct compared *compared = &comparison->runs[run];
    const struct reader *reader = compared->scene->reader;
    int split = view_compare_split(canvas->columns);
    char name[256] = "";
    struct text_buffer words = {name, sizeof name, 0};
    enum style style = run == comparison->chosen ? STYLE_BAR : STYLE_HEAD;

    canvas_fill(canvas, 0, 0, canvas->columns, STYLE_DIM, "─");
    canvas_fill(canvas, 0, split, 1, STYLE_DIM, "┬");
    view_add_program(&words, reader_text(reader, reader->layout.program));
    if (compared->title.length > 0)
        text_add(&words, ": ");
    text_add_text(&words, compared->title);
    text_add(&words, " ");
    int column = canvas_print(canvas, 0, 0, 3, style, "%c%c ",
                              run == comparison->chosen ? '>' : ' ', "AB"[run]);
    canvas_put_cut(canvas, 0, column, split - column - 1, style, text_of(name));
    draw_scale(canvas, comparison->cell_ns, split + 2);
}

/* The step in words with its source line, or how the run ended. */
static void draw_run_sentence(struct canvas *canvas, const struct compared *run)
{
    char line[1024] = "", site[16] = "";
    struct text_buffer words = {line, sizeof line, 0}, where = {site, sizeof site, 0};
    const struct scene *scene = run->scene;

    if (run->at_end) {
        text_add(&words, "%s", scene->status);
    } else {
        sentence_of_step(&words, scene->model, scene->reader);
        view_add_line(&where, scene);
    }
    int end = canvas->columns - (int)where.length - 1;
    canvas_print(canvas, 1, 1, 2, STYLE_DIM, ">");
    canvas_put_cut(canvas, 1, 3, end - 4,
                   run->at_end && scene->alarm ? STYLE_ALARM : STYLE_STRONG,
                   text_of(line));
    canvas_put(canvas, 1, end, (int)where.length, STYLE_DIM, text_of(site));
}

typedef void draw_pane(struct canvas *canvas, const struct scene *scene,
                       struct area area);

/* A pane of the single view, with its heading or without. A row alone is spent on what
   stands first, not on how many more there are. */
static int put_pane(struct canvas *canvas, const struct compared *run, int row,
                    int rows, bool heading, draw_pane *draw)
{
    struct canvas pane = {0, 0, NULL};

    if (rows > 0) {
        int drawn = rows == 1 && draw == view_queues ? 3 : rows + 1;
        canvas_reset(&pane, drawn, canvas->columns);
        draw(&pane, run->scene, (struct area){0, 0, drawn, canvas->columns});
        canvas_paste(canvas, row, 0, &pane, heading ? 0 : 1, rows + 1);
        canvas_free(&pane);
    }
    return row + rows + (heading && rows > 0);
}

/* The run on a canvas of its own. */
static void draw_run(struct canvas *canvas, const struct comparison *comparison,
                     unsigned index, const struct compare_plan *plan)
{
    const struct compared *run = &comparison->runs[index];
    int row = 2 + plan->threads[index];

    draw_run_heading(canvas, comparison, index);
    draw_run_sentence(canvas, run);
    view_compare_rows(canvas, comparison, index,
                      (struct area){2, 0, plan->threads[index], canvas->columns},
                      plan->gaps);
    row = put_pane(canvas, run, row, plan->queues[index], plan->headings, view_queues);
    put_pane(canvas, run, row, plan->output, plan->headings, view_output);
}

/* Draws both and returns the row below them. */
static int draw_runs(struct canvas *canvas, const struct comparison *comparison,
                     const struct compare_plan *plan)
{
    bool wide = view_compare_is_wide(canvas->columns);
    int row = 1, column = 0, half = view_compare_half(canvas->columns);

    for (unsigned i = 0; i < COMPARED_RUNS; i++) {
        struct canvas part = {0, 0, NULL};
        int rows = compare_plan_run_rows(plan, i);
        canvas_reset(&part, rows, wide ? half : canvas->columns);
        draw_run(&part, comparison, i, plan);
        canvas_paste(canvas, row, column, &part, 0, rows);
        canvas_free(&part);
        if (!wide || i == 1) {
            row += rows;
            continue;
        }
        for (int at = row; at < row + rows; at++)
            canvas_fill(canvas, at, half, 1, STYLE_DIM, at == row ? "┬" : "│");
        column = half + 1;
    }
    return row;
}

/* --- the whole */

/* "same naps, seed 7". */
static void add_options(struct text_buffer *buffer, const struct comparison *comparison)
{
    const struct reader *a = comparison->runs[0].scene->reader;
    const struct reader *b = comparison->runs[1].scene->reader;

    if (a->layout.seed == b->layout.seed)
        text_add(buffer, "same naps, seed %" PRIu64 " ", a->layout.seed);
    else
        text_add(buffer, "other naps: seeds %" PRIu64 " and %" PRIu64 " ",
                 a->layout.seed, b->layout.seed);
}

static void draw_frame(struct canvas *canvas, const struct comparison *comparison)
{
    char options[128] = "";
    struct text_buffer right = {options, sizeof options, 0};
    int last = canvas->rows - 1;

    canvas_fill(canvas, 0, 0, canvas->columns, STYLE_BAR, " ");
    int column = canvas_print(canvas, 0, 1, canvas->columns, STYLE_BAR, "COMPARE %s",
                              comparison->status);
    add_options(&right, comparison);
    int start = canvas->columns - (int)right.length;
    if (start > column + 1)
        canvas_put(canvas, 0, start, (int)right.length, STYLE_BAR, text_of(options));
    canvas_fill(canvas, last, 0, canvas->columns, STYLE_BAR, " ");
    canvas_put_cut(canvas, last, 1, canvas->columns - 2, STYLE_BAR,
                   text_of(comparison->hint));
}

void view_compare(struct canvas *canvas, const struct comparison *comparison)
{
    if (canvas->columns < VIEW_LEAST_COLUMNS || canvas->rows < VIEW_LEAST_ROWS) {
        view_too_small(canvas);
        return;
    }
    draw_frame(canvas, comparison);
    if (comparison->large_table) {
        view_compare_table(canvas, comparison,
                           (struct area){1, 0, canvas->rows - 2, canvas->columns});
        return;
    }
    struct compare_plan plan = compare_plan(comparison, canvas->rows, canvas->columns);
    int row = draw_runs(canvas, comparison, &plan);
    if (plan.lines > 0)
        view_compare_lines(canvas, comparison,
                           (struct area){row, 0, plan.lines, canvas->columns}, 0);
    row += plan.lines;
    view_compare_table(canvas, comparison,
                       (struct area){row, 0, plan.table + 1, canvas->columns});
    view_compare_why(
        canvas, comparison,
        (struct area){canvas->rows - 1 - plan.why, 0, plan.why, canvas->columns});
}

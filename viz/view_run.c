/* view_run.c - the whole picture of one run: the panes in their places. */
#include "sentence.h"
#include "view_layout.h"

#include <inttypes.h>

/* The program's name; where there is no room, its end says most: "3 …/as_in_document".
 */
static int draw_program(struct canvas *canvas, int room, struct text name)
{
    if (room < 8)
        room = 8;
    if ((int)name.length <= room)
        return canvas_put(canvas, 0, 1, room, STYLE_BAR, name);
    int column = canvas_put(canvas, 0, 1, 2, STYLE_BAR, name);
    column = canvas_put(canvas, 0, column, 1, STYLE_BAR, text_of("…"));
    return canvas_put(canvas, 0, column, room - 3, STYLE_BAR,
                      text_part(name, name.length - (size_t)room + 3, name.length));
}

static void draw_title(struct canvas *canvas, const struct scene *scene)
{
    const struct trace_header *h = &scene->reader->layout;
    char line[256] = "", end[128] = "";
    struct text_buffer left = {line, sizeof line, 0}, right = {end, sizeof end, 0};

    view_add_program(&left, reader_text(scene->reader, h->program));
    text_add(&right, "step %" PRIu64 "  %.*f s", scene->model->step,
             scene->now_ns < 10000000000 ? 3 : 1, (double)scene->now_ns / 1e9);
    if (canvas->columns >= 80)
        text_add(&right, "  seed %" PRIu64, h->seed);
    text_add(&right, " ");
    canvas_fill(canvas, 0, 0, canvas->columns, STYLE_BAR, " ");
    int room = canvas->columns - (int)right.length - 1;
    int status = canvas_text_width(text_of(scene->status));
    int column = draw_program(canvas, room - status - 3, text_of(line));
    canvas_put(canvas, 0, column + 2, room - column - 2,
               scene->alarm ? STYLE_ALARM : STYLE_BAR, text_of(scene->status));
    canvas_put(canvas, 0, canvas->columns - (int)right.length, (int)right.length,
               STYLE_BAR, text_of(end));
}

void view_add_line(struct text_buffer *buffer, const struct scene *scene)
{
    const struct reader *reader = scene->reader;
    uint64_t step = scene->model->step;
    struct text file, name = reader_text(reader, reader->layout.source_name);
    unsigned line;

    if (step == 0 || reader_event(reader, step)->site == 0)
        return;
    text_split_site(reader_text(reader, reader_event(reader, step)->site), &file,
                    &line);
    if (line > 0 && text_equal(file, text_base_name(name)))
        text_add(buffer, ":%u", line);
}

static void draw_sentence(struct canvas *canvas, const struct scene *scene)
{
    char line[1024] = "", site[16] = "";
    struct text_buffer words = {line, sizeof line, 0}, where = {site, sizeof site, 0};

    sentence_of_step(&words, scene->model, scene->reader);
    view_add_line(&where, scene);
    int width = (int)where.length;
    canvas_print(canvas, 1, 1, 2, STYLE_DIM, ">");
    canvas_put_cut(canvas, 1, 3, canvas->columns - width - (width > 0 ? 5 : 4),
                   STYLE_STRONG, text_of(line));
    canvas_put(canvas, 1, canvas->columns - width - 1, width, STYLE_DIM, text_of(site));
}

static void draw_hint(struct canvas *canvas, const struct scene *scene)
{
    int row = canvas->rows - 1;

    canvas_fill(canvas, row, 0, canvas->columns, STYLE_BAR, " ");
    canvas_put(canvas, row, 1, canvas->columns - 2, STYLE_BAR, text_of(scene->hint));
}

void view_too_small(struct canvas *canvas)
{
    canvas_print(canvas, 0, 0, canvas->columns, STYLE_PLAIN,
                 "needs %dx%d; this is %dx%d", VIEW_LEAST_COLUMNS, VIEW_LEAST_ROWS,
                 canvas->columns, canvas->rows);
}

/* The lines where the panes meet. */
static void draw_joints(struct canvas *canvas, const struct layout *layout)
{
    struct area queues = layout->panes[PANE_QUEUES],
                right =
                    layout->panes[layout->panes[PANE_EVENTS].rows > 0 ? PANE_EVENTS
                                                                      : PANE_OUTPUT];

    if (queues.rows > 0)
        canvas_fill(canvas, queues.row, view_timeline_column(canvas->columns), 1,
                    STYLE_DIM, "┴");
    for (int row = right.row; right.column > 0 && row < right.row + right.rows; row++)
        canvas_fill(canvas, row, right.column - 1, 1, STYLE_DIM,
                    row == right.row ? "┬" : "│");
}

static void draw_panes(struct canvas *canvas, const struct scene *scene)
{
    static void (*const draw[PANES])(struct canvas *, const struct scene *,
                                     struct area) = {
        [PANE_THREADS] = view_threads, [PANE_QUEUES] = view_queues,
        [PANE_REPORT] = view_report,   [PANE_SOURCE] = view_source,
        [PANE_OUTPUT] = view_output,   [PANE_EVENTS] = view_events,
    };
    struct layout layout = view_layout(scene, canvas->rows, canvas->columns);

    for (int pane = 0; pane < PANES; pane++)
        if (layout.panes[pane].rows > 0)
            draw[pane](canvas, scene, layout.panes[pane]);
    if (!scene->large)
        draw_joints(canvas, &layout);
}

void view_run(struct canvas *canvas, const struct scene *scene)
{
    if (canvas->columns < VIEW_LEAST_COLUMNS || canvas->rows < VIEW_LEAST_ROWS) {
        view_too_small(canvas);
        return;
    }
    draw_title(canvas, scene);
    draw_sentence(canvas, scene);
    draw_panes(canvas, scene);
    draw_hint(canvas, scene);
}

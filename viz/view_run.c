/* view_run.c - the whole picture of one run: the panes in their places. */
#include "sentence.h"
#include "view_layout.h"

#include <inttypes.h>
#include <string.h>

/* The program's name; where there is no room the folder's end is left out, and only
   then that of the program: "3 task_d…/missing_task_done". */
static int draw_program(struct canvas *canvas, int room, struct text name)
{
    enum { LEAST = 8, LEAST_FOLDER = 3 };
    struct text program = text_base_name(name);
    int rest = (int)program.length + 1; /* with its slash */

    if (room < LEAST)
        room = LEAST;
    if (program.length == name.length || room < rest + LEAST_FOLDER ||
        canvas_text_width(name) <= room)
        return canvas_put_cut(canvas, 0, 1, room, STYLE_BAR, name);
    int column = canvas_put_cut(canvas, 0, 1, room - rest, STYLE_BAR,
                                text_part(name, 0, name.length - program.length - 1));
    return canvas_put(canvas, 0, column, rest, STYLE_BAR,
                      text_part(name, name.length - program.length - 1, name.length));
}

/* "VIEW PAUSED: +12", "ENDED (0)", where there is no room for all of it. */
static void shorten_status(char *status)
{
    static const char least[] = ", program runs on";
    char *at = strstr(status, least);

    if (at != NULL)
        memmove(at, at + strlen(least), strlen(at + strlen(least)) + 1);
    if (strncmp(status, "ENDED (", 7) == 0)
        status[strcspn(status, ":")] = '\0';
}

/* What does not fit loses the seed first, then words of the status. */
static void draw_title(struct canvas *canvas, const struct scene *scene)
{
    const struct trace_header *h = &scene->reader->layout;
    char line[256] = "", end[128] = "", status[128] = "";
    struct text_buffer left = {line, sizeof line, 0}, right = {end, sizeof end, 0};
    struct text_buffer said = {status, sizeof status, 0};

    view_add_program(&left, reader_text(scene->reader, h->program));
    text_add(&said, "%s", scene->status);
    text_add(&right, "step %" PRIu64 "  %.*f s", scene->model->step,
             scene->now_ns < 10000000000 ? 3 : 1, (double)scene->now_ns / 1e9);
    size_t without_seed = right.length;
    text_add(&right, "  seed %" PRIu64, h->seed);
    int room = canvas->columns - 5 - canvas_text_width(text_of(line)) -
               canvas_text_width(text_of(status));
    if (canvas->columns < 80 || (int)right.length > room) {
        right.length = without_seed;
        end[without_seed] = '\0';
    }
    if ((int)right.length > room)
        shorten_status(status);
    canvas_fill(canvas, 0, 0, canvas->columns, STYLE_BAR, " ");
    int first = canvas->columns - (int)right.length - 1;
    int column = draw_program(canvas, first - canvas_text_width(text_of(status)) - 4,
                              text_of(line));
    canvas_put(canvas, 0, column + 2, first - column - 3,
               scene->alarm ? STYLE_ALARM : STYLE_BAR, text_of(status));
    canvas_put(canvas, 0, first, (int)right.length, STYLE_BAR, text_of(end));
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

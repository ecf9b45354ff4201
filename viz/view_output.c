/*
 * view_output.c - what was printed, each piece in its writer's colour, with its letter.
 *
 * A line made of pieces of more than one writer, and one that is empty because its
 * newline came late, is torn: it gets a mark.
 */
#include "view.h"

#include <string.h>

enum { LETTERS = 2 };

/* One line while it is drawn. */
struct line {
    int row, column; /* where the next piece goes */
    char writers[LETTERS];
    int writer_count; /* 3 for more than fit */
};

/* How many newlines a print wrote: a say ends in one that its text leaves out. */
static size_t newlines(const struct scene *scene, uint64_t step)
{
    struct text text =
        reader_text(scene->reader, reader_event(scene->reader, step)->text);
    size_t count = reader_kind(scene->reader, step) == TRACE_SAY;

    for (size_t i = 0; i < text.length; i++)
        count += text.bytes[i] == '\n';
    return count;
}

/* The print from which on there are as many lines as rows; its first lines may be too
   many, and are skipped. */
static size_t first_print(const struct scene *scene, size_t until, size_t rows,
                          size_t *skip)
{
    size_t lines = 1, first = until;

    while (first > 0 && lines <= rows)
        lines += newlines(scene, scene->history->prints[--first]);
    *skip = lines > rows ? lines - rows : 0;
    return first;
}

static void add_writer(struct line *line, char key)
{
    if (line->writer_count > 0 && line->writer_count <= LETTERS &&
        memchr(line->writers, key, (size_t)line->writer_count) != NULL)
        return;
    if (line->writer_count < LETTERS)
        line->writers[line->writer_count] = key;
    if (line->writer_count <= LETTERS)
        line->writer_count++;
}

static void draw_writers(struct canvas *canvas, struct area area,
                         const struct line *line)
{
    for (int i = 0; i < line->writer_count && i < LETTERS; i++)
        canvas_print(canvas, line->row, area.column + 1 + i, 1, STYLE_DIM, "%c",
                     line->writers[i]);
    if (line->writer_count > 1)
        canvas_put(canvas, line->row, area.column + 1 + LETTERS, 1, STYLE_ALARM,
                   text_of("!"));
}

/* Draws one print from its piece of the line on; goes to new lines at its newlines. */
static void draw_print(struct canvas *canvas, const struct scene *scene,
                       struct area area, struct line *line, size_t *skip, uint64_t step)
{
    const struct trace_event *event = reader_event(scene->reader, step);
    struct text rest = reader_text(scene->reader, event->text);
    bool whole = reader_kind(scene->reader, step) == TRACE_SAY;
    enum style style = view_thread_style(scene, event->thread);
    int first = area.column + 2 + LETTERS;

    for (bool more = rest.length > 0 || whole; more;) {
        const char *end = memchr(rest.bytes, '\n', rest.length);
        struct text piece =
            text_part(rest, 0, end == NULL ? rest.length : (size_t)(end - rest.bytes));
        bool newline = end != NULL || whole;
        more = end != NULL && (piece.length + 1 < rest.length || whole);
        rest = text_part(rest, piece.length + 1, rest.length);
        if (*skip > 0) {
            *skip -= newline;
            continue;
        }
        add_writer(line, view_thread_key(scene, event->thread));
        line->column =
            canvas_put(canvas, line->row, line->column,
                       area.column + area.columns - line->column, style, piece);
        draw_writers(canvas, area, line);
        if (newline)
            *line = (struct line){.row = line->row + 1, .column = first};
    }
}

void view_output(struct canvas *canvas, const struct scene *scene, struct area area)
{
    size_t until = history_prints_until(scene->history, scene->model->step), skip;
    /* the line after the last newline is empty, and needs no row */
    bool whole = until == 0 || newlines(scene, scene->history->prints[until - 1]) > 0;
    size_t rows = (size_t)area.rows - (whole ? 0 : 1);
    rows += (size_t)(scene->scroll > 0 ? scene->scroll : 0);
    size_t first = first_print(scene, until, rows, &skip);
    struct line line = {.row = area.row + 1, .column = area.column + 2 + LETTERS};

    view_heading(canvas, scene, area, PANE_OUTPUT, "OUTPUT");
    for (size_t i = first; i < until && line.row < area.row + area.rows; i++)
        draw_print(canvas, scene, area, &line, &skip, scene->history->prints[i]);
}

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
    int head;        /* its first row, which has the letters */
    char writers[LETTERS];
    int writer_count; /* 3 for more than fit */
};

/* Whether that print is a line by itself, whose newline is left out. */
static bool is_line(const struct scene *scene, uint64_t step)
{
    enum trace_kind kind = reader_kind(scene->reader, step);

    return kind == TRACE_SAY || kind == TRACE_TOLD;
}

/* How many newlines a print wrote: a say ends in one that its text leaves out. */
static size_t newlines(const struct scene *scene, uint64_t step)
{
    struct text text =
        reader_text(scene->reader, reader_event(scene->reader, step)->text);
    size_t count = is_line(scene, step);

    for (size_t i = 0; i < text.length; i++)
        count += text.bytes[i] == '\n';
    return count;
}

/* Cells that a print fills at least, and one, so that empty ones count. */
static size_t least_cells(const struct scene *scene, size_t print)
{
    const struct trace_event *event =
        reader_event(scene->reader, scene->history->prints[print]);
    struct text text = reader_text(scene->reader, event->text);
    size_t cells = 1;

    for (size_t i = 0; i < text.length; i++) /* a character has one first byte */
        cells += ((unsigned char)text.bytes[i] & 0xc0) != 0x80;
    return cells;
}

/* The print from which on there are as many lines as rows; its first lines may be too
   many, and are skipped. Where a line is longer than the pane, its beginning is not
   looked for: so many prints are enough as fill the pane, and some, so that the pieces
   keep their columns for a while. */
static size_t first_print(const struct scene *scene, size_t until, size_t rows,
                          size_t columns, size_t *skip)
{
    enum { KEEP = 1024 };
    size_t lines = 1, first = until, cells = 0;

    while (first > 0 && lines <= rows &&
           (cells <= rows * columns || first % KEEP != 0)) {
        lines += newlines(scene, scene->history->prints[--first]);
        cells += least_cells(scene, first);
    }
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

static bool is_seen(struct area area, int row)
{
    return row > area.row && row < area.row + area.rows;
}

static void draw_writers(struct canvas *canvas, struct area area,
                         const struct line *line)
{
    if (canvas == NULL || !is_seen(area, line->head))
        return;
    for (int i = 0; i < line->writer_count && i < LETTERS; i++)
        canvas_print(canvas, line->head, area.column + 1 + i, 1, STYLE_DIM, "%c",
                     line->writers[i]);
    if (line->writer_count > 1)
        canvas_put(canvas, line->head, area.column + 1 + LETTERS, 1, STYLE_ALARM,
                   text_of("!"));
}

/* Draws a piece of a line, on as many rows as it needs. */
static void draw_piece(struct canvas *canvas, struct area area, struct line *line,
                       enum style style, struct text piece)
{
    int first = area.column + 2 + LETTERS, end = area.column + area.columns;

    while (piece.length > 0) {
        if (line->column >= end) {
            line->row++;
            line->column = first;
        }
        struct text part = canvas_next_row(&piece, end - line->column);
        if (canvas != NULL && is_seen(area, line->row))
            canvas_put(canvas, line->row, line->column, end - line->column, style,
                       part);
        line->column = piece.length > 0 ? end : line->column + canvas_text_width(part);
    }
}

/* Draws one print from its piece of the line on; goes to new lines at its newlines.
   Without a canvas it only goes there. */
static void draw_print(struct canvas *canvas, const struct scene *scene,
                       struct area area, struct line *line, size_t *skip, uint64_t step)
{
    const struct trace_event *event = reader_event(scene->reader, step);
    struct text rest = reader_text(scene->reader, event->text);
    bool whole = is_line(scene, step);
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
        draw_piece(canvas, area, line, style, piece);
        draw_writers(canvas, area, line);
        if (newline)
            *line = (struct line){line->row + 1, first, line->row + 1, "", 0};
    }
}

/* Draws the prints from the first to before until, beginning in that row; returns the
   row after them. */
static int draw_prints(struct canvas *canvas, const struct scene *scene,
                       struct area area, int row, size_t first, size_t until,
                       size_t skip)
{
    struct line line = {row, area.column + 2 + LETTERS, row, "", 0};

    for (size_t i = first; i < until; i++)
        draw_print(canvas, scene, area, &line, &skip, scene->history->prints[i]);
    return line.row + (line.column > area.column + 2 + LETTERS);
}

void view_output(struct canvas *canvas, const struct scene *scene, struct area area)
{
    size_t until = history_prints_until(scene->history, scene->model->step), skip;
    /* the line after the last newline is empty, and needs no row */
    bool whole = until == 0 || newlines(scene, scene->history->prints[until - 1]) > 0;
    int scroll = scene->scroll > 0 ? scene->scroll : 0;
    int room = area.rows - 1 + scroll;
    size_t first =
        first_print(scene, until, (size_t)(room + whole), (size_t)area.columns, &skip);

    view_heading(canvas, scene, area, PANE_OUTPUT, "OUTPUT");
    /* long lines take more rows: the last ones are to be seen */
    int more = draw_prints(NULL, scene, area, 0, first, until, skip) - room;
    draw_prints(canvas, scene, area, area.row + 1 - (more > 0 ? more : 0), first, until,
                skip);
}

/* view_compare_lines.c - the lines in which two sources differ, side by side. */
#include "view_compare.h"

/* A place where the sources differ goes on over several rows: of A's lines and of B's.
 */
struct place {
    int row;                 /* its first row */
    int rows[COMPARED_RUNS]; /* how far each has come */
};

static void draw_line(struct canvas *canvas, struct area area, int run, int row,
                      struct text line)
{
    int half = (area.columns - 1) / 2, column = area.column + (run == 0 ? 0 : half + 1);
    int width = run == 0 ? half - 1 : area.columns - half - 2;

    if (canvas != NULL && row > area.row && row < area.row + area.rows)
        canvas_put_cut(canvas, row, column, width, STYLE_PLAIN,
                       text_part(line, 1, line.length));
}

static void draw_head(struct canvas *canvas, const struct comparison *comparison,
                      struct area area)
{
    int half = area.column + (area.columns - 1) / 2;

    canvas_fill(canvas, area.row, area.column, area.columns, STYLE_DIM, "─");
    canvas_put(canvas, area.row, area.column, half - area.column, STYLE_HEAD,
               text_of(" LINES THAT DIFFER   only in A "));
    canvas_put(canvas, area.row, half + 1, area.columns - half - 1, STYLE_HEAD,
               text_of(" only in B "));
    for (int row = area.row; row < area.row + area.rows; row++)
        canvas_fill(canvas, row, half, 1, STYLE_DIM, row == area.row ? "┼" : "│");
    if (comparison->differs == NULL)
        canvas_put(canvas, area.row + 1, area.column + 1, area.columns - 2, STYLE_DIM,
                   text_of("none: both have the same source"));
}

/* Ends a place; the next one begins a row below it. */
static void next_place(struct place *place)
{
    int most = place->rows[place->rows[1] > place->rows[0]];

    if (most > 0)
        place->row += most + 1;
    place->rows[0] = place->rows[1] = 0;
}

int view_compare_lines(struct canvas *canvas, const struct comparison *comparison,
                       struct area area, int first)
{
    struct text rest = text_of(comparison->differs != NULL ? comparison->differs : "");
    struct text line;
    struct place place = {0, {0, 0}};

    if (canvas != NULL)
        draw_head(canvas, comparison, area);
    while (text_next_line(&rest, &line)) {
        char mark = line.length > 0 ? line.bytes[0] : ' ';
        if (mark != '-' && mark != '+') {
            next_place(&place);
            continue;
        }
        int run = mark == '+';
        draw_line(canvas, area, run, area.row + 1 + place.row + place.rows[run] - first,
                  line);
        place.rows[run]++;
    }
    next_place(&place);
    return place.row;
}

/* view_compare_why.c - why the two runs ended as they did, in a sentence each. */
#include "view_compare.h"

enum { INDENT = 9, MOST_ROWS = 3 };

/* Draws the run's sentence from that row on, in at most so many rows; without a canvas
   they are only counted. */
static int draw_sentence(struct canvas *canvas, const struct comparison *comparison,
                         unsigned run, int row, int columns, int most)
{
    const char *why = comparison->runs[run].why;
    struct text rest = text_of(why != NULL ? why : "");
    int count = 0, width = columns - INDENT - 1;

    for (; rest.length > 0 && count < most; count++) {
        bool is_last = count + 1 == most;
        struct text part = is_last ? rest : canvas_next_row(&rest, width);
        if (canvas != NULL && count == 0)
            canvas_print(canvas, row, 1, INDENT - 1, STYLE_ALARM,
                         "WHY  %c:", "AB"[run]);
        if (canvas != NULL)
            canvas_put_cut(canvas, row + count, INDENT, width, STYLE_PLAIN, part);
    }
    return count;
}

int view_compare_why_rows(const struct comparison *comparison, int columns)
{
    return draw_sentence(NULL, comparison, 0, 0, columns, MOST_ROWS) +
           draw_sentence(NULL, comparison, 1, 0, columns, MOST_ROWS);
}

void view_compare_why(struct canvas *canvas, const struct comparison *comparison,
                      struct area area)
{
    int second = draw_sentence(NULL, comparison, 1, 0, area.columns, MOST_ROWS);
    int half = area.rows / 2 > area.rows - second ? area.rows / 2 : area.rows - second;
    int first = draw_sentence(canvas, comparison, 0, area.row, area.columns,
                              second > 0 ? half : area.rows);

    draw_sentence(canvas, comparison, 1, area.row + first, area.columns,
                  area.rows - first);
}

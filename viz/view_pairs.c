/* view_pairs.c - the pairs worth comparing as a list on a canvas; see view_pairs.h. */
#include "view_pairs.h"
#include "pairs.h"

enum { NAMES_WIDTH = 32, LOOK_ROWS = 5 };

static void draw_pair(struct canvas *canvas, int row, const struct pair *pair,
                      bool chosen)
{
    enum style style = chosen ? STYLE_CHOSEN : STYLE_PLAIN;
    char a[64], b[64];

    pair_short_name(pair->a, a, sizeof a);
    pair_short_name(pair->b, b, sizeof b);
    canvas_put(canvas, row, 0, 1, STYLE_STRONG, text_of(chosen ? ">" : " "));
    canvas_print(canvas, row, 2, NAMES_WIDTH - 3, style, "%s and %s", a, b);
    canvas_put_cut(canvas, row, NAMES_WIDTH, canvas->columns - NAMES_WIDTH - 1, style,
                   text_of(pair->differ));
}

/* A paragraph on as many rows as it needs, as far as there are some. */
static void draw_look(struct canvas *canvas, int row, int rows, const char *look)
{
    struct text rest = text_of(look);

    canvas_fill(canvas, row, 0, canvas->columns, STYLE_DIM, "─");
    canvas_put(canvas, row, 1, canvas->columns, STYLE_HEAD,
               text_of(" WHAT TO LOOK AT "));
    for (int i = 1; i < rows && rest.length > 0; i++)
        canvas_put(canvas, row + i, 2, canvas->columns - 4, STYLE_PLAIN,
                   canvas_next_row(&rest, canvas->columns - 4));
}

void view_pairs(struct canvas *canvas, size_t chosen, const char *hint)
{
    int last = canvas->rows - 1, look = last - LOOK_ROWS;
    size_t rows = (size_t)(look - VIEW_PAIRS_TOP);
    size_t first = chosen >= rows ? chosen - rows + 1 : 0;

    canvas_fill(canvas, 0, 0, canvas->columns, STYLE_BAR, " ");
    canvas_put(canvas, 0, 1, canvas->columns - 2, STYLE_BAR,
               text_of("PAIRS WORTH COMPARING   both run now, with the same naps"));
    canvas_fill(canvas, 1, 0, canvas->columns, STYLE_DIM, "─");
    canvas_put(canvas, 1, 1, NAMES_WIDTH, STYLE_HEAD, text_of(" A and B "));
    canvas_put(canvas, 1, NAMES_WIDTH - 1, 20, STYLE_HEAD, text_of(" WHAT DIFFERS "));
    for (size_t i = first; i < pair_count && i - first < rows; i++)
        draw_pair(canvas, VIEW_PAIRS_TOP + (int)(i - first), &pairs[i], i == chosen);
    draw_look(canvas, look, LOOK_ROWS, pairs[chosen].look);
    canvas_fill(canvas, last, 0, canvas->columns, STYLE_BAR, " ");
    canvas_put(canvas, last, 1, canvas->columns - 2, STYLE_BAR, text_of(hint));
}

/* view_links.c - a page whose lines lead somewhere; see view_links.h. */
#include "view_links.h"

enum { MARK = 3, INDENT = 4 };

/* The next row of a line; all but its first one are indented. */
static struct text next_row(struct text *rest, bool is_first, int columns)
{
    return canvas_next_row(rest, columns - MARK - 1 - (is_first ? 0 : INDENT));
}

static int rows_of(const struct page_line *line, int columns)
{
    struct text rest = text_of(line->text);
    int rows = 0;

    do
        next_row(&rest, rows++ == 0, columns);
    while (rest.length > 0);
    return rows;
}

int view_links_row(const struct page *page, size_t line, int columns)
{
    int row = 0;

    for (size_t i = 0; i < line && i < page->count; i++)
        row += rows_of(&page->lines[i], columns);
    return row;
}

static enum style style_of(const struct page_line *line, bool chosen)
{
    static const enum style styles[] = {[PAGE_PLAIN] = STYLE_PLAIN,
                                        [PAGE_HEADING] = STYLE_HEAD,
                                        [PAGE_STRONG] = STYLE_STRONG};

    return chosen ? STYLE_CHOSEN : styles[line->style];
}

/* Draws a line from that row of the canvas on; what is above or below is left out. */
static int draw_line(struct canvas *canvas, const struct page_line *line, int row,
                     bool chosen)
{
    struct text rest = text_of(line->text);
    bool leads = line->link.kind != LINK_NONE;
    bool is_first = true;

    do {
        struct text part = next_row(&rest, is_first, canvas->columns);
        int column = MARK + (is_first ? 0 : INDENT);
        if (row >= 1 && row < canvas->rows - 1) {
            if (is_first && leads)
                canvas_put(canvas, row, 1, 1, chosen ? STYLE_STRONG : STYLE_DIM,
                           text_of(chosen ? ">" : "-"));
            canvas_put(canvas, row, column, canvas->columns - column - 1,
                       style_of(line, chosen), part);
        }
        is_first = false;
        row++;
    } while (rest.length > 0);
    return row;
}

int view_links(struct canvas *canvas, const struct page *page, struct page_place place,
               const char *hint)
{
    int row = 1 - place.first, last = canvas->rows - 1;

    for (size_t i = 0; i < page->count; i++)
        row = draw_line(canvas, &page->lines[i], row,
                        i == place.chosen && page->lines[i].link.kind != LINK_NONE);
    int rows = row - 1 + place.first;
    canvas_fill(canvas, 0, 0, canvas->columns, STYLE_BAR, " ");
    canvas_put_cut(canvas, 0, 1, canvas->columns - 2, STYLE_BAR, text_of(page->title));
    canvas_fill(canvas, last, 0, canvas->columns, STYLE_BAR, " ");
    int column =
        canvas_put(canvas, last, 1, canvas->columns - 2, STYLE_BAR, text_of(hint));
    int end = place.first + last - 1 < rows ? place.first + last - 1 : rows;
    if (rows > last - 1 && column + 24 < canvas->columns)
        canvas_print(canvas, last, column + 3, canvas->columns - column - 4, STYLE_BAR,
                     "rows %d-%d of %d", place.first + 1, end, rows);
    return rows;
}

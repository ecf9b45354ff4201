/* view_menu.c - the course as a list on a canvas; see view_menu.h. */
#include "view_menu.h"

enum { TOP = 3, NAME_WIDTH = 29, ENDS_WIDTH = 15 };

static void draw_entry(struct canvas *canvas, int row, const struct menu_entry *entry,
                       bool chosen)
{
    enum style style = chosen ? STYLE_CHOSEN : STYLE_PLAIN;
    int ends = canvas->columns - ENDS_WIDTH;
    int name = entry->variant ? 7 : 2; /* below the lesson's name, after its number */

    canvas_put(canvas, row, 0, 1, STYLE_STRONG, text_of(chosen ? ">" : " "));
    canvas_put(canvas, row, name, NAME_WIDTH - name - 1, style, text_of(entry->name));
    canvas_put_cut(canvas, row, NAME_WIDTH, ends - NAME_WIDTH - 1, style,
                   text_of(entry->title));
    canvas_put(canvas, row, ends, ENDS_WIDTH, STYLE_DIM, text_of(entry->ends));
}

/* The entry in the first row, such that the chosen one is in sight. */
static size_t first_entry(int rows, size_t chosen)
{
    size_t room = (size_t)(rows - TOP - 1);

    return chosen >= room ? chosen - room + 1 : 0;
}

int view_menu_row(int rows, size_t chosen)
{
    return rows > TOP + 1 ? TOP + (int)(chosen - first_entry(rows, chosen)) : 0;
}

size_t view_menu_at(int rows, size_t count, size_t chosen, int row)
{
    if (row < TOP || row >= rows - 1)
        return count;
    size_t entry = first_entry(rows, chosen) + (size_t)(row - TOP);
    return entry < count ? entry : count;
}

void view_menu(struct canvas *canvas, const struct menu_entry *entries, size_t count,
               size_t chosen, const char *hint)
{
    size_t rows = (size_t)canvas->rows - TOP - 1;
    size_t first = first_entry(canvas->rows, chosen);

    canvas_fill(canvas, 0, 0, canvas->columns, STYLE_BAR, " ");
    canvas_put(canvas, 0, 1, canvas->columns - 2, STYLE_BAR,
               text_of("THE COURSE   how threads hand results to each other"));
    canvas_fill(canvas, 2, 0, canvas->columns, STYLE_DIM, "─");
    canvas_put(canvas, 2, 1, NAME_WIDTH, STYLE_HEAD, text_of(" LESSON "));
    canvas_put(canvas, 2, NAME_WIDTH - 1, 20, STYLE_HEAD, text_of(" WHAT IT SHOWS "));
    canvas_put(canvas, 2, canvas->columns - ENDS_WIDTH - 1, ENDS_WIDTH, STYLE_HEAD,
               text_of(" HOW IT ENDS "));
    for (size_t i = first; i < count && i - first < rows; i++)
        draw_entry(canvas, TOP + (int)(i - first), &entries[i], i == chosen);
    canvas_fill(canvas, canvas->rows - 1, 0, canvas->columns, STYLE_BAR, " ");
    canvas_put(canvas, canvas->rows - 1, 1, canvas->columns - 2, STYLE_BAR,
               text_of(hint));
}

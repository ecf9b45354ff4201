/* view_tour.c - a short tour: boxes over the live screen; see view_tour.h. */
#include "view_tour.h"
#include "view_layout.h"

#include <string.h>

enum { BOX = 58 };

/* What a page points at: a pane, or one of these. */
enum target { TITLE = PANES, HINTS };

static const struct page {
    int target;
    const char *heading;
    const char *text;
} pages[] = {
    {PANE_THREADS, "ROWS",
     "One row a thread: its letter, its name, what it is about now, and on the right "
     "what it has done, time running to the right. The chosen row has a > before it: "
     "up and down choose another, or a thread's letter."},
    {PANE_THREADS, "LETTERS",
     "R can run, S sleeps or works on its item, W waits, T waits with a time limit, L "
     "waits for a lock, E has ended. After W and L stands for what it waits, and who "
     "has it."},
    {PANE_QUEUES, "QUEUES",
     "Items leave on the left and are put in on the right. Tab goes to this pane and "
     "to the next ones, Enter tells all about what is chosen there."},
    {PANE_SOURCE, "SOURCE",
     "The lesson's own source. Each thread's letter stands at the line where it is; "
     "the chosen thread's line is always in sight. z makes a pane large."},
    {TITLE, "TIME",
     "space pauses the view. . and , go one step on and back, > and < to the next and "
     "the last change, g and G to the start and the end. The second row says in words "
     "what the step was. e lists all steps up to it."},
    {PANE_THREADS, "WHY",
     "Choose a thread that waits and press b: who has to do what before it can go on. "
     "Enter tells all about it: since when it waits, who put the item that it works "
     "on. Lines with a - lead there."},
    {HINTS, "GO ON FROM HERE",
     "The last row has the keys that help now, ? has all of them. At the end of a run "
     "r "
     "runs it again and v its next variant, d shows the lines that differ; viz compare "
     "shows two runs side by side."},
};

int view_tour_pages(void)
{
    return sizeof pages / sizeof pages[0];
}

/* The rows of what the page points at. */
static struct area target_area(const struct canvas *canvas, const struct scene *scene,
                               int target)
{
    if (target == TITLE)
        return (struct area){0, 0, 2, canvas->columns};
    if (target == HINTS)
        return (struct area){canvas->rows - 1, 0, 1, canvas->columns};
    struct area area = view_layout(scene, canvas->rows, canvas->columns).panes[target];
    /* a pane that is not shown now is told of all the same */
    return area.rows > 0 ? area : (struct area){2, 0, 1, canvas->columns};
}

static int text_rows(const char *words)
{
    struct text rest = text_of(words);
    int rows = 0;

    for (; rest.length > 0; rows++)
        canvas_next_row(&rest, BOX - 4);
    return rows;
}

/* A line of the box: its sides, and blanks between them. */
static void draw_side(struct canvas *canvas, int row, int column)
{
    canvas_fill(canvas, row, column, BOX, STYLE_BAR, " ");
    canvas_put(canvas, row, column, 1, STYLE_BAR, text_of("│"));
    canvas_put(canvas, row, column + BOX - 1, 1, STYLE_BAR, text_of("│"));
}

static void draw_box(struct canvas *canvas, const struct page *page, int number,
                     int row, int column)
{
    struct text rest = text_of(page->text);
    int rows = text_rows(page->text);

    canvas_fill(canvas, row, column, BOX, STYLE_BAR, "─");
    canvas_print(canvas, row, column + 2, BOX - 4, STYLE_BAR, " %d of %d  %s ", number,
                 view_tour_pages(), page->heading);
    for (int i = 1; i <= rows; i++) {
        draw_side(canvas, row + i, column);
        canvas_put(canvas, row + i, column + 2, BOX - 4, STYLE_BAR,
                   canvas_next_row(&rest, BOX - 4));
    }
    canvas_fill(canvas, row + rows + 1, column, BOX, STYLE_BAR, "─");
    canvas_print(canvas, row + rows + 1, column + 2, BOX - 4, STYLE_BAR, " %s ",
                 number < view_tour_pages() ? "Enter next   , back   Esc leaves"
                                            : "Enter ends the tour   , back");
}

/* The border that faces what the page points at has an arrow there. */
static void draw_arrow(struct canvas *canvas, int row, int column, bool is_above)
{
    canvas_print(canvas, row, column + BOX - 7, 5, STYLE_ALARM,
                 is_above ? " vvv " : " ^^^ ");
}

void view_tour(struct canvas *canvas, const struct scene *scene, int number)
{
    const struct page *page = &pages[number - 1];
    struct area target = target_area(canvas, scene, page->target);
    int rows = text_rows(page->text) + 2, row = target.row + target.rows;
    int column = (canvas->columns - BOX) / 2;
    bool is_above = row + rows > canvas->rows - 1;

    if (is_above)
        row = target.row - rows > 0 ? target.row - rows : canvas->rows - 1 - rows;
    draw_box(canvas, page, number, row, column);
    draw_arrow(canvas, is_above ? row + rows - 1 : row, column, is_above);
}

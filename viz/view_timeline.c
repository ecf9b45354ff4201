/* view_timeline.c - a thread's states over time; see view_timeline.h. */
#include "view_timeline.h"

#include <ctype.h>

int view_timeline_column(int columns)
{
    enum { WORDS = 56, WIDE = 100 }; /* of what is more, a quarter is for the words */
    int column = columns <= WIDE ? WORDS : WORDS + (columns - WIDE) / 4;

    return column + 12 <= columns ? column : columns - 12;
}

uint64_t view_timeline_fitting_cell(uint64_t time_ns, int cells)
{
    static const unsigned steps[] = {1, 2, 5};

    for (uint64_t unit = 1000;; unit *= 10)
        for (int i = 0; i < 3; i++)
            if (time_ns / (unit * steps[i]) < (uint64_t)cells)
                return unit * steps[i];
}

struct timeline view_timeline(const struct scene *scene, struct area area)
{
    int split = view_timeline_column(area.columns);
    int columns = area.columns - split - 2;
    struct timeline timeline = {.column = area.column + split + 1,
                                .columns = columns > 0 ? columns : 1};
    uint64_t cells = (uint64_t)timeline.columns;

    timeline.cell_ns =
        scene->cell_ns != 0
            ? scene->cell_ns
            : view_timeline_fitting_cell(scene->now_ns, timeline.columns);
    timeline.now = scene->now_ns / timeline.cell_ns;
    uint64_t last = timeline.now;
    if (scene->edge_ns != 0 && scene->edge_ns < scene->now_ns)
        last = (scene->edge_ns - 1) / timeline.cell_ns;
    timeline.first = last + 1 > cells ? last + 1 - cells : 0;
    return timeline;
}

bool view_timeline_has_now(const struct timeline *timeline)
{
    return timeline->now - timeline->first < (uint64_t)timeline->columns;
}

uint64_t view_time_at_column(const struct scene *scene, struct area area, int column)
{
    struct timeline timeline = view_timeline(scene, area);
    uint64_t cell = timeline.first + (uint64_t)(column - timeline.column);

    if (column < timeline.column || column >= timeline.column + timeline.columns ||
        cell > timeline.now)
        return VIEW_NO_TIME;
    return cell == timeline.now ? scene->now_ns : cell * timeline.cell_ns;
}

/* The state that a cell shows, and the set of all that were so in it. */
static enum state state_in_cell(const struct scene *scene,
                                const struct timeline *timeline, unsigned thread,
                                uint64_t cell, unsigned *states)
{
    uint64_t start = cell * timeline->cell_ns, end = start + timeline->cell_ns;

    if (end > scene->now_ns + 1)
        end = scene->now_ns + 1;
    enum state state = history_state_between(scene->history, thread, scene->model->step,
                                             start, end, states);
    if (cell == timeline->now) /* the moment itself, however short it is */
        state = view_shown_state(scene, thread);
    *states |= 1u << state;
    return state;
}

void view_timeline_draw(struct canvas *canvas, const struct scene *scene,
                        const struct timeline *timeline, int row, unsigned thread)
{
    for (int i = 0; i < timeline->columns; i++) {
        uint64_t cell = timeline->first + (uint64_t)i;
        unsigned states;
        if (cell > timeline->now)
            return;
        enum state state = state_in_cell(scene, timeline, thread, cell, &states);
        char letter[] = {state_letter(state), '\0'};
        if ((states & (states - 1)) != 0) /* more than one */
            letter[0] = (char)tolower(letter[0]);
        canvas_fill(canvas, row, timeline->column + i, 1,
                    (enum style)(STYLE_STATE + state), letter);
    }
}

static void add_scale(struct text_buffer *buffer, uint64_t cell_ns)
{
    if (cell_ns >= 1000000000)
        text_add(buffer, "%g s", (double)cell_ns / 1e9);
    else if (cell_ns >= 100000000)
        text_add(buffer, "%.1f s", (double)cell_ns / 1e9);
    else if (cell_ns >= 1000000)
        text_add(buffer, "%g ms", (double)cell_ns / 1e6);
    else
        text_add(buffer, "%g us", (double)cell_ns / 1e3);
}

/* Where so many cells are free beside the mark; -1: nowhere. */
static int room_beside(const struct timeline *timeline, int width, int mark)
{
    const int places[] = {1, 0, mark + 1};

    for (int i = 0; i < 3; i++)
        if (places[i] + width <= timeline->columns &&
            (mark < places[i] || mark >= places[i] + width))
            return places[i];
    return -1;
}

/* " 0.1 s a cell ", or as much of it as there is room for. */
static void draw_scale(struct canvas *canvas, const struct timeline *timeline, int row,
                       int mark)
{
    static const struct {
        const char *before, *after;
    } forms[] = {{" ", " a cell "}, {" ", " "}, {"", ""}};

    for (int i = 0; i < 3; i++) {
        char words[64] = "";
        struct text_buffer buffer = {words, sizeof words, 0};
        text_add(&buffer, "%s", forms[i].before);
        add_scale(&buffer, timeline->cell_ns);
        text_add(&buffer, "%s", forms[i].after);
        int place = room_beside(timeline, (int)buffer.length, mark);
        if (place < 0)
            continue;
        canvas_put(canvas, row, timeline->column + place, (int)buffer.length, STYLE_DIM,
                   text_of(words));
        return;
    }
}

void view_timeline_heading(struct canvas *canvas, const struct timeline *timeline,
                           int row)
{
    bool has_now = view_timeline_has_now(timeline);
    int last = timeline->columns - 1;
    int mark = has_now ? (int)(timeline->now - timeline->first) : last;

    if (timeline->first > 0) /* there is more before it */
        canvas_put(canvas, row, timeline->column, 1, STYLE_DIM, text_of("<"));
    canvas_put(canvas, row, timeline->column + mark, 1, STYLE_STRONG,
               text_of(has_now ? "▼" : ">"));
    draw_scale(canvas, timeline, row, mark);
}

/* view_threads.c - the rows: one a thread, its state in words and over time. */
#include "sentence.h"
#include "view.h"

#include <ctype.h>
#include <string.h>

int view_threads_rows(const struct scene *scene)
{
    return 1 + (int)scene->model->thread_count;
}

/* The smallest scale of 1, 2 or 5 times a power of ten at which the time fits. */
static uint64_t fitting_cell(uint64_t time_ns, int cells)
{
    static const unsigned steps[] = {1, 2, 5};

    for (uint64_t unit = 1000;; unit *= 10)
        for (int i = 0; i < 3; i++)
            if (time_ns / (unit * steps[i]) < (uint64_t)cells)
                return unit * steps[i];
}

static void add_scale(struct text_buffer *buffer, uint64_t cell_ns)
{
    if (cell_ns >= 1000000000)
        text_add(buffer, "%g s a cell", (double)cell_ns / 1e9);
    else if (cell_ns >= 100000000)
        text_add(buffer, "%.1f s a cell", (double)cell_ns / 1e9);
    else if (cell_ns >= 1000000)
        text_add(buffer, "%g ms a cell", (double)cell_ns / 1e6);
    else
        text_add(buffer, "%g us a cell", (double)cell_ns / 1e3);
}

static void draw_timeline(struct canvas *canvas, const struct scene *scene, int row,
                          struct area area, unsigned thread, uint64_t cell_ns)
{
    uint64_t last = scene->now_ns / cell_ns; /* the cell of the moment shown */
    uint64_t cells = (uint64_t)area.columns;
    uint64_t first = last + 1 > cells ? last + 1 - cells : 0;

    for (uint64_t i = first; i <= last; i++) {
        uint64_t end = (i + 1) * cell_ns;
        if (end > scene->now_ns + 1)
            end = scene->now_ns + 1;
        bool ran;
        enum state state = history_state_between(
            scene->history, thread, scene->model->step, i * cell_ns, end, &ran);
        if (i == last) /* the moment itself, however short it is */
            state = view_shown_state(scene, thread);
        char letter[] = {state_letter(state), '\0'};
        if (ran && i != last) /* a small letter: it also ran for a moment */
            letter[0] = state == STATE_RUN ? 'R' : (char)tolower(letter[0]);
        canvas_fill(canvas, row, area.column + (int)(i - first), 1,
                    (enum style)(STYLE_STATE + state), letter);
    }
}

/* A thread of a process that is not its main thread belongs to the row above it; told
   where there is more than one process. */
static bool is_below(const struct scene *scene, const struct model_thread *thread)
{
    return scene->model->process_count > 1 && thread->process != 0 &&
           thread->process != thread->object;
}

/* The widest name, within reason. */
static int name_width(const struct scene *scene)
{
    const struct model *model = scene->model;
    int widest = 7;

    for (unsigned i = 0; i < model->thread_count && i < 200; i++) {
        const struct model_thread *thread = &model->threads[i];
        int width =
            canvas_text_width(model_name(model, scene->reader, thread->object)) +
            2 * is_below(scene, thread);
        if (width > widest)
            widest = width;
    }
    return widest < 14 ? widest : 14;
}

/* "child", and below it "└ feeder". */
static void draw_name(struct canvas *canvas, const struct scene *scene, int row,
                      int width, const struct model_thread *thread, enum style style)
{
    int column = 3;

    if (is_below(scene, thread))
        column = canvas_put(canvas, row, column, 2, STYLE_DIM, text_of("└ "));
    canvas_put(canvas, row, column, width - (column - 3), style,
               model_name(scene->model, scene->reader, thread->object));
}

static void draw_row(struct canvas *canvas, const struct scene *scene, int row,
                     int width, unsigned index)
{
    const struct model_thread *thread = &scene->model->threads[index];
    bool chosen = index == scene->chosen;
    char words[512] = "", key = view_thread_key(scene, thread->object);
    struct text_buffer buffer = {words, sizeof words, 0};
    int names = name_width(scene);

    sentence_of_thread(&buffer, scene->model, scene->reader, index, scene->now_ns);
    canvas_print(canvas, row, 0, 1, STYLE_STRONG, "%s", chosen ? ">" : " ");
    canvas_print(canvas, row, 1, 1, view_thread_style(scene, thread->object), "%c",
                 key);
    draw_name(canvas, scene, row, names, thread, chosen ? STYLE_CHOSEN : STYLE_PLAIN);
    enum style style = (enum style)(STYLE_STATE + view_shown_state(scene, index));
    int column =
        canvas_put(canvas, row, names + 4, 1, style, text_part(text_of(words), 0, 1));
    canvas_put_cut(canvas, row, column, width - column,
                   chosen ? STYLE_CHOSEN : STYLE_PLAIN,
                   text_part(text_of(words), 1, sizeof words));
}

/* Of the threads that do not fit, how many there are and how many of them wait. */
static void draw_elided(struct canvas *canvas, const struct scene *scene, int row,
                        unsigned from, unsigned to, const char *where)
{
    unsigned waiting = 0;

    for (unsigned i = from; i < to; i++) {
        enum state state = view_shown_state(scene, view_thread_in_row(scene, i));
        waiting += state == STATE_WAIT || state == STATE_TIMED || state == STATE_LOCK;
    }
    canvas_print(canvas, row, 3, canvas->columns, STYLE_DIM, "%u %s, %u of them wait",
                 to - from, where, waiting);
}

void view_threads(struct canvas *canvas, const struct scene *scene, struct area area)
{
    int split = view_timeline_column(canvas->columns);
    struct area timeline = {area.row, split + 1, area.rows,
                            canvas->columns - split - 2};
    uint64_t cell_ns = scene->cell_ns != 0
                           ? scene->cell_ns
                           : fitting_cell(scene->now_ns, timeline.columns);
    char scale[64] = " ";
    struct text_buffer buffer = {scale, sizeof scale, 1};
    unsigned count = scene->model->thread_count, first = 0;
    unsigned room = (unsigned)area.rows - 1;

    view_heading(canvas, scene, area, PANE_THREADS, "THREADS");
    canvas_fill(canvas, area.row, split, 1, STYLE_DIM, "┬");
    add_scale(&buffer, cell_ns);
    if ((int)buffer.length > timeline.columns - 1) /* narrow: the number alone */
        buffer.length -= strlen(" a cell");
    text_add(&buffer, " ");
    canvas_put(canvas, area.row, split + 2, timeline.columns - 1, STYLE_DIM,
               text_of(scale));

    unsigned chosen = view_row_of(scene, scene->chosen);
    if (count > room && chosen > room / 2)
        first = chosen - room / 2 < count - room ? chosen - room / 2 : count - room;
    for (unsigned i = 0; i < room && first + i < count; i++) {
        int row = area.row + 1 + (int)i;
        bool above = i == 0 && first > 0;
        bool below = i == room - 1 && first + room < count;
        canvas_fill(canvas, row, split, 1, STYLE_DIM, "│");
        if (above)
            draw_elided(canvas, scene, row, 0, first + 1, "above");
        else if (below)
            draw_elided(canvas, scene, row, first + i, count, "below");
        else {
            unsigned thread = view_thread_in_row(scene, first + i);
            draw_row(canvas, scene, row, split - 1, thread);
            draw_timeline(canvas, scene, row, timeline, thread, cell_ns);
        }
    }
}

/* view_threads.c - the rows: one a thread, its state in words and over time. */
#include "memory.h"
#include "sentence.h"
#include "view.h"

#include <ctype.h>
#include <stdlib.h>
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

/* The cells to the right of the words. */
static struct area timeline_area(struct area area, int columns)
{
    int split = view_timeline_column(columns);

    return (struct area){area.row, split + 1, area.rows, columns - split - 2};
}

static uint64_t shown_cell(const struct scene *scene, int cells)
{
    return scene->cell_ns != 0 ? scene->cell_ns : fitting_cell(scene->now_ns, cells);
}

/* The number of the first cell that is shown; the last is that of the moment. */
static uint64_t first_cell(const struct scene *scene, uint64_t cell_ns, int cells)
{
    uint64_t last = scene->now_ns / cell_ns;

    return last + 1 > (uint64_t)cells ? last + 1 - (uint64_t)cells : 0;
}

bool view_timeline_at(const struct scene *scene, int columns, int column,
                      uint64_t *time_ns)
{
    struct area area = timeline_area((struct area){0, 0, 1, columns}, columns);
    uint64_t cell_ns = shown_cell(scene, area.columns);
    uint64_t cell = first_cell(scene, cell_ns, area.columns);

    if (column < area.column || column >= area.column + area.columns)
        return false;
    cell += (uint64_t)(column - area.column);
    *time_ns = cell * cell_ns;
    return *time_ns <= scene->now_ns;
}

static void draw_timeline(struct canvas *canvas, const struct scene *scene, int row,
                          struct area area, unsigned thread, uint64_t cell_ns)
{
    uint64_t last = scene->now_ns / cell_ns; /* the cell of the moment shown */
    uint64_t first = first_cell(scene, cell_ns, area.columns);

    for (uint64_t i = first; i <= last; i++) {
        uint64_t end = (i + 1) * cell_ns;
        if (end > scene->now_ns + 1)
            end = scene->now_ns + 1;
        unsigned states;
        enum state state = history_state_between(
            scene->history, thread, scene->model->step, i * cell_ns, end, &states);
        if (i == last) /* the moment itself, however short it is */
            state = view_shown_state(scene, thread);
        char letter[] = {state_letter(state), '\0'};
        if ((states & 1u << STATE_RUN) != 0 &&
            i != last) /* a small letter: it also ran for a moment */
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

/* The threads that are shown, by row, and how many are left out as they have ended. */
struct rows {
    unsigned *threads; /* freed by the caller */
    unsigned count, ended, chosen;
    unsigned room, first, last; /* rows of the pane; of all rows, those in sight */
};

/* What is in sight, so that the chosen one is; its first or last row tells of those
   that are not. */
static void scroll(struct rows *rows)
{
    unsigned count = rows->count + (rows->ended > 0); /* a row tells of those */

    rows->last = count;
    if (count <= rows->room)
        return;
    if (rows->chosen > rows->room / 2)
        rows->first = rows->chosen - rows->room / 2 < count - rows->room
                          ? rows->chosen - rows->room / 2
                          : count - rows->room;
    rows->last = rows->first + rows->room;
}

/* Where not all fit, those that have ended go first: as many as need be, and one more
   for the row that tells of them. */
static struct rows choose_rows(const struct scene *scene, unsigned room)
{
    unsigned count = scene->model->thread_count;
    unsigned most = count > room ? count - room + 1 : 0;
    struct rows rows = {grown(NULL, count + 1, sizeof *rows.threads), .room = room};

    for (unsigned i = 0; i < count; i++) {
        unsigned thread = view_thread_in_row(scene, i);
        bool chosen = thread == scene->chosen;
        if (!chosen && rows.ended < most &&
            view_shown_state(scene, thread) == STATE_ENDED) {
            rows.ended++;
            continue;
        }
        if (chosen)
            rows.chosen = rows.count;
        rows.threads[rows.count++] = thread;
    }
    scroll(&rows);
    return rows;
}

/* The thread in that of all rows; -1 for one that tells of those out of sight. */
static int thread_in(const struct rows *rows, unsigned at)
{
    unsigned count = rows->count + (rows->ended > 0);
    bool above = at == rows->first && at > 0;
    bool below = at + 1 == rows->last && at + 1 < count;
    bool told = above || below || at >= rows->count || at >= rows->last;

    return told ? -1 : (int)rows->threads[at];
}

int view_threads_at(const struct scene *scene, struct area area, int row)
{
    struct rows rows = choose_rows(scene, (unsigned)area.rows - 1);
    int thread = thread_in(&rows, rows.first + (unsigned)(row - area.row - 1));

    free(rows.threads);
    return thread;
}

int view_threads_row(const struct scene *scene, struct area area, unsigned thread)
{
    struct rows rows = choose_rows(scene, (unsigned)area.rows - 1);
    int row = -1;

    for (unsigned at = rows.first; at < rows.last; at++)
        if (thread_in(&rows, at) == (int)thread)
            row = area.row + 1 + (int)(at - rows.first);
    free(rows.threads);
    return row;
}

/* "2 below, 1 waits, 1 killed, 8 ended": what is so of the threads that do not fit. */
static void draw_elided(struct canvas *canvas, const struct scene *scene, int row,
                        const struct rows *rows, unsigned from, unsigned to,
                        const char *where)
{
    unsigned waiting = 0, killed = 0;
    char line[128] = "";
    struct text_buffer words = {line, sizeof line, 0};

    for (unsigned i = from; i < to; i++) {
        enum state state = view_shown_state(scene, rows->threads[i]);
        waiting += state == STATE_WAIT || state == STATE_TIMED || state == STATE_LOCK;
        killed += state == STATE_KILLED;
    }
    if (to > from)
        text_add(&words, "%u %s, ", to - from, where);
    if (waiting > 0)
        text_add(&words, "%u %s, ", waiting, waiting == 1 ? "waits" : "wait");
    if (killed > 0)
        text_add(&words, "%u killed, ", killed);
    if (rows->ended > 0 && to == rows->count)
        text_add(&words, "%u ended, not shown, ", rows->ended);
    if (words.length >= 2)
        canvas_put(canvas, row, 3, view_timeline_column(canvas->columns) - 3, STYLE_DIM,
                   text_part(text_of(line), 0, words.length - 2));
}

static void draw_heading(struct canvas *canvas, const struct scene *scene,
                         struct area area, struct area timeline, uint64_t cell_ns)
{
    char scale[64] = " ";
    struct text_buffer buffer = {scale, sizeof scale, 1};

    view_heading(canvas, scene, area, PANE_THREADS, "THREADS");
    canvas_fill(canvas, area.row, timeline.column - 1, 1, STYLE_DIM, "┬");
    add_scale(&buffer, cell_ns);
    if ((int)buffer.length > timeline.columns - 1) /* narrow: the number alone */
        buffer.length -= strlen(" a cell");
    text_add(&buffer, " ");
    canvas_put(canvas, area.row, timeline.column + 1, timeline.columns - 1, STYLE_DIM,
               text_of(scale));
}

void view_threads(struct canvas *canvas, const struct scene *scene, struct area area)
{
    int split = view_timeline_column(canvas->columns);
    struct area timeline = timeline_area(area, canvas->columns);
    uint64_t cell_ns = shown_cell(scene, timeline.columns);
    struct rows rows = choose_rows(scene, (unsigned)area.rows - 1);

    draw_heading(canvas, scene, area, timeline, cell_ns);
    for (unsigned at = rows.first; at < rows.last; at++) {
        int row = area.row + 1 + (int)(at - rows.first);
        canvas_fill(canvas, row, split, 1, STYLE_DIM, "│");
        int thread = thread_in(&rows, at);
        if (thread >= 0) {
            draw_row(canvas, scene, row, split - 1, (unsigned)thread);
            draw_timeline(canvas, scene, row, timeline, (unsigned)thread, cell_ns);
        } else if (at == rows.first && at > 0) {
            draw_elided(canvas, scene, row, &rows, 0, at + 1, "above");
        } else {
            draw_elided(canvas, scene, row, &rows, at, rows.count, "below");
        }
    }
    free(rows.threads);
}

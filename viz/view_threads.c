/* view_threads.c - the rows: one a thread, its state in words and over time. */
#include "memory.h"
#include "sentence.h"
#include "view_timeline.h"

#include <stdlib.h>
#include <string.h>

int view_threads_rows(const struct scene *scene)
{
    return 1 + (int)scene->model->thread_count;
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

/* What the rows have in common while they are drawn. */
struct sheet {
    struct canvas *canvas;
    const struct scene *scene;
    struct timeline timeline;
    int names; /* width of the names */
    int split; /* column of the line before the time line */
};

/* "child", and below it "└ feeder". */
static void draw_name(const struct sheet *sheet, int row,
                      const struct model_thread *thread, enum style style)
{
    const struct scene *scene = sheet->scene;
    int column = 3;

    if (is_below(scene, thread))
        column = canvas_put(sheet->canvas, row, column, 2, STYLE_DIM, text_of("└ "));
    canvas_put(sheet->canvas, row, column, sheet->names - (column - 3), style,
               model_name(scene->model, scene->reader, thread->object));
}

/* How long it has waited, where that is what the rows are sorted by. Returns the column
   where its words end. */
static int draw_waited(const struct sheet *sheet, int row, unsigned index)
{
    const struct scene *scene = sheet->scene;
    char words[32] = "";
    struct text_buffer buffer = {words, sizeof words, 0};
    int end = sheet->split - 1;

    if (scene->sorted != ORDER_WAITING)
        return end;
    text_add_duration(&buffer, model_waited(scene->model, index, scene->now_ns));
    canvas_put(sheet->canvas, row, end - (int)buffer.length, (int)buffer.length,
               STYLE_DIM, text_of(words));
    return end - (int)buffer.length - 1;
}

static void draw_row(const struct sheet *sheet, int row, unsigned index)
{
    const struct scene *scene = sheet->scene;
    struct canvas *canvas = sheet->canvas;
    const struct model_thread *thread = &scene->model->threads[index];
    bool chosen = index == scene->chosen;
    enum style plain = chosen ? STYLE_CHOSEN : STYLE_PLAIN;
    enum style state = (enum style)(STYLE_STATE + view_shown_state(scene, index));
    char words[512] = "";
    struct text_buffer buffer = {words, sizeof words, 0};
    int begin = sheet->names + 4, end = draw_waited(sheet, row, index);

    sentence_of_thread(&buffer, scene->model, scene->reader, index, scene->now_ns);
    if (canvas_text_width(text_of(words)) > end - begin) {
        buffer.length = 0;
        sentence_of_thread_brief(&buffer, scene->model, scene->reader, index,
                                 scene->now_ns);
    }
    canvas_print(canvas, row, 0, 1, STYLE_STRONG, "%s", chosen ? ">" : " ");
    canvas_print(canvas, row, 1, 1, view_thread_style(scene, thread->object), "%c",
                 view_thread_key(scene, thread->object));
    draw_name(sheet, row, thread, plain);
    int column =
        canvas_put(canvas, row, begin, 1, state, text_part(text_of(words), 0, 1));
    canvas_put_cut(canvas, row, column, end - column, plain,
                   text_part(text_of(words), 1, sizeof words));
    view_timeline_draw(canvas, scene, &sheet->timeline, row, index);
}

/* The threads that are shown, in the order of their rows, and how many are left out
   because they have ended. */
struct rows {
    unsigned *threads; /* freed by the caller */
    unsigned count, ended, chosen;
    unsigned room;  /* lines that there are */
    unsigned lines; /* lines that all would take */
    unsigned first; /* what the first line would show, were nothing above it */
};

/* Where not all fit, those that have ended go first: as many as need be, and one more
   for the line that tells of them. */
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
    rows.lines = rows.count + (rows.ended > 0);
    if (rows.lines > room && rows.chosen > room / 2)
        rows.first = rows.chosen - room / 2 < rows.lines - room ? rows.chosen - room / 2
                                                                : rows.lines - room;
    return rows;
}

/* The first and the last line tell of what lies beyond them. */
enum line { LINE_THREAD, LINE_ABOVE, LINE_BELOW, LINE_NONE };

static enum line line_at(const struct rows *rows, unsigned line)
{
    unsigned at = rows->first + line;
    bool is_last = line + 1 == rows->room;

    if (line >= rows->room || at >= rows->lines)
        return LINE_NONE;
    if (rows->chosen == at) /* also where there is one line only */
        return LINE_THREAD;
    if (line == 0 && rows->first > 0)
        return LINE_ABOVE;
    return at == rows->count || (is_last && at + 1 < rows->lines) ? LINE_BELOW
                                                                  : LINE_THREAD;
}

static struct rows rows_of(const struct scene *scene, struct area area)
{
    return choose_rows(scene, area.rows > 1 ? (unsigned)area.rows - 1 : 0);
}

int view_thread_at_row(const struct scene *scene, struct area area, int row)
{
    struct rows rows = rows_of(scene, area);
    int line = row - area.row - 1, thread = -1;

    if (line >= 0 && line_at(&rows, (unsigned)line) == LINE_THREAD)
        thread = (int)rows.threads[rows.first + (unsigned)line];
    free(rows.threads);
    return thread;
}

int view_row_at_thread(const struct scene *scene, struct area area, unsigned thread)
{
    struct rows rows = rows_of(scene, area);
    int row = -1;

    for (unsigned line = 0; line_at(&rows, line) != LINE_NONE; line++)
        if (line_at(&rows, line) == LINE_THREAD &&
            rows.threads[rows.first + line] == thread)
            row = area.row + 1 + (int)line;
    free(rows.threads);
    return row;
}

/* "9 below, 2 of them wait, 1 killed, 8 ended, not shown": what is so of the threads
   from one to the other, which do not fit. */
static void draw_elided(const struct sheet *sheet, int row, const struct rows *rows,
                        unsigned from, unsigned to)
{
    unsigned waiting = 0, killed = 0;
    char line[128] = "";
    struct text_buffer words = {line, sizeof line, 0};

    for (unsigned i = from; i < to; i++) {
        enum state state = view_shown_state(sheet->scene, rows->threads[i]);
        waiting += model_waits(state);
        killed += state == STATE_KILLED;
    }
    if (to > from)
        text_add(&words, "%u %s, ", to - from, from == 0 ? "above" : "below");
    if (waiting > 0)
        text_add(&words, "%u of them wait%s, ", waiting, waiting == 1 ? "s" : "");
    if (killed > 0)
        text_add(&words, "%u killed, ", killed);
    if (rows->ended > 0 && to == rows->count)
        text_add(&words, "%u ended, not shown, ", rows->ended);
    if (words.length >= 2)
        canvas_put(sheet->canvas, row, 3, sheet->split - 3, STYLE_DIM,
                   text_part(text_of(line), 0, words.length - 2));
}

static void draw_heading(struct canvas *canvas, const struct scene *scene,
                         struct area area)
{
    const char *order = view_order_words(scene->sorted);
    char title[64] = "THREADS";
    struct text_buffer words = {title, sizeof title, strlen(title)};

    if (order[0] != '\0')
        text_add(&words, "   %s", order);
    view_heading(canvas, scene, area, PANE_THREADS, title);
}

void view_threads(struct canvas *canvas, const struct scene *scene, struct area area)
{
    struct rows rows = rows_of(scene, area);
    struct sheet sheet = {canvas, scene, view_timeline(scene, area), name_width(scene),
                          view_timeline_column(area.columns)};

    draw_heading(canvas, scene, area);
    canvas_fill(canvas, area.row, sheet.split, 1, STYLE_DIM, "┬");
    view_timeline_heading(canvas, &sheet.timeline, area.row);
    for (unsigned line = 0; line_at(&rows, line) != LINE_NONE; line++) {
        int row = area.row + 1 + (int)line;
        unsigned at = rows.first + line;
        canvas_fill(canvas, row, sheet.split, 1, STYLE_DIM, "│");
        switch (line_at(&rows, line)) {
        case LINE_ABOVE:
            draw_elided(&sheet, row, &rows, 0, at + 1);
            break;
        case LINE_BELOW:
            draw_elided(&sheet, row, &rows, at, rows.count);
            break;
        default:
            draw_row(&sheet, row, rows.threads[at]);
            break;
        }
    }
    free(rows.threads);
}

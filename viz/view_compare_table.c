/* view_compare_table.c - what two runs have come to: one table of rows. */
#include "how_ended.h"
#include "view_compare.h"

#include <inttypes.h>

/* A row of the table. What is an end value stays hidden until the end is shown, so that
   a prediction is not spoiled; a surprise has its row all the time, so that no row
   moves, but no name until it happens. */
struct value {
    const char *name;
    void (*add)(struct text_buffer *buffer, const struct compared *run,
                const struct so_far *so_far);
    bool is_end;
    bool (*tells)(const struct so_far *so_far); /* NULL: always */
    bool is_surprise;
};

static uint64_t now_of(const struct compared *run, const struct so_far *so_far)
{
    return so_far == run->newest ? so_far->time_ns : run->scene->now_ns;
}

static void add_pair(struct text_buffer *buffer, uint64_t a, uint64_t b)
{
    text_add(buffer, "%" PRIu64 " / %" PRIu64, a, b);
}

static void add_results(struct text_buffer *buffer, const struct compared *run,
                        const struct so_far *so_far)
{
    struct so_far_results results = so_far_results(so_far, run->newest, run->is_over);

    add_pair(buffer, results.finished, results.seen);
}

static bool has_tasks(const struct so_far *so_far)
{
    return so_far->reported > 0;
}

static void add_tasks(struct text_buffer *buffer, const struct compared *run,
                      const struct so_far *so_far)
{
    (void)run;
    add_pair(buffer, so_far->reported, so_far->waited_for);
}

/* Where all is tasks, there need be no results. */
static bool has_results(const struct so_far *newest)
{
    return !has_tasks(newest) || so_far_results(newest, newest, true).finished > 0;
}

static void add_waited(struct text_buffer *buffer, const struct compared *run,
                       const struct so_far *so_far)
{
    text_add_duration(buffer, so_far_main_waited(so_far, now_of(run, so_far)));
}

static void add_order(struct text_buffer *buffer, const struct compared *run,
                      const struct so_far *so_far)
{
    static const char *const words[] = {
        [SO_FAR_NO_ORDER] = "-",
        [SO_FAR_AS_STARTED] = "as started",
        [SO_FAR_AS_ENDED] = "as they ended",
        [SO_FAR_BOTH] = "as started, as ended",
        [SO_FAR_NEITHER] = "neither",
    };

    (void)run;
    text_add(buffer, "%s", words[so_far_order(so_far)]);
}

static bool has_pieces(const struct so_far *so_far)
{
    return so_far->pieces > 0;
}

static void add_lines(struct text_buffer *buffer, const struct compared *run,
                      const struct so_far *so_far)
{
    (void)run;
    add_pair(buffer, so_far->whole_lines, so_far->torn_lines);
}

static bool has_idle(const struct so_far *so_far)
{
    return so_far->idle_wakeups > 0;
}

static void add_idle(struct text_buffer *buffer, const struct compared *run,
                     const struct so_far *so_far)
{
    (void)run;
    text_add(buffer, "%" PRIu64, so_far->idle_wakeups);
}

static void add_total(struct text_buffer *buffer, const struct compared *run,
                      const struct so_far *so_far)
{
    (void)run;
    text_add_duration(buffer, so_far->time_ns);
}

static void add_ending(struct text_buffer *buffer, const struct compared *run,
                       const struct so_far *so_far)
{
    int status;

    (void)so_far;
    if (reader_how_ended(run->scene->reader, &status) == READER_ENDED)
        text_add(buffer, "%d: %s", status, how_ended_brief(status));
    else
        text_add(buffer, "killed");
}

static bool has_items(const struct so_far *so_far)
{
    return so_far->put > 0;
}

static void add_items(struct text_buffer *buffer, const struct compared *run,
                      const struct so_far *so_far)
{
    (void)run;
    add_pair(buffer, so_far->put, so_far->taken);
}

static void add_depth(struct text_buffer *buffer, const struct compared *run,
                      const struct so_far *so_far)
{
    text_add(buffer, "%" PRIu64, so_far->most_items);
    if (so_far->fullest == 0)
        return;
    text_add(buffer, ", ");
    text_add_text(buffer,
                  model_name(run->scene->model, run->scene->reader, so_far->fullest));
}

static bool has_lock_wait(const struct so_far *so_far)
{
    return so_far->most_lock_ns > 0;
}

static void add_lock_wait(struct text_buffer *buffer, const struct compared *run,
                          const struct so_far *so_far)
{
    (void)run;
    text_add_duration(buffer, so_far->most_lock_ns);
}

static void add_threads(struct text_buffer *buffer, const struct compared *run,
                        const struct so_far *so_far)
{
    (void)run;
    add_pair(buffer, so_far->threads, so_far->processes);
}

static void add_code_lines(struct text_buffer *buffer, const struct compared *run,
                           const struct so_far *so_far)
{
    (void)so_far;
    text_add(buffer, "%u", run->code_lines);
}

static bool has_gaps(const struct so_far *so_far)
{
    return so_far->gaps > 0;
}

static void add_gaps(struct text_buffer *buffer, const struct compared *run,
                     const struct so_far *so_far)
{
    (void)run;
    text_add(buffer, "%" PRIu64, so_far->gaps);
}

/* What tells most stands first: not all of it fits everywhere. */
static const struct value values[] = {
    {"whole / torn lines", add_lines, false, has_pieces, true},
    {"results finished / seen by main", add_results, false, has_results, false},
    {"tasks done / seen by main's join", add_tasks, false, has_tasks, false},
    {"wake-ups for nothing", add_idle, false, has_idle, true},
    {"main has waited", add_waited, false, NULL, false},
    {"total time", add_total, true, NULL, false},
    {"order in which main sees results", add_order, true, NULL, false},
    {"how it ended", add_ending, true, NULL, false},
    {"items put / taken", add_items, false, has_items, false},
    {"most items in one queue", add_depth, false, has_items, false},
    {"longest wait for a lock", add_lock_wait, false, has_lock_wait, true},
    {"threads / processes", add_threads, false, NULL, false},
    {"lines of code", add_code_lines, false, NULL, false},
    {"steps lost", add_gaps, false, has_gaps, true},
};

enum { VALUES = sizeof values / sizeof values[0] };

/* Whether either run has something to say to it. */
static bool is_shown(const struct comparison *comparison, const struct value *value)
{
    return value->tells == NULL || value->tells(comparison->runs[0].newest) ||
           value->tells(comparison->runs[1].newest);
}

/* Whether that is still to come, and the end is not shown. */
static bool is_to_come(const struct comparison *comparison, const struct value *value)
{
    return value->is_surprise && !comparison->show_ends &&
           !value->tells(comparison->runs[0].so_far) &&
           !value->tells(comparison->runs[1].so_far);
}

int view_compare_table_rows(const struct comparison *comparison)
{
    int rows = 1;

    for (int i = 0; i < VALUES; i++)
        rows += is_shown(comparison, &values[i]);
    return rows;
}

/* The columns in which the values of A and B begin. */
static int column_of(int columns, int run)
{
    int first = columns < 120 ? 38 : columns / 3;

    return run == 0 ? first : first + (columns - first) / 2;
}

static void draw_heading(struct canvas *canvas, const struct comparison *comparison,
                         int row)
{
    canvas_fill(canvas, row, 0, canvas->columns, STYLE_DIM, "─");
    bool at_end = comparison->runs[0].at_end && comparison->runs[1].at_end;
    canvas_put(canvas, row, 0, canvas->columns, STYLE_HEAD,
               text_of(comparison->show_ends || at_end ? " AT THE END " : " SO FAR "));
    for (int i = 0; i < COMPARED_RUNS; i++) {
        char name[128] = "";
        struct text_buffer words = {name, sizeof name, 0};
        int column = column_of(canvas->columns, i) - 1;
        const struct reader *reader = comparison->runs[i].scene->reader;
        int room =
            (i == 0 ? column_of(canvas->columns, 1) - 1 : canvas->columns) - column - 1;
        text_add(&words, " %c ", "AB"[i]);
        view_add_program_within(&words, reader_text(reader, reader->layout.program),
                                room - 4);
        text_add(&words, " ");
        canvas_put_cut(canvas, row, column, room, STYLE_HEAD, text_of(name));
    }
}

static void draw_value(struct canvas *canvas, const struct comparison *comparison,
                       const struct value *value, int row)
{
    bool to_come = is_to_come(comparison, value);

    canvas_put_cut(canvas, row, 1, column_of(canvas->columns, 0) - 2,
                   to_come ? STYLE_DIM : STYLE_PLAIN,
                   text_of(to_come ? "(something that comes later)" : value->name));
    if (to_come)
        return;
    for (int i = 0; i < COMPARED_RUNS; i++) {
        const struct compared *run = &comparison->runs[i];
        bool is_end = comparison->show_ends && run->is_over;
        char words[128] = "";
        struct text_buffer buffer = {words, sizeof words, 0};
        int column = column_of(canvas->columns, i);
        int room =
            (i == 0 ? column_of(canvas->columns, 1) - 1 : canvas->columns) - column - 1;
        if (value->is_end && !run->at_end && !is_end) {
            canvas_put_cut(canvas, row, column, room, STYLE_DIM,
                           text_of("? (at the end)"));
            continue;
        }
        value->add(&buffer, run, is_end ? run->newest : run->so_far);
        canvas_put_cut(canvas, row, column, room, STYLE_STRONG, text_of(words));
    }
}

void view_compare_table(struct canvas *canvas, const struct comparison *comparison,
                        struct area area)
{
    int row = area.row, skip = comparison->large_table ? comparison->table_scroll : 0;

    draw_heading(canvas, comparison, row++);
    for (int i = 0; i < VALUES && row < area.row + area.rows; i++)
        if (is_shown(comparison, &values[i]) && skip-- <= 0)
            draw_value(canvas, comparison, &values[i], row++);
}

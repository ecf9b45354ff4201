/* view_compare_rows.c - the threads of one of two runs: a row each, with its role in
   the same row of both. */
#include "sentence.h"
#include "view_compare.h"
#include "view_timeline.h"

enum { NAME = 10, LEAST_CELLS = 14 };

int view_compare_split(int columns)
{
    int split = columns < VIEW_LEAST_COLUMNS ? columns : columns * 13 / 20;

    return split < columns - LEAST_CELLS - 2 ? split : columns - LEAST_CELLS - 2;
}

int view_compare_cells(int columns)
{
    if (columns >= VIEW_COMPARE_WIDE)
        columns = columns / 2;
    return columns - view_compare_split(columns) - 2;
}

/* The same for both runs: a moment stands in the same column of each. */
static struct timeline make_timeline(const struct comparison *comparison, unsigned run,
                                     int columns)
{
    int split = view_compare_split(columns);
    uint64_t a = comparison->runs[0].scene->now_ns, cell_ns = comparison->cell_ns;
    uint64_t b = comparison->runs[1].scene->now_ns, last = (a > b ? a : b) / cell_ns;
    struct timeline timeline = {
        .column = split + 1,
        .columns = columns - split - 2,
        .cell_ns = cell_ns,
        .now = comparison->runs[run].scene->now_ns / cell_ns,
    };
    uint64_t cells = (uint64_t)timeline.columns;

    timeline.first = last + 1 > cells ? last + 1 - cells : 0;
    return timeline;
}

static void draw_row(struct canvas *canvas, const struct scene *scene, int row,
                     unsigned thread)
{
    uint32_t object = scene->model->threads[thread].object;
    int width = view_compare_split(canvas->columns) - 1;
    char words[512] = "";
    struct text_buffer buffer = {words, sizeof words, 0};

    sentence_of_thread(&buffer, scene->model, scene->reader, thread, scene->now_ns);
    canvas_print(canvas, row, 1, 1, view_thread_style(scene, object), "%c",
                 view_thread_key(scene, object));
    canvas_put_cut(canvas, row, 3, NAME, STYLE_PLAIN,
                   model_name(scene->model, scene->reader, object));
    enum style style = (enum style)(STYLE_STATE + view_shown_state(scene, thread));
    int column =
        canvas_put(canvas, row, NAME + 4, 1, style, text_part(text_of(words), 0, 1));
    canvas_put_cut(canvas, row, column, width - column, STYLE_PLAIN,
                   text_part(text_of(words), 1, sizeof words));
}

/* "4 more below (j), 2 of them wait". */
static void draw_hidden(struct canvas *canvas, const struct comparison *comparison,
                        unsigned run, int row, int from)
{
    const struct scene *scene = comparison->runs[run].scene;
    int count = 0, waiting = 0;
    char words[80] = "";
    struct text_buffer buffer = {words, sizeof words, 0};

    for (int i = from; i < comparison->role_count; i++) {
        int thread = comparison->roles[i].threads[run];
        if (thread < 0)
            continue;
        enum state state = view_shown_state(scene, (unsigned)thread);
        count++;
        waiting += state == STATE_WAIT || state == STATE_TIMED || state == STATE_LOCK;
    }
    if (count == 0)
        return;
    text_add(&buffer, "%d more below (j)", count);
    if (waiting > 0)
        text_add(&buffer, ", %d of them %s", waiting, waiting == 1 ? "waits" : "wait");
    canvas_put_cut(canvas, row, 3, view_compare_split(canvas->columns) - 4, STYLE_DIM,
                   text_of(words));
}

/* The next role from that one on, as the rows go: where there are gaps, any; where
   there are none, one of that run. */
static int next_role(const struct comparison *comparison, unsigned run, int role,
                     bool gaps)
{
    while (!gaps && role < comparison->role_count &&
           comparison->roles[role].threads[run] < 0)
        role++;
    return role;
}

void view_compare_rows(struct canvas *canvas, const struct comparison *comparison,
                       unsigned run, struct area area, bool gaps)
{
    const struct scene *scene = comparison->runs[run].scene;
    struct timeline timeline = make_timeline(comparison, run, canvas->columns);
    int split = view_compare_split(canvas->columns);
    int count = gaps ? comparison->role_count : compared_threads(comparison, run);
    int role = next_role(comparison, run, 0, gaps);
    int first =
        comparison->scroll < count - area.rows ? comparison->scroll : count - area.rows;

    for (int i = 0; i < first; i++)
        role = next_role(comparison, run, role + 1, gaps);
    for (int row = area.row; row < area.row + area.rows; row++) {
        int next = next_role(comparison, run, role + 1, gaps);
        bool is_last = row == area.row + area.rows - 1 && next < comparison->role_count;
        canvas_fill(canvas, row, split, 1, STYLE_DIM, "│");
        if (is_last)
            draw_hidden(canvas, comparison, run, row, role);
        else if (role < comparison->role_count &&
                 comparison->roles[role].threads[run] >= 0) {
            unsigned thread = (unsigned)comparison->roles[role].threads[run];
            draw_row(canvas, scene, row, thread);
            view_timeline_draw(canvas, scene, &timeline, row, thread);
        }
        role = next;
    }
}

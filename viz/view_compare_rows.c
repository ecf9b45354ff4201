/* view_compare_rows.c - the threads of one of two runs: a row each, with its role in
   the same row of both. */
#include "sentence.h"
#include "view_compare.h"

#include <ctype.h>

enum { NAME = 10, LEAST_CELLS = 14 };

int view_compare_split(int columns)
{
    int split = columns * 13 / 20;

    return split < columns - LEAST_CELLS - 2 ? split : columns - LEAST_CELLS - 2;
}

int view_compare_cells(int columns)
{
    if (columns >= VIEW_COMPARE_WIDE)
        columns = columns / 2;
    return columns - view_compare_split(columns) - 2;
}

static void draw_timeline(struct canvas *canvas, const struct scene *scene, int row,
                          unsigned thread, uint64_t cell_ns)
{
    int column = view_compare_split(canvas->columns) + 1;
    uint64_t cells = (uint64_t)(canvas->columns - column - 1);
    uint64_t last = scene->now_ns / cell_ns; /* the cell of the moment shown */
    uint64_t first = last + 1 > cells ? last + 1 - cells : 0;

    for (uint64_t i = first; i <= last; i++) {
        uint64_t end = (i + 1) * cell_ns;
        if (end > scene->now_ns + 1)
            end = scene->now_ns + 1;
        unsigned states;
        enum state state = history_state_between(
            scene->history, thread, scene->model->step, i * cell_ns, end, &states);
        if (i == last) /* the moment itself, however short it is */
            state = view_shown_state(scene, thread);
        states |= 1u << state;
        char letter[] = {state_letter(state), '\0'};
        if ((states & (states - 1)) != 0) /* more than one */
            letter[0] = (char)tolower(letter[0]);
        canvas_fill(canvas, row, column + (int)(i - first), 1,
                    (enum style)(STYLE_STATE + state), letter);
    }
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

void view_compare_rows(struct canvas *canvas, const struct comparison *comparison,
                       unsigned run, struct area area, int first)
{
    const struct scene *scene = comparison->runs[run].scene;
    int split = view_compare_split(canvas->columns);

    for (int i = 0; i < area.rows; i++) {
        int at = first + i, row = area.row + i;
        bool is_last = i == area.rows - 1 && at + 1 < comparison->role_count;
        canvas_fill(canvas, row, split, 1, STYLE_DIM, "│");
        if (is_last) {
            draw_hidden(canvas, comparison, run, row, at);
        } else if (at < comparison->role_count &&
                   comparison->roles[at].threads[run] >= 0) {
            unsigned thread = (unsigned)comparison->roles[at].threads[run];
            draw_row(canvas, scene, row, thread);
            draw_timeline(canvas, scene, row, thread, comparison->cell_ns);
        }
    }
}

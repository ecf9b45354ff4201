/* view_queues.c - what is in every queue, and what is held of everything else. */
#include "view.h"

#include <inttypes.h>
#include <string.h>

/* Whether the object has a row of its own here: queues, locks and event flags do. */
static bool is_shown(const struct model_object *object)
{
    return object->type == OBJECT_QUEUE || object->type == OBJECT_LOCK ||
           object->type == OBJECT_EVENT;
}

int view_queues_rows(const struct scene *scene)
{
    int rows = 1;

    for (uint32_t i = 0; i < scene->model->object_count; i++)
        rows += is_shown(&scene->model->objects[i]);
    return rows == 1 ? 2 : rows;
}

/* "2 queued + 3 taken = 5 unfinished, no limit"; "3 of 3 queued (full)" */
static void add_counts(struct text_buffer *buffer, const struct model_object *queue)
{
    if (queue->unsure)
        text_add(buffer, "(unsure: a step was lost) ");
    text_add(buffer, "%" PRIu32, queue->count);
    if (queue->capacity > 0)
        text_add(buffer, " of %" PRIu64, queue->capacity);
    text_add(buffer, " queued%s",
             queue->capacity > 0 && queue->count >= queue->capacity ? " (full)" : "");
    if (queue->uses_tasks && queue->unfinished >= queue->count)
        text_add(buffer, " + %" PRIu32 " taken = %" PRIu32 " unfinished",
                 queue->unfinished - queue->count, queue->unfinished);
    if (queue->capacity == 0)
        text_add(buffer, ", no limit");
    if (queue->is_shutdown)
        text_add(buffer, ", shut down");
}

/* The items from the next one out; what does not fit is counted: "+12". */
static void draw_items(struct canvas *canvas, const struct scene *scene, int row,
                       int column, int end, const struct model_object *queue)
{
    for (uint32_t i = 0; i < queue->count; i++) {
        char quoted[80] = "";
        struct text_buffer buffer = {quoted, sizeof quoted, 0};
        struct text label = model_item_label(scene->reader, model_item(queue, i));
        if (label.length == 0 || memchr(label.bytes, ' ', label.length) != NULL) {
            text_add(&buffer, "'");
            text_add_text(&buffer, text_part(label, 0, sizeof quoted - 3));
            text_add(&buffer, "'");
            label = text_of(quoted);
        }
        int width = canvas_text_width(label);
        bool last = i + 1 == queue->count;
        if (width > 20)
            width = 20;
        if (column + 1 + width > end - (last ? 0 : 7)) {
            canvas_print(canvas, row, column + 1, end - column - 1, STYLE_DIM,
                         "+%" PRIu32, queue->count - i);
            return;
        }
        bool moved = model_item(queue, i) == scene->model->step;
        canvas_put(canvas, row, column + 1, width, moved ? STYLE_STRONG : STYLE_PLAIN,
                   label);
        column += 1 + width;
    }
}

static void draw_queue(struct canvas *canvas, const struct scene *scene, int row,
                       int column, const struct model_object *queue)
{
    char counts[160] = "";
    struct text_buffer buffer = {counts, sizeof counts, 0};

    add_counts(&buffer, queue);
    int width = canvas_text_width(text_of(counts));
    int start = canvas->columns - 1 - width;
    canvas_put(canvas, row, start, width, STYLE_PLAIN, text_of(counts));
    canvas_put(canvas, row, column, 1, STYLE_DIM, text_of("<"));
    draw_items(canvas, scene, row, column + 1, start - 1, queue);
}

static void draw_lock(struct canvas *canvas, const struct scene *scene, int row,
                      int column, const struct model_object *lock)
{
    if (lock->holder == 0) {
        canvas_print(canvas, row, column, canvas->columns, STYLE_PLAIN, "lock, free");
        return;
    }
    column = canvas_print(canvas, row, column, canvas->columns, STYLE_STRONG,
                          "lock, held by ");
    canvas_put(canvas, row, column, canvas->columns,
               view_thread_style(scene, lock->holder),
               model_name(scene->model, scene->reader, lock->holder));
}

void view_queues(struct canvas *canvas, const struct scene *scene, struct area area)
{
    const struct model *model = scene->model;
    int row = area.row + 1, end = area.row + area.rows;
    int hidden = view_queues_rows(scene) - area.rows;

    view_heading(canvas, scene, area, PANE_QUEUES,
                 "QUEUES   next out <── ... <── put in");
    for (uint32_t i = 0; i < model->object_count && row < end; i++) {
        const struct model_object *object = &model->objects[i];
        if (!is_shown(object))
            continue;
        if (row == end - 1 && hidden > 0) {
            canvas_print(canvas, row, 1, canvas->columns, STYLE_DIM,
                         "%d more (z shows them)", hidden + 1);
            return;
        }
        canvas_put(canvas, row, 1, 9, STYLE_PLAIN, model_name(model, scene->reader, i));
        if (object->type == OBJECT_QUEUE)
            draw_queue(canvas, scene, row, 11, object);
        else if (object->type == OBJECT_LOCK)
            draw_lock(canvas, scene, row, 11, object);
        else
            canvas_print(canvas, row, 11, canvas->columns, STYLE_PLAIN, "event, %s",
                         object->is_set ? "set" : "not set");
        row++;
    }
    if (row == area.row + 1)
        canvas_print(canvas, row, 1, canvas->columns, STYLE_DIM, "none yet");
}

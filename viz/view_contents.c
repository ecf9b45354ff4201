/* view_contents.c - what is in a queue, pipe or list, item by item. */
#include "view_contents.h"

#include <inttypes.h>
#include <string.h>

enum { WORDS = 160 };

/* Text that is put together, where it lives. */
struct words {
    char bytes[WORDS];
};

/* An item in words, in quotes where it would not be seen to be one. */
static struct text item_text(const struct scene *scene, uint64_t step,
                             struct words *quoted)
{
    struct text_buffer buffer = {quoted->bytes, sizeof quoted->bytes, 0};
    struct text label = model_item_label(scene->reader, step);

    if (label.length > 0 && memchr(label.bytes, ' ', label.length) == NULL)
        return label;
    quoted->bytes[0] = '\0';
    text_add(&buffer, "'");
    text_add_text(&buffer, text_part(label, 0, sizeof quoted->bytes - 3));
    text_add(&buffer, "'");
    return text_of(quoted->bytes);
}

static int item_width(const struct scene *scene, uint64_t step)
{
    enum { MOST_ITEM = 20 };
    struct words quoted;
    int width = canvas_text_width(item_text(scene, step, &quoted));

    return width < MOST_ITEM ? width : MOST_ITEM;
}

/* The items from the next one out; what does not fit is counted: "+12". */
static void draw_items(struct queue_row *row, const struct ring *items, uint32_t first,
                       enum style style)
{
    for (uint32_t i = first; i < items->count; i++) {
        uint64_t step = ring_at(items, i);
        int width = item_width(row->scene, step);
        bool last = i + 1 == items->count;
        if (row->column + 1 + width > row->end - (last ? 0 : 7)) {
            canvas_print(row->canvas, row->row, row->column + 1,
                         row->end - row->column - 1, STYLE_DIM, "+%" PRIu32,
                         items->count - i);
            row->column = row->end;
            return;
        }
        bool moved = step == row->scene->model->step;
        struct words quoted;
        canvas_put(row->canvas, row->row, row->column + 1, width,
                   moved ? STYLE_STRONG : style, item_text(row->scene, step, &quoted));
        row->column += 1 + width;
    }
}

/* A list's last items; those before them are counted. */
static void draw_list(struct queue_row *row, const struct model_object *list)
{
    uint32_t first = list->items.count;
    int room = row->end - row->column - 7;

    while (first > 0) {
        room -= 1 + item_width(row->scene, ring_at(&list->items, first - 1));
        if (room < 0)
            break;
        first--;
    }
    if (first > 0)
        row->column = canvas_print(row->canvas, row->row, row->column + 1, 6, STYLE_DIM,
                                   "%" PRIu32 "+", first);
    draw_items(row, &list->items, first, STYLE_PLAIN);
}

static void draw_requests(struct queue_row *row, uint32_t manager)
{
    struct ring requests =
        model_requests(row->scene->model, row->scene->reader, manager);

    draw_items(row, &requests, 0, STYLE_PLAIN);
    ring_free(&requests);
}

void view_contents(struct queue_row *row, const struct model_object *object)
{
    if (object->type == OBJECT_LIST) {
        draw_list(row, object);
        return;
    }
    canvas_put(row->canvas, row->row, row->column++, 1, STYLE_DIM, text_of("<"));
    if (object->type == OBJECT_THREAD)
        draw_requests(row, object->number);
    draw_items(row, &object->items, 0, STYLE_PLAIN);
    if (object->buffered.count == 0 || row->column + 2 >= row->end)
        return;
    canvas_put(row->canvas, row->row, row->column + 1, 1, STYLE_DIM, text_of("│"));
    row->column += 2;
    draw_items(row, &object->buffered, 0, STYLE_DIM);
}

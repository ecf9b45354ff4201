/* view_contents.c - what is in a queue, pipe or list, item by item. */
#include "view_contents.h"
#include "sentence.h"

#include <inttypes.h>
#include <string.h>

enum { WORDS = 160, MOST_ITEM = 20 };

#define NONE UINT64_MAX

/* Text that is put together, where it lives. */
struct words {
    char bytes[WORDS];
};

/* The items of an object, from the next one out. */
struct contents {
    const struct scene *scene;
    const struct ring *items;
    const struct ring *buffered; /* stand behind a line */
    uint64_t moved;              /* the item that moved last, by its step; or NONE */
    uint32_t count;              /* of all */
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
    struct words quoted;
    int width = canvas_text_width(item_text(scene, step, &quoted));

    return width < MOST_ITEM ? width : MOST_ITEM;
}

static uint64_t step_at(const struct contents *contents, uint32_t i)
{
    return i < contents->items->count
               ? ring_at(contents->items, i)
               : ring_at(contents->buffered, i - contents->items->count);
}

static bool is_behind_line(const struct contents *contents, uint32_t i)
{
    return i == contents->items->count;
}

/* A blank, the item, a star where it moved last, and the line before it. */
static int width_at(const struct contents *contents, uint32_t i)
{
    uint64_t step = step_at(contents, i);

    return 1 + item_width(contents->scene, step) + (step == contents->moved) +
           2 * is_behind_line(contents, i);
}

static void draw_item(struct queue_row *row, const struct contents *contents,
                      uint32_t i)
{
    uint64_t step = step_at(contents, i);
    int width = item_width(contents->scene, step);
    enum style style = i < contents->items->count ? STYLE_PLAIN : STYLE_DIM;
    struct words quoted;

    if (is_behind_line(contents, i)) {
        canvas_put(row->canvas, row->row, row->column + 1, 1, STYLE_DIM, text_of("│"));
        row->column += 2;
    }
    row->column++;
    if (step == contents->moved) {
        style = STYLE_STRONG;
        canvas_put(row->canvas, row->row, row->column++, 1, style, text_of("*"));
    }
    canvas_put_cut(row->canvas, row->row, row->column, width, style,
                   item_text(contents->scene, step, &quoted));
    row->column += width;
}

/* "… +34 …" in place of the items from first to last; with the line where that is there
   too: "… +30 │ +4 …". */
static struct text hidden_text(const struct contents *contents, uint32_t first,
                               uint32_t last, struct words *words)
{
    struct text_buffer buffer = {words->bytes, sizeof words->bytes, 0};
    uint32_t line = contents->items->count;
    bool has_line = first <= line && line < last;

    words->bytes[0] = '\0';
    text_add(&buffer, has_line && first == line ? "│ … +" : "… +");
    if (has_line && first < line)
        text_add(&buffer, "%" PRIu32 " │ +", line - first);
    text_add(&buffer, "%" PRIu32 " …", last - (has_line ? line : first));
    return text_of(words->bytes);
}

/* How many items at both ends fit into so many cells, with the count of those between
   them; as many as fit at the front, if they are all there are. */
static void fit(const struct contents *contents, int room, uint32_t *front,
                uint32_t *back)
{
    uint32_t count = contents->count, fitting = 0;
    struct words words;
    int width = 0;

    *front = *back = 0;
    while (fitting < count && (width += width_at(contents, fitting)) <= room)
        fitting++;
    if (fitting == count) {
        *front = count;
        return;
    }
    room -= 1 + canvas_text_width(hidden_text(contents, 0, count, &words));
    for (bool more = true; more && *front + *back < count;) {
        more = false;
        if ((width = width_at(contents, *front)) <= room) {
            room -= width, ++*front;
            more = true;
        }
        if ((width = width_at(contents, count - 1 - *back)) <= room) {
            room -= width, ++*back;
            more = true;
        }
    }
}

/* "+34", or "…" where even that does not fit. */
static struct text count_text(uint32_t count, int room, struct words *words)
{
    struct text_buffer buffer = {words->bytes, sizeof words->bytes, 0};

    text_add(&buffer, "+%" PRIu32, count);
    return (int)buffer.length <= room ? text_of(words->bytes) : text_of("…");
}

/* All items, or those at both ends and the count of the others between them: what goes
   out next and what came in last are what matters. */
static void draw_items(struct queue_row *row, const struct contents *contents)
{
    uint32_t front, back, count = contents->count;
    struct words words;

    fit(contents, row->end - row->column, &front, &back);
    for (uint32_t i = 0; i < front; i++)
        draw_item(row, contents, i);
    if (front == count)
        return;
    struct text hidden = hidden_text(contents, front, count - back, &words);
    int room = row->end - row->column - 1;
    if (front + back == 0 && canvas_text_width(hidden) > room) /* the count alone */
        hidden = count_text(count, room, &words);
    row->column =
        canvas_put(row->canvas, row->row, row->column + 1, room, STYLE_DIM, hidden);
    for (uint32_t i = count - back; i < count; i++)
        draw_item(row, contents, i);
}

/* A dot for each place that is free, where they all fit. */
static void draw_free(struct queue_row *row, const struct model_object *object,
                      uint32_t used)
{
    bool has_places =
        object->type == OBJECT_QUEUE || object->type == OBJECT_PROCESS_QUEUE;
    uint64_t room = row->end > row->column ? (uint64_t)(row->end - row->column) / 2 : 0;

    if (!has_places || object->capacity <= used || object->capacity - used > room)
        return;
    for (uint64_t i = used; i < object->capacity; i++, row->column += 2)
        canvas_put(row->canvas, row->row, row->column + 1, 1, STYLE_DIM, text_of("·"));
}

/* What a step did with its item. */
static const char *verb_of(enum trace_kind kind)
{
    static const char *const verbs[TRACE_KINDS] = {
        [TRACE_QUEUE_PUT] = "put",           [TRACE_QUEUE_GET] = "taken",
        [TRACE_QUEUE_DROP] = "dropped",      [TRACE_PIPE_SEND] = "sent",
        [TRACE_PIPE_RECV] = "received",      [TRACE_PROCESS_QUEUE_PUT] = "put",
        [TRACE_PROCESS_QUEUE_SEND] = "sent", [TRACE_PROCESS_QUEUE_GET] = "taken",
        [TRACE_LIST_APPEND] = "appended",    [TRACE_LIST_SET] = "written",
    };

    return (unsigned)kind < TRACE_KINDS ? verbs[kind] : NULL;
}

/* The step that put the item which that step is about. */
static uint64_t item_of(const struct scene *scene, uint64_t step)
{
    switch (reader_kind(scene->reader, step)) {
    case TRACE_QUEUE_GET:
    case TRACE_QUEUE_DROP:
    case TRACE_PIPE_RECV:
    case TRACE_PROCESS_QUEUE_SEND:
    case TRACE_PROCESS_QUEUE_GET:
        return reader_event(scene->reader, step)->number;
    default:
        return step;
    }
}

/* "e taken by worker-2" of the step shown, "last: e taken by worker-2" where that was
   before; nothing where nothing moved. */
static struct text who_text(const struct scene *scene, uint64_t step,
                            struct words *words)
{
    const char *verb = step != 0 ? verb_of(reader_kind(scene->reader, step)) : NULL;
    struct text_buffer buffer = {words->bytes, sizeof words->bytes, 0};
    struct words quoted;

    words->bytes[0] = '\0';
    if (verb == NULL)
        return text_of("");
    uint32_t thread = reader_event(scene->reader, step)->thread;
    text_add(&buffer, step == scene->model->step ? "" : "last: ");
    text_add_text(&buffer, item_text(scene, item_of(scene, step), &quoted));
    text_add(&buffer, " %s by ", verb);
    sentence_add_name(&buffer, scene->model, scene->reader, thread,
                      model_process_of(scene->model, thread));
    return text_of(words->bytes);
}

/* The items, and at the end of what is left of the row who moved the last one, if that
   fits there. Where the items do not all fit anyway, they leave room for it. */
static void draw_contents(struct queue_row *row, const struct model_object *object,
                          const struct contents *contents)
{
    enum { LEAST_ITEMS = 24 };
    struct words words;
    struct text who = who_text(row->scene, object->moved_step, &words);
    int width = canvas_text_width(who), end = row->end;
    bool is_now = object->moved_step == row->scene->model->step;
    uint32_t front, back;

    fit(contents, end - row->column, &front, &back);
    if (front < contents->count && end - row->column - width - 3 >= LEAST_ITEMS)
        row->end -= width + 3;
    draw_items(row, contents);
    draw_free(row, object, contents->count);
    row->end = end;
    if (row->column + 2 + width <= end - 1)
        canvas_put(row->canvas, row->row, end - 1 - width, width,
                   is_now ? STYLE_STRONG : STYLE_DIM, who);
}

void view_contents(struct queue_row *row, const struct model_object *object)
{
    struct ring requests = {.count = 0};
    uint64_t moved = object->moved_step;
    struct contents contents = {row->scene, &object->items, &object->buffered, NONE, 0};

    if (object->type == OBJECT_THREAD) { /* a manager */
        requests =
            model_requests(row->scene->model, row->scene->reader, object->number);
        contents.items = &requests;
    }
    if (moved != 0 && item_of(row->scene, moved) != 0) /* 0: not known */
        contents.moved = item_of(row->scene, moved);
    contents.count = contents.items->count + contents.buffered->count;
    if (object->type != OBJECT_LIST && row->column < row->end)
        canvas_put(row->canvas, row->row, row->column++, 1, STYLE_DIM, text_of("<"));
    draw_contents(row, object, &contents);
    ring_free(&requests);
}

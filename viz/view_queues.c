/* view_queues.c - what is in every queue and pipe, and what is so of everything else.
 */
#include "sentence.h"
#include "view_contents.h"
#include "view_objects.h"

#include <inttypes.h>
#include <string.h>

enum { LEAST_NAME = 9, MOST_NAME = 20, WORDS = 160 };

/* Text that is put together, where it lives. */
struct words {
    char bytes[WORDS];
};

static struct text name_of(const struct scene *scene, const struct model_object *object,
                           struct words *name)
{
    struct text_buffer buffer = {name->bytes, sizeof name->bytes, 0};

    name->bytes[0] = '\0';
    sentence_add_name(&buffer, scene->model, scene->reader, object->number,
                      object->process);
    return text_of(name->bytes);
}

/* The widest name, within reason. */
static int name_width(const struct scene *scene)
{
    const struct model_object *object = NULL;
    int widest = LEAST_NAME;
    struct words name;

    while ((object = view_next_shown(scene, object)) != NULL) {
        int width = canvas_text_width(name_of(scene, object, &name));
        if (width > widest && !view_is_packed(scene, view_rank_of(object)))
            widest = width;
    }
    return widest < MOST_NAME ? widest : MOST_NAME;
}

/* "count = 2   slot[0] = 7", "stop-0 set   stop-1 -"; those that do not fit are
 * counted. */
static void draw_variables(struct queue_row *row, const struct model_object *first)
{
    const struct scene *scene = row->scene;
    int hidden = 0, column = 1, end = row->canvas->columns - 1;

    for (const struct model_object *at = first; at != NULL;
         at = view_next_of(scene, at, view_rank_of(first))) {
        char value[WORDS] = "";
        struct words name;
        struct text_buffer buffer = {value, sizeof value, 0};
        bool is_now = at->change_step == scene->model->step;
        text_add_text(&buffer, name_of(scene, at, &name));
        text_add(&buffer, " ");
        if (at->type == OBJECT_EVENT)
            text_add(&buffer, "%s", at->is_set ? "set" : "-");
        else
            sentence_of_object(&buffer, scene->model, scene->reader, at);
        int width = canvas_text_width(text_of(value));
        if (hidden > 0 || column + width > end - 5) {
            hidden++;
            continue;
        }
        column = 3 + canvas_put(row->canvas, row->row, column, width,
                                is_now ? STYLE_STRONG : STYLE_PLAIN, text_of(value));
    }
    if (hidden > 0)
        canvas_print(row->canvas, row->row, column, end - column, STYLE_DIM, "+%d",
                     hidden);
}

/* Of a pipe, what it cannot hold is still to be written. */
static void add_words(struct text_buffer *buffer, const struct scene *scene,
                      const struct model_object *object)
{
    if (object->type == OBJECT_PIPE && !object->unsure &&
        object->bytes > object->capacity)
        text_add(buffer,
                 "%" PRIu64 " in the pipe (full), %" PRIu64 " still to be written",
                 object->capacity, object->bytes - object->capacity);
    else
        sentence_of_object(buffer, scene->model, scene->reader, object);
}

static bool is_full(const struct model_object *object)
{
    uint64_t used = (uint64_t)object->items.count + object->buffered.count;

    if (object->type == OBJECT_PIPE)
        used = object->bytes;
    return object->capacity > 0 && used >= object->capacity;
}

/* Where there is little room for items, the words do without what matters least. */
static void make_room(char *words, int columns)
{
    enum { LEAST_ITEMS = 16 };
    static const char limit[] = ", no limit";
    char *at = strstr(words, limit), *rest = at != NULL ? at + strlen(limit) : NULL;

    if (at != NULL && columns - canvas_text_width(text_of(words)) < LEAST_ITEMS)
        memmove(at, rest, strlen(rest) + 1);
}

/* A queue's words stand at the right end, its items before them. */
static void draw_object(struct queue_row *row, const struct model_object *object)
{
    char words[WORDS] = "";
    struct text_buffer buffer = {words, sizeof words, 0};
    bool held = object->type == OBJECT_LOCK && object->holder != 0;
    int end = row->canvas->columns - 1;

    add_words(&buffer, row->scene, object);
    if (view_rank_of(object) != CONTENTS) {
        canvas_put(row->canvas, row->row, row->column, end - row->column,
                   held ? view_thread_style(row->scene, object->holder) : STYLE_PLAIN,
                   text_of(words));
        return;
    }
    make_room(words, end - row->column - 2);
    int width = canvas_text_width(text_of(words));
    if (width > end - row->column - 2)
        width = end - row->column - 2;
    canvas_put_cut(row->canvas, row->row, end - width, width,
                   is_full(object) ? STYLE_STRONG : STYLE_PLAIN, text_of(words));
    row->end = end - width - 1;
    view_contents(row, object);
}

/* Rows for objects: all but the heading, and in a small pane the one that tells how
   many more there are. */
static int rows_for_objects(const struct scene *scene, struct area area)
{
    return area.rows - 1 - (!scene->large && view_queues_rows(scene) > area.rows);
}

/* How many objects stand above the first row, so that the chosen one is in sight. */
static int first_row(const struct scene *scene, struct area area)
{
    const struct model_object *object = view_next_shown(scene, NULL);
    const struct model_object *chosen = view_chosen_object(scene);
    int rows = rows_for_objects(scene, area), row = 0;
    int most = view_queues_rows(scene) - 1 - rows;

    if (scene->pane != PANE_QUEUES || rows < 1)
        return 0;
    for (; object != NULL && object != chosen; row++)
        object = view_next_shown(scene, object);
    row = row - rows / 2 < most ? row - rows / 2 : most;
    return row > 0 ? row : 0;
}

static void draw_heading(struct canvas *canvas, const struct scene *scene,
                         struct area area)
{
    char title[96] = "";
    struct text_buffer words = {title, sizeof title, 0};
    int first = first_row(scene, area), all = view_queues_rows(scene) - 1;

    text_add(&words, "QUEUES   next out <── ... <── put in");
    if (scene->large && all > area.rows - 1)
        text_add(&words, "   %d-%d of %d", first + 1, first + area.rows - 1, all);
    view_heading(canvas, scene, area, PANE_QUEUES, title);
}

/* All that share a row, or one object with its name. */
static void draw_row(struct queue_row *row, const struct model_object *object,
                     int names)
{
    struct words name;

    if (view_is_packed(row->scene, view_rank_of(object))) {
        draw_variables(row, object);
        return;
    }
    canvas_put_cut(row->canvas, row->row, 1, names, STYLE_PLAIN,
                   name_of(row->scene, object, &name));
    row->column = names + 2;
    draw_object(row, object);
}

/* Which rows there is room for. What a thread waits for matters most. */
struct room {
    int skipped; /* rows above the first one that is shown */
    int awaited; /* rows kept free for what threads wait for */
    int others;
};

static struct room room_of(const struct scene *scene, struct area area)
{
    const struct model_object *object = NULL;
    struct room room = {first_row(scene, area), 0, rows_for_objects(scene, area)};

    if (scene->pane == PANE_QUEUES) /* it scrolls */
        return room;
    while (room.others > 0 && (object = view_next_shown(scene, object)) != NULL)
        if (model_is_awaited(scene->model, scene->reader, object))
            room.awaited++, room.others--;
    return room;
}

/* Takes the row that the object gets; false: it gets none. */
static bool has_row(struct room *room, const struct scene *scene,
                    const struct model_object *object)
{
    if (room->skipped > 0) {
        room->skipped--;
        return false;
    }
    int *rows =
        room->awaited > 0 && model_is_awaited(scene->model, scene->reader, object)
            ? &room->awaited
            : &room->others;
    return *rows > 0 && (*rows)-- > 0;
}

void view_queues(struct canvas *canvas, const struct scene *scene, struct area area)
{
    const struct model_object *object = NULL;
    const struct model_object *chosen =
        scene->pane == PANE_QUEUES ? view_chosen_object(scene) : NULL;
    int rows = rows_for_objects(scene, area), names = name_width(scene);
    int hidden = view_queues_rows(scene) - 1 - rows;
    struct room room = room_of(scene, area);
    struct queue_row row = {canvas, scene, area.row + 1, 0, 0};

    draw_heading(canvas, scene, area);
    if (area.rows < 2)
        return;
    while ((object = view_next_shown(scene, object)) != NULL &&
           row.row <= area.row + rows) {
        if (!has_row(&room, scene, object))
            continue;
        if (object == chosen)
            canvas_print(canvas, row.row, 0, 1, STYLE_STRONG, ">");
        draw_row(&row, object, names);
        row.row++;
    }
    if (row.row == area.row + 1 && hidden <= 0)
        canvas_print(canvas, row.row, 1, canvas->columns, STYLE_DIM, "none yet");
    else if (hidden > 0 && !scene->large)
        canvas_print(canvas, row.row, 1, canvas->columns, STYLE_DIM,
                     scene->pane == PANES ? "%d more" : "%d more (z shows them)",
                     hidden); /* beside another run no pane can be chosen */
}

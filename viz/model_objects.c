/* model_objects.c - which objects there are, and whose; see model_apply.h. */
#include "memory.h"
#include "model_apply.h"

#include <string.h>

/* Whoever makes an object takes a number and then records a step, so numbers are ahead
   of steps by the threads that are between the two, at most. A number that is further
   ahead comes from a damaged trace, and gets no memory. */
enum { NUMBERS_AHEAD = TRACE_THREADS };

/* What copies may take in all; a damaged trace could fork for ever. */
enum { MOST_COPIES = 1 << 16, MOST_COPIED_ITEMS = 1 << 20 };

/* Whether a fork copies it. */
static bool is_private(enum object_type type)
{
    static const bool types[OBJECT_TYPES] = {
        [OBJECT_QUEUE] = true, [OBJECT_LOCK] = true, [OBJECT_CONDITION] = true,
        [OBJECT_EVENT] = true, [OBJECT_LIST] = true, [OBJECT_SHARED] = true,
    };

    return types[type];
}

static void make_room(struct model *model, uint32_t number)
{
    uint32_t count = number + 1 + number / 2;

    if (number < model->object_count)
        return;
    model->objects = grown(model->objects, count, sizeof *model->objects);
    memset(&model->objects[model->object_count], 0,
           (count - model->object_count) * sizeof *model->objects);
    model->object_count = count;
}

struct model_object *model_find(struct model *model, uint32_t number, uint32_t process,
                                enum object_type type)
{
    /* what it returns is ours, and may be changed here */
    struct model_object *object =
        (struct model_object *)model_object_of(model, number, process);

    return object->type == type ? object : NULL;
}

struct model_object *model_touch(struct model *model, uint32_t number, uint32_t process,
                                 enum object_type type)
{
    if (number == 0 || number >= model->step + NUMBERS_AHEAD)
        return NULL;
    make_room(model, number);
    struct model_object *object = &model->objects[number];
    if (object->type == OBJECT_NONE) {
        object->type = type;
        object->number = number;
        object->process = process;
    }
    return model_find(model, number, process, type);
}

static void copy_for(struct model *model, uint32_t number,
                     const struct model_object *object, uint32_t forker, uint32_t child)
{
    struct model_object copy = *object;

    copy.items = ring_copy(&object->items);
    model->copied_items += copy.items.count;
    copy.process = child;
    copy.is_used = false;
    copy.next_copy = 0;
    if (copy.holder == forker && copy.type == OBJECT_LOCK)
        copy.holder = child;
    model->copies = grown_for(model->copies, model->copy_count, &model->copy_room,
                              sizeof *model->copies);
    model->copies[model->copy_count++] = copy;
    uint32_t *next = &model->objects[number].next_copy;
    while (*next != 0)
        next = &model->copies[*next - 1].next_copy;
    *next = model->copy_count;
}

void model_fork(struct model *model, uint32_t forker, uint32_t parent, uint32_t child)
{
    for (uint32_t i = 0; i < model->object_count; i++) {
        const struct model_object *object = model_object_of(model, i, parent);
        if (is_private(object->type) && object->process == parent &&
            model->copy_count < MOST_COPIES && model->copied_items < MOST_COPIED_ITEMS)
            copy_for(model, i, object, forker, child);
    }
}

void model_doubt(struct model *model, uint32_t number)
{
    if (number >= model->object_count)
        return;
    model->objects[number].unsure = true;
    for (uint32_t copy = model->objects[number].next_copy; copy != 0;
         copy = model->copies[copy - 1].next_copy)
        model->copies[copy - 1].unsure = true;
}

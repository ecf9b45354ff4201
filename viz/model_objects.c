/* model_objects.c - which objects there are, and whose; see model_apply.h. */
#include "memory.h"
#include "model_apply.h"

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

/* Numbers that are taken at the same time come in any order. */
static void add_lasting(struct model *model, uint32_t number)
{
    uint32_t at = model->lasting_count;

    model->lasting =
        grown_for(model->lasting, at, &model->lasting_room, sizeof *model->lasting);
    model->lasting_count++;
    for (; at > 0 && model->lasting[at - 1] > number; at--)
        model->lasting[at] = model->lasting[at - 1];
    model->lasting[at] = number;
}

struct model_object *model_find(struct model *model, uint32_t number, uint32_t process,
                                enum object_type type)
{
    const struct model_object *found = model_object_of(model, number, process);

    if (found->type != type)
        return NULL;
    if (found == model_object(model, number))
        return model_own(model, number);
    return &model->copies[found - model->copies];
}

struct model_object *model_touch(struct model *model, uint32_t number, uint32_t process,
                                 enum object_type type)
{
    if (number == 0 || number >= model->step + NUMBERS_AHEAD)
        return NULL;
    if (model_object(model, number)->type == OBJECT_NONE) {
        struct model_object *object = model_own(model, number);
        object->type = type;
        object->number = number;
        object->process = process;
        object->unsure = model->gaps > 0;
        if (type != OBJECT_FUTURE)
            add_lasting(model, number);
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
    uint32_t *next = &model_own(model, number)->next_copy;
    while (*next != 0)
        next = &model->copies[*next - 1].next_copy;
    *next = model->copy_count;
}

void model_fork(struct model *model, uint32_t forker, uint32_t parent, uint32_t child)
{
    for (uint32_t i = 0; i < model->lasting_count; i++) {
        uint32_t number = model->lasting[i];
        const struct model_object *object = model_object_of(model, number, parent);
        if (is_private(object->type) && object->process == parent &&
            model->copy_count < MOST_COPIES && model->copied_items < MOST_COPIED_ITEMS)
            copy_for(model, number, object, forker, child);
    }
}

void model_doubt(struct model *model, uint32_t number)
{
    if (model_object(model, number)->type == OBJECT_NONE)
        return;
    struct model_object *object = model_own(model, number);
    object->unsure = true;
    for (uint32_t copy = object->next_copy; copy != 0;
         copy = model->copies[copy - 1].next_copy)
        model->copies[copy - 1].unsure = true;
}

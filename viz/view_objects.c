/* view_objects.c - which objects have a row in the queues pane; see view_objects.h. */
#include "view_objects.h"
#include "sentence.h"

/* Whether it is one of several processes, and has ended with its memory. */
static bool is_gone(const struct model *model, uint32_t process)
{
    int index = model_thread_of(model, process);

    return model->process_count > 1 && index >= 0 &&
           model->threads[index].state == STATE_ENDED;
}

/* Whether the object has a row of its own here. What nobody used, and a child's copy
   that is as the parent's was, would only take the room. */
static bool is_shown(const struct scene *scene, const struct model_object *object)
{
    bool is_copy = model_object(scene->model, object->number) != object;

    if ((is_copy || object->type == OBJECT_PIPE) && !object->is_used)
        return false;
    if (object->type == OBJECT_LOCK && is_gone(scene->model, object->process))
        return false;
    return sentence_has_object(scene->model, scene->reader, object);
}

enum rank view_rank_of(const struct model_object *object)
{
    static const enum rank ranks[OBJECT_TYPES] = {
        [OBJECT_LOCK] = OTHERS,   [OBJECT_CONDITION] = OTHERS,
        [OBJECT_EVENT] = EVENTS,  [OBJECT_POOL] = OTHERS,
        [OBJECT_FUTURE] = OTHERS, [OBJECT_SHARED] = VARIABLES,
    };

    return ranks[object->type];
}

const struct model_object *view_next_of(const struct scene *scene,
                                        const struct model_object *object,
                                        enum rank rank)
{
    do
        object = model_next(scene->model, object);
    while (object != NULL &&
           (view_rank_of(object) != rank || !is_shown(scene, object)));
    return object;
}

bool view_is_packed(const struct scene *scene, enum rank rank)
{
    enum { FEW_EVENTS = 3 };
    const struct model_object *event = NULL;
    int events = 0;

    if (rank != EVENTS || scene->large)
        return rank == VARIABLES && !scene->large;
    while (events <= FEW_EVENTS && (event = view_next_of(scene, event, EVENTS)) != NULL)
        events++;
    return events > FEW_EVENTS;
}

const struct model_object *view_next_shown(const struct scene *scene,
                                           const struct model_object *object)
{
    enum rank rank = object == NULL ? CONTENTS : view_rank_of(object);

    if (object != NULL && view_is_packed(scene, rank))
        object = NULL;
    else if ((object = view_next_of(scene, object, rank)) != NULL)
        return object;
    while (object == NULL && ++rank < RANKS)
        object = view_next_of(scene, NULL, rank);
    return object;
}

const struct model_object *view_chosen_object(const struct scene *scene)
{
    const struct model_object *object = NULL, *first = view_next_shown(scene, NULL);

    while ((object = view_next_shown(scene, object)) != NULL)
        if (object->number == scene->object && object->process == scene->object_process)
            return object;
    return first;
}

const struct model_object *view_object_beside(const struct scene *scene, int direction)
{
    const struct model_object *chosen = view_chosen_object(scene), *before = NULL;
    const struct model_object *object = view_next_shown(scene, NULL);

    while (object != chosen) {
        before = object;
        object = view_next_shown(scene, object);
    }
    if (direction > 0 && chosen != NULL)
        before = view_next_shown(scene, chosen);
    return before != NULL ? before : chosen;
}

int view_queues_rows(const struct scene *scene)
{
    const struct model_object *object = NULL;
    int rows = 1;

    while ((object = view_next_shown(scene, object)) != NULL)
        rows++;
    return rows == 1 ? 2 : rows;
}

/*
 * findings_copies.c - a forked process that changes its copy of a list, a variable or a
 * queue, while the process that made it goes on to use its own; see findings_watch.h.
 *
 * In a run that ended as it should this is a remark: a process may well use its copy.
 */
#include "findings_pairs.h"
#include "findings_parts.h"
#include "memory.h"

#include <stdlib.h>

/* Of an object of which a process has changed its copy. */
struct changed {
    uint64_t first; /* the first such step */
    uint64_t read;  /* where its maker's process then used its own, or 0 */
};

struct copies_seen {
    struct pairs changed; /* by object */
};

static struct copies_seen *seen(struct findings_watch *watch)
{
    if (watch->copies == NULL) {
        watch->copies = grown(NULL, 1, sizeof *watch->copies);
        *watch->copies = (struct copies_seen){.changed.size = sizeof(struct changed)};
    }
    return watch->copies;
}

static void note_change(struct findings_watch *watch, const struct model_object *made)
{
    if (made->process == watch->process || watch->process == 0 ||
        model_object_of(&watch->model, made->number, watch->process) == made)
        return;
    struct changed *changed = pairs_touch(&seen(watch)->changed, 0, made->number);
    if (changed != NULL && changed->first == 0)
        changed->first = watch->step;
}

static void note_use(struct findings_watch *watch, const struct model_object *made)
{
    struct changed *changed;

    if (watch->copies == NULL || made->process != watch->process)
        return;
    changed = pairs_find(&watch->copies->changed, 0, made->number);
    if (changed != NULL && changed->read == 0)
        changed->read = watch->step;
}

void copies_look(struct findings_watch *watch)
{
    const struct model_object *made;

    if (watch->model.copy_count == 0 || watch->last_gap != 0)
        return; /* after a gap nobody knows which change was the first */
    made = model_object(&watch->model, watch->event->object);
    switch (watch->kind) {
    case TRACE_SHARED_STORE:
    case TRACE_LIST_APPEND:
    case TRACE_LIST_SET:
    case TRACE_QUEUE_PUT:
        note_change(watch, made);
        break;
    case TRACE_SHARED_LOAD:
    case TRACE_LIST_GET:
    case TRACE_LIST_LOOK:
    case TRACE_QUEUE_GET:
    case TRACE_QUEUE_GET_BEGIN:
    case TRACE_QUEUE_LOOK:
        note_use(watch, made);
        break;
    default:
        break;
    }
}

void copies_end(struct findings_watch *watch)
{
    uint32_t none, number;
    int status;
    bool went_well =
        reader_how_ended(watch->reader, &status) == READER_ENDED && status == 0;

    for (size_t i = 0; i < seen(watch)->changed.count; i++) {
        const struct changed *changed =
            pairs_at(&watch->copies->changed, i, &none, &number);
        if (changed->read == 0)
            continue;
        uint32_t thread = reader_event(watch->reader, changed->first)->thread;
        watch->process = model_object(&watch->model, number)->process;
        finding_add(
            watch,
            (struct finding){.kind = FINDING_OWN_COPY,
                             .severity = went_well ? FINDING_REMARK : FINDING_WARNING,
                             .step = changed->first,
                             .to = changed->read,
                             .thread = thread,
                             .object = number},
            (struct finding_words){
                .other = reader_event(watch->reader, changed->read)->thread,
                .second = changed->read});
    }
}

void copies_free(struct findings_watch *watch)
{
    if (watch->copies != NULL)
        pairs_free(&watch->copies->changed);
    free(watch->copies);
}

/*
 * findings_results.c - results of tasks that nobody read; see findings_watch.h.
 *
 * A failure that nobody asked for is a mistake: nobody hears of it. That nobody asked
 * for a result which is there may be as it should be, and is a remark for each pool.
 */
#include "findings_pairs.h"
#include "findings_parts.h"
#include "memory.h"

#include <stdlib.h>

/* Of a future, by its number: whether its end is known to somebody. */
enum { ASKED = 1, HANDED_OUT = 2 };

/* What a pool has left unread. */
struct unread {
    uint64_t count, first; /* first: the step that had done it */
};

struct results_seen {
    unsigned char *known; /* by object number */
    uint32_t room;
    struct pairs unread; /* by pool, at the end */
};

static struct results_seen *seen(struct findings_watch *watch)
{
    if (watch->results == NULL) {
        watch->results = grown(NULL, 1, sizeof *watch->results);
        *watch->results = (struct results_seen){.unread.size = sizeof(struct unread)};
    }
    return watch->results;
}

/* Numbers of objects that the model does not know have no memory here either. */
static void note(struct findings_watch *watch, uint32_t future, unsigned char how)
{
    struct results_seen *results = seen(watch);

    if (future >= watch->model.object_count)
        return;
    if (future >= results->room) {
        uint32_t room = watch->model.object_count;
        results->known = grown(results->known, room, 1);
        for (uint32_t i = results->room; i < room; i++)
            results->known[i] = 0;
        results->room = room;
    }
    results->known[future] |= how;
}

void results_look(struct findings_watch *watch)
{
    switch (watch->kind) {
    case TRACE_FUTURE_RESULT:
        note(watch, watch->event->object, ASKED);
        break;
    case TRACE_FUTURE_RESULT_FAILED:
        if (watch->event->detail == TRACE_BECAUSE_RAISED)
            note(watch, watch->event->object, ASKED);
        break;
    case TRACE_POOL_NEXT:
        note(watch, (uint32_t)watch->event->number, HANDED_OUT);
        break;
    default:
        break;
    }
}

static void find_failure(struct findings_watch *watch,
                         const struct model_object *future)
{
    const struct trace_event *done = reader_event(watch->reader, future->change_step);

    finding_add(watch,
                (struct finding){.kind = FINDING_UNREAD_RESULT,
                                 .step = future->change_step,
                                 .to = watch->step,
                                 .object = future->number,
                                 .thread = done->thread},
                (struct finding_words){.text = reader_text(watch->reader, done->text)});
}

static void look_at_future(struct findings_watch *watch,
                           const struct model_object *future)
{
    unsigned known =
        future->number < seen(watch)->room ? watch->results->known[future->number] : 0;

    if (future->unsure || watch->last_gap > future->change_step)
        return;
    if (future->task == TASK_FAILED && (known & ASKED) == 0)
        find_failure(watch, future);
    if (future->task != TASK_DONE || known != 0)
        return;
    struct unread *unread = pairs_touch(&watch->results->unread, 0, future->pool);
    if (unread == NULL)
        return;
    if (unread->count++ == 0)
        unread->first = future->change_step;
}

void results_end(struct findings_watch *watch)
{
    uint32_t none, pool;

    if (!watch->is_whole || watch->model.deadlocked)
        return;
    for (uint32_t i = 0; i < watch->model.object_count; i++)
        if (model_object(&watch->model, i)->type == OBJECT_FUTURE)
            look_at_future(watch, model_object(&watch->model, i));
    for (size_t i = 0; i < seen(watch)->unread.count && watch->last_gap == 0; i++) {
        const struct unread *unread =
            pairs_at(&watch->results->unread, i, &none, &pool);
        finding_add(watch,
                    (struct finding){.kind = FINDING_UNREAD_RESULT,
                                     .severity = FINDING_REMARK,
                                     .step = unread->first,
                                     .to = watch->step,
                                     .object = pool},
                    (struct finding_words){
                        .template = "nobody asked for %n result%s of the pool %q",
                        .count = unread->count});
    }
}

void results_free(struct findings_watch *watch)
{
    if (watch->results == NULL)
        return;
    pairs_free(&watch->results->unread);
    free(watch->results->known);
    free(watch->results);
}

/*
 * findings_starts.c - threads that were started one after the other, each only when the
 * one before had ended: nothing was won by them; see findings_watch.h.
 */
#include "findings_pairs.h"
#include "findings_parts.h"
#include "memory.h"

#include <stdlib.h>

/* What one thread has started. */
struct started {
    uint64_t count;
    uint64_t first; /* the step that started the first one */
    uint64_t join;  /* where it then waited for that one, or 0 */
    uint32_t latest;
    bool overlap; /* two were there at once */
};

struct starts_seen {
    struct pairs started; /* by thread */
};

static struct starts_seen *seen(struct findings_watch *watch)
{
    if (watch->starts == NULL) {
        watch->starts = grown(NULL, 1, sizeof *watch->starts);
        *watch->starts = (struct starts_seen){.started.size = sizeof(struct started)};
    }
    return watch->starts;
}

static bool is_there(const struct findings_watch *watch, uint32_t number)
{
    int index = model_thread_of(&watch->model, number);

    return index >= 0 && watch->model.threads[index].state != STATE_ENDED &&
           watch->model.threads[index].state != STATE_KILLED;
}

static void note_start(struct findings_watch *watch)
{
    struct started *started =
        pairs_touch(&seen(watch)->started, 0, watch->event->thread);

    if (started == NULL)
        return;
    if (started->count++ == 0)
        started->first = watch->step;
    started->overlap |= started->latest != 0 && is_there(watch, started->latest);
    started->latest = watch->event->object;
}

static void note_join(struct findings_watch *watch)
{
    struct started *started =
        pairs_find(&seen(watch)->started, 0, watch->event->thread);

    if (started != NULL && started->join == 0)
        started->join = watch->step;
}

void starts_look(struct findings_watch *watch)
{
    switch (watch->kind) {
    case TRACE_THREAD_START:
    case TRACE_PROCESS_START:
        note_start(watch);
        break;
    case TRACE_THREAD_JOIN_BEGIN:
    case TRACE_PROCESS_JOIN_BEGIN:
        note_join(watch);
        break;
    default:
        break;
    }
}

void starts_end(struct findings_watch *watch)
{
    uint32_t none, thread;

    for (size_t i = 0; i < seen(watch)->started.count && watch->last_gap == 0; i++) {
        const struct started *started =
            pairs_at(&watch->starts->started, i, &none, &thread);
        if (started->count < 2 || started->overlap || started->join == 0)
            continue;
        watch->process = model_process_of(&watch->model, thread);
        finding_add(
            watch,
            (struct finding){.kind = FINDING_ONE_AT_A_TIME,
                             .step = started->join,
                             .from = started->first,
                             .to = watch->step,
                             .thread = thread},
            (struct finding_words){.count = started->count, .first = started->join});
    }
}

void starts_free(struct findings_watch *watch)
{
    if (watch->starts != NULL)
        pairs_free(&watch->starts->started);
    free(watch->starts);
}

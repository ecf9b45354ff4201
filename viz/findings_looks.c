/*
 * findings_looks.c - looks whose answer was out of date when it was acted on; see
 * findings_watch.h.
 *
 * Who looks at a queue and then waits in it for what was there; who looks how long a
 * list is and then appends; who sees that a queue is empty and never comes back, though
 * items come. A look that a print follows at once was for the print.
 */
#include "findings_pairs.h"
#include "findings_parts.h"
#include "memory.h"

#include <stdlib.h>

/* What a thread has last seen of a queue or a list, and not yet acted on. */
struct look {
    uint64_t step;
    uint64_t puts; /* that there had been on the queue */
};

struct arrivals {
    uint64_t puts;
};

struct looks_seen {
    struct pairs looks;    /* by thread, and queue or list */
    struct pairs arrivals; /* by process and queue */
};

static struct looks_seen *seen(struct findings_watch *watch)
{
    if (watch->looks == NULL) {
        watch->looks = grown(NULL, 1, sizeof *watch->looks);
        *watch->looks = (struct looks_seen){.looks.size = sizeof(struct look),
                                            .arrivals.size = sizeof(struct arrivals)};
    }
    return watch->looks;
}

/* A queue between processes is there once, and what was put on it counts when it is
   sent: until then it looks empty. */
static struct arrivals *arrivals_of(struct findings_watch *watch)
{
    bool is_shared = kind_info(watch->kind)->type == OBJECT_PROCESS_QUEUE;

    return pairs_touch(&seen(watch)->arrivals, is_shared ? 0 : watch->process,
                       watch->event->object);
}

static void note_arrival(struct findings_watch *watch)
{
    struct arrivals *arrivals = arrivals_of(watch);

    if (arrivals != NULL)
        arrivals->puts++;
}

static void note_look(struct findings_watch *watch)
{
    const struct arrivals *arrivals = arrivals_of(watch);
    struct look *look =
        pairs_touch(&seen(watch)->looks, watch->event->thread, watch->event->object);

    if (look != NULL && arrivals != NULL)
        *look = (struct look){watch->step, arrivals->puts};
}

static uint32_t depth_at(const struct findings_watch *watch, uint64_t step)
{
    return reader_event(watch->reader, step)->depth;
}

/* The thread's latest step before this one; 0 where there is none. */
static uint64_t step_before(const struct findings_watch *watch)
{
    int index = model_thread_of(&watch->model, watch->event->thread);

    return index < 0 ? 0 : watch->model.threads[index].last_step;
}

static struct look *look_of(struct findings_watch *watch, uint32_t object)
{
    return pairs_find(&seen(watch)->looks, watch->event->thread, object);
}

/* Takes what the thread has seen; step 0: nothing. */
static struct look take_look(struct findings_watch *watch)
{
    struct look *look = look_of(watch, watch->event->object);
    struct look taken = {0, 0};

    if (look != NULL) {
        taken = *look;
        /* who saw nothing, and did something else, did not come for it */
        if (depth_at(watch, taken.step) > 0 || step_before(watch) == taken.step)
            look->step = 0;
    }
    return taken;
}

static void forget_for_print(struct findings_watch *watch)
{
    uint64_t before = step_before(watch);

    if (before == 0 || seen(watch)->looks.count == 0)
        return;
    struct look *look = look_of(watch, reader_event(watch->reader, before)->object);
    if (look != NULL && look->step == before)
        look->step = 0;
}

static void find_stale(struct findings_watch *watch, uint64_t look,
                       const char *template)
{
    if (watch->last_gap >= look)
        return;
    finding_add(watch,
                (struct finding){.kind = FINDING_STALE_LOOK,
                                 .step = watch->step,
                                 .from = look,
                                 .thread = watch->event->thread,
                                 .object = watch->event->object},
                (struct finding_words){.template = template,
                                       .first = look,
                                       .count = depth_at(watch, look),
                                       .of = watch->event->depth -
                                             (watch->kind == TRACE_LIST_APPEND)});
}

/* It waits without a limit for what it has seen. */
static void look_at_wait(struct findings_watch *watch)
{
    struct look look = take_look(watch);
    const struct model_object *queue =
        model_object_of(&watch->model, watch->event->object, watch->process);

    if (look.step == 0 || watch->event->number != TRACE_NO_LIMIT)
        return;
    uint32_t depth = depth_at(watch, look.step);
    if (watch->kind == TRACE_QUEUE_GET_BEGIN && depth > 0)
        find_stale(watch, look.step,
                   "%t saw %n item%s in %o at step %a; now that it asks for one, "
                   "others were quicker, and it waits");
    if (watch->kind == TRACE_QUEUE_PUT_BEGIN && depth < queue->capacity)
        find_stale(watch, look.step,
                   "%t saw space in %o at step %a; now that it puts, others were "
                   "quicker, and it waits");
}

static void look_at_append(struct findings_watch *watch)
{
    struct look look = take_look(watch);

    if (look.step != 0 && watch->event->depth != depth_at(watch, look.step) + 1)
        find_stale(watch, look.step,
                   "%t saw %n item%s in %o at step %a and now appends; meanwhile "
                   "others had made it %m");
}

void looks_look(struct findings_watch *watch)
{
    switch (watch->kind) {
    case TRACE_QUEUE_LOOK:
    case TRACE_PROCESS_QUEUE_LOOK:
    case TRACE_LIST_LOOK:
        note_look(watch);
        break;
    case TRACE_QUEUE_GET_BEGIN:
    case TRACE_QUEUE_PUT_BEGIN:
        look_at_wait(watch);
        break;
    case TRACE_LIST_APPEND:
        look_at_append(watch);
        break;
    case TRACE_PROCESS_QUEUE_SEND:
        note_arrival(watch);
        break;
    case TRACE_QUEUE_PUT:
        note_arrival(watch);
        take_look(watch);
        break;
    case TRACE_QUEUE_GET:
    case TRACE_PROCESS_QUEUE_GET:
    case TRACE_PROCESS_QUEUE_GET_BEGIN:
        take_look(watch);
        break;
    case TRACE_SAY:
    case TRACE_SAY_PIECE:
        forget_for_print(watch);
        break;
    default:
        break;
    }
}

/* It saw nothing and went away, and then something came. */
static void find_early_end(struct findings_watch *watch, uint32_t thread,
                           uint32_t number, const struct look *look)
{
    const struct model_object *queue = model_object(&watch->model, number);

    watch->process = model_process_of(&watch->model, thread);
    const struct arrivals *arrivals =
        pairs_find(&watch->looks->arrivals,
                   queue->type == OBJECT_PROCESS_QUEUE ? 0 : watch->process, number);
    if (look->step == 0 || look->step < watch->last_gap || arrivals == NULL ||
        arrivals->puts <= look->puts || depth_at(watch, look->step) > 0 ||
        (queue->type != OBJECT_QUEUE && queue->type != OBJECT_PROCESS_QUEUE))
        return;
    finding_add(watch,
                (struct finding){.kind = FINDING_STALE_LOOK,
                                 .step = look->step,
                                 .to = watch->step,
                                 .thread = thread,
                                 .object = number},
                (struct finding_words){
                    .template =
                        "%t saw nothing in %o at step %a and did not look again, "
                        "but %n item%s came after that",
                    .first = look->step,
                    .count = arrivals->puts - look->puts});
}

void looks_end(struct findings_watch *watch)
{
    uint32_t thread, number;

    for (size_t i = 0; i < seen(watch)->looks.count && watch->is_whole; i++) {
        const struct look *look = pairs_at(&watch->looks->looks, i, &thread, &number);
        find_early_end(watch, thread, number, look);
    }
}

void looks_free(struct findings_watch *watch)
{
    if (watch->looks == NULL)
        return;
    pairs_free(&watch->looks->looks);
    pairs_free(&watch->looks->arrivals);
    free(watch->looks);
}

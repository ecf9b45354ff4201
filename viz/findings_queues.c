/*
 * findings_queues.c - what queues tell: items that nobody took, and whether they were
 * full or empty all the time; see findings_watch.h.
 *
 * Always full is told only of a queue with a limit. Always empty is told only of one
 * from which several threads take: where one thread alone takes, such as a printer, it
 * is there to wait.
 */
#include "findings_pairs.h"
#include "findings_parts.h"
#include "memory.h"

#include <stdlib.h>

/* What one queue has seen. */
struct traffic {
    uint64_t puts, puts_waited, first_put_wait;
    uint64_t gets, gets_waited, first_get_wait;
    uint32_t taker; /* the first one */
    bool several_take;
    uint64_t asked; /* the latest step in which somebody who takes asked for one */
};

struct queues_seen {
    struct pairs traffic; /* by process and queue */
};

enum { FEW = 5 }; /* of fewer puts or gets nothing is told */

enum { STOPPED_BY_DEADLOCK = 3, STOPPED_BY_MISUSE = 4 }; /* exit statuses */

static struct queues_seen *seen(struct findings_watch *watch)
{
    if (watch->queues == NULL) {
        watch->queues = grown(NULL, 1, sizeof *watch->queues);
        *watch->queues = (struct queues_seen){.traffic.size = sizeof(struct traffic)};
    }
    return watch->queues;
}

/* A queue between processes is there once. */
static uint32_t owner(const struct findings_watch *watch, uint32_t process)
{
    return kind_info(watch->kind)->type == OBJECT_QUEUE ? process : 0;
}

static struct traffic *traffic_of(struct findings_watch *watch)
{
    return pairs_touch(&seen(watch)->traffic, owner(watch, watch->process),
                       watch->event->object);
}

static bool has_waited(const struct findings_watch *watch)
{
    int index = model_thread_of(&watch->model, watch->event->thread);

    return index >= 0 && (watch->model.threads[index].state == STATE_WAIT ||
                          watch->model.threads[index].state == STATE_TIMED);
}

static void note_put(struct findings_watch *watch)
{
    struct traffic *traffic = traffic_of(watch);

    if (traffic == NULL)
        return;
    traffic->puts++;
    if (!has_waited(watch))
        return;
    traffic->puts_waited++;
    if (traffic->first_put_wait == 0)
        traffic->first_put_wait = watch->step;
}

static void note_get(struct findings_watch *watch)
{
    struct traffic *traffic = traffic_of(watch);

    if (traffic == NULL)
        return;
    traffic->gets++;
    traffic->asked = watch->step;
    traffic->several_take |=
        traffic->taker != 0 && traffic->taker != watch->event->thread;
    if (traffic->taker == 0)
        traffic->taker = watch->event->thread;
    if (!has_waited(watch))
        return;
    traffic->gets_waited++;
    if (traffic->first_get_wait == 0)
        traffic->first_get_wait = watch->step;
}

/* Somebody asks and gets nothing; who only looks must be one who takes. */
static void note_question(struct findings_watch *watch, bool only_looks)
{
    struct traffic *traffic = traffic_of(watch);

    if (traffic != NULL && (!only_looks || traffic->taker == watch->event->thread))
        traffic->asked = watch->step;
}

void queues_look(struct findings_watch *watch)
{
    switch (watch->kind) {
    case TRACE_QUEUE_PUT:
    case TRACE_PROCESS_QUEUE_PUT:
        note_put(watch);
        break;
    case TRACE_QUEUE_GET:
    case TRACE_PROCESS_QUEUE_GET:
    case TRACE_PIPE_RECV:
        note_get(watch);
        break;
    case TRACE_QUEUE_GET_BEGIN:
    case TRACE_QUEUE_GET_FAILED:
    case TRACE_PROCESS_QUEUE_GET_BEGIN:
    case TRACE_PROCESS_QUEUE_GET_FAILED:
    case TRACE_PIPE_RECV_BEGIN:
    case TRACE_PIPE_RECV_FAILED:
        note_question(watch, false);
        break;
    case TRACE_QUEUE_LOOK:
    case TRACE_PROCESS_QUEUE_LOOK:
        note_question(watch, true);
        break;
    default:
        break;
    }
}

/* Whether the kit ended the run, in the middle of things. */
static bool was_stopped(const struct findings_watch *watch)
{
    int status = 0;

    reader_how_ended(watch->reader, &status);
    return status == STOPPED_BY_DEADLOCK || status == STOPPED_BY_MISUSE;
}

/* The items that are left, and the first of them; a child's copy of a queue is left as
   it was copied. */
static void find_items(struct findings_watch *watch, const struct model_object *queue)
{
    struct finding finding = {.kind = FINDING_ITEMS_LEFT,
                              .object = queue->number,
                              .from = ring_at(&queue->items, 0),
                              .to = watch->step};
    const struct traffic *traffic =
        pairs_find(&seen(watch)->traffic,
                   queue->type == OBJECT_QUEUE ? queue->process : 0, queue->number);
    struct finding_words words = {.count = (uint64_t)queue->items.count +
                                           queue->buffered.count};

    if (finding.from == 0)
        finding.from = ring_at(&queue->buffered, 0);
    if (words.count == 0 || finding.from == 0)
        return;
    words.second = finding.from;
    words.text = model_item_label(watch->reader, finding.from);
    words.template = queue->type == OBJECT_PIPE
                         ? "%n message%s left in %o at the end, and nobody ever "
                           "received one"
                         : "%n item%s left in %o at the end, and nobody ever took one";
    finding.step = finding.from;
    if (traffic != NULL && traffic->asked != 0) {
        finding.step = words.first = traffic->asked;
        finding.thread = reader_event(watch->reader, words.first)->thread;
        words.template = "%n item%s left in %o at the end, from '%x' on (step %b); %t "
                         "was the last to ask for one, at step %a";
    }
    if (finding.from > finding.step)
        finding.from = finding.step;
    if (was_stopped(watch)) /* who would have taken them could not */
        finding.severity = FINDING_REMARK;
    watch->process = queue->process;
    finding_add(watch, finding, words);
}

/* Three quarters of the puts or gets had to wait. A queue takes its first items at
   once, as many as it holds. Where a step was lost, the counts are not those of the
   run, and nothing is told. */
static void find_traffic(struct findings_watch *watch, uint32_t process,
                         uint32_t number, const struct traffic *traffic)
{
    const struct model_object *queue = model_object_of(&watch->model, number, process);
    struct finding finding = {.object = number, .to = watch->step};
    struct finding_words words;

    watch->process = process;
    if (queue->type != OBJECT_QUEUE && queue->type != OBJECT_PROCESS_QUEUE)
        return;
    if (queue->capacity > 0 && traffic->puts >= queue->capacity + FEW &&
        traffic->puts_waited * 4 >= (traffic->puts - queue->capacity) * 3) {
        finding.kind = FINDING_ALWAYS_FULL;
        finding.step = traffic->first_put_wait;
        words =
            (struct finding_words){.count = traffic->puts_waited, .of = traffic->puts};
        finding_add(watch, finding, words);
    }
    if (traffic->several_take && traffic->gets >= FEW &&
        traffic->gets_waited * 4 >= traffic->gets * 3) {
        finding.kind = FINDING_ALWAYS_EMPTY;
        finding.step = traffic->first_get_wait;
        words =
            (struct finding_words){.count = traffic->gets_waited, .of = traffic->gets};
        finding_add(watch, finding, words);
    }
}

void queues_end(struct findings_watch *watch)
{
    const struct model_object *object = NULL;
    uint32_t first, second;

    for (size_t i = 0; i < seen(watch)->traffic.count && watch->last_gap == 0; i++) {
        const struct traffic *traffic =
            pairs_at(&watch->queues->traffic, i, &first, &second);
        find_traffic(watch, first, second, traffic);
    }
    if (!watch->is_whole)
        return;
    while ((object = model_next(&watch->model, object)) != NULL)
        if (!object->unsure && object->is_used &&
            (object->type == OBJECT_QUEUE || object->type == OBJECT_PROCESS_QUEUE ||
             object->type == OBJECT_PIPE))
            find_items(watch, object);
}

bool queues_have_several_takers(const struct findings_watch *watch, uint32_t process,
                                uint32_t number)
{
    if (watch->queues == NULL)
        return false;
    const struct traffic *traffic =
        pairs_find(&watch->queues->traffic, process, number);
    if (traffic == NULL)
        traffic = pairs_find(&watch->queues->traffic, 0, number);
    return traffic != NULL && traffic->several_take;
}

void queues_free(struct findings_watch *watch)
{
    if (watch->queues == NULL)
        return;
    pairs_free(&watch->queues->traffic);
    free(watch->queues);
}

/*
 * findings_updates.c - acts that rest on what was so before: a value that is written
 * though another thread has changed what it was made from, and a look whose answer was
 * out of date when it was acted on; see findings_watch.h.
 */
#include "findings_pairs.h"
#include "findings_parts.h"
#include "memory.h"

#include <stdlib.h>

/* What a thread has last read of a variable, or looked at of a queue or a list. */
struct look {
    uint64_t step;
    uint32_t index; /* of a list's item */
};

/* Who last wrote a variable, or an item of a list. */
struct write {
    uint64_t step;
};

struct updates_seen {
    struct pairs reads;  /* by thread and variable or list */
    struct pairs looks;  /* by thread and queue or list */
    struct pairs prints; /* by thread: its last one */
    struct pairs writes; /* by process and variable, or by list and index */
};

static struct updates_seen *seen(struct findings_watch *watch)
{
    if (watch->updates == NULL) {
        watch->updates = grown(NULL, 1, sizeof *watch->updates);
        *watch->updates = (struct updates_seen){.reads.size = sizeof(struct look),
                                                .looks.size = sizeof(struct look),
                                                .prints.size = sizeof(struct look),
                                                .writes.size = sizeof(struct write)};
    }
    return watch->updates;
}

static bool is_list(const struct findings_watch *watch)
{
    return kind_info(watch->kind)->type == OBJECT_LIST;
}

/* Lists and variables have numbers of their own, so that the pairs of both do not meet
   unless a process has a list's number: then it is that list's process. */
static struct write *write_of(struct findings_watch *watch)
{
    const struct trace_event *event = watch->event;

    return is_list(watch)
               ? pairs_touch(&seen(watch)->writes, event->object,
                             (uint32_t)event->number)
               : pairs_touch(&seen(watch)->writes, watch->process, event->object);
}

static void note(struct findings_watch *watch, struct pairs *pairs)
{
    struct look *look = pairs_touch(pairs, watch->event->thread, watch->event->object);

    if (look != NULL)
        *look = (struct look){watch->step,
                              is_list(watch) ? (uint32_t)watch->event->number : 0};
}

/* Takes what the thread has noted; step 0: nothing. */
static struct look take(struct findings_watch *watch, struct pairs *pairs)
{
    struct look *look = pairs_find(pairs, watch->event->thread, watch->event->object);
    struct look taken = {0, 0};

    if (look != NULL) {
        taken = *look;
        look->step = 0;
    }
    return taken;
}

/* It read, another one wrote, and now it writes what it made of what it read. */
static void look_at_write(struct findings_watch *watch)
{
    struct look read = take(watch, &seen(watch)->reads);
    struct write *write = write_of(watch);

    if (write == NULL)
        return;
    uint64_t between = write->step;
    write->step = watch->step;
    if (read.step == 0 || between <= read.step || watch->last_gap >= read.step ||
        (is_list(watch) && read.index != (uint32_t)watch->event->number))
        return;
    finding_add(
        watch,
        (struct finding){.kind = FINDING_LOST_UPDATE,
                         .step = watch->step,
                         .from = read.step,
                         .thread = watch->event->thread,
                         .object = watch->event->object},
        (struct finding_words){.other = reader_event(watch->reader, between)->thread,
                               .first = read.step,
                               .second = between});
}

static void find_stale(struct findings_watch *watch, uint64_t look,
                       const char *template)
{
    const struct look *print =
        pairs_find(&watch->updates->prints, 0, watch->event->thread);

    if (watch->last_gap >= look || (print != NULL && print->step > look))
        return;
    finding_add(watch,
                (struct finding){.kind = FINDING_STALE_LOOK,
                                 .step = watch->step,
                                 .from = look,
                                 .thread = watch->event->thread,
                                 .object = watch->event->object},
                (struct finding_words){
                    .template = template,
                    .first = look,
                    .count = reader_event(watch->reader, look)->depth,
                    .of = watch->event->depth - (watch->kind == TRACE_LIST_APPEND)});
}

/* It waits without a limit for what it has seen. */
static void look_at_wait(struct findings_watch *watch)
{
    struct look look = take(watch, &seen(watch)->looks);
    const struct model_object *queue =
        model_object_of(&watch->model, watch->event->object, watch->process);
    uint32_t depth = look.step == 0 ? 0 : reader_event(watch->reader, look.step)->depth;

    if (look.step == 0 || watch->event->number != TRACE_NO_LIMIT)
        return;
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
    struct look look = take(watch, &seen(watch)->looks);

    if (look.step != 0 &&
        watch->event->depth != reader_event(watch->reader, look.step)->depth + 1)
        find_stale(watch, look.step,
                   "%t saw %n item%s in %o at step %a and now appends; meanwhile "
                   "others had made it %m");
}

/* Who tells what it has seen may have looked for that alone. */
static void note_print(struct findings_watch *watch)
{
    struct look *print;

    if (seen(watch)->looks.count == 0)
        return;
    print = pairs_touch(&watch->updates->prints, 0, watch->event->thread);
    if (print != NULL)
        print->step = watch->step;
}

void updates_look(struct findings_watch *watch)
{
    switch (watch->kind) {
    case TRACE_SHARED_LOAD:
    case TRACE_LIST_GET:
        note(watch, &seen(watch)->reads);
        break;
    case TRACE_SHARED_STORE:
    case TRACE_LIST_SET:
        look_at_write(watch);
        break;
    case TRACE_QUEUE_LOOK:
    case TRACE_LIST_LOOK:
        note(watch, &seen(watch)->looks);
        break;
    case TRACE_QUEUE_GET_BEGIN:
    case TRACE_QUEUE_PUT_BEGIN:
        look_at_wait(watch);
        break;
    case TRACE_LIST_APPEND:
        look_at_append(watch);
        break;
    case TRACE_QUEUE_GET:
    case TRACE_QUEUE_PUT:
        take(watch, &seen(watch)->looks);
        break;
    case TRACE_SAY:
    case TRACE_SAY_PIECE:
        note_print(watch);
        break;
    default:
        break;
    }
}

void updates_free(struct findings_watch *watch)
{
    if (watch->updates == NULL)
        return;
    pairs_free(&watch->updates->reads);
    pairs_free(&watch->updates->looks);
    pairs_free(&watch->updates->prints);
    pairs_free(&watch->updates->writes);
    free(watch->updates);
}

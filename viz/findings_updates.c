/*
 * findings_updates.c - a value that is written though another thread has changed what
 * it was made from; see findings_watch.h.
 *
 * What a thread writes to a variable, or to an item of a list, is taken to be made from
 * what it last read there.
 */
#include "findings_pairs.h"
#include "findings_parts.h"
#include "memory.h"

#include <stdlib.h>

/* What a thread has last read of a variable or list, and not yet written. */
struct read {
    uint64_t step;
    uint32_t index; /* of a list's item */
};

/* Who last wrote a variable, or an item of a list. */
struct written {
    uint64_t step;
};

struct updates_seen {
    struct pairs reads;    /* by thread and variable or list */
    struct pairs written;  /* by process and variable */
    struct pairs in_lists; /* by list and index */
};

static struct updates_seen *seen(struct findings_watch *watch)
{
    if (watch->updates == NULL) {
        watch->updates = grown(NULL, 1, sizeof *watch->updates);
        *watch->updates =
            (struct updates_seen){.reads.size = sizeof(struct read),
                                  .written.size = sizeof(struct written),
                                  .in_lists.size = sizeof(struct written)};
    }
    return watch->updates;
}

static bool is_list(const struct findings_watch *watch)
{
    return kind_info(watch->kind)->type == OBJECT_LIST;
}

static uint32_t index_of(const struct findings_watch *watch)
{
    return is_list(watch) ? (uint32_t)watch->event->number : 0;
}

static void note_read(struct findings_watch *watch)
{
    struct read *read =
        pairs_touch(&seen(watch)->reads, watch->event->thread, watch->event->object);

    if (read != NULL)
        *read = (struct read){watch->step, index_of(watch)};
}

/* Takes what the thread has read there; step 0: nothing. */
static struct read take_read(struct findings_watch *watch)
{
    struct read *read =
        pairs_find(&seen(watch)->reads, watch->event->thread, watch->event->object);
    struct read taken = {0, 0};

    if (read != NULL) {
        taken = *read;
        read->step = 0;
    }
    return taken.index == index_of(watch) ? taken : (struct read){0, 0};
}

/* Notes that it is written in this step; returns the step before. */
static uint64_t note_write(struct findings_watch *watch)
{
    const struct trace_event *event = watch->event;
    struct written *written =
        is_list(watch)
            ? pairs_touch(&seen(watch)->in_lists, event->object, index_of(watch))
            : pairs_touch(&seen(watch)->written, watch->process, event->object);
    uint64_t before = 0;

    if (written != NULL) {
        before = written->step;
        written->step = watch->step;
    }
    return before;
}

/* It read, another one wrote, and now it writes what it made of what it read. */
static void look_at_write(struct findings_watch *watch)
{
    struct read read = take_read(watch);
    uint64_t between = note_write(watch);

    if (read.step == 0 || between <= read.step || watch->last_gap >= read.step)
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

void updates_look(struct findings_watch *watch)
{
    switch (watch->kind) {
    case TRACE_SHARED_LOAD:
    case TRACE_LIST_GET:
        note_read(watch);
        break;
    case TRACE_SHARED_STORE:
    case TRACE_LIST_SET:
        look_at_write(watch);
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
    pairs_free(&watch->updates->written);
    pairs_free(&watch->updates->in_lists);
    free(watch->updates);
}

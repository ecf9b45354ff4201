/*
 * findings_waits.c - who waited most of its life, who woke in vain again and again, and
 * who slept with a lock; see findings_watch.h.
 *
 * Waiting is no mistake, and much of it is as it should be: main joins, a printer waits
 * for lines, a feeder and a server for something to do. That a thread waited most of
 * its life is told only where it says something of the program's shape: it waited for a
 * lock, for space, or for items that several threads take, so that there are more
 * threads than work.
 */
#include "findings_parts.h"
#include "idle.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

enum reason { FOR_ITEM, FOR_SPACE, FOR_LOCK, REASONS };

/* What one thread has waited for, by its index in the model. */
struct waiting {
    uint64_t start_ns, last_ns;
    uint64_t waited_ns[REASONS];
    uint64_t longest_ns[REASONS], longest[REASONS]; /* the steps that began them */
    struct idle idle;
    uint64_t in_vain, first_in_vain, last_in_vain; /* questions with no answer */
    uint64_t in_vain_since_ns;
    uint64_t slept; /* its latest nap in which another one waited for its lock */
};

struct waits_seen {
    struct waiting *threads;
    unsigned room;
};

enum { FEW = 3, MOST_PERCENT = 75, SHORT_NS = 1000000 };

static struct waiting *waiting_of(struct findings_watch *watch, unsigned thread)
{
    if (watch->waits == NULL) {
        watch->waits = grown(NULL, 1, sizeof *watch->waits);
        *watch->waits = (struct waits_seen){.room = 0};
    }
    struct waits_seen *waits = watch->waits;
    if (thread >= waits->room) {
        unsigned room = thread * 2 + 8;
        waits->threads = grown(waits->threads, room, sizeof *waits->threads);
        memset(&waits->threads[waits->room], 0,
               (room - waits->room) * sizeof *waits->threads);
        waits->room = room;
    }
    return &waits->threads[thread];
}

static enum reason reason_of(enum trace_kind begun)
{
    switch (begun) {
    case TRACE_QUEUE_GET_BEGIN:
    case TRACE_PROCESS_QUEUE_GET_BEGIN:
        return FOR_ITEM;
    case TRACE_QUEUE_PUT_BEGIN:
    case TRACE_PROCESS_QUEUE_PUT_BEGIN:
        return FOR_SPACE;
    case TRACE_LOCK_ACQUIRE_BEGIN:
        return FOR_LOCK;
    default:
        return REASONS;
    }
}

/* A wait is over, whatever ended it. */
static void add_wait(const struct findings_watch *watch, struct waiting *waiting,
                     uint64_t since_step)
{
    enum reason reason = reason_of(reader_kind(watch->reader, since_step));
    uint64_t began = reader_event(watch->reader, since_step)->time_ns;

    if (reason == REASONS || watch->event->time_ns < began ||
        since_step < watch->last_gap) /* its end may be lost */
        return;
    uint64_t length = watch->event->time_ns - began;
    waiting->waited_ns[reason] += length;
    if (length >= waiting->longest_ns[reason]) {
        waiting->longest_ns[reason] = length;
        waiting->longest[reason] = since_step;
    }
}

static void note_in_vain(const struct findings_watch *watch, struct waiting *waiting,
                         const struct model_thread *thread)
{
    if (waiting->in_vain++ == 0) {
        waiting->first_in_vain = watch->step;
        waiting->in_vain_since_ns =
            thread->state == STATE_TIMED
                ? reader_event(watch->reader, thread->since_step)->time_ns
                : watch->event->time_ns;
    }
    waiting->last_in_vain = watch->step;
}

/* A lock is wanted whose holder sleeps. */
static void look_at_holder(struct findings_watch *watch)
{
    const struct model_object *lock =
        model_object_of(&watch->model, watch->event->object, watch->process);
    int index = model_thread_of(&watch->model, lock->holder);

    if (lock->type != OBJECT_LOCK || lock->unsure || index < 0)
        return;
    const struct model_thread *holder = &watch->model.threads[index];
    struct waiting *sleeper = waiting_of(watch, (unsigned)index);
    if (holder->state != STATE_SLEEP || holder->process != watch->process ||
        sleeper->slept == holder->since_step)
        return;
    sleeper->slept = holder->since_step;
    finding_add(watch,
                (struct finding){.kind = FINDING_LOCK_HELD_SLEEPING,
                                 .step = holder->since_step,
                                 .to = watch->step,
                                 .thread = holder->object,
                                 .object = lock->number},
                (struct finding_words){.other = watch->event->thread});
}

void waits_look(struct findings_watch *watch)
{
    int index = model_thread_of(&watch->model, watch->event->thread);

    if (index < 0 || watch->kind == TRACE_UNCOMMITTED)
        return;
    const struct model_thread *thread = &watch->model.threads[index];
    struct waiting *waiting = waiting_of(watch, (unsigned)index);
    if (waiting->start_ns == 0)
        waiting->start_ns = watch->event->time_ns;
    waiting->last_ns = watch->event->time_ns;
    if (thread->state == STATE_WAIT || thread->state == STATE_TIMED ||
        thread->state == STATE_LOCK)
        add_wait(watch, waiting, thread->since_step);
    if (idle_step(&waiting->idle, watch->event, watch->kind) == IDLE_ASKED)
        note_in_vain(watch, waiting, thread);
    if (watch->kind == TRACE_LOCK_ACQUIRE_BEGIN)
        look_at_holder(watch);
}

static bool asks_for_item(const struct findings_watch *watch, uint64_t step)
{
    enum trace_kind kind = reader_kind(watch->reader, step);

    return kind == TRACE_QUEUE_GET_FAILED || kind == TRACE_PROCESS_QUEUE_GET_FAILED;
}

static void find_idle_wakeups(struct findings_watch *watch,
                              const struct model_thread *thread,
                              const struct waiting *waiting)
{
    uint64_t last = reader_event(watch->reader, waiting->last_in_vain)->time_ns;

    if (waiting->in_vain < FEW)
        return;
    finding_add(
        watch,
        (struct finding){
            .kind = FINDING_IDLE_WAKEUPS,
            .step = waiting->first_in_vain,
            .to = waiting->last_in_vain,
            .thread = thread->object,
            .object = reader_event(watch->reader, waiting->first_in_vain)->object},
        (struct finding_words){.template = asks_for_item(watch, waiting->first_in_vain)
                                               ? "%t asked for an item on %o %n time%s "
                                                 "within %d, in vain"
                                               : NULL,
                               .count = waiting->in_vain,
                               .duration = last > waiting->in_vain_since_ns
                                               ? last - waiting->in_vain_since_ns
                                               : 0});
}

/* Whether that wait says something of the program's shape. */
static bool tells_something(const struct findings_watch *watch, enum reason reason,
                            uint64_t begun)
{
    return reason != FOR_ITEM ||
           queues_have_several_takers(watch, watch->process,
                                      reader_event(watch->reader, begun)->object);
}

static void find_waiting(struct findings_watch *watch,
                         const struct model_thread *thread,
                         const struct waiting *waiting)
{
    static const char *const templates[REASONS] = {
        [FOR_ITEM] = "%t waited for %n %% of its life for items on %o; others take too",
        [FOR_SPACE] = "%t waited for %n %% of its life for space on %o",
        [FOR_LOCK] = "%t waited for %n %% of its life for the lock %q",
    };
    uint64_t life = waiting->last_ns - waiting->start_ns;

    for (int i = 0; i < REASONS && life >= SHORT_NS; i++) {
        uint64_t percent = waiting->waited_ns[i] / (life / 100);
        if (percent < MOST_PERCENT ||
            !tells_something(watch, (enum reason)i, waiting->longest[i]))
            continue;
        finding_add(
            watch,
            (struct finding){
                .kind = FINDING_WAITED,
                .step = waiting->longest[i],
                .to = thread->last_step,
                .thread = thread->object,
                .object = reader_event(watch->reader, waiting->longest[i])->object},
            (struct finding_words){.template = templates[i], .count = percent});
    }
}

/* Where a step was lost, the counts and times are not those of the run. */
void waits_end(struct findings_watch *watch)
{
    for (unsigned i = 0; i < watch->model.thread_count && watch->last_gap == 0; i++) {
        const struct model_thread *thread = &watch->model.threads[i];
        const struct waiting *waiting = waiting_of(watch, i);
        watch->process = thread->process;
        find_idle_wakeups(watch, thread, waiting);
        find_waiting(watch, thread, waiting);
    }
}

void waits_free(struct findings_watch *watch)
{
    if (watch->waits != NULL)
        free(watch->waits->threads);
    free(watch->waits);
}

/*
 * findings_polling.c - whether anything moves: threads that ask again and again for
 * what never comes look alive, and nobody is blocked for good; see findings_watch.h.
 *
 * Told when every thread either waits without a limit or has asked several times since
 * anything changed, for a tenth of a second at least. A thread that sleeps long, or
 * computes, asks nothing, and so speaks against it. Where something moves after all,
 * the finding is taken back.
 */
#include "findings_parts.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

enum { ASKED_EACH = 3, ASKED_IN_ALL = 12, LONG_NS = 100000000 };

struct questions {
    uint64_t since; /* of which standstill */
    unsigned count;
};

struct polling_seen {
    uint64_t moved; /* the latest step that changed anything */
    uint64_t moved_ns;
    uint64_t asked; /* since then, by all */
    bool is_told;
    struct questions *threads; /* by index */
    unsigned room;
};

enum meaning { MOVES, ASKS, SAYS_NOTHING };

static struct polling_seen *seen(struct findings_watch *watch)
{
    if (watch->polling == NULL) {
        watch->polling = grown(NULL, 1, sizeof *watch->polling);
        *watch->polling = (struct polling_seen){.moved = 0};
    }
    return watch->polling;
}

static struct questions *questions_of(struct polling_seen *polling, unsigned thread)
{
    if (thread >= polling->room) {
        unsigned room = thread * 2 + 8;
        polling->threads = grown(polling->threads, room, sizeof *polling->threads);
        memset(&polling->threads[polling->room], 0,
               (room - polling->room) * sizeof *polling->threads);
        polling->room = room;
    }
    return &polling->threads[thread];
}

/* What the event says of whether anything moves. */
static enum meaning meaning_of(const struct findings_watch *watch)
{
    const struct trace_event *event = watch->event;

    switch (watch->kind) {
    case TRACE_QUEUE_LOOK:
    case TRACE_PROCESS_QUEUE_LOOK:
    case TRACE_EVENT_LOOK:
    case TRACE_SHARED_LOAD:
    case TRACE_LIST_LOOK:
    case TRACE_LIST_GET:
        return ASKS;
    case TRACE_NAP_END:
    case TRACE_LOCK_ACQUIRE:
    case TRACE_LOCK_RELEASE:
    case TRACE_RUN_END:
        return SAYS_NOTHING;
    case TRACE_SHARED_STORE:
        return model_object_of(&watch->model, event->object, watch->process)->value ==
                       event->number
                   ? SAYS_NOTHING
                   : MOVES;
    default:
        break;
    }
    if (kind_info(watch->kind)->phase == PHASE_BEGIN)
        return SAYS_NOTHING;
    if (kind_info(watch->kind)->phase != PHASE_FAILED)
        return MOVES;
    return event->detail == TRACE_BECAUSE_TIMEOUT ||
                   event->detail == TRACE_BECAUSE_EMPTY ||
                   event->detail == TRACE_BECAUSE_FULL ||
                   event->detail == TRACE_BECAUSE_HELD
               ? ASKS
               : MOVES;
}

static bool nothing_moves(struct findings_watch *watch, struct polling_seen *polling)
{
    for (unsigned i = 0; i < watch->model.thread_count; i++) {
        const struct model_thread *thread = &watch->model.threads[i];
        const struct questions *questions = questions_of(polling, i);
        if (thread->state == STATE_WAIT || thread->state == STATE_LOCK ||
            thread->state == STATE_ENDED || thread->state == STATE_KILLED)
            continue;
        if (questions->since != polling->moved || questions->count < ASKED_EACH)
            return false;
    }
    return true;
}

static void take_back(struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->list[i].kind != FINDING_POLLING)
            continue;
        free(findings->list[i].more_known);
        memmove(&findings->list[i], &findings->list[i + 1],
                (findings->count - i - 1) * sizeof *findings->list);
        findings->count--;
        return;
    }
}

static void note_question(struct findings_watch *watch, struct polling_seen *polling)
{
    int index = model_thread_of(&watch->model, watch->event->thread);

    if (index < 0 || polling->is_told)
        return;
    struct questions *questions = questions_of(polling, (unsigned)index);
    if (questions->since != polling->moved)
        *questions = (struct questions){.since = polling->moved};
    questions->count++;
    polling->asked++;
    if (polling->asked % ASKED_IN_ALL != 0 || questions->count < ASKED_EACH ||
        watch->event->time_ns < polling->moved_ns + LONG_NS ||
        !nothing_moves(watch, polling))
        return;
    polling->is_told = true;
    finding_add(watch,
                (struct finding){.kind = FINDING_POLLING,
                                 .step = polling->moved,
                                 .to = watch->step,
                                 .thread = watch->event->thread,
                                 .object = watch->event->object},
                (struct finding_words){.first = polling->moved});
}

void polling_look(struct findings_watch *watch)
{
    struct polling_seen *polling = seen(watch);
    enum meaning meaning = watch->last_gap == watch->step ? MOVES : meaning_of(watch);

    if (meaning == ASKS)
        note_question(watch, polling);
    if (meaning != MOVES)
        return;
    if (polling->is_told)
        take_back(watch->findings);
    polling->is_told = false;
    polling->moved = watch->step;
    polling->moved_ns = watch->model.time_ns;
    if (watch->event->time_ns > polling->moved_ns) /* a lost step has no time */
        polling->moved_ns = watch->event->time_ns;
    polling->asked = 0;
}

void polling_free(struct findings_watch *watch)
{
    if (watch->polling != NULL)
        free(watch->polling->threads);
    free(watch->polling);
}

/*
 * findings_conditions.c - who waits on a condition: whether anybody tells it, whether
 * it can use the news, and whether it looks again; see findings_watch.h.
 */
#include "findings_pairs.h"
#include "findings_parts.h"
#include "memory.h"

#include <stdlib.h>

/* What happened on one condition. */
struct notices {
    uint64_t notified; /* how often somebody told anybody */
    uint64_t in_vain, first_in_vain, last_in_vain;
};

/* What one thread does about the conditions it waits for. */
struct looking {
    uint32_t look_site;  /* where it last read a variable, since it has its lock */
    uint32_t again_site; /* woken: where it should look again; 0: it has */
    uint64_t woken;      /* the step that it was woken in, and nothing done since */
    uint32_t condition;  /* that it was woken on */
};

struct conditions_seen {
    struct pairs notices; /* by process and condition */
    struct pairs looking; /* by thread */
};

static struct conditions_seen *seen(struct findings_watch *watch)
{
    if (watch->conditions == NULL) {
        watch->conditions = grown(NULL, 1, sizeof *watch->conditions);
        *watch->conditions =
            (struct conditions_seen){.notices.size = sizeof(struct notices),
                                     .looking.size = sizeof(struct looking)};
    }
    return watch->conditions;
}

static struct notices *notices_of(struct findings_watch *watch)
{
    return pairs_touch(&seen(watch)->notices, watch->process, watch->event->object);
}

static bool same_site(const struct findings_watch *watch, uint32_t a, uint32_t b)
{
    return a == b ||
           text_equal(reader_text(watch->reader, a), reader_text(watch->reader, b));
}

static void begin_wait(struct findings_watch *watch, struct looking *looking)
{
    struct notices *notices = notices_of(watch);

    if (notices != NULL && looking->woken != 0 &&
        looking->condition == watch->event->object && looking->again_site == 0) {
        if (notices->in_vain++ == 0)
            notices->first_in_vain = looking->woken;
        notices->last_in_vain = looking->woken;
    }
    looking->woken = 0;
    looking->again_site = 0;
}

static void wake_up(struct findings_watch *watch, struct looking *looking)
{
    looking->woken = watch->step;
    looking->condition = watch->event->object;
    looking->again_site = looking->look_site;
}

/* What it changes now, or gives free, it has not looked at again. */
static void act(struct findings_watch *watch, struct looking *looking)
{
    if (looking->again_site != 0)
        finding_add(watch,
                    (struct finding){.kind = FINDING_NO_SECOND_LOOK,
                                     .step = watch->step,
                                     .from = looking->woken,
                                     .thread = watch->event->thread,
                                     .object = looking->condition},
                    (struct finding_words){.first = looking->woken});
    looking->again_site = 0;
    looking->woken = 0;
}

static void look_at(struct findings_watch *watch, struct looking *looking)
{
    switch (watch->kind) {
    case TRACE_LOCK_ACQUIRE:
        looking->look_site = 0;
        break;
    case TRACE_SHARED_LOAD:
        looking->look_site = watch->event->site;
        if (looking->again_site != 0 &&
            same_site(watch, looking->again_site, watch->event->site))
            looking->again_site = 0;
        break;
    case TRACE_CONDITION_WAIT_BEGIN:
        begin_wait(watch, looking);
        break;
    case TRACE_CONDITION_WAIT:
        wake_up(watch, looking);
        break;
    default:
        act(watch, looking);
        break;
    }
}

void conditions_look(struct findings_watch *watch)
{
    struct notices *notices;

    switch (watch->kind) {
    case TRACE_CONDITION_NOTIFY:
        notices = notices_of(watch);
        if (notices != NULL)
            notices->notified++;
        break;
    case TRACE_LOCK_ACQUIRE:
    case TRACE_SHARED_LOAD:
    case TRACE_CONDITION_WAIT_BEGIN:
    case TRACE_CONDITION_WAIT:
    case TRACE_SHARED_STORE:
    case TRACE_LOCK_RELEASE: {
        struct looking *looking =
            pairs_touch(&seen(watch)->looking, 0, watch->event->thread);
        if (looking != NULL)
            look_at(watch, looking);
        break;
    }
    default:
        if (watch->last_gap == watch->step) /* it may have been a look */
            pairs_free(&seen(watch)->looking);
        break;
    }
}

/* How many threads wait there now; first gets the step of the first of them. */
static unsigned waiters_of(const struct findings_watch *watch, uint32_t process,
                           uint32_t condition, uint64_t *first)
{
    unsigned count = 0;

    *first = 0;
    for (unsigned i = 0; i < watch->model.thread_count; i++) {
        const struct model_thread *thread = &watch->model.threads[i];
        if (thread->process != process || thread->state != STATE_WAIT ||
            reader_kind(watch->reader, thread->since_step) !=
                TRACE_CONDITION_WAIT_BEGIN ||
            reader_event(watch->reader, thread->since_step)->object != condition)
            continue;
        count++;
        if (*first == 0 || thread->since_step < *first)
            *first = thread->since_step;
    }
    return count;
}

static void look_at_condition(struct findings_watch *watch, uint32_t process,
                              uint32_t condition, const struct notices *notices)
{
    uint64_t first;
    unsigned waiters = waiters_of(watch, process, condition, &first);
    bool is_stuck = watch->model.deadlocked && waiters > 0;

    watch->process = process;
    if (is_stuck && notices->notified == 0)
        finding_add(watch,
                    (struct finding){.kind = FINDING_NEVER_NOTIFIED,
                                     .step = first,
                                     .to = watch->step,
                                     .object = condition},
                    (struct finding_words){.count = waiters});
    uint64_t told = is_stuck ? notices->last_in_vain : notices->first_in_vain;
    if (notices->in_vain > 0)
        finding_add(
            watch,
            (struct finding){.kind = FINDING_WOKEN_IN_VAIN,
                             .severity = is_stuck ? FINDING_WARNING : FINDING_REMARK,
                             .step = told,
                             .from = notices->first_in_vain,
                             .to = notices->last_in_vain,
                             .thread = reader_event(watch->reader, told)->thread,
                             .object = condition},
            (struct finding_words){.count = notices->in_vain, .first = told});
}

void conditions_end(struct findings_watch *watch)
{
    uint32_t process, condition;

    if (watch->last_gap != 0)
        return;
    for (size_t i = 0; i < seen(watch)->notices.count; i++) {
        const struct notices *notices =
            pairs_at(&watch->conditions->notices, i, &process, &condition);
        look_at_condition(watch, process, condition, notices);
    }
}

void conditions_free(struct findings_watch *watch)
{
    if (watch->conditions == NULL)
        return;
    pairs_free(&watch->conditions->notices);
    pairs_free(&watch->conditions->looking);
    free(watch->conditions);
}

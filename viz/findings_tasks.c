/* findings_tasks.c - tasks that were taken and not reported, or reported and not taken;
   see findings_watch.h. */
#include "findings_pairs.h"
#include "findings_parts.h"
#include "memory.h"

#include <stdlib.h>

/* What one thread did with one queue. */
struct account {
    uint32_t taken, reported;
    uint64_t last_get;
    uint64_t moved_on; /* the get of a task that it left behind without a report */
    uint64_t extra;    /* its report of what it had not taken */
};

struct tasks_seen {
    struct pairs accounts; /* by thread and queue */
};

static struct tasks_seen *seen(struct findings_watch *watch)
{
    if (watch->tasks == NULL) {
        watch->tasks = grown(NULL, 1, sizeof *watch->tasks);
        *watch->tasks = (struct tasks_seen){.accounts.size = sizeof(struct account)};
    }
    return watch->tasks;
}

static struct account *account_of(struct findings_watch *watch)
{
    return pairs_touch(&seen(watch)->accounts, watch->event->thread,
                       watch->event->object);
}

/* Who asks for the next one before it has reported the last one left that behind;
   unless the reports come later, all at once. */
static void move_on(struct findings_watch *watch)
{
    struct account *account = account_of(watch);

    if (account != NULL && account->taken > account->reported && account->moved_on == 0)
        account->moved_on = account->last_get;
}

static void take(struct findings_watch *watch)
{
    struct account *account = account_of(watch);

    if (account == NULL)
        return;
    account->taken++;
    account->last_get = watch->step;
}

static void report(struct findings_watch *watch)
{
    struct account *account = account_of(watch);

    if (account == NULL)
        return;
    account->reported++;
    if (account->reported >= account->taken)
        account->moved_on = 0;
    if (account->reported > account->taken && account->extra == 0)
        account->extra = watch->step;
}

/* One report too many is noticed late: the first thread that reported what it had not
   taken is told. */
static void find_misuse(struct findings_watch *watch)
{
    struct finding finding = {.kind = FINDING_MISUSE,
                              .step = watch->step,
                              .from = watch->step,
                              .to = watch->step,
                              .thread = watch->event->thread,
                              .object = watch->event->object};
    struct finding_words words = {.text =
                                      reader_text(watch->reader, watch->event->text)};
    uint64_t first = 0;
    uint32_t thread, queue;

    for (size_t i = 0; i < seen(watch)->accounts.count && watch->last_gap == 0; i++) {
        const struct account *account =
            pairs_at(&watch->tasks->accounts, i, &thread, &queue);
        if (account->extra == 0 || (first != 0 && account->extra > first))
            continue;
        first = account->extra;
        finding.thread = thread;
        finding.object = queue;
    }
    if (first != 0) {
        finding.step = finding.from = words.first = first;
        words.template = "%x; %t reported a task at step %a that it had not taken%l";
    }
    finding_add(watch, finding, words);
}

void tasks_look(struct findings_watch *watch)
{
    switch (watch->kind) {
    case TRACE_QUEUE_GET:
        move_on(watch);
        take(watch);
        break;
    case TRACE_QUEUE_GET_BEGIN:
    case TRACE_QUEUE_GET_FAILED:
        move_on(watch);
        break;
    case TRACE_QUEUE_TASK_DONE:
        report(watch);
        break;
    case TRACE_MISUSE:
        find_misuse(watch);
        break;
    default:
        break;
    }
}

/* Who waits in join for the tasks of that queue, or 0. */
static uint32_t joiner_of(const struct findings_watch *watch, uint32_t queue)
{
    for (unsigned i = 0; i < watch->model.thread_count; i++) {
        const struct model_thread *thread = &watch->model.threads[i];
        if (thread->state == STATE_WAIT &&
            reader_kind(watch->reader, thread->since_step) == TRACE_QUEUE_JOIN_BEGIN &&
            reader_event(watch->reader, thread->since_step)->object == queue)
            return thread->object;
    }
    return 0;
}

static bool has_ended(const struct findings_watch *watch, uint32_t number)
{
    int thread = model_thread_of(&watch->model, number);

    return thread >= 0 && (watch->model.threads[thread].state == STATE_ENDED ||
                           watch->model.threads[thread].state == STATE_KILLED);
}

/* A thread that moved on, or ended, without a report for what it had taken; one that
   still works on it may report it yet. */
static void find_unreported(struct findings_watch *watch, uint32_t thread,
                            uint32_t number, const struct account *account)
{
    watch->process = model_process_of(&watch->model, thread);
    const struct model_object *queue =
        model_object_of(&watch->model, number, watch->process);
    uint64_t get = account->moved_on;

    if (queue->type != OBJECT_QUEUE || !queue->uses_tasks ||
        account->taken <= account->reported || queue->unfinished <= queue->items.count)
        return;
    if (get == 0 && has_ended(watch, thread))
        get = account->last_get;
    if (get == 0)
        return;
    struct finding_words words = {
        .first = get,
        .other = joiner_of(watch, number),
        .text = reader_label(watch->reader, reader_event(watch->reader, get))};
    if (words.other != 0)
        words.template =
            "%t took '%x' from %o at step %a and never reported it done; %w "
            "waits in %o.join for that";
    finding_add(watch,
                (struct finding){.kind = FINDING_NOT_REPORTED,
                                 .step = get,
                                 .to = watch->step,
                                 .thread = thread,
                                 .object = number},
                words);
}

void tasks_end(struct findings_watch *watch)
{
    uint32_t thread, queue;

    if (!watch->is_whole || watch->last_gap != 0)
        return;
    for (size_t i = 0; i < seen(watch)->accounts.count; i++) {
        const struct account *account =
            pairs_at(&watch->tasks->accounts, i, &thread, &queue);
        find_unreported(watch, thread, queue, account);
    }
}

void tasks_free(struct findings_watch *watch)
{
    if (watch->tasks == NULL)
        return;
    pairs_free(&watch->tasks->accounts);
    free(watch->tasks);
}

/*
 * details_owed.c - which items of a queue were taken and not reported, by whom; see
 * details_chain.h.
 *
 * A report names no item: it is taken to be about the latest one that its thread has.
 */
#include "details_chain.h"
#include "memory.h"
#include "sentence.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_OWED = 512, MOST_NAMED = 3 };

struct debt {
    unsigned thread; /* index */
    uint64_t get;    /* the step that took the item */
};

struct debts {
    struct debt list[MOST_OWED];
    int count;
};

static void report(struct debts *debts, unsigned thread)
{
    int i = debts->count - 1;

    while (i >= 0 && debts->list[i].thread != thread)
        i--;
    if (i < 0)
        return;
    for (debts->count--; i < debts->count; i++)
        debts->list[i] = debts->list[i + 1];
}

/* Goes from where the queue was made to the step shown. */
static void read_debts(struct debts *debts, const struct inquiry *inquiry,
                       const struct model_object *queue)
{
    const struct model *model = inquiry_model(inquiry);
    const struct reader *reader = inquiry_reader(inquiry);

    debts->count = 0;
    if (queue->init_step == 0 || model->step - queue->init_step >= DETAILS_MOST_STEPS)
        return;
    for (uint64_t step = queue->init_step; step <= model->step; step++) {
        const struct trace_event *event = reader_event(reader, step);
        enum trace_kind kind = reader_kind(reader, step);
        if (event->object != queue->number ||
            (kind != TRACE_QUEUE_GET && kind != TRACE_QUEUE_TASK_DONE))
            continue;
        int thread = model_thread_of(model, event->thread);
        if (thread >= 0 && kind == TRACE_QUEUE_TASK_DONE)
            report(debts, (unsigned)thread);
        else if (thread >= 0 && debts->count < MOST_OWED)
            debts->list[debts->count++] = (struct debt){(unsigned)thread, step};
    }
}

/* "worker-0 took 'q' at step 100, lesson.c:40, and has not reported it" */
static void tell_debt(const struct chain *chain, const struct debt *debt)
{
    const struct reader *reader = inquiry_reader(chain->inquiry);
    const struct trace_event *event = reader_event(reader, debt->get);
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};

    details_add_thread(&words, chain->inquiry, event->thread);
    text_add(&words, " took '");
    text_add_text(&words, reader_label(reader, event));
    text_add(&words, "' at step %" PRIu64, debt->get);
    details_add_line(&words, chain->inquiry, debt->get);
    text_add(&words, ", and has not reported it");
    chain_say(chain, (struct link){LINK_STEP, 0, debt->get}, line);
}

/* Who asks for the next item has left the last one behind: what brings the next one
   does not help. */
static bool has_moved_on(const struct chain *chain, unsigned index,
                         const struct model_object *queue)
{
    const struct model_thread *thread = &inquiry_model(chain->inquiry)->threads[index];
    const struct reader *reader = inquiry_reader(chain->inquiry);

    return details_is_waiting(thread) &&
           reader_kind(reader, thread->since_step) == TRACE_QUEUE_GET_BEGIN &&
           reader_event(reader, thread->since_step)->object == queue->number;
}

static void tell_debts_of(struct chain *chain, const struct debts *debts,
                          unsigned thread, const struct model_object *queue)
{
    char line[DETAILS_WORDS];
    int count = 0;

    for (int i = 0; i < debts->count; i++)
        if (debts->list[i].thread == thread && count++ < MOST_NAMED)
            tell_debt(chain, &debts->list[i]);
    if (count == 0)
        return;
    if (count > MOST_NAMED) {
        snprintf(line, sizeof line, "and %d more", count - MOST_NAMED);
        chain_say(chain, (struct link){.kind = LINK_NONE}, line);
    }
    if (has_moved_on(chain, thread, queue))
        chain_show(chain, thread, " (asks for the next one without a report)");
    else
        chain_follow(chain, thread, "");
}

bool free_tasks(struct chain *chain, const struct model_object *queue)
{
    unsigned threads = inquiry_model(chain->inquiry)->thread_count;
    struct debts *debts = grown(NULL, 1, sizeof *debts);
    char line[DETAILS_WORDS] = "";

    if (queue->items.count > 0) {
        snprintf(line, sizeof line,
                 "%" PRIu32 " still queued: they must be taken first",
                 queue->items.count);
        chain_say(chain, (struct link){LINK_OBJECT, queue->process, queue->number},
                  line);
    }
    read_debts(debts, chain->inquiry, queue);
    for (unsigned i = 0; i < threads; i++)
        tell_debts_of(chain, debts, i, queue);
    free(debts);
    return true;
}

/*
 * findings_printers.c - a thread that prints for itself while lines for the printer
 * still wait in its queue, and so overtakes them; see findings_watch.h.
 *
 * A queue is a printer's if several of its items were printed as they are by the thread
 * that took them, which is no main thread: that one may print results as they come, and
 * others print meanwhile what they like.
 */
#include "findings_pairs.h"
#include "findings_parts.h"
#include "memory.h"

#include <stdlib.h>

enum { FEW = 3, EARLY = 8 }; /* before so many lines nobody is a printer */

/* What a thread has printed of a queue's items. */
struct printer {
    uint64_t lines;
};

/* A print by another one, before it was known who is the printer. */
struct early {
    uint64_t step;
    uint32_t printer; /* who printed later what was put before it; or 0 */
    uint64_t put;     /* where that was put */
};

struct printers_seen {
    struct pairs printers;  /* by thread and queue */
    uint32_t thread, queue; /* the printer, and its queue; or 0 */
    struct early early[EARLY];
    unsigned early_count;
};

static struct printers_seen *seen(struct findings_watch *watch)
{
    if (watch->printers == NULL) {
        watch->printers = grown(NULL, 1, sizeof *watch->printers);
        *watch->printers =
            (struct printers_seen){.printers.size = sizeof(struct printer)};
    }
    return watch->printers;
}

static void find_overtaker(struct findings_watch *watch, uint64_t step, uint64_t put)
{
    finding_add(watch,
                (struct finding){.kind = FINDING_OVERTAKEN,
                                 .step = step,
                                 .from = put,
                                 .to = watch->step,
                                 .thread = reader_event(watch->reader, step)->thread,
                                 .object = watch->printers->queue},
                (struct finding_words){.other = watch->printers->thread});
}

/* It is known now who prints: those that it let overtake it are told. */
static void become_printer(struct findings_watch *watch,
                           const struct model_thread *thread)
{
    struct printers_seen *printers = seen(watch);

    printers->thread = thread->object;
    printers->queue = thread->item_queue;
    for (unsigned i = 0; i < printers->early_count; i++)
        if (printers->early[i].printer == thread->object)
            find_overtaker(watch, printers->early[i].step, printers->early[i].put);
}

/* It prints what it has taken, as it is. */
static void note_line(struct findings_watch *watch, const struct model_thread *thread)
{
    struct printers_seen *printers = seen(watch);
    struct printer *printer =
        pairs_touch(&printers->printers, thread->object, thread->item_queue);

    for (unsigned i = 0; i < printers->early_count; i++) {
        struct early *early = &printers->early[i];
        if (early->printer == 0 && early->step > thread->item &&
            reader_event(watch->reader, early->step)->thread != thread->object) {
            early->printer = thread->object;
            early->put = thread->item;
        }
    }
    if (printer != NULL && ++printer->lines == FEW && printers->thread == 0)
        become_printer(watch, thread);
}

/* It prints something of its own. */
static void note_other(struct findings_watch *watch)
{
    struct printers_seen *printers = seen(watch);
    const struct model_object *queue =
        model_object_of(&watch->model, printers->queue, watch->process);

    if (printers->thread == 0 && printers->early_count < EARLY)
        printers->early[printers->early_count++] = (struct early){.step = watch->step};
    if (printers->thread != 0 && printers->thread != watch->event->thread &&
        queue->type == OBJECT_QUEUE && !queue->unsure && queue->items.count > 0)
        find_overtaker(watch, watch->step, ring_at(&queue->items, 0));
}

void printers_look(struct findings_watch *watch)
{
    int index = model_thread_of(&watch->model, watch->event->thread);

    if (watch->last_gap == watch->step && watch->printers != NULL)
        watch->printers->early_count = 0;
    if (watch->kind != TRACE_SAY || index < 0)
        return;
    const struct model_thread *thread = &watch->model.threads[index];
    if (thread->item != 0 && thread->object != thread->process &&
        text_equal(model_item_label(watch->reader, thread->item),
                   reader_text(watch->reader, watch->event->text)))
        note_line(watch, thread);
    else
        note_other(watch);
}

void printers_free(struct findings_watch *watch)
{
    if (watch->printers != NULL)
        pairs_free(&watch->printers->printers);
    free(watch->printers);
}

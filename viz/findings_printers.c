/*
 * findings_printers.c - a thread that prints for itself while lines for the printer
 * still wait in its queue, and so overtakes them; see findings_watch.h.
 *
 * A queue is a printer's if several of its items were printed as they are by the one
 * thread that took them.
 */
#include "findings_pairs.h"
#include "findings_parts.h"
#include "memory.h"

#include <stdlib.h>

enum { FEW = 3 }; /* before so many lines nobody is a printer */

/* What a thread has printed of a queue's items. */
struct printer {
    uint64_t lines;
};

struct printers_seen {
    struct pairs printers;  /* by thread and queue */
    uint32_t thread, queue; /* the printer, and its queue; or 0 */
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

/* It prints what it has taken, and nothing else. */
static void note_print(struct findings_watch *watch, const struct model_thread *thread)
{
    struct printers_seen *printers = seen(watch);
    struct text label = model_item_label(watch->reader, thread->item);

    if (thread->item == 0 ||
        !text_equal(label, reader_text(watch->reader, watch->event->text)))
        return;
    struct printer *printer =
        pairs_touch(&printers->printers, thread->object, thread->item_queue);
    if (printer != NULL && ++printer->lines == FEW && printers->thread == 0) {
        printers->thread = thread->object;
        printers->queue = thread->item_queue;
    }
}

void printers_look(struct findings_watch *watch)
{
    int index = model_thread_of(&watch->model, watch->event->thread);

    if (watch->kind != TRACE_SAY || index < 0)
        return;
    note_print(watch, &watch->model.threads[index]);
    struct printers_seen *printers = seen(watch);
    const struct model_object *queue =
        model_object_of(&watch->model, printers->queue, watch->process);
    if (printers->thread == 0 || printers->thread == watch->event->thread ||
        queue->type != OBJECT_QUEUE || queue->unsure || queue->items.count == 0)
        return;
    finding_add(
        watch,
        (struct finding){.kind = FINDING_OVERTAKEN,
                         .step = watch->step,
                         .from = ring_at(&queue->items, 0),
                         .thread = watch->event->thread,
                         .object = queue->number},
        (struct finding_words){.other = printers->thread, .count = queue->items.count});
}

void printers_free(struct findings_watch *watch)
{
    if (watch->printers != NULL)
        pairs_free(&watch->printers->printers);
    free(watch->printers);
}

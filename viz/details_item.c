/* details_item.c - the life of an item, and all about one step; see details.h. */
#include "details_parts.h"
#include "sentence.h"

#include <inttypes.h>
#include <stdio.h>

static const struct link nowhere = {.kind = LINK_NONE};

/* What became of an item, as far as that was looked at. */
struct life {
    uint64_t put, sent, taken, reported;
    uint64_t dropped;
    uint64_t looked; /* up to this step */

    /* Of its taker, from its get on: a task that it takes before it has reported this
       one is reported first, as the findings count. */
    uint64_t open;           /* tasks taken and not yet reported, this one among them */
    uint64_t next;           /* the first that it took before it reported this one */
    uint64_t other_reported; /* the first report that is of a later one, or of this */
};

static bool is_take(enum trace_kind kind)
{
    return kind == TRACE_QUEUE_GET || kind == TRACE_PROCESS_QUEUE_GET ||
           kind == TRACE_PIPE_RECV;
}

/* What its taker did with the queue afterwards. */
static void note_taker(struct life *life, enum trace_kind kind, uint64_t step)
{
    if (kind == TRACE_QUEUE_GET) {
        life->open++;
        if (life->next == 0)
            life->next = step;
    } else if (kind == TRACE_QUEUE_TASK_DONE) {
        if (--life->open == 0)
            life->reported = step;
        else if (life->other_reported == 0)
            life->other_reported = step;
    }
}

/* Notes what that step is for the item. */
static void note(struct life *life, const struct reader *reader, uint64_t step)
{
    const struct trace_event *event = reader_event(reader, step);
    const struct trace_event *put = reader_event(reader, life->put);
    enum trace_kind kind = reader_kind(reader, step);

    if (event->object != put->object)
        return;
    if (life->taken != 0) {
        if (event->thread == reader_event(reader, life->taken)->thread)
            note_taker(life, kind, step);
    } else if (event->number == life->put) {
        if (is_take(kind)) {
            life->taken = step;
            life->open = 1;
        } else if (kind == TRACE_PROCESS_QUEUE_SEND)
            life->sent = step;
        else if (kind == TRACE_QUEUE_DROP)
            life->dropped = step;
    }
}

static struct life read_life(const struct inquiry *inquiry, uint64_t put)
{
    const struct reader *reader = inquiry_reader(inquiry);
    uint64_t last = inquiry_model(inquiry)->step;
    struct life life = {.put = put, .looked = put};

    if (last > put + DETAILS_MOST_STEPS)
        last = put + DETAILS_MOST_STEPS;
    while (life.looked < last && life.reported == 0 && life.dropped == 0)
        note(&life, reader, ++life.looked);
    return life;
}

static void add_moment(struct page *page, const struct inquiry *inquiry,
                       uint64_t before, uint64_t step, const char *what)
{
    const struct reader *reader = inquiry_reader(inquiry);
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};

    if (step == 0)
        return;
    text_add(&words, "%s by ", what);
    details_add_origin(&words, inquiry, step);
    if (before != 0) {
        uint64_t from = reader_event(reader, before)->time_ns;
        uint64_t to = reader_event(reader, step)->time_ns;
        text_add(&words, ", after ");
        text_add_duration(&words, to > from ? to - from : 0);
    }
    page_add(page, (struct link){LINK_STEP, 0, step}, "%s", line);
}

static bool is_in(const struct ring *items, uint64_t step)
{
    for (uint32_t i = 0; i < items->count; i++)
        if (ring_at(items, i) == step)
            return true;
    return false;
}

/* A report does not say of which task it is. */
static void add_unreported(struct page *page, const struct life *life)
{
    page_add(page, nowhere, "not yet reported as done");
    if (life->next != 0)
        page_add(page, (struct link){LINK_STEP, 0, life->next},
                 "its taker took another one first, at step %" PRIu64, life->next);
    if (life->other_reported != 0)
        page_add(page, (struct link){LINK_STEP, 0, life->other_reported},
                 "and reported one at step %" PRIu64 ": that one, or this",
                 life->other_reported);
}

/* What has not happened yet, up to the step shown. */
static void add_rest(struct page *page, const struct inquiry *inquiry,
                     const struct life *life, const struct model_object *queue)
{
    if (life->reported != 0 || life->dropped != 0)
        return;
    if (life->looked < inquiry_model(inquiry)->step)
        page_add(page, nowhere,
                 "what came later than step %" PRIu64 " was not looked at",
                 life->looked);
    else if (life->taken == 0)
        page_add(page, nowhere, "%s",
                 is_in(&queue->items, life->put) || is_in(&queue->buffered, life->put)
                     ? "still there"
                     : "it has left; the recording does not tell with whom");
    else if (queue->uses_tasks)
        add_unreported(page, life);
}

void details_of_item(struct page *page, const struct inquiry *inquiry, struct link link)
{
    const struct model *model = inquiry_model(inquiry);
    const struct reader *reader = inquiry_reader(inquiry);
    struct text_buffer title = {page->title, sizeof page->title, 0};
    uint64_t put = link.number;

    if (put == 0 || put > model->step)
        return;
    const struct trace_event *event = reader_event(reader, put);
    const struct model_object *queue =
        model_object_of(model, event->object, model_process_of(model, event->thread));
    struct life life = read_life(inquiry, put);
    text_add(&title, "ITEM ");
    details_add_item(&title, inquiry, put);
    text_add(&title, " of ");
    sentence_add_name(&title, model, reader, event->object, queue->process);
    add_moment(page, inquiry, 0, put, "put");
    add_moment(page, inquiry, put, life.sent, "sent");
    add_moment(page, inquiry, put, life.taken, "taken");
    if (life.taken != 0 && queue->uses_tasks)
        add_moment(page, inquiry, life.taken, life.reported,
                   life.next == 0 ? "reported as done"
                                  : "reported as done, with what was taken later,");
    add_moment(page, inquiry, put, life.dropped, "dropped");
    add_rest(page, inquiry, &life, queue);
    page_add_heading(page, "SEE");
    page_add(page, (struct link){LINK_OBJECT, queue->process, event->object},
             "its queue");
    int taker = life.taken == 0
                    ? -1
                    : model_thread_of(model, reader_event(reader, life.taken)->thread);
    if (taker >= 0)
        details_add_state(page, inquiry, (unsigned)taker, "", "");
}

/* The thing that a step is about, where there is a page of it. */
static void add_object(struct page *page, const struct inquiry *inquiry,
                       const struct trace_event *event)
{
    const struct model *model = inquiry_model(inquiry);
    const struct model_object *object =
        model_object_of(model, event->object, model_process_of(model, event->thread));
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};

    if (event->object == 0 || object->type == OBJECT_NONE)
        return;
    if (object->type == OBJECT_THREAD) {
        details_add_state(page, inquiry, object->thread, "", "");
        return;
    }
    text_add(&words, "%s ", object_type_name(object->type));
    sentence_add_name(&words, model, inquiry_reader(inquiry), object->number,
                      object->process);
    text_add(&words, ": ");
    sentence_of_object(&words, model, inquiry_reader(inquiry), object);
    page_add(page, (struct link){LINK_OBJECT, object->process, object->number}, "%s",
             line);
}

void details_of_event(struct page *page, const struct inquiry *inquiry,
                      struct link link)
{
    const struct model *model = inquiry_model(inquiry);
    const struct reader *reader = inquiry_reader(inquiry);
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};
    uint64_t step = link.number;

    if (step == 0 || step != model->step)
        return;
    const struct trace_event *event = reader_event(reader, step);
    enum trace_kind kind = reader_kind(reader, step);
    snprintf(page->title, sizeof page->title, "STEP %" PRIu64, step);
    sentence_of_step(&words, model, reader);
    page_add(page, nowhere, "%s", line);
    page_add(page, nowhere, "event %s at %.6f s", kind_info(kind)->name,
             (double)event->time_ns / 1e9);
    words.length = 0;
    details_add_line(&words, inquiry, step);
    if (words.length > 2)
        page_add(page, nowhere, "source line %s", line + 2);
    page_add_heading(page, "SEE");
    int thread = model_thread_of(model, event->thread);
    if (thread >= 0)
        details_add_state(page, inquiry, (unsigned)thread, "", "");
    add_object(page, inquiry, event);
    if (is_take(kind) || kind == TRACE_QUEUE_PUT || kind == TRACE_PROCESS_QUEUE_PUT) {
        words.length = 0;
        text_add(&words, "the life of ");
        details_add_item(&words, inquiry, event->number);
        page_add(page, (struct link){LINK_ITEM, 0, event->number}, "%s", line);
    }
}

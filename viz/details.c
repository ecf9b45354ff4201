/* details.c - pages about one thing, and the words they share; see details.h. */
#include "details_parts.h"
#include "sentence.h"

#include <inttypes.h>

const struct model *inquiry_model(const struct inquiry *inquiry)
{
    return &inquiry->playback->model;
}

const struct reader *inquiry_reader(const struct inquiry *inquiry)
{
    return &inquiry->playback->reader;
}

bool inquiry_is_counted(const struct inquiry *inquiry)
{
    return inquiry->stats->model.step == inquiry_model(inquiry)->step;
}

void details_add_thread(struct text_buffer *buffer, const struct inquiry *inquiry,
                        uint32_t number)
{
    if (number == 0)
        text_add(buffer, "nobody");
    else
        sentence_add_name(buffer, inquiry_model(inquiry), inquiry_reader(inquiry),
                          number, 0);
}

void details_add_line(struct text_buffer *buffer, const struct inquiry *inquiry,
                      uint64_t step)
{
    const struct reader *reader = inquiry_reader(inquiry);
    uint32_t site = reader_event(reader, step)->site;

    if (site == 0)
        return;
    text_add(buffer, ", ");
    text_add_text(buffer, text_base_name(reader_text(reader, site)));
}

void details_add_origin(struct text_buffer *buffer, const struct inquiry *inquiry,
                        uint64_t step)
{
    details_add_thread(buffer, inquiry,
                       reader_event(inquiry_reader(inquiry), step)->thread);
    text_add(buffer, " at step %" PRIu64, step);
    details_add_line(buffer, inquiry, step);
}

void details_add_item(struct text_buffer *buffer, const struct inquiry *inquiry,
                      uint64_t put_step)
{
    text_add(buffer, "'");
    text_add_text(buffer, model_item_label(inquiry_reader(inquiry), put_step));
    text_add(buffer, "'");
}

void details_add_wait(struct text_buffer *buffer, const struct inquiry *inquiry,
                      uint64_t step)
{
    const struct model *model = inquiry_model(inquiry);
    const struct reader *reader = inquiry_reader(inquiry);
    enum trace_kind kind = reader_kind(reader, step);

    if (kind != TRACE_LOCK_ACQUIRE_BEGIN && kind != TRACE_QUEUE_JOIN_BEGIN) {
        sentence_of_wait(buffer, model, reader, step);
        return;
    }
    text_add(buffer, kind == TRACE_LOCK_ACQUIRE_BEGIN ? "for lock '" : "for '");
    text_add_text(buffer,
                  model_name(model, reader, reader_event(reader, step)->object));
    text_add(buffer, kind == TRACE_LOCK_ACQUIRE_BEGIN ? "'" : ".join'");
}

bool details_is_waiting(const struct model_thread *thread)
{
    return thread->state == STATE_WAIT || thread->state == STATE_TIMED ||
           thread->state == STATE_LOCK;
}

const struct model_object *details_waits_for(const struct inquiry *inquiry,
                                             const struct model_thread *thread)
{
    const struct trace_event *event =
        reader_event(inquiry_reader(inquiry), thread->since_step);

    return model_object_of(inquiry_model(inquiry), event->object, thread->process);
}

uint64_t details_taken_step(const struct inquiry *inquiry,
                            const struct model_object *lock)
{
    const struct reader *reader = inquiry_reader(inquiry);
    const struct model *model = inquiry_model(inquiry);
    uint32_t process = model_process_of(model, lock->holder);
    uint64_t step = model->step;

    if (lock->process != 0 && process != 0 && process != lock->process)
        step = model_object(model, lock->process)->init_step; /* before the fork */
    for (uint64_t looked = 0; step > 0 && looked < DETAILS_MOST_STEPS;
         step--, looked++) {
        const struct trace_event *event = reader_event(reader, step);
        if (event->thread == lock->holder && event->object == lock->number &&
            reader_kind(reader, step) == TRACE_LOCK_ACQUIRE)
            return step;
    }
    return 0;
}

void details_add_state(struct page *page, const struct inquiry *inquiry,
                       unsigned thread, const char *before, const char *after)
{
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};
    const struct model *model = inquiry_model(inquiry);

    text_add(&words, "%s", before);
    details_add_thread(&words, inquiry, model->threads[thread].object);
    text_add(&words, "%s: ", after);
    sentence_of_thread(&words, model, inquiry_reader(inquiry), thread,
                       inquiry->playback->now_ns);
    page_add(page, (struct link){LINK_THREAD, 0, thread}, "%s", line);
}

/* The page of each kind of link; NULL: it leads to no page. */
static void (*const fill[LINK_KINDS])(struct page *, const struct inquiry *,
                                      struct link) = {
    [LINK_EVENT] = details_of_event,       [LINK_THREAD] = details_of_thread,
    [LINK_OBJECT] = details_of_object,     [LINK_ITEM] = details_of_item,
    [LINK_FREES] = details_of_freeing,     [LINK_FREED] = details_of_freed,
    [LINK_FINDINGS] = details_of_findings,
};

bool details_have_figures(enum link_kind kind)
{
    return kind == LINK_THREAD || kind == LINK_OBJECT;
}

void details_fill(struct page *page, const struct inquiry *inquiry, struct link link)
{
    page_clear(page);
    fill[link.kind](page, inquiry, link);
    if (page->count == 0)
        page_add(page, (struct link){.kind = LINK_NONE},
                 "it is not there yet at this step");
}

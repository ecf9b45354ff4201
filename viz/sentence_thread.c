/* sentence_thread.c - what a thread is about, in words; see sentence.h. */
#include "sentence.h"

#include <inttypes.h>
#include <string.h>

static void add_time_left(struct text_buffer *buffer, const struct trace_event *event,
                          uint64_t now_ns)
{
    uint64_t end = event->time_ns + event->number;

    if (event->number == TRACE_NO_LIMIT || end < event->time_ns)
        return;
    text_add(buffer, ", ");
    text_add_duration(buffer, end > now_ns ? end - now_ns : 0);
    text_add(buffer, " to go");
}

static bool is_request(const struct reader *reader, uint64_t step)
{
    return step > 0 && step <= reader->steps &&
           reader_kind(reader, step) == TRACE_MANAGER_SERVE;
}

/* A task, a request to a manager or an item; or nothing that is known of. */
static void add_work(struct text_buffer *buffer, const struct model *model,
                     const struct reader *reader, const struct model_thread *thread,
                     const char *idle)
{
    if (thread->task != 0) {
        text_add(buffer, "works on ");
        text_add_text(buffer, model_name(model, reader, thread->task));
    } else if (is_request(reader, thread->item)) {
        text_add(buffer, "serves ");
        text_add_text(buffer, model_item_label(reader, thread->item));
    } else if (thread->item != 0) {
        text_add(buffer, "works on '");
        text_add_text(buffer, model_item_label(reader, thread->item));
        text_add(buffer, "'");
    } else {
        text_add(buffer, "%s", idle);
    }
}

/* How it was killed: it or its process, or only with the whole run. */
static void add_killed(struct text_buffer *buffer, const struct reader *reader,
                       const struct model_thread *thread)
{
    const struct trace_event *event = reader_event(reader, thread->since_step);
    enum trace_kind kind = reader_kind(reader, thread->since_step);

    if (kind == TRACE_PROCESS_END)
        text_add(buffer, "gone: its process has ended");
    else if (kind != TRACE_PROCESS_KILLED || event->object != thread->process)
        text_add(buffer, "killed");
    else if (event->detail != 0)
        text_add(buffer, "killed by signal %" PRIu32 " (%s)", event->detail,
                 strsignal((int)event->detail));
    else
        text_add(buffer, "ended without a word, status %" PRIu64, event->number);
}

/* What the thread holds, which others may wait for. What it held when its process
   forked is not its own in the child. */
static void add_holdings(struct text_buffer *buffer, const struct model *model,
                         const struct reader *reader, const struct model_thread *thread)
{
    const struct model_object *object = NULL;

    while ((object = model_next(model, object)) != NULL) {
        if (object->type != OBJECT_LOCK || object->holder != thread->object ||
            model_object_of(model, object->number, thread->process) != object)
            continue;
        text_add(buffer, ", holds '");
        text_add_text(buffer, model_name(model, reader, object->number));
        text_add(buffer, "'");
    }
}

/* What the thread is about, in full or in few words. */
static void add_thread(struct text_buffer *buffer, const struct model *model,
                       const struct reader *reader, unsigned index, uint64_t now_ns,
                       bool brief)
{
    void (*add_wait)(struct text_buffer *, const struct model *, const struct reader *,
                     uint64_t) = brief ? sentence_of_wait_brief : sentence_of_wait;
    const struct model_thread *thread = &model->threads[index];
    const struct trace_event *event = reader_event(reader, thread->since_step);
    bool can_go = model_can_go(model, reader, index);

    text_add(buffer, "%c ", can_go ? 'R' : state_letter(thread->state));
    switch (can_go ? STATE_NONE : thread->state) {
    case STATE_NONE:
        text_add(buffer, "woken; waited ");
        if (thread->state == STATE_LOCK)
            text_add(buffer, "for a lock");
        else
            add_wait(buffer, model, reader, thread->since_step);
        break;
    case STATE_RUN:
        add_work(buffer, model, reader, thread, "can run");
        break;
    case STATE_SLEEP:
        add_work(buffer, model, reader, thread, "sleeps");
        add_time_left(buffer, event, now_ns);
        break;
    case STATE_WAIT:
    case STATE_LOCK:
    case STATE_TIMED:
        if (thread->state == STATE_LOCK)
            text_add(buffer, brief ? "lock " : "wants lock ");
        else
            text_add(buffer, "waits ");
        add_wait(buffer, model, reader, thread->since_step);
        add_time_left(buffer, event, now_ns);
        break;
    case STATE_KILLED:
        add_killed(buffer, reader, thread);
        break;
    default:
        text_add(buffer, "%s", state_word(thread->state));
        break;
    }
    add_holdings(buffer, model, reader, thread);
}

void sentence_of_thread(struct text_buffer *buffer, const struct model *model,
                        const struct reader *reader, unsigned index, uint64_t now_ns)
{
    add_thread(buffer, model, reader, index, now_ns, false);
}

void sentence_of_thread_brief(struct text_buffer *buffer, const struct model *model,
                              const struct reader *reader, unsigned index,
                              uint64_t now_ns)
{
    add_thread(buffer, model, reader, index, now_ns, true);
}

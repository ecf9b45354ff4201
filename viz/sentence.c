/* sentence.c - a step, or a thread's wait, in words; see sentence.h. */
#include "sentence.h"
#include "how_ended.h"

#include <inttypes.h>

/* What the placeholders of vocabulary.c stand for. */
struct speaker {
    struct text_buffer *buffer;
    const struct model *model;
    const struct reader *reader;
    const struct trace_event *event;
    enum trace_kind kind;
};

static void add_name(const struct speaker *speaker, uint32_t object)
{
    text_add_text(speaker->buffer, model_name(speaker->model, speaker->reader, object));
}

static void add_item(const struct speaker *speaker)
{
    const struct trace_event *event = speaker->event;

    if (speaker->kind == TRACE_QUEUE_PUT || speaker->kind == TRACE_QUEUE_GET ||
        speaker->kind == TRACE_QUEUE_DROP)
        text_add_text(speaker->buffer, reader_label(speaker->reader, event));
}

static void add_holder(const struct speaker *speaker)
{
    const struct model_object *lock =
        model_object(speaker->model, speaker->event->object);

    if (lock->holder != 0)
        add_name(speaker, lock->holder);
    else
        text_add(speaker->buffer, "nobody");
}

static void add_reason(const struct speaker *speaker)
{
    static const char *const words[] = {
        [0] = "",
        [TRACE_BECAUSE_EMPTY] = "nothing was there",
        [TRACE_BECAUSE_FULL] = "it was full",
        [TRACE_BECAUSE_TIMEOUT] = "the time limit is over",
        [TRACE_BECAUSE_SHUTDOWN] = "it was shut down",
        [TRACE_BECAUSE_HELD] = "another thread held it",
    };
    uint32_t reason = speaker->event->detail;

    text_add(speaker->buffer, "%s",
             reason < sizeof words / sizeof words[0] ? words[reason] : "");
}

static void add_limit(const struct speaker *speaker)
{
    if (speaker->event->number == TRACE_NO_LIMIT)
        return;
    text_add(speaker->buffer, ", at most ");
    text_add_duration(speaker->buffer, speaker->event->number);
}

static void add_placeholder(const struct speaker *speaker, char letter)
{
    const struct trace_event *event = speaker->event;
    struct text_buffer *buffer = speaker->buffer;

    switch (letter) {
    case 't':
        add_name(speaker, event->thread);
        break;
    case 'o':
        add_name(speaker, event->object);
        break;
    case 'i':
        add_item(speaker);
        break;
    case 'd':
        text_add(buffer, "%" PRIu32, event->depth);
        break;
    case 'u':
        text_add(buffer, "%" PRIu32,
                 model_object(speaker->model, event->object)->unfinished);
        break;
    case 'x':
        text_add_text(buffer, reader_text(speaker->reader, event->text));
        break;
    case 'n':
        text_add_duration(buffer, event->number);
        break;
    case 'h':
        add_holder(speaker);
        break;
    case 'r':
        add_reason(speaker);
        break;
    case 's':
        text_add(buffer, "%" PRIu32 ": %s", event->detail,
                 how_ended_meaning((int)event->detail));
        break;
    case 'a':
        text_add(buffer, event->detail != 0 ? "yes" : "no");
        break;
    case 'w':
        add_limit(speaker);
        break;
    default:
        break;
    }
}

static void speak(const struct speaker *speaker, const char *template)
{
    for (const char *at = template; *at != '\0'; at++) {
        if (*at == '%' && at[1] != '\0')
            add_placeholder(speaker, *++at);
        else
            text_add(speaker->buffer, "%c", *at);
    }
}

void sentence_of_step(struct text_buffer *buffer, const struct model *model,
                      const struct reader *reader)
{
    if (model->step == 0) {
        text_add(buffer, "nothing has happened yet");
        return;
    }
    const struct trace_event *event = reader_event(reader, model->step);
    enum trace_kind kind = reader_kind(reader, model->step);
    struct speaker speaker = {buffer, model, reader, event, kind};

    speak(&speaker, kind_info(kind)->sentence);
}

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

static void add_work(struct text_buffer *buffer, const struct reader *reader,
                     const struct model_thread *thread, const char *idle)
{
    if (thread->item == 0) {
        text_add(buffer, "%s", idle);
        return;
    }
    text_add(buffer, "works on '");
    text_add_text(buffer, model_item_label(reader, thread->item));
    text_add(buffer, "'");
}

/* What the thread holds, which others may wait for. */
static void add_holdings(struct text_buffer *buffer, const struct model *model,
                         const struct reader *reader, uint32_t object)
{
    for (uint32_t i = 0; i < model->object_count; i++) {
        if (model->objects[i].type != OBJECT_LOCK || model->objects[i].holder != object)
            continue;
        text_add(buffer, ", holds ");
        text_add_text(buffer, model_name(model, reader, i));
    }
}

void sentence_of_thread(struct text_buffer *buffer, const struct model *model,
                        const struct reader *reader, unsigned index, uint64_t now_ns)
{
    const struct model_thread *thread = &model->threads[index];
    enum trace_kind kind = reader_kind(reader, thread->since_step);
    const struct trace_event *event = reader_event(reader, thread->since_step);
    struct speaker speaker = {buffer, model, reader, event, kind};
    const char *waiting = kind_info(kind)->waiting;

    if (model_can_go(model, reader, index)) {
        text_add(buffer, "R woken; waited ");
        if (thread->state == STATE_LOCK)
            text_add(buffer, "for a lock");
        else
            speak(&speaker, waiting != NULL ? waiting : "");
        add_holdings(buffer, model, reader, thread->object);
        return;
    }
    text_add(buffer, "%c ", state_letter(thread->state));
    switch (thread->state) {
    case STATE_RUN:
        add_work(buffer, reader, thread, "can run");
        break;
    case STATE_SLEEP:
        add_work(buffer, reader, thread, "sleeps");
        add_time_left(buffer, event, now_ns);
        break;
    case STATE_WAIT:
    case STATE_LOCK:
    case STATE_TIMED:
        text_add(buffer, thread->state == STATE_LOCK ? "wants lock " : "waits ");
        speak(&speaker, waiting != NULL ? waiting : "");
        add_time_left(buffer, event, now_ns);
        break;
    default:
        text_add(buffer, "%s", state_word(thread->state));
        break;
    }
    add_holdings(buffer, model, reader, thread->object);
}

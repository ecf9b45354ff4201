/* sentence.c - a step, or a thread's wait, in words; see sentence.h. */
#include "sentence.h"
#include "how_ended.h"

#include <inttypes.h>
#include <string.h>

/* What the placeholders of vocabulary_kinds.h stand for. */
struct speaker {
    struct text_buffer *buffer;
    const struct model *model;
    const struct reader *reader;
    const struct trace_event *event;
    bool in_row; /* of the thread, which shows its process */
};

static uint32_t acting_process(const struct speaker *speaker)
{
    return model_process_of(speaker->model, speaker->event->thread);
}

static void add_name(const struct speaker *speaker, uint32_t object)
{
    if (speaker->in_row)
        text_add_text(speaker->buffer,
                      model_name(speaker->model, speaker->reader, object));
    else
        sentence_add_name(speaker->buffer, speaker->model, speaker->reader, object,
                          acting_process(speaker));
}

static void add_quoted_name(const struct speaker *speaker, uint32_t object)
{
    text_add(speaker->buffer, "'");
    text_add_text(speaker->buffer, model_name(speaker->model, speaker->reader, object));
    text_add(speaker->buffer, "'");
    if (!speaker->in_row)
        sentence_add_whose(speaker->buffer, speaker->model, speaker->reader, object,
                           acting_process(speaker));
}

/* The object of the event, as the acting process has it. */
static const struct model_object *object_of(const struct speaker *speaker)
{
    return model_object_of(speaker->model, speaker->event->object,
                           acting_process(speaker));
}

static void add_item(const struct speaker *speaker)
{
    text_add_text(speaker->buffer, reader_label(speaker->reader, speaker->event));
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
        [TRACE_BECAUSE_CLOSED] = "nobody has its other end open",
        [TRACE_BECAUSE_RAISED] = "the task failed",
    };
    uint32_t reason = speaker->event->detail;

    text_add(speaker->buffer, "%s",
             reason < sizeof words / sizeof words[0] ? words[reason] : "");
    if (reason == TRACE_BECAUSE_RAISED && speaker->event->text != 0) {
        text_add(speaker->buffer, ": ");
        text_add_text(speaker->buffer,
                      reader_text(speaker->reader, speaker->event->text));
    }
}

static void add_limit(const struct speaker *speaker)
{
    if (speaker->event->number == TRACE_NO_LIMIT)
        return;
    text_add(speaker->buffer, ", at most ");
    text_add_duration(speaker->buffer, speaker->event->number);
}

/* How a process ended that did not say so itself. */
static void add_end(struct text_buffer *buffer, const struct trace_event *event)
{
    if (event->detail != 0)
        text_add(buffer, "was killed by signal %" PRIu32 " (%s)", event->detail,
                 strsignal((int)event->detail));
    else
        text_add(buffer, "ended without a word, with status %" PRIu64, event->number);
}

static void add_failure(const struct speaker *speaker)
{
    if (speaker->event->detail == 0)
        return;
    text_add(speaker->buffer, ", which failed: ");
    text_add_text(speaker->buffer, reader_text(speaker->reader, speaker->event->text));
}

/* "1 task is", "2 tasks are" */
static void add_tasks(struct text_buffer *buffer, uint32_t count)
{
    text_add(buffer, "%" PRIu32 " %s", count, count == 1 ? "task is" : "tasks are");
}

/* Whom a notify wakes: the first one is told by its number. */
static void add_woken(const struct speaker *speaker)
{
    const struct trace_event *event = speaker->event;

    if (event->detail == 0) {
        text_add(speaker->buffer, "nobody waits, so it is lost");
    } else if (event->detail == 1 && event->number != 0) {
        text_add(speaker->buffer, "wakes ");
        add_name(speaker, (uint32_t)event->number);
    } else {
        text_add(speaker->buffer, "wakes %" PRIu32 " thread%s", event->detail,
                 event->detail == 1 ? "" : "s");
    }
}

/* What was printed: "a newline", "\"12\" and a newline". */
static void add_piece(struct text_buffer *buffer, struct text piece)
{
    bool ends_line = piece.length > 0 && piece.bytes[piece.length - 1] == '\n';

    piece.length -= ends_line;
    if (piece.length > 0 || !ends_line) {
        text_add(buffer, "\"");
        text_add_text(buffer, piece);
        text_add(buffer, ends_line ? "\" and " : "\"");
    }
    if (ends_line)
        text_add(buffer, "a newline");
}

/* The words that depend on the event alone. */
static void add_words(struct text_buffer *buffer, const struct trace_event *event,
                      char letter)
{
    switch (letter) {
    case 'd':
        text_add(buffer, "%" PRIu32, event->depth);
        break;
    case 'b':
        text_add(buffer, "%" PRIu32, event->unfinished);
        break;
    case 'n':
        text_add_duration(buffer, event->number);
        break;
    case 'v':
        text_add(buffer, "%" PRId64, (int64_t)event->number);
        break;
    case 's':
        text_add(buffer, "%" PRIu32 ": %s", event->detail,
                 how_ended_meaning((int)event->detail));
        break;
    case 'a':
        text_add(buffer, event->detail != 0 ? "yes" : "no");
        break;
    case 'c':
        text_add(buffer, event->detail != 0 ? "writing" : "reading");
        break;
    case 'p':
        text_add(buffer, event->detail != 0 ? ": the program begins anew"
                                            : ", a copy of itself");
        break;
    case 'z':
        text_add(buffer, event->number == 1 ? "" : "s");
        break;
    case 'e':
        add_end(buffer, event);
        break;
    default:
        break;
    }
}

/* The words that name someone or something; false for another letter. */
static bool add_names(const struct speaker *speaker, char letter)
{
    const struct trace_event *event = speaker->event;

    switch (letter) {
    case 't':
        add_name(speaker, event->thread);
        return true;
    case 'o':
        add_name(speaker, event->object);
        return true;
    case 'q':
        add_quoted_name(speaker, event->object);
        return true;
    case 'm':
        add_name(speaker, (uint32_t)event->number);
        return true;
    case 'g':
        add_woken(speaker);
        return true;
    case 'h':
        sentence_add_holder(speaker->buffer, speaker->model, speaker->reader,
                            object_of(speaker));
        return true;
    default:
        return false;
    }
}

static void add_placeholder(const struct speaker *speaker, char letter)
{
    const struct trace_event *event = speaker->event;

    switch (letter) {
    case 'i':
        add_item(speaker);
        break;
    case 'u':
        text_add(speaker->buffer, "%" PRIu32, object_of(speaker)->unfinished);
        break;
    case 'k':
        add_tasks(speaker->buffer, object_of(speaker)->unfinished);
        break;
    case 'l':
        add_piece(speaker->buffer, reader_text(speaker->reader, event->text));
        break;
    case 'x':
        text_add_text(speaker->buffer, reader_text(speaker->reader, event->text));
        break;
    case 'r':
        add_reason(speaker);
        break;
    case 'f':
        add_failure(speaker);
        break;
    case 'w':
        add_limit(speaker);
        break;
    default:
        if (!add_names(speaker, letter))
            add_words(speaker->buffer, event, letter);
        break;
    }
}

static void speak(const struct speaker *speaker, const char *template)
{
    struct text rest = text_of(template);

    while (rest.length > 0) {
        const char *mark = memchr(rest.bytes, '%', rest.length - 1);
        size_t plain = mark == NULL ? rest.length : (size_t)(mark - rest.bytes);
        text_add_text(speaker->buffer, text_part(rest, 0, plain));
        if (mark != NULL)
            add_placeholder(speaker, mark[1]);
        rest = text_part(rest, plain + 2, rest.length);
    }
}

void sentence_of_wait(struct text_buffer *buffer, const struct model *model,
                      const struct reader *reader, uint64_t step)
{
    struct speaker speaker = {buffer, model, reader, reader_event(reader, step), true};
    const char *waiting = kind_info(reader_kind(reader, step))->waiting;

    speak(&speaker, waiting != NULL ? waiting : "");
}

void sentence_of_wait_brief(struct text_buffer *buffer, const struct model *model,
                            const struct reader *reader, uint64_t step)
{
    struct speaker speaker = {buffer, model, reader, reader_event(reader, step), true};
    const char *waiting = kind_brief_wait(reader_kind(reader, step));

    speak(&speaker, waiting != NULL ? waiting : "");
}

void sentence_of_step(struct text_buffer *buffer, const struct model *model,
                      const struct reader *reader)
{
    if (model->step == 0) {
        text_add(buffer, "nothing has happened yet");
        return;
    }
    struct speaker speaker = {buffer, model, reader, reader_event(reader, model->step),
                              false};
    speak(&speaker, kind_info(reader_kind(reader, model->step))->sentence);
}

/* findings_ending.c - what the run itself says of how it went: nobody could go on, a
   process was killed, the result is wrong; see findings_watch.h. */
#include "findings_parts.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>

/* Threads that wait for the same, in the words of the kit's report. */
struct waiters {
    struct text names[2]; /* of the first ones */
    unsigned count;
    struct text what; /* "an item on tasks" */
    struct text note; /* "held by worker-1"; or empty */
};
enum { MOST_GROUPS = 8 };

/* The part of the text before that string, or all of it. */
static struct text before(struct text text, const char *string)
{
    const char *at = memmem(text.bytes, text.length, string, strlen(string));

    return at == NULL ? text : text_part(text, 0, (size_t)(at - text.bytes));
}

/* Takes ", lesson.c:38" off the end. */
static struct text without_site(struct text text)
{
    const char *comma = memrchr(text.bytes, ',', text.length);

    if (comma == NULL)
        return text;
    size_t length = (size_t)(comma - text.bytes);
    bool is_site = memchr(comma, ':', text.length - length) != NULL;
    return is_site ? text_part(text, 0, length) : text;
}

static struct text without_indent(struct text line)
{
    while (line.length > 0 && line.bytes[0] == ' ')
        line = text_part(line, 1, line.length);
    return line;
}

static struct waiters *group_of(struct waiters *groups, unsigned *count,
                                struct text what)
{
    for (unsigned i = 0; i < *count; i++)
        if (text_equal(groups[i].what, what))
            return &groups[i];
    if (*count == MOST_GROUPS)
        return NULL;
    groups[*count] = (struct waiters){.what = what};
    return &groups[(*count)++];
}

/* Reads the report's lines "  NAME waits for WHAT, SITE", each perhaps with a line
   "      held by …" under it. */
static unsigned read_report(struct text report, struct waiters *groups)
{
    static const char waits[] = " waits for ";
    struct waiters *group = NULL;
    struct text line;
    unsigned count = 0;

    while (text_next_line(&report, &line)) {
        struct text name = before(line, waits);
        if (name.length == line.length) {
            line = before(without_indent(line), ", which");
            if (group != NULL && group->note.length == 0)
                group->note = line;
            continue;
        }
        struct text what = text_part(line, name.length + strlen(waits), line.length);
        group = group_of(groups, &count, without_site(what));
        if (group == NULL)
            break;
        if (group->count < 2)
            group->names[group->count] = text_part(name, 2, name.length);
        group->count++;
    }
    return count;
}

/* Of several threads the processes would take too much room. */
static struct text short_name(const struct waiters *group, int i)
{
    return group->count == 1 ? group->names[i] : before(group->names[i], " (process ");
}

/* "open for reading in main, worker-0 and 3 more" */
static void add_note(struct text_buffer *buffer, struct text note)
{
    unsigned commas = 0;
    size_t second = note.length;

    for (size_t i = 0; i < note.length; i++)
        if (note.bytes[i] == ',' && ++commas == 2)
            second = i;
    text_add_text(buffer, text_part(note, 0, second));
    if (commas > 1)
        text_add(buffer, " and %u more", commas - 1);
}

/* "worker-0 and 4 more wait for an item on tasks" */
static void add_waiters(struct text_buffer *buffer, const struct waiters *group)
{
    text_add_text(buffer, short_name(group, 0));
    if (group->count == 2) {
        text_add(buffer, " and ");
        text_add_text(buffer, short_name(group, 1));
    } else if (group->count > 2) {
        text_add(buffer, " and %u more", group->count - 1);
    }
    text_add(buffer, " %s for ", group->count == 1 ? "waits" : "wait");
    struct text what = group->what;
    bool has_bracket = what.length > 0 && what.bytes[what.length - 1] == ')';
    if (group->note.length == 0) {
        text_add_text(buffer, what);
        return;
    }
    text_add_text(buffer, text_part(what, 0, what.length - has_bracket));
    text_add(buffer, has_bracket ? "; " : " (");
    add_note(buffer, group->note);
    text_add(buffer, ")");
}

/* Whether the thread waits, and not only as those do that serve others. */
static bool is_stuck(const struct findings_watch *watch,
                     const struct model_thread *thread)
{
    enum trace_kind begun = reader_kind(watch->reader, thread->since_step);

    return (thread->state == STATE_WAIT || thread->state == STATE_LOCK) &&
           begun != TRACE_PROCESS_QUEUE_FEED_BEGIN &&
           begun != TRACE_MANAGER_SERVE_BEGIN && begun != TRACE_MANAGER_ACCEPT_BEGIN;
}

/* Who waits for a result that no worker has begun to make is told so. */
static void note_result(const struct findings_watch *watch,
                        const struct model_thread *thread, struct waiters *groups,
                        unsigned count)
{
    static const char result_of[] = "the result of ";
    uint32_t number = reader_event(watch->reader, thread->since_step)->object;

    if (reader_kind(watch->reader, thread->since_step) != TRACE_FUTURE_RESULT_BEGIN ||
        model_object(&watch->model, number)->task != TASK_WAITS)
        return;
    struct text name = model_name(&watch->model, watch->reader, number);
    for (unsigned i = 0; i < count; i++)
        if (groups[i].note.length == 0 &&
            groups[i].what.length == strlen(result_of) + name.length &&
            text_equal(text_part(groups[i].what, strlen(result_of), SIZE_MAX), name))
            groups[i].note = text_of("which no worker has begun");
}

/* It went wrong where the last one came to wait. */
static void find_deadlock(struct findings_watch *watch)
{
    struct finding finding = {.kind = FINDING_DEADLOCK, .to = watch->step};
    struct waiters groups[MOST_GROUPS];
    char words[600] = "";
    struct text_buffer buffer = {words, sizeof words, 0};
    unsigned count =
        read_report(reader_text(watch->reader, watch->event->text), groups);

    for (unsigned i = 0; i < watch->model.thread_count; i++) {
        const struct model_thread *thread = &watch->model.threads[i];
        if (!is_stuck(watch, thread))
            continue;
        note_result(watch, thread, groups, count);
        if (finding.from == 0 || thread->since_step < finding.from)
            finding.from = thread->since_step;
        if (thread->since_step > finding.step)
            finding.step = thread->since_step;
        if (finding.thread == 0) /* main, where it is stuck */
            finding.thread = thread->object;
    }
    if (finding.step == 0)
        finding.step = watch->step;
    for (unsigned i = 0; i < count; i++) {
        text_add(&buffer, i == 0 ? "" : "; ");
        add_waiters(&buffer, &groups[i]);
    }
    finding_add(watch, finding, (struct finding_words){.text = text_of(words)});
}

/* A process that is killed with the run, or after it, is no wonder. */
static void find_kill(struct findings_watch *watch)
{
    char words[100] = "";
    struct text_buffer buffer = {words, sizeof words, 0};
    const struct trace_event *event = watch->event;

    if (watch->model.over || watch->model.deadlocked)
        return;
    if (event->detail != 0)
        text_add(&buffer, "was killed by signal %" PRIu32 " (%s)", event->detail,
                 strsignal((int)event->detail));
    else
        text_add(&buffer, "ended without a word, with status %" PRIu64, event->number);
    finding_add(watch,
                (struct finding){.kind = FINDING_KILLED,
                                 .step = watch->step,
                                 .thread = event->object,
                                 .object = event->object},
                (struct finding_words){.text = text_of(words)});
}

static void find_here(struct findings_watch *watch, enum finding_kind kind)
{
    finding_add(
        watch,
        (struct finding){.kind = kind,
                         .step = watch->step,
                         .thread = watch->event->thread,
                         .object = watch->event->object},
        (struct finding_words){.first = watch->step,
                               .text = reader_text(watch->reader, watch->event->text)});
}

void ending_look(struct findings_watch *watch)
{
    switch (watch->kind) {
    case TRACE_DEADLOCK:
        find_deadlock(watch);
        break;
    case TRACE_PROCESS_KILLED:
        find_kill(watch);
        break;
    case TRACE_OUTCOME:
        if (watch->event->detail == 0)
            find_here(watch, FINDING_WRONG_OUTCOME);
        break;
    case TRACE_PIPE_SEND_FAILED:
    case TRACE_PIPE_WRITE_FAILED:
    case TRACE_PROCESS_QUEUE_SEND_FAILED:
        if (watch->event->detail == TRACE_BECAUSE_CLOSED)
            find_here(watch, FINDING_UNDELIVERED);
        break;
    default:
        break;
    }
}

/* Signals by which one ends a program on purpose; what else ends a run is a crash. */
static bool is_on_purpose(int signal)
{
    return signal == SIGHUP || signal == SIGINT || signal == SIGQUIT ||
           signal == SIGTERM || signal == SIGKILL;
}

void ending_end(struct findings_watch *watch)
{
    int signal;

    if (reader_how_ended(watch->reader, &signal) != READER_KILLED ||
        is_on_purpose(signal) || watch->step == 0)
        return;
    finding_add(watch, (struct finding){.kind = FINDING_KILLED, .step = watch->step},
                (struct finding_words){
                    .template = "the run ended in a crash, by signal %n (%x)",
                    .count = (uint64_t)signal,
                    .text = text_of(strsignal(signal))});
}

/* future.c - the result of a task that somebody else runs; see future.h. */
#include "future.h"
#include "ending.h"
#include "limit.h"
#include "safe_text.h"

#include <stdio.h>

/* Until it is done, the failure is the task's own. */
static void note(const struct future *future, enum trace_kind kind, const char *site,
                 uint64_t number, uint32_t detail)
{
    trace(&(struct trace_entry){.kind = kind,
                                .object = future->object,
                                .site = site,
                                .number = number,
                                .detail = detail,
                                .text = future->failed ? future->failure : NULL});
}

bool future_fail(struct future *self, const char *format, ...)
{
    char text[4 * FUTURE_REASON];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    safe_text(self->failure, sizeof self->failure, text);
    return false;
}

void future_submit(struct future *future, struct completions *completions,
                   bool (*run)(struct future *self), const char *site,
                   const char *name_format, va_list arguments)
{
    if (future->object != 0)
        ending_misuse(site, "%s is submitted to %s, and was submitted before",
                      future->name, completions->name);
    *future = (struct future){.run = run, .completions = completions};
    vsnprintf(future->name, sizeof future->name, name_format, arguments);
    future->object = trace_new_object();
    step(TRACE_FUTURE_SUBMIT, future->object, site);
    monitor_enter(&completions->monitor);
    if (completions->closed)
        ending_misuse(site, "%s is submitted to %s, which was shut down", future->name,
                      completions->name);
    completions->submitted++;
    trace(&(struct trace_entry){.kind = TRACE_FUTURE_SUBMIT,
                                .object = future->object,
                                .site = site,
                                .number = completions->object,
                                .text = future->name});
    monitor_leave(&completions->monitor);
}

void future_begins(struct future *future, const char *site)
{
    step(TRACE_FUTURE_RUN, future->object, site);
    monitor_enter(&future->monitor);
    note(future, TRACE_FUTURE_RUN, site, 0, 0);
    monitor_leave(&future->monitor);
}

static void append_done(struct completions *completions, struct future *future)
{
    if (completions->first == NULL)
        completions->first = future;
    else
        completions->last->next_done = future;
    completions->last = future;
    if (completions->next == NULL)
        completions->next = future;
}

void future_done(struct future *future, bool well, const char *site)
{
    struct completions *completions = future->completions;

    step(TRACE_FUTURE_DONE, future->object, site);
    if (well)
        future->failure[0] = '\0';
    else if (future->failure[0] == '\0')
        future_fail(future, "it gave no reason");
    /* Both, so that futures are listed in the order in which they are recorded. */
    monitor_enter(&completions->monitor);
    monitor_enter(&future->monitor);
    future->done = true;
    future->failed = !well;
    note(future, TRACE_FUTURE_DONE, site, 0, future->failed);
    monitor_wake_all(&future->monitor, &future->askers);
    monitor_leave(&future->monitor);
    append_done(completions, future);
    monitor_wake_one(&completions->monitor, &completions->waiters);
    monitor_leave(&completions->monitor);
}

static void must_be_submitted(const struct future *future, const char *what,
                              const char *site)
{
    if (future->object == 0)
        ending_misuse(site, "%s on a future that was not submitted", what);
}

static bool result(struct future *future, struct limit limit, const char *site)
{
    const struct wait_reason why = {.name = future->name};
    bool in_time = true, begun = false;

    step(TRACE_FUTURE_RESULT, future->object, site);
    must_be_submitted(future, "future_result", site);
    monitor_enter(&future->monitor);
    while (!future->done && in_time) {
        if (!begun)
            note(future, TRACE_FUTURE_RESULT_BEGIN, site, limit.ns, 0);
        begun = true;
        in_time = monitor_wait(&future->monitor, &future->askers, limit.deadline, &why);
    }
    bool well = future->done && !future->failed;
    future->read = future->read || future->done;
    if (well)
        note(future, TRACE_FUTURE_RESULT, site, 0, 0);
    else
        note(future, TRACE_FUTURE_RESULT_FAILED, site, 0,
             future->done ? TRACE_BECAUSE_RAISED : limit.late);
    monitor_leave(&future->monitor);
    return well;
}

bool future_result_at(struct future *future, const char *site)
{
    return result(future, limit_none(), site);
}

bool future_result_within_at(struct future *future, int ms, const char *site)
{
    return result(future, limit_within(ms, site), site);
}

bool future_is_done_at(struct future *future, const char *site)
{
    step(TRACE_FUTURE_RESULT, future->object, site);
    must_be_submitted(future, "future_is_done", site);
    monitor_enter(&future->monitor);
    bool done = future->done;
    monitor_leave(&future->monitor);
    return done;
}

void completions_init(struct completions *completions, const char *name,
                      uint32_t object)
{
    *completions = (struct completions){.name = name, .object = object};
}

static void note_next(const struct completions *completions, enum trace_kind kind,
                      const char *site, uint64_t number, uint32_t detail)
{
    trace(&(struct trace_entry){.kind = kind,
                                .object = completions->object,
                                .site = site,
                                .number = number,
                                .detail = detail});
}

/* Hands the next one out; who waits for one more, after the last, waits in vain. */
static void hand_out(struct completions *completions, const char *site)
{
    note_next(completions, TRACE_POOL_NEXT, site, completions->next->object, 0);
    completions->next = completions->next->next_done;
    completions->handed_out++;
    if (completions->handed_out == completions->submitted)
        monitor_wake_all(&completions->monitor, &completions->waiters);
}

struct future *completions_next_at(struct completions *completions, const char *site)
{
    const struct wait_reason why = {.name = completions->name};
    bool begun = false;

    step(TRACE_POOL_NEXT, completions->object, site);
    monitor_enter(&completions->monitor);
    while (completions->next == NULL &&
           completions->handed_out < completions->submitted) {
        if (!begun)
            note_next(completions, TRACE_POOL_NEXT_BEGIN, site, TRACE_NO_LIMIT, 0);
        begun = true;
        monitor_wait(&completions->monitor, &completions->waiters, DEADLINE_NEVER,
                     &why);
    }
    struct future *next = completions->next;
    if (next != NULL)
        hand_out(completions, site);
    else
        note_next(completions, TRACE_POOL_NEXT_FAILED, site, 0, TRACE_BECAUSE_EMPTY);
    monitor_leave(&completions->monitor);
    return next;
}

void completions_close(struct completions *completions, const char *site)
{
    monitor_enter(&completions->monitor);
    if (completions->closed)
        ending_misuse(site, "%s is shut down, and was shut down before",
                      completions->name);
    completions->closed = true;
    monitor_leave(&completions->monitor);
}

static bool tell_if_unread(struct future *future)
{
    char name[4 * ROSTER_NAME];

    monitor_enter(&future->monitor);
    bool unread = future->failed && !future->read;
    monitor_leave(&future->monitor);
    if (unread) {
        safe_text(name, sizeof name, future->name);
        ending_tell("UNREAD FAILURE: %s failed: %s", name, future->failure);
    }
    return unread;
}

unsigned completions_tell_unread(struct completions *completions)
{
    unsigned count = 0;

    monitor_enter(&completions->monitor);
    for (struct future *at = completions->first; at != NULL; at = at->next_done)
        count += tell_if_unread(at);
    monitor_leave(&completions->monitor);
    return count;
}

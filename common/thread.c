/* thread.c - threads; see thread.h. */
#include "thread.h"
#include "ending.h"
#include "limit.h"

#include <stdarg.h>
#include <stdio.h>

/* Threads that were started and not yet joined, oldest first: whoever joins them in
   this order meets a parent before its children, which may live in the parent's memory.
 */
static struct {
    struct monitor monitor; /* guards the list */
    struct thread *first;
} unjoined;

static void note(const struct thread *thread, enum trace_kind kind, const char *site,
                 uint64_t number, uint32_t detail)
{
    trace(&(struct trace_entry){.kind = kind,
                                .object = thread->object,
                                .site = site,
                                .number = number,
                                .detail = detail});
}

static void remember_unjoined(struct thread *thread)
{
    struct thread **at = &unjoined.first;

    monitor_enter(&unjoined.monitor);
    while (*at != NULL)
        at = &(*at)->next_unjoined;
    *at = thread;
    monitor_leave(&unjoined.monitor);
}

static void forget_unjoined(struct thread *thread)
{
    struct thread **at = &unjoined.first;

    monitor_enter(&unjoined.monitor);
    while (*at != thread)
        at = &(*at)->next_unjoined;
    *at = thread->next_unjoined;
    monitor_leave(&unjoined.monitor);
}

static void *run(void *argument)
{
    struct thread *self = argument;

    roster_adopt(atomic_load(&self->record));
    self->run(self);

    step(TRACE_THREAD_END, self->object, NULL);
    monitor_enter(&self->monitor);
    note(self, TRACE_THREAD_END, NULL, 0, 0);
    self->ended = true;
    monitor_wake_all(&self->monitor, &self->joiners);
    monitor_leave(&self->monitor);
    monitor_thread_ends(); /* the struct may be gone by now */
    return NULL;
}

static void start(struct thread *thread, void (*function)(struct thread *self),
                  bool daemon, const char *site, const char *name_format,
                  va_list arguments)
{
    if (thread->object != 0)
        ending_misuse(site, "thread_start on %s, which was started before",
                      thread->name);
    *thread = (struct thread){.run = function, .daemon = daemon};
    vsnprintf(thread->name, sizeof thread->name, name_format, arguments);

    roster_self();
    thread->object = trace_new_object();
    step(TRACE_THREAD_START, thread->object, site);
    atomic_store(&thread->record, roster_add(thread->name, thread->object));
    if (!daemon)
        remember_unjoined(thread);
    trace(&(struct trace_entry){.kind = TRACE_THREAD_START,
                                .object = thread->object,
                                .site = site,
                                .text = thread->name});
    if (pthread_create(&thread->handle, NULL, run, thread) != 0)
        ending_failed("the machine starts no more threads", NULL);
}

void thread_start_at(struct thread *thread, void (*function)(struct thread *self),
                     const char *site, const char *name_format, ...)
{
    va_list arguments;

    va_start(arguments, name_format);
    start(thread, function, false, site, name_format, arguments);
    va_end(arguments);
}

void thread_start_daemon_at(struct thread *thread,
                            void (*function)(struct thread *self), const char *site,
                            const char *name_format, ...)
{
    va_list arguments;

    va_start(arguments, name_format);
    start(thread, function, true, site, name_format, arguments);
    va_end(arguments);
}

/* Inside the monitor: the first to see the thread ended takes its pthread with it. */
static void reap(struct thread *thread)
{
    if (thread->reaped)
        return;
    thread->reaped = true;
    if (!thread->daemon)
        forget_unjoined(thread);
    monitor_reap(thread->handle);
    roster_free(atomic_load(&thread->record));
    atomic_store(&thread->record, NULL);
}

static bool join(struct thread *thread, struct limit limit, const char *site)
{
    const struct wait_reason why = {.name = thread->name, .holder = &thread->record};
    bool in_time = true, begun = false;

    step(TRACE_THREAD_JOIN, thread->object, site);
    if (thread->object == 0)
        ending_misuse(site, "thread_join on a thread that was not started");
    if (thread->object == roster_self()->number)
        ending_misuse(site, "thread_join on %s by itself", thread->name);
    monitor_enter(&thread->monitor);
    while (!thread->ended && in_time) {
        if (!begun)
            note(thread, TRACE_THREAD_JOIN_BEGIN, site, limit.ns, 0);
        begun = true;
        in_time =
            monitor_wait(&thread->monitor, &thread->joiners, limit.deadline, &why);
    }
    bool ended = thread->ended;
    if (ended) {
        reap(thread);
        note(thread, TRACE_THREAD_JOIN, site, 0, 0);
    } else {
        note(thread, TRACE_THREAD_JOIN_FAILED, site, 0, limit.late);
    }
    monitor_leave(&thread->monitor);
    return ended;
}

void thread_join_at(struct thread *thread, const char *site)
{
    join(thread, limit_none(), site);
}

bool thread_join_within_at(struct thread *thread, int ms, const char *site)
{
    return join(thread, limit_within(ms, site), site);
}

void thread_join_all_at(const char *site)
{
    for (;;) {
        monitor_enter(&unjoined.monitor);
        struct thread *thread = unjoined.first;
        monitor_leave(&unjoined.monitor);
        if (thread == NULL)
            return;
        thread_join_at(thread, site);
    }
}

void thread_start_anew(void)
{
    unjoined.monitor = (struct monitor){.word = 0};
    unjoined.first = NULL;
}

void nap_at(int ms, const char *site)
{
    struct limit limit = limit_within(ms, site);

    step(TRACE_NAP_END, 0, site);
    trace(&(struct trace_entry){
        .kind = TRACE_NAP_BEGIN, .site = site, .number = limit.ns});
    monitor_sleep(limit.deadline);
    trace(&(struct trace_entry){.kind = TRACE_NAP_END, .site = site});
}

/*
 * deadlock.c - the verdict that nobody can go on; see deadlock.h.
 *
 * The circle. An edge "waits for the holder of" is set, cleared and followed under one
 * lock. Take a walk that comes back to the thread that began it: each edge in it was
 * there during the whole walk, and a thread with an edge cannot release what it holds.
 * A holder seen through an edge cannot have changed either: releasing a lock that is
 * waited for first clears the waiter's edge, under the same lock. So the circle is
 * real.
 */
#include "deadlock.h"
#include "ending.h"
#include "futex.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A lock of its own, below monitor: taken only when a wait for a holder begins or ends.
   0 free, 1 held, 2 held and somebody sleeps. */
static _Atomic uint32_t edges;

static void lock_edges(void)
{
    uint32_t free = 0;

    if (atomic_compare_exchange_strong_explicit(&edges, &free, 1, memory_order_acquire,
                                                memory_order_relaxed))
        return;
    while (atomic_exchange_explicit(&edges, 2, memory_order_acquire) != 0)
        futex_wait(&edges, FUTEX_PROCESS, 2, NULL);
}

static void unlock_edges(void)
{
    /* release: pairs with the acquire of the next holder */
    if (atomic_exchange_explicit(&edges, 0, memory_order_release) == 2)
        futex_wake(&edges, FUTEX_PROCESS, 1);
}

void deadlock_start_anew(void)
{
    atomic_store(&edges, 0); /* another thread of the parent may have held it */
}

/* Text that grows to a limit and then stops. */
struct report {
    char text[4096];
    size_t length;
};

__attribute__((format(printf, 2, 3))) static void add(struct report *report,
                                                      const char *format, ...)
{
    size_t room = sizeof report->text - report->length;
    va_list arguments;

    va_start(arguments, format);
    int added = vsnprintf(report->text + report->length, room, format, arguments);
    va_end(arguments);
    if (added > 0)
        report->length += (size_t)added < room ? (size_t)added : room - 1;
}

/* The wait in words; each takes the object's name. */
static const char *const words[TRACE_KINDS] = {
    [TRACE_THREAD_JOIN] = "%s to end (join)",
    [TRACE_QUEUE_PUT] = "space on %s",
    [TRACE_QUEUE_GET] = "an item on %s",
    [TRACE_QUEUE_JOIN] = "%s.join",
    [TRACE_LOCK_ACQUIRE] = "lock %s",
    [TRACE_CONDITION_WAIT] = "a notify on %s",
    [TRACE_EVENT_WAIT] = "event %s to be set",
    [TRACE_PROCESS_JOIN] = "process %s to end (join)",
    [TRACE_PIPE_SEND] = "space on %s",
    [TRACE_PIPE_WRITE] = "space on %s (half written)",
    [TRACE_PIPE_RECV] = "a message on %s",
    [TRACE_PROCESS_QUEUE_PUT] = "space on %s",
    [TRACE_PROCESS_QUEUE_FEED] = "something to send on %s",
    [TRACE_PROCESS_QUEUE_SEND] = "space in the pipe of %s",
    [TRACE_PROCESS_QUEUE_GET] = "an item on %s",
    [TRACE_FUTURE_RESULT] = "the result of %s",
    [TRACE_POOL_NEXT] = "the next result of %s",
    [TRACE_MANAGER_REQUEST] = "an answer of %s",
};

/* "lesson.c:38" from "lessons/03_task_done_join/lesson.c:38". */
static const char *short_site(const char *site)
{
    const char *slash = strrchr(site, '/');

    return slash == NULL ? site : slash + 1;
}

static void add_debt(struct report *report, const char *name,
                     const struct roster_debt *debt, uint32_t queue)
{
    if (debt->queue == queue && debt->balance > 0)
        add(report, "      owed by %s, which took %d more than it reported, %s\n", name,
            debt->balance, short_site(debt->site));
}

/* A queue's number is the same in every process that has a copy of it: only the threads
   of the joiner's process matter. */
static void add_debtors(struct report *report, const struct roster_thread *joiner)
{
    const struct roster_thread *thread;
    const struct roster_debtor *ended;
    uint32_t queue = joiner->step.object;

    for (unsigned i = 0; (thread = roster_at(i)) != NULL; i++)
        for (int d = 0; atomic_load(&thread->state) >= ROSTER_ALIVE &&
                        thread->process == joiner->process && d < ROSTER_DEBTS;
             d++)
            add_debt(report, thread->name, &thread->debts[d], queue);
    for (unsigned i = 0; (ended = roster_debtor_at(i)) != NULL; i++)
        if (ended->process == joiner->process)
            add_debt(report, ended->name, &ended->debt, queue);
}

/* The thread's name; with its process's where there are several. */
static void add_name(struct report *report, const struct roster_thread *thread)
{
    const struct roster_process *process = roster_process_at(thread->process);

    add(report, "%s", thread->name);
    if (roster_has_processes() && thread->number != process->number)
        add(report, " (process %s)", process->name);
}

static void add_holder(struct report *report, const struct roster_holder *holder,
                       const struct roster_thread *waiter)
{
    const struct roster_process *process = roster_process_at(waiter->process);

    add(report, "%s", holder->name);
    if (strcmp(holder->process, process->name) != 0 &&
        strcmp(holder->process, holder->name) != 0)
        add(report, " (process %s)", holder->process);
    add(report, ", which took it at %s\n", short_site(holder->site));
}

/* Who could end the wait: "open for writing in main, child". */
static void add_open(struct report *report, const struct wait_told *why)
{
    bool first = true;

    for (unsigned i = 0; i < ROSTER_PROCESSES; i++) {
        if (!roster_set_has(why->open, i))
            continue;
        add(report, "%s%s", first ? "      open for " : ", ",
            first ? why->open_for : roster_process_at(i)->name);
        if (first)
            add(report, " in %s", roster_process_at(i)->name);
        first = false;
    }
    if (!first)
        add(report, "\n");
}

static void add_thread(struct report *report, const struct roster_thread *thread)
{
    const struct wait_told *why = &thread->told;
    const char *phrase =
        words[thread->step.kind] != NULL ? words[thread->step.kind] : "%s";
    const char *name = strstr(phrase, "%s");

    add(report, "  ");
    add_name(report, thread);
    add(report, " waits for %.*s%s%s", (int)(name - phrase), phrase, why->name,
        name + 2);
    if (why->has_left)
        add(report, ": %u task%s not reported", why->left, why->left == 1 ? "" : "s");
    if (thread->step.site != NULL)
        add(report, ", %s", short_site(thread->step.site));
    add(report, "\n");
    if (why->held_by.site != NULL) {
        add(report, "      held by ");
        add_holder(report, &why->held_by, thread);
    }
    if (why->has_left)
        add_debtors(report, thread);
    if (why->open != NULL)
        add_open(report, why);
}

static void add_heading(struct report *report)
{
    add(report, "STUCK (deadlock): nobody can go on\n");
}

/* Follows the edges from me; true if they lead back to me. Marks the circle. */
static bool find_circle(struct roster_thread *me)
{
    struct roster_thread *at = me;

    for (unsigned steps = 0; steps <= ROSTER_THREADS; steps++) {
        if (at->holder == NULL)
            return false;
        /* acquire: what the holder wrote about its own wait */
        at = atomic_load_explicit(at->holder, memory_order_acquire);
        if (at == NULL || at->process != me->process) /* its edges are not ours */
            return false;
        if (at == me)
            return true;
    }
    return false; /* a circle further on, without me: it was reported already */
}

static _Noreturn void report_circle(struct roster_thread *me)
{
    static struct report report;
    struct roster_thread *at = me;

    add_heading(&report);
    do {
        add_thread(&report, at);
        at = atomic_load(at->holder);
    } while (at != me);
    ending_deadlock(report.text);
}

void deadlock_wait_begins(struct roster_thread *me,
                          _Atomic(struct roster_thread *) *holder)
{
    lock_edges();
    me->holder = holder;
    if (find_circle(me))
        report_circle(me); /* with the lock held: no second report */
    unlock_edges();
}

void deadlock_wait_ends(struct roster_thread *waiter)
{
    lock_edges();
    waiter->holder = NULL;
    unlock_edges();
}

void deadlock_report_all(void)
{
    struct report report = {.length = 0}; /* two threads may come here at once */
    struct roster_thread *thread;

    /* once more after the dead: who is buried has woken the others before */
    if (roster_has_able() || roster_has_unburied() || roster_has_able())
        return;
    add_heading(&report);
    for (unsigned i = 0; (thread = roster_at(i)) != NULL; i++)
        if (atomic_load(&thread->state) == ROSTER_ALIVE && thread->waiting &&
            !thread->told.idle)
            add_thread(&report, thread);
    ending_deadlock(report.text);
}

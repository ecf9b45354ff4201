/*
 * monitor_shared.c - monitors of several processes, which outlive each; see monitor.h.
 *
 * The kernel frees what a killed process had open. A monitor is a word in memory, so
 * here the run's own reaper does it: it knows from the mark in the word who is inside.
 */
#include "ending.h"
#include "futex.h"
#include "monitor.h"
#include "shared_memory.h"

#include <limits.h>
#include <sched.h>

enum { MOST = 4096 };

/* All of them; a place is filled before it counts. */
struct shared_monitors {
    _Atomic unsigned taken;
    _Atomic(struct monitor *) at[MOST];
};
static struct shared_monitors *monitors; /* set before main */

/* Early (200): the constructors of other files make monitors. */
__attribute__((constructor(200))) static void make_list(void)
{
    monitors = shared_memory_take(sizeof *monitors);
    if (monitors == NULL)
        ending_failed("no memory is left", NULL);
}

struct monitor *monitor_new_shared(void)
{
    struct monitor *monitor = shared_memory_take(sizeof *monitor);
    unsigned place = atomic_fetch_add(&monitors->taken, 1);

    if (monitor == NULL || place >= MOST)
        ending_failed("no memory is left that processes can share", NULL);
    monitor->shared = true;
    atomic_store(&monitors->at[place], monitor);
    return monitor;
}

/* Whoever took the thread off its list has woken it, or lives and is about to: it is on
   that one's list of threads to wake, and must not be on two. */
static bool is_looked_after(const struct roster_thread *thread, unsigned dead)
{
    return thread->popped &&
           (monitor_place_of(thread->popper) != dead || monitor_has_woken(thread));
}

/* Empties the lists that somebody waits on in this monitor, and wakes the living. The
   lists may be half changed, so they are not walked: the roster knows who waits. */
static void wake_everybody(struct monitor *monitor, unsigned dead)
{
    struct roster_thread *thread;

    monitor->to_wake = (struct wait_list){.mark = WAIT_LIST_SHARED};
    for (unsigned i = 0; (thread = roster_at(i)) != NULL; i++) {
        if (thread->in != monitor || atomic_load(&thread->state) != ROSTER_ALIVE)
            continue;
        roster_see(thread);
        *thread->list = (struct wait_list){.mark = WAIT_LIST_SHARED};
        if (thread->process == dead || is_looked_after(thread, dead))
            continue;
        thread->popped = true;
        thread->popper = monitor_mark;
        thread->next = monitor->to_wake.first;
        monitor->to_wake.first = thread;
    }
}

/* Whether there is something to mend: the dead process is inside, or one of its threads
   waits there; or, after a kill, anybody is or does. */
static bool needs_mending(const struct monitor *monitor, unsigned dead, bool killed)
{
    const struct roster_thread *thread;
    uint32_t word = atomic_load(&monitor->word);

    /* Who is inside just now may be about to wait, having looked before the death; who
       enters later sees what the death changed. */
    if (word != 0 && (killed || monitor_place_of(word) == dead))
        return true;
    for (unsigned i = 0; (thread = roster_at(i)) != NULL; i++)
        if (thread->in == monitor && (killed || thread->process == dead) &&
            atomic_load(&thread->state) == ROSTER_ALIVE)
            return true;
    return false;
}

/* Enters, or takes the monitor from a dead process: this one, or another whose turn to
   be buried has not come. */
static void enter_or_take(struct monitor *monitor, unsigned dead)
{
    for (;;) {
        uint32_t word = atomic_load(&monitor->word);
        unsigned inside = monitor_place_of(word);
        if ((word == 0 || inside == dead || roster_is_dead(inside)) &&
            atomic_compare_exchange_strong(&monitor->word, &word,
                                           monitor_mark | MONITOR_CONTENDED))
            return;
        sched_yield();
    }
}

void monitor_mend(unsigned dead, bool killed)
{
    if (killed)
        monitor_finish_waking(dead);
    for (unsigned i = 0; i < atomic_load(&monitors->taken) && i < MOST; i++) {
        struct monitor *monitor = atomic_load(&monitors->at[i]);
        if (monitor == NULL)
            continue;
        if (needs_mending(monitor, dead, killed)) {
            enter_or_take(monitor, dead);
            wake_everybody(monitor, dead);
            monitor_leave(monitor);
        }
        if (killed) /* maybe between leaving it and waking who wants to enter */
            futex_wake(&monitor->word, FUTEX_RUN, INT_MAX);
    }
}

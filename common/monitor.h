/*
 * monitor.h - the one place where threads wait.
 *
 * A monitor is a lock whose holder may wait, on one of several wait lists, until
 * another thread wakes it: the lock and the conditions of a textbook queue in one.
 * Every primitive is built on it, and nothing else in the kit blocks a thread.
 *
 * Rules of use: a wait list belongs to one monitor and is touched only inside it. A
 * wait may end without its reason: look again, in a loop. Waiters are woken in the
 * order in which they came.
 *
 * What makes it fast stands here and not in its users: a waiter spins for a moment
 * before it sleeps, where there is a processor for it; who wants to enter looks seldom,
 * so that the thread inside may come back many times before it hands over; nobody is
 * woken in vain; and a wake-up is sent after the lock is free, so that the woken thread
 * does not run into it.
 */
#ifndef MONITOR_H
#define MONITOR_H

#include "clock.h"
#include "roster.h"
#include "trace.h"

#include <pthread.h>
#include <stdbool.h>
#include <sys/types.h>

/* All zero is an empty list. */
struct wait_list {
    struct roster_thread *first;
    struct roster_thread *last;
    uint32_t mark; /* of the process whose threads wait here, or WAIT_LIST_SHARED */
};
enum { WAIT_LIST_SHARED = 2 };

/* All zero is a free monitor, of one process. */
struct monitor {
    _Atomic uint32_t word;    /* 0 free; or a process's mark, and MONITOR_… */
    struct wait_list to_wake; /* woken as soon as the monitor is left */
    /* Of several processes: it lies in memory that they share, and outlives each. */
    bool shared;
};
enum { MONITOR_HELD = 1, MONITOR_CONTENDED = 3 /* held, and a thread may sleep */ };

/* The calling process's mark: its place on the roster, above the two bits. What a fork
   copied bears the parent's: a list of the parent's threads is empty in the child, and
   a monitor that one of them was in is free, since none of them is there. */
extern uint32_t monitor_mark;
static inline uint32_t monitor_mark_of(unsigned place)
{
    return (uint32_t)place << 2;
}
static inline unsigned monitor_place_of(uint32_t word)
{
    return word >> 2;
}

/* In a new process that has moved into its place, before all else. */
void monitor_start_anew(void);

/* A monitor of all processes of the run. Its wait lists must lie in shared memory too.
   If a process is killed while it is inside, monitor_mend frees it; what it guards may
   then be half changed, so whoever guards more than one word with it keeps a mark of
   its own. Never freed. */
struct monitor *monitor_new_shared(void);
static inline void monitor_enter_shared(struct monitor *monitor);
static inline void monitor_leave_shared(struct monitor *monitor);

/* The process at that place is dead: takes it off all lists of the shared monitors and
   out of them. Also one that ended well may have left a thread there that nobody waits
   for, a daemon's. Who waits in such a monitor wakes and looks again; after a kill all
   do, since a wake-up may have died with the process. */
void monitor_mend(unsigned place, bool killed);

/* Leaves the monitor, waits on the list until woken or until the deadline, and enters
   again, whether it is shared or not. False if the deadline passed without a wake-up.
   The step that the thread passed last and the reason tell what it waits for; if nobody
   can go on, the run ends here. */
bool monitor_wait(struct monitor *monitor, struct wait_list *list, uint64_t deadline,
                  const struct wait_reason *reason);

/* Wakes the thread that has waited longest, or all; nothing if the list is empty. */
static inline void monitor_wake_one(struct monitor *monitor, struct wait_list *list);
void monitor_wake_all(struct monitor *monitor, struct wait_list *list);

/* The thread that has waited longest; NULL if there is none. */
static inline struct roster_thread *wait_list_first(const struct wait_list *list)
{
    bool stale = list->mark != monitor_mark && list->mark != WAIT_LIST_SHARED;

    return stale ? NULL : list->first;
}

static inline bool wait_list_is_empty(const struct wait_list *list)
{
    return wait_list_first(list) == NULL;
}

/* Sleeps until the deadline, whatever happens. */
void monitor_sleep(uint64_t deadline);

/* Writes all of the bytes; blocks while the descriptor takes none. False on error. */
bool monitor_write(int descriptor, const void *bytes, size_t size);

/* Sleeps until a child of this process has ended, and says which; it stays unreaped. 0:
   there are no children. For the reaper, which is on no roster. */
pid_t monitor_wait_child(void);

/* Between the reaper and who starts it: sleeps until told, or until the word is
   another; may return early. */
void monitor_wait_told(_Atomic uint32_t *word, uint32_t seen);
void monitor_tell(_Atomic uint32_t *word);

/* Takes a thread that has ended off the system's list; a moment at most. */
void monitor_reap(pthread_t thread);

/* The calling thread ends, and is not waited with any more; if nobody can go on without
   it, the run ends here. */
void monitor_thread_ends(void);

/* What follows is the quick part of the above: nobody else inside, nobody to wake. */

void monitor_enter_contended(struct monitor *monitor);
void monitor_after_leave(struct monitor *monitor, struct roster_thread *to_wake,
                         bool was_contended);
void monitor_wake_first(struct monitor *monitor, struct wait_list *list);

/* For monitor_mend: finishes what threads of the dead process had begun to wake. */
void monitor_finish_waking(unsigned dead);

/* For monitor_mend: whether the thread, which was taken off its list, was woken. */
bool monitor_has_woken(const struct roster_thread *waiter);

/* Held is MONITOR_HELD, or MONITOR_CONTENDED where a thread may sleep. */
static inline bool monitor_try_enter(struct monitor *monitor, uint32_t held)
{
    uint32_t free = 0;

    /* acquire: pairs with the release in monitor_leave */
    return atomic_compare_exchange_strong_explicit(
        &monitor->word, &free, monitor_mark | held, memory_order_acquire,
        memory_order_relaxed);
}

static inline void monitor_enter(struct monitor *monitor)
{
    if (!monitor_try_enter(monitor, MONITOR_HELD))
        monitor_enter_contended(monitor);
}

static inline void monitor_leave(struct monitor *monitor)
{
    struct roster_thread *to_wake = monitor->to_wake.first;

    monitor->to_wake.first = NULL;
    /* release: all that was done inside is seen by the next to enter */
    uint32_t before = atomic_exchange_explicit(&monitor->word, 0, memory_order_release);
    bool was_contended = (before & MONITOR_CONTENDED) == MONITOR_CONTENDED;
    if (was_contended || to_wake != NULL || trace_room_is_scarce)
        monitor_after_leave(monitor, to_wake, was_contended);
}

static inline void monitor_enter_shared(struct monitor *monitor)
{
    monitor_enter(monitor);
}

static inline void monitor_leave_shared(struct monitor *monitor)
{
    monitor_leave(monitor);
}

static inline void monitor_wake_one(struct monitor *monitor, struct wait_list *list)
{
    if (list->first != NULL)
        monitor_wake_first(monitor, list);
}

#endif

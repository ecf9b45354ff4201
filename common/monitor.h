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
 * before it sleeps, where there is a processor for it; nobody is woken in vain; and a
 * wake-up is sent after the lock is free, so that the woken thread does not run into
 * it.
 */
#ifndef MONITOR_H
#define MONITOR_H

#include "clock.h"
#include "roster.h"

#include <stdbool.h>
#include <sys/types.h>

/* All zero is an empty list. */
struct wait_list {
    struct roster_thread *first;
    struct roster_thread *last;
};

/* All zero is a free monitor. */
struct monitor {
    _Atomic uint32_t word;    /* 0 free, 1 held, 2 held and a thread may sleep */
    struct wait_list to_wake; /* woken as soon as the monitor is left */
};

/* Enters the monitor; blocks while another thread is inside. Not re-entrant. */
void monitor_enter(struct monitor *monitor);
void monitor_leave(struct monitor *monitor);

/* Leaves the monitor, waits on the list until woken or until the deadline, and enters
   again. False if the deadline passed without a wake-up. The step that the thread
   passed last and the reason tell what it waits for; if nobody can go on, the run ends
   here. */
bool monitor_wait(struct monitor *monitor, struct wait_list *list, uint64_t deadline,
                  const struct wait_reason *reason);

/* Wakes the thread that has waited longest, or all; nothing if the list is empty. */
void monitor_wake_one(struct monitor *monitor, struct wait_list *list);
void monitor_wake_all(struct monitor *monitor, struct wait_list *list);

static inline bool wait_list_is_empty(const struct wait_list *list)
{
    return list->first == NULL;
}

/* Sleeps until the deadline, whatever happens. */
void monitor_sleep(uint64_t deadline);

/* Writes all of the bytes; blocks while the descriptor takes none. False on error. */
bool monitor_write(int descriptor, const void *bytes, size_t size);

/* The calling thread ends, and is not waited with any more; if nobody can go on without
   it, the run ends here. */
void monitor_thread_ends(void);

#endif

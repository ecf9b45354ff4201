/*
 * deadlock.h - the verdict that nobody can go on, and its report.
 *
 * Detected, not waited out, in the two forms that DESIGN names: every thread blocked
 * without a deadline (roster.h counts them), or a circle of threads of which each waits
 * for the one that holds what the next one wants. Both are certain when found: no
 * clock is involved and there is no false alarm.
 */
#ifndef DEADLOCK_H
#define DEADLOCK_H

#include "roster.h"

/* The calling thread starts to wait without a deadline for another thread, the holder,
   that alone can end the wait. Ends the run if that closes a circle.
   The caller holds the lock of the object waited for, so that its holder does not
   change. */
void deadlock_wait_begins(struct roster_thread *me,
                          _Atomic(struct roster_thread *) *holder);

/* That thread's wait is over, or about to be; called by whoever wakes it, while holding
   the same lock. */
void deadlock_wait_ends(struct roster_thread *waiter);

/* In a new process, of which only the calling thread is left. */
void deadlock_start_anew(void);

/* Every thread of every process of the run is blocked: reports who waits for what and
   ends the run. Returns where a process was killed that is not yet buried: whoever
   buries it will wake the others, or come back here. */
void deadlock_report_all(void);

#endif

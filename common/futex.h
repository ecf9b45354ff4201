/*
 * futex.h - sleeping until a word changes, in this process or in several.
 *
 * The one piece of the ground floor that is Linux's alone: C11 and POSIX have no way to
 * sleep on a word in memory, and a sleep that costs nothing until somebody waits needs
 * one. Both calls may return early (a signal, a stale wake-up): callers look again.
 */
#ifndef FUTEX_H
#define FUTEX_H

#include <linux/futex.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Who may sleep on a word, and wake: the threads of one process, or those of all that
   share its memory, which costs the kernel a longer look. */
enum futex_reach { FUTEX_PROCESS = FUTEX_PRIVATE_FLAG, FUTEX_RUN = 0 };

/* Sleeps while *word is expected, at most until the CLOCK_MONOTONIC time, which may be
   NULL for no limit. */
static inline void futex_wait(_Atomic uint32_t *word, enum futex_reach reach,
                              uint32_t expected, const struct timespec *until)
{
    syscall(SYS_futex, word, FUTEX_WAIT_BITSET | (int)reach, expected, until, NULL,
            FUTEX_BITSET_MATCH_ANY);
}

/* Wakes at most that many threads that sleep on word. */
static inline void futex_wake(_Atomic uint32_t *word, enum futex_reach reach, int most)
{
    syscall(SYS_futex, word, FUTEX_WAKE | (int)reach, most, NULL, NULL, 0);
}

#endif

/*
 * futex.h - sleeping until a word changes.
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

/* Sleeps while *word is expected, at most until the CLOCK_MONOTONIC time, which may be
   NULL for no limit. */
static inline void futex_wait(_Atomic uint32_t *word, uint32_t expected,
                              const struct timespec *until)
{
    syscall(SYS_futex, word, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, expected, until,
            NULL, FUTEX_BITSET_MATCH_ANY);
}

/* Wakes one thread that sleeps on word. */
static inline void futex_wake(_Atomic uint32_t *word)
{
    syscall(SYS_futex, word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, NULL, NULL, 0);
}

#endif

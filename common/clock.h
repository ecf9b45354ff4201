/*
 * clock.h - the time, and deadlines.
 *
 * All times are nanoseconds of CLOCK_MONOTONIC, which never jumps. deadline_after is
 * the only place where a time limit becomes a deadline.
 */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>
#include <time.h>

#define DEADLINE_NEVER UINT64_MAX

/* Now. */
uint64_t clock_now(void);

/* The moment that many milliseconds from now. */
uint64_t deadline_after(uint64_t milliseconds);

/* The same moment as the kernel wants it. */
struct timespec deadline_timespec(uint64_t deadline);

#endif

/*
 * session_clock.h - the clock by which sessions play.
 */
#ifndef SESSION_CLOCK_H
#define SESSION_CLOCK_H

#include <stdint.h>

/* CLOCK_MONOTONIC in nanoseconds. */
uint64_t session_clock(void);

#endif

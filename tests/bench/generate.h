/*
 * generate.h - a recording of any length, made up: threads that put, take, wait, nap,
 * lock and print by chance of a fixed seed, a step every microsecond or so.
 *
 * It is written directly, so that ten million events take seconds.
 */
#ifndef GENERATE_H
#define GENERATE_H

#include <stdint.h>

enum { GENERATE_THREADS = 8 };

/* Writes the trace of a run that has ended, of that many events (at least 100). Ends
   the benchmark with a message where the file cannot be written. */
void generate_trace(const char *path, uint64_t events);

#endif

/*
 * watched.h - the viewer at work in a terminal of its own, and what it costs.
 *
 * The terminal is a pseudo-terminal of any size; nothing but this program reads it, and
 * counts: a burst of bytes after a silence is a frame.
 */
#ifndef WATCHED_H
#define WATCHED_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* What the viewer's process tells while it runs; shared memory. */
struct watched_figures {
    _Atomic uint64_t rounds;       /* of its loop */
    _Atomic uint64_t steps;        /* gathered */
    _Atomic uint64_t worst_lag_ns; /* between a live step and its being shown */
};

struct watched {
    pid_t process;
    int terminal; /* the end of the terminal that the user would have */
    struct watched_figures *figures;
    uint64_t bytes, frames, last_byte_ns;
};

/* Opens the recording in the viewer, following its end, in a terminal of that size.
   Ends the benchmark where it cannot. */
struct watched watched_start(const char *path, int columns, int rows);

/* Runs viz itself with these arguments (NULL at the end) in such a terminal. */
struct watched watched_run(const char *const *arguments, int columns, int rows);

/* Reads what the viewer draws, for so long; or, where text is not NULL, until that is
   written; false if it was not. */
bool watched_look(struct watched *watched, uint64_t for_ns, const char *text);

/* Its processor time so far. */
uint64_t watched_cpu_ns(const struct watched *watched);

/* Ends it by the key q. */
void watched_end(struct watched *watched);

/* CLOCK_MONOTONIC. */
uint64_t watched_now(void);

/* The path of a program that is built beside this one: "bin/viz". Valid until the next
   call. */
const char *watched_built(const char *name);

/* The path of a new trace in TMPDIR; it is removed when this program ends. Call it
 * once.
 */
void watched_path(char *path, size_t size);

#endif

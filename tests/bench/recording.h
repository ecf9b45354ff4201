/*
 * recording.h - a trace for the length of a measurement, removed whatever happens.
 *
 * The file lies in TMPDIR, or /tmp; it loses its name as soon as it is made, so that
 * nothing stays behind even where the benchmark is killed.
 */
#ifndef RECORDING_H
#define RECORDING_H

#include <stdint.h>

/* The trace as it is read back. */
struct trace_header;

/* Begins to record; ends the benchmark where that cannot be. The calling thread becomes
   the run's main thread. Before, it fills and gives back as much memory as so many
   events need: a virtual machine's first touch of memory costs ten times the second,
   and would be all that is measured. */
void recording_start(uint64_t events);

/* Ends the benchmark with words unless the trace is whole: nothing lost, and that many
   events at least. */
void recording_check(uint64_t least_events);

/* The trace, mapped: valid until the program ends. */
const struct trace_header *recording_map(void);

#endif

/*
 * stats_objects.h - the part of the figures that is about objects.
 *
 * Private to stats_*.c.
 */
#ifndef STATS_OBJECTS_H
#define STATS_OBJECTS_H

#include "stats.h"

/* Notes what the step did to its object, after the model took it in. */
void stats_note_object(struct stats *stats, const struct trace_event *event,
                       enum trace_kind kind, struct stats_thread *thread,
                       bool is_idle_wakeup);

/* Notes that the wait that began with that step is over and took so long. */
void stats_note_wait(struct stats *stats, const struct reader *reader, uint64_t step,
                     uint64_t ns);

#endif

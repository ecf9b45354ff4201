/*
 * moments.h - which step of a run a moment is at.
 *
 * Between threads the time may run back a little from one step to the next, so a search
 * among the times themselves would not always find the same step. The latest time up to
 * a step never runs back; of it, every so-many-th is kept.
 */
#ifndef MOMENTS_H
#define MOMENTS_H

#include "reader.h"

/* All zero is the start. */
struct moments {
    uint64_t *peaks; /* the latest time up to each so-many-th step */
    size_t count, room;
    uint64_t steps, peak; /* looked at so far, and their latest time */
};

void moments_free(struct moments *moments);

/* Looks at the steps up to that one, which the reader must have. */
void moments_extend(struct moments *moments, const struct reader *reader,
                    uint64_t until);

/* The last step before the first one that is later than that; 0 if that is step 1. */
uint64_t moments_step_at(const struct moments *moments, const struct reader *reader,
                         uint64_t time_ns);

/* The latest time up to a step. */
uint64_t moments_time_of(const struct moments *moments, const struct reader *reader,
                         uint64_t step);

#endif

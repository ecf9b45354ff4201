/*
 * limit.h - the time limit of an operation, as its caller gave it.
 *
 * Three kinds: no limit (block), not now (do not wait at all), within some
 * milliseconds. Used inside the primitives.
 */
#ifndef LIMIT_H
#define LIMIT_H

#include "clock.h"
#include "ending.h"
#include "trace_format.h"

struct limit {
    uint64_t deadline;       /* when to give up; 0: do not wait */
    uint64_t ns;             /* for the trace: the limit, or TRACE_NO_LIMIT */
    enum trace_failure late; /* why the operation failed when it is over */
};

static inline struct limit limit_none(void)
{
    return (struct limit){DEADLINE_NEVER, TRACE_NO_LIMIT, TRACE_BECAUSE_TIMEOUT};
}

static inline struct limit limit_not_now(enum trace_failure because)
{
    return (struct limit){0, 0, because};
}

/* A negative limit is misuse, as Python's ValueError. */
static inline struct limit limit_within(int ms, const char *site)
{
    if (ms < 0)
        ending_misuse(site, "a time limit must not be negative, and this one is %d ms",
                      ms);
    return (struct limit){deadline_after((uint64_t)ms), (uint64_t)ms * 1000000,
                          TRACE_BECAUSE_TIMEOUT};
}

#endif

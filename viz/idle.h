/*
 * idle.h - waking up for nothing: what counts as it, for the figures, the comparison
 * and the findings alike.
 *
 * A thread was idle when it woke and there was nothing to do:
 *   - it asked in vain: its wait ended because the time was over, or it looked right
 *     after a nap, and what it looked for was not there;
 *   - it was woken in vain: told of a condition, it looked and waits for it again.
 */
#ifndef IDLE_H
#define IDLE_H

#include "trace_format.h"

#include <stdbool.h>

enum idle_kind { IDLE_NOT, IDLE_ASKED, IDLE_WOKEN };

/* What is known of a thread; all zero is before its first step. */
struct idle {
    enum trace_kind last; /* its latest step */
    bool waits;           /* that one began a wait, or a nap */
    uint32_t woken_by;    /* the condition whose notify it has not yet used, or 0 */
};

/* The thread's next step: whether it shows that the thread woke for nothing. */
enum idle_kind idle_step(struct idle *idle, const struct trace_event *event,
                         enum trace_kind kind);

#endif

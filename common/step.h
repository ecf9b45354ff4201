/*
 * step.h - the door that every visible operation passes before it acts.
 *
 * A primitive calls step once, first thing, with what it is about to do, on which
 * object, and from which line of the program. So the kit always knows where a thread
 * is, and a controller can stand here: it may hold the thread, or choose who goes next,
 * by setting step_gate before the run has a second thread. Free-running programs pay
 * three stores and one predictable branch.
 */
#ifndef STEP_H
#define STEP_H

#include "trace_format.h"

#include <stddef.h>

/* What a thread is doing, or about to do. */
struct step {
    enum trace_kind kind; /* the operation, by the event of its success */
    uint32_t object;
    const char *site; /* string literal "file:line" */
};

/* The calling thread's latest step. */
extern _Thread_local struct step step_current;

/* The controller, or NULL. It runs on the thread that is about to act, with none of the
   kit's locks held, and may block. */
extern void (*step_gate)(const struct step *next);

static inline void step(enum trace_kind kind, uint32_t object, const char *site)
{
    step_current = (struct step){kind, object, site};
    if (step_gate != NULL)
        step_gate(&step_current);
}

#endif

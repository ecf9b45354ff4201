/*
 * invariants_check.h - the parts of the check: is an event allowed where it stands?
 *
 * Private to invariants*.c.
 */
#ifndef INVARIANTS_CHECK_H
#define INVARIANTS_CHECK_H

#include "model.h"

#include <stdio.h>

struct check {
    const struct reader *reader;
    FILE *file;
    struct model model; /* before the event */
    uint64_t step;
    const struct trace_event *event;
    enum trace_kind kind;
    const struct model_object *object; /* of the event, as the acting process has it */
    uint64_t *times;                   /* per object number: of its latest event */
    uint32_t time_count;
    bool kills; /* a process is killed in this run, at whatever step */
    unsigned broken;
};

/* The event breaks an invariant: counts it, and tells the first ones. */
void check_fails(struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The id that the event tells must be its own step; must be the first of those. */
void check_id(struct check *check);
void check_first(struct check *check, const struct ring *items);

/* What must be so of an object of that type before the event. */
void check_queue(struct check *check);
void check_list(struct check *check);
void check_future(struct check *check);
void check_pool(struct check *check);
void check_pipe(struct check *check);
void check_process_queue(struct check *check);

#endif

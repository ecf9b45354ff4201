/*
 * export_flows.h - the ways of items from who put them to who took them: what the
 * exporters draw as arrows.
 *
 * Only an item that was put and taken, by threads that are known, has a way, so each
 * way has its two ends, also in a trace that is cut or damaged. It takes three bits a
 * step.
 */
#ifndef EXPORT_FLOWS_H
#define EXPORT_FLOWS_H

#include "reader.h"

struct flows {
    /* A bit a step: puts that are taken later, those takings, and what comes before
       them: the puts of known threads, and what is sent on while it is not yet taken.
     */
    unsigned char *starts, *ends, *open;
    uint64_t steps;
    uint64_t count; /* ways */
};

enum flow_part {
    FLOW_NONE,
    FLOW_START, /* the item is put, and will be taken */
    FLOW_STEP,  /* it goes on: a feeder sends it */
    FLOW_END    /* it is taken; the event's number is the step of its start */
};

/* Goes through the reader's steps; free it with flows_free. */
struct flows flows_find(const struct reader *reader);
void flows_free(struct flows *flows);

/* What the step is. */
enum flow_part flows_part(const struct flows *flows, const struct reader *reader,
                          uint64_t step);

#endif

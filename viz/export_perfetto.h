/*
 * export_perfetto.h - what the parts of that exporter share.
 *
 * Private to export_perfetto*.c. The format is that of Chrome's tracing, which
 * Perfetto, speedscope and others read: a list of events with a phase ("ph") each, B
 * and E for the begin and end of a slice, s, t and f for an arrow's parts, C for
 * counters, i for instants, M for names. Times ("ts") are in microseconds.
 */
#ifndef EXPORT_PERFETTO_H
#define EXPORT_PERFETTO_H

#include "json_text.h"

#ifdef HAVE_JANSSON
#include "export_flows.h"
#include "findings.h"
#include "model.h"

#include <stdio.h>

/* A thread's track, with the events that began the slices which are open on it: what it
   works on, and in that its state. Their ends say the same, for speedscope ends no
   slice whose end has another name or other arguments. */
struct track {
    /* Of its next event. Each has a nanosecond of its own, so that no reader has to
       guess which of two slices is within which. */
    uint64_t now_ns;
    uint64_t item;        /* the step of the item that it works on, or 0 */
    uint32_t task;        /* or the future */
    uint64_t state_step;  /* that put it in its state */
    json_t *work, *state; /* or NULL */
};

struct perfetto {
    const struct reader *reader;
    FILE *file;
    bool has_events; /* a comma stands before the next one */
    struct model model;
    struct flows flows;
    struct findings findings; /* of the whole run, by step */
    size_t finding;           /* the next one to be written */
    struct track *tracks;     /* by index in model.threads */
    unsigned track_count;     /* that have their names */
    size_t track_room;
    unsigned char *reported; /* by object number: a queue whose tasks are reported */
    uint32_t reported_count;
};

/* A new event of a thread, at its track's time. */
json_t *perfetto_event(struct perfetto *perfetto, const char *phase, unsigned thread,
                       struct text name, const char *category);

/* Adds the step, and its source line, as arguments; returns those. */
json_t *perfetto_arguments(const struct perfetto *perfetto, json_t *event,
                           uint64_t step);

/* Writes it and frees it. */
void perfetto_write(struct perfetto *perfetto, json_t *event);

/* Writes the end of the slice which that event began, and frees it. */
void perfetto_end(struct perfetto *perfetto, unsigned thread, json_t *begun);

/* Moves the track's time on to that of the model's step, or stays. */
void perfetto_move(struct perfetto *perfetto, unsigned thread, uint64_t time_ns);

/* Ends slices that are over and begins those of what the thread is doing now. */
void perfetto_update(struct perfetto *perfetto, unsigned thread);
void perfetto_close(struct perfetto *perfetto, unsigned thread);

/* What the model's step shows besides: a put or a get with its arrow, a queue's depth,
   a print, what the kit said. */
void perfetto_marks(struct perfetto *perfetto, unsigned thread);
#endif

#endif

/*
 * event_log.h - the steps of a run as sentences, up to the step that is shown: a window
 * that moves with it, and is quick wherever it is.
 *
 * With a filter only the steps that it lets through are in it; looking for them may
 * take long, so each call does a bounded amount of work.
 */
#ifndef EVENT_LOG_H
#define EVENT_LOG_H

#include "filter.h"
#include "playback.h"

enum { LOG_LINES = 1024, LOG_SENTENCE = 240 };

struct log_line {
    uint64_t step;
    uint64_t time_ns;
    uint32_t thread;             /* who; 0: nobody */
    char sentence[LOG_SENTENCE]; /* not yet made safe */
};

/* All zero is an empty one, without a filter. */
struct event_log {
    struct filter filter;
    struct model model;     /* at some step: the sentences are made with it */
    struct log_line *lines; /* by step */
    size_t count;
    uint64_t low, high; /* of the steps after low up to high all were looked at */
    uint64_t back;      /* how many steps to look at in one go, backwards */
};

void event_log_free(struct event_log *log);

/* Another filter: the lines are looked for anew. */
void event_log_set_filter(struct event_log *log, const struct filter *filter);

/* Looks at more steps until there are that many lines up to the step, or no more; true
   while there is more to look at. */
bool event_log_fill(struct event_log *log, const struct playback *playback,
                    uint64_t step, size_t rows);

/* How many of the lines are up to that step. */
size_t event_log_until(const struct event_log *log, uint64_t step);

/* Whether a step is worth a line: the filter lets it through, and it is long enough to
   be seen or asked for by name. The model is at that step. */
bool event_log_has(const struct filter *filter, const struct playback *playback,
                   const struct model *model);

#endif

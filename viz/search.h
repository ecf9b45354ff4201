/*
 * search.h - the next step, on or back, that a filter lets through; in slices, so that
 * a key never waits for it.
 *
 * Going on it folds a model of its own; going back it looks at one block of steps after
 * the other, each from its start.
 */
#ifndef SEARCH_H
#define SEARCH_H

#include "event_log.h"

enum search_result { SEARCH_GOES_ON, SEARCH_FOUND, SEARCH_NOTHING };

/* All zero is one that does not run. */
struct search {
    struct filter filter;
    struct model model;
    uint64_t from, at; /* began at that step; has looked at all up to this one */
    int direction;
    bool runs;
};

void search_free(struct search *search);

/* Begins beyond that step, in that direction (1 or -1). */
void search_start(struct search *search, const struct filter *filter, uint64_t from,
                  int direction);

/* Looks at a bounded number of steps. Found: search->at is the step. */
enum search_result search_go_on(struct search *search, const struct playback *playback);

#endif

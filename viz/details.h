/*
 * details.h - pages that tell all about one thread, object, item or step, what frees a
 * thread that waits, and what was found in the run.
 *
 * They look at nothing after the step shown, but for the page that was asked by which
 * step a thread will be freed, and the findings where later ones are asked for.
 */
#ifndef DETAILS_H
#define DETAILS_H

#include "findings.h"
#include "page.h"
#include "playback.h"
#include "stats.h"

/* What they look at. */
struct inquiry {
    const struct playback *playback;
    const struct stats *stats;       /* up to the step shown, or not yet so far */
    const struct findings *findings; /* of the whole recording, or not yet so far */
    bool later;                      /* also findings of steps after the one shown */
};

/* Whether a page of that kind tells figures, for which the stats are wanted. */
bool details_have_figures(enum link_kind kind);

/* Makes the page that the link leads to; one that is not there says so. */
void details_fill(struct page *page, const struct inquiry *inquiry, struct link link);

#endif

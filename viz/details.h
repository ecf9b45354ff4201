/*
 * details.h - pages that tell all about one thread, object, item or step, and what
 * frees a thread that waits.
 *
 * They look at nothing after the step shown, but for the page that was asked by which
 * step a thread will be freed.
 */
#ifndef DETAILS_H
#define DETAILS_H

#include "page.h"
#include "playback.h"
#include "stats.h"

/* What they look at. */
struct inquiry {
    const struct playback *playback;
    const struct stats *stats; /* up to the step shown, or not yet so far */
};

/* Whether the link leads to such a page, for which the stats are wanted. */
bool details_are(enum link_kind kind);

/* Makes the page that the link leads to; one that is not there says so. */
void details_fill(struct page *page, const struct inquiry *inquiry, struct link link);

#endif

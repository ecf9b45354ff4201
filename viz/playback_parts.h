/*
 * playback_parts.h - what playback.c and its parts share: snapshots, and going on with
 * the clock.
 *
 * Private to playback*.c.
 */
#ifndef PLAYBACK_PARTS_H
#define PLAYBACK_PARTS_H

#include "playback.h"

/* Keeps a copy of the history's model where one is due; see playback_snapshots.c. */
void playback_keep_snapshot(struct playback *playback);
void playback_free_snapshots(struct playback *playback);

/* Shows that step, at most the last that was gathered, without pausing. */
void playback_go_to(struct playback *playback, uint64_t step);

/* Moves on to where the clock says; true if what is shown has changed. */
bool playback_advance(struct playback *playback, uint64_t clock_ns);

#endif

/*
 * duet_parts.h - what duet.c and duet_moves.c share.
 */
#ifndef DUET_PARTS_H
#define DUET_PARTS_H

#include "duet.h"

/* The latest moment, and the last step, that either run has. */
uint64_t duet_latest_time(const struct duet *duet);
uint64_t duet_latest_step(const struct duet *duet);

/* When the run had taken that step; and its last step that the place lets one see. */
uint64_t duet_time_of(const struct duet *duet, unsigned run, uint64_t step);
uint64_t duet_shown_step(const struct duet *duet, unsigned run);

/* The place on the scale of the pace; and going to one there. */
uint64_t *duet_place(struct duet *duet);
void duet_go_to(struct duet *duet, uint64_t new_place);

/* Pauses and goes there: as far as was read, and further as the reading comes on. */
void duet_seek(struct duet *duet, uint64_t new_place);

#endif

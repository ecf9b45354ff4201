/*
 * view_pairs.h - the pairs worth comparing as a list on a canvas.
 */
#ifndef VIEW_PAIRS_H
#define VIEW_PAIRS_H

#include "canvas.h"

enum { VIEW_PAIRS_TOP = 2 }; /* the row of the first pair */

/* Draws the list with the chosen pair marked and in sight, and below it what to look
   at in that pair. */
void view_pairs(struct canvas *canvas, size_t chosen, const char *hint);

#endif

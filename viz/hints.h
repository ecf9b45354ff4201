/*
 * hints.h - the last row: which keys help now, in the pane that is chosen; made from a
 * table and the keys' own.
 */
#ifndef HINTS_H
#define HINTS_H

#include "keys.h"
#include "text.h"
#include "view.h"

/* What a run is doing while it is looked at. */
enum hint_state {
    HINT_MOVES = 1,   /* it is played or followed */
    HINT_STANDS = 2,  /* the view is paused */
    HINT_ENDED = 4,   /* the last step of a recording is shown */
    HINT_CAN_RUN = 8, /* the same, and the program can be run again */
    HINT_PAGE = 16,   /* a page with links lies over it */
    HINT_TEXT = 32,   /* a page of text lies over it */
    HINT_TABLE = 64,  /* the table of a comparison is large */
    HINT_WHY = 128,   /* besides: a comparison tells why the runs differ */
    HINT_GONE = 256   /* besides: the chosen thread has ended, and waits no more */
};

/* HINT_GONE where that is so, else 0. */
unsigned hints_gone(const struct scene *scene);

/* Adds the hints for that state (with HINT_GONE or without) and pane, as many as fit
   into the columns: what matters least is left out first. */
void hints_add(struct text_buffer *buffer, unsigned state, enum pane pane, int columns);

/* The same for a comparison; states may be several. */
void hints_add_compare(struct text_buffer *buffer, unsigned states, int columns);

#endif

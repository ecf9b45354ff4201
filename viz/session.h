/*
 * session.h - one recording on the screen, with the keys, until the user leaves it.
 */
#ifndef SESSION_H
#define SESSION_H

#include "playback.h"

enum session_end {
    SESSION_QUIT,
    SESSION_CLOSED, /* a signal, or the terminal is gone */
    SESSION_AGAIN,  /* run the program again */
    SESSION_VARIANT /* run the next variant */
};

/* What the session is given; all is borrowed. */
struct session_setup {
    bool ascii;
    bool can_run;        /* "again" and "variant" make sense once the run has ended */
    bool tour;           /* begin with the tour */
    bool from_start;     /* play from the start, instead of following the end */
    uint64_t at;         /* or stand still at this step, where it is not 0 */
    const char *notice;  /* stands in place of the hints at first; NULL: none */
    const char *differs; /* the page of lines that differ; NULL: there is none */
    const char *why_no_differs; /* what is said then */
    const char *why_no_run;     /* and where can_run is false; NULL: a recording */
    /* Called often while the run may be alive, to look after the program. */
    void (*tend)(void *context);
    void *context;
};

/* Shows the recording until the user leaves. The screen must be open. */
enum session_end session_run(struct playback *playback,
                             const struct session_setup *setup);

#endif

/*
 * compare_session.h - two runs on the screen, with the keys, until the user leaves.
 */
#ifndef COMPARE_SESSION_H
#define COMPARE_SESSION_H

#include "session.h"

/* What the session is given; all is borrowed. */
struct compare_setup {
    bool ascii;
    bool can_run;    /* both can be run again */
    bool from_start; /* play from the start, instead of following what is live */
    /* Called often while programs may be alive, to look after them. */
    void (*tend)(void *context);
    void *context;
};

/* Shows the runs until the user leaves; never SESSION_VARIANT. The screen must be open,
   and the playbacks just opened. */
enum session_end compare_session_run(struct playback *a, struct playback *b,
                                     const struct compare_setup *setup);

#endif

/*
 * session_state.h - what session.c, which draws, and session_keys.c, which obeys,
 * share.
 */
#ifndef SESSION_STATE_H
#define SESSION_STATE_H

#include "scene.h"
#include "session.h"

enum { SESSION_HELP_BYTES = 8192 };

/* Everything that a session keeps while it is open. */
struct session {
    struct playback *playback;
    const struct session_setup *setup;
    struct canvas canvas;
    struct scene scene;
    char status[128];
    char notice[256]; /* shown in place of the hints until the next key */
    char entry[32];   /* what is typed after ":" */
    bool entering;
    const char *page; /* an open page's text, or NULL */
    const char *page_title;
    int page_first, page_lines;
    char help[SESSION_HELP_BYTES];
    bool dirty; /* the picture is out of date */
    bool left;  /* the user leaves, in this way: */
    enum session_end end;
};

/* Does what the key asks for, and marks the picture as out of date. */
void session_obey(struct session *session, int key);

/* CLOCK_MONOTONIC in nanoseconds. */
uint64_t session_clock(void);

#endif

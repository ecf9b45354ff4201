/*
 * compare_session_state.h - what compare_session.c, which draws, and
 * compare_session_keys.c, which obeys, share.
 */
#ifndef COMPARE_SESSION_STATE_H
#define COMPARE_SESSION_STATE_H

#include "compare_session.h"
#include "compare_stage.h"
#include "screen.h"
#include "session_clock.h"

enum { COMPARE_HELP_BYTES = 8192 };

struct compare_session {
    struct compare_stage stage;
    const struct compare_setup *setup;
    struct canvas canvas;
    char notice[256];  /* shown in place of the hints until the next key */
    bool nothing_told; /* by the notice: there is no WHY yet */
    char entry[32];    /* what is typed after ":" */
    bool entering;
    const char *page; /* an open page's text, or NULL */
    const char *page_title;
    int page_first, page_lines;
    char help[COMPARE_HELP_BYTES];
    bool dirty; /* the picture is out of date */
    bool left;  /* the user leaves, in this way: */
    enum session_end end;
};

/* Does what the key asks for, and marks the picture as out of date. */
void compare_session_obey(struct compare_session *session, int key);

/* The same while something is typed after ":", and while a page is open. */
void compare_session_type(struct compare_session *session, int key);
void compare_session_scroll_page(struct compare_session *session, int key);

/* Opens the page of help; direction is nothing to it. */
void compare_session_show_help(struct compare_session *session, int direction);

/* The threads, or the large table, a row up (-1) or down (1). */
void compare_session_scroll(struct compare_session *session, int direction);

/* What a press or the wheel asks for. */
void compare_session_use_mouse(struct compare_session *session, struct mouse mouse);

/* compare_session_leave.c: leaves; both are run again; the chosen one is saved. Where a
   key calls them there is no direction. */
void compare_session_leave(struct compare_session *session, enum session_end end);
void compare_session_again(struct compare_session *session, int direction);
void compare_session_save(struct compare_session *session, int direction);

/* Opens a page; the text is borrowed. */
void compare_session_open_page(struct compare_session *session, const char *title,
                               const char *page);

#endif

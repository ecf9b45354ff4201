/*
 * session_state.h - what the files of a session share: session.c draws, session_keys.c
 * knows which key calls what, the others do it.
 */
#ifndef SESSION_STATE_H
#define SESSION_STATE_H

#include "details.h"
#include "scene.h"
#include "screen.h"
#include "search.h"
#include "session.h"
#include "session_clock.h"
#include "view_links.h"

enum {
    SESSION_HELP_BYTES = 8192,
    SESSION_ENTRY = 64,
    SESSION_DEEPEST = 16,
    SESSION_MARKS = 64
};

enum prompt { PROMPT_NONE, PROMPT_WHERE, PROMPT_SEARCH, PROMPT_FILTER, PROMPTS };

/* Everything that a session keeps while it is open. */
struct session {
    struct playback *playback;
    const struct session_setup *setup;
    struct canvas canvas;
    struct scene scene;
    char status[128];
    char notice[256];   /* shown in place of the hints until the next key */
    enum prompt prompt; /* what is asked for in the last row */
    char entry[SESSION_ENTRY];
    struct event_log log;
    char filter_words[SESSION_ENTRY]; /* as they were typed */
    struct search search; /* what n and N go on with, and steps through a filter */
    char search_words[SESSION_ENTRY];
    bool has_wrapped; /* it went on from the other end of the recording */
    bool is_search;   /* it looks for those words, not only for what the filter wants */
    const char *page; /* an open page's text, or NULL */
    const char *page_title;
    int page_first, page_lines;
    char help[SESSION_HELP_BYTES];
    struct page links; /* the page with links that is open, and how it was come by: */
    struct link opened[SESSION_DEEPEST];
    struct page_place places[SESSION_DEEPEST];
    unsigned depth;                /* 0: none is open */
    uint64_t links_step;           /* it tells what is so at that step */
    bool links_stale;              /* it has to be made anew */
    bool links_old;                /* it has to, but of a live run not at once */
    uint64_t filled_clock;         /* when it was made */
    uint64_t looked_clock;         /* when findings were last looked for */
    uint64_t marks[SESSION_MARKS]; /* steps, in their order */
    unsigned mark_count;
    uint64_t came_from;       /* the step from which a page led here, or 0 */
    int tour;                 /* the page of the tour that is shown, from 1; 0: none */
    struct findings findings; /* looked for while their page is open */
    bool shows_later;         /* findings of later steps are shown too */
    struct stats stats;       /* for such pages: gathered while one is open */
    uint64_t settled_step;    /* the step of the last picture */
    uint64_t ordered_clock;   /* when the rows were last sorted */
    bool dirty;               /* the picture is out of date */
    bool looking; /* there is more to look for before the picture is whole */
    bool left;    /* the user leaves, in this way: */
    enum session_end end;
};

/* Does what the key asks for, and marks the picture as out of date. */
void session_obey(struct session *session, int key);

/* session_moves.c. A direction is 1, on or down, or -1, back or up. */
void session_pause_or_play(struct session *session);
void session_step(struct session *session, int direction);
void session_step_of_chosen(struct session *session, int direction);
void session_change(struct session *session, int direction);
void session_go_to_end(struct session *session, int direction);
void session_follow(struct session *session);
void session_set_speed(struct session *session, int direction);
void session_change_beat(struct session *session);
void session_choose(struct session *session, int direction);
void session_zoom_pane(struct session *session);
void session_next_pane(struct session *session);
void session_scroll(struct session *session, int direction);

/* session_timeline.c. Zooming out and panning on are 1; sorting goes to the next order.
 */
void session_zoom(struct session *session, int direction);
void session_pan(struct session *session, int direction);
void session_fit(struct session *session);
void session_sort(struct session *session);

/* Before a picture: who moves through time sees the moment shown again, and while time
   runs by itself sorted rows change places once a second at most. */
void session_settle(struct session *session, uint64_t clock_ns);

/* session_prompt.c: asks for a step or a time, words to search or a filter; types a key
   into the answer; adds the question and the answer so far, in that many columns. */
void session_ask_where(struct session *session);
void session_ask_words(struct session *session);
void session_ask_filter(struct session *session);
void session_type(struct session *session, int key);
void session_add_prompt(const struct session *session, struct text_buffer *buffer,
                        int columns);

/* session_events.c: the events pane and what is looked for in it. */
void session_toggle_events(struct session *session);
void session_set_filter(struct session *session);
void session_find(struct session *session);
void session_find_next(struct session *session, int direction);
bool session_step_filtered(struct session *session, int direction);

/* Each does a bounded amount of the work that is left, session_fill_events for a canvas
   of that many rows; that returns true while there is more. */
bool session_fill_events(struct session *session, int rows);
void session_search_on(struct session *session);

/* "looking for 'k': 34 % read" */
void session_add_progress(const struct session *session, struct text_buffer *buffer);

/* session_mouse.c: a press chooses what is there - a pane, a thread, in the time line a
   time - and the wheel does what the keys up and down do. */
void session_use_mouse(struct session *session, struct mouse mouse);

/* session_pages.c: opens a page; a key while one is open. */
void session_show_help(struct session *session);
void session_show_differences(struct session *session);
void session_scroll_page(struct session *session, int key);

/* The same file: a key while the tour is shown. */
void session_tour(struct session *session, int key);

/* session_links.c: pages whose lines lead somewhere. Opens one; does what a key asks
   for while one is open; makes it anew where it is out of date; goes on counting for
   it. */
void session_open_link(struct session *session, struct link link);
void session_show_details(struct session *session);
void session_show_freeing(struct session *session);
void session_show_findings(struct session *session);
void session_obey_links(struct session *session, int key);
void session_press_link(struct session *session, int row);
void session_fill_links(struct session *session);
void session_count(struct session *session);
bool session_is_counting(const struct session *session);

/* session_marks.c */
void session_mark(struct session *session);
void session_next_mark(struct session *session);

/* session_leave.c */
void session_save(struct session *session);
void session_leave(struct session *session, enum session_end end);
void session_again(struct session *session);
void session_variant(struct session *session);

#endif

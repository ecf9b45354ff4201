/*
 * view.h - the views: pure functions from what is so to a picture on a canvas.
 *
 * A view decides nothing and keeps nothing: the same scene gives the same picture.
 */
#ifndef VIEW_H
#define VIEW_H

#include "canvas.h"
#include "event_log.h"
#include "history.h"

enum { VIEW_LEAST_COLUMNS = 60, VIEW_LEAST_ROWS = 16, VIEW_THREADS = 4096 };

#define VIEW_NO_TIME UINT64_MAX /* no time is there */

enum pane {
    PANE_THREADS,
    PANE_QUEUES,
    PANE_REPORT, /* why the run ended; there only where it went wrong */
    PANE_SOURCE,
    PANE_OUTPUT,
    PANE_EVENTS,
    PANES
};

/* How the rows of the threads are sorted; a process's threads stay together. */
enum row_order {
    ORDER_START,   /* as they were started */
    ORDER_STATE,   /* who can go, who sleeps, who waits (longest first), who ended */
    ORDER_WAITING, /* who has waited longest in all comes first */
    ROW_ORDERS
};

/* Everything that a view looks at. */
struct scene {
    const struct reader *reader;
    const struct model *model;
    const struct history *history;
    uint64_t now_ns;    /* the moment shown: of the step, or later in a live run */
    const char *status; /* "VIEW PAUSED, program runs on: +12" */
    bool alarm;         /* the status tells of a failure */
    const char *hint;   /* the last row */
    unsigned chosen;    /* index of the chosen thread */
    uint64_t cell_ns;   /* the timeline's scale; 0: so that the run so far fits */
    uint64_t edge_ns;   /* the timeline ends before it; 0: at the moment shown */
    enum pane pane;     /* the pane that is chosen */
    bool large;         /* it alone is shown */
    uint32_t object, object_process; /* the chosen queue, lock, …; 0: the first one */
    int scroll;        /* rows that a large source, output or report is scrolled up */
    bool shows_events; /* the events stand in the place of the output */
    const struct log_line *events; /* the last ones, up to the step shown */
    size_t event_count;
    const char *filter;      /* what is asked of them, as it was typed; "": nothing */
    bool looking;            /* for more of them, further back */
    char keys[VIEW_THREADS]; /* each thread's letter, '\0' for none */
    unsigned order[VIEW_THREADS]; /* the threads from the first row on */
    unsigned ordered;             /* how many there are in it */
    enum row_order sorted;
    bool keep_order; /* the rows stay where they are, as long as no thread is new */
};

/* A part of the canvas. */
struct area {
    int row, column, rows, columns;
};

/* Gives each thread its letter: from its name where it can, clear of the command keys.
   A thread's letter does not depend on later threads. */
void view_name_threads(struct scene *scene);

/* Puts the threads in the order of their rows, which scene->sorted tells; those of the
   same rank in the order of their start. Where there are several processes each has its
   main thread first. */
void view_order_threads(struct scene *scene);

/* The order in words for the heading: "by state"; "" for the order of start. */
const char *view_order_words(enum row_order order);

/* The thread in that row, from 0; the thread's row; and the thread that many rows below
   another (above: negative), the last or first one where there are not so many. */
unsigned view_thread_in_row(const struct scene *scene, unsigned row);
unsigned view_row_of(const struct scene *scene, unsigned thread);
unsigned view_thread_beside(const struct scene *scene, unsigned thread, int distance);

/* The object whose row is chosen in the queues' pane, the first one at first; NULL
   where there is none. And the one a row above (-1) or below (1) it, the same one at
   the ends.
 */
const struct model_object *view_chosen_object(const struct scene *scene);
const struct model_object *view_object_beside(const struct scene *scene, int direction);

/* The letter of the thread with that object number, ' ' for none; and its style. */
char view_thread_key(const struct scene *scene, uint32_t object);
enum style view_thread_style(const struct scene *scene, uint32_t object);

/* The thread's state as it is shown: who waits for what is there already can run. */
enum state view_shown_state(const struct scene *scene, unsigned thread);

/* "3 task_done_join/missing_task_done" from "03_task_done_join/missing_task_done". */
void view_add_program(struct text_buffer *buffer, struct text program);

/* The same in so many columns: of a long one the folder's end is left out, as in
   "11 shared_gl…/fork_with_threads". */
void view_add_program_within(struct text_buffer *buffer, struct text program,
                             int columns);

/* Adds ":56", where the call of the step shown stands in the program's own source. */
void view_add_line(struct text_buffer *buffer, const struct scene *scene);

/* The whole picture of one run. */
void view_run(struct canvas *canvas, const struct scene *scene);

/* The panes; each draws its heading in the first row of the area. */
void view_threads(struct canvas *canvas, const struct scene *scene, struct area area);
void view_queues(struct canvas *canvas, const struct scene *scene, struct area area);
void view_source(struct canvas *canvas, const struct scene *scene, struct area area);
void view_output(struct canvas *canvas, const struct scene *scene, struct area area);
void view_events(struct canvas *canvas, const struct scene *scene, struct area area);

/* For pointing at the threads pane that was drawn in that area: the index of the thread
   in a row of the canvas, and the row of a thread, -1 for none; the time at which a
   column of the timeline begins, VIEW_NO_TIME outside of it and after the moment shown.
 */
int view_thread_at_row(const struct scene *scene, struct area area, int row);
int view_row_at_thread(const struct scene *scene, struct area area, unsigned thread);
uint64_t view_time_at_column(const struct scene *scene, struct area area, int column);

/* How many rows the pane would fill with what there is to show, heading included. */
int view_threads_rows(const struct scene *scene);
int view_queues_rows(const struct scene *scene);

/* Why the run went wrong, once it is over or stuck at the step shown; no rows where it
   did not. */
void view_report(struct canvas *canvas, const struct scene *scene, struct area area);
int view_report_rows(const struct scene *scene, int columns);

/* The column of the line between a thread's words and its timeline. */
int view_timeline_column(int columns);

/* The column of the line between source and output: a lesson's lines fit where they
 * can. */
int view_output_column(int columns);

/* A pane's heading: its title, and a rule to the end of the row. */
void view_heading(struct canvas *canvas, const struct scene *scene, struct area area,
                  enum pane pane, const char *title);

/* A page of text over the whole canvas, from its line number first on. Returns how many
   lines there are. */
int view_page(struct canvas *canvas, const char *title, struct text body, int first,
              const char *hint);

/* The body of the help page, made from the key table; and that of a comparison. */
void view_add_help(struct text_buffer *buffer);
void view_add_compare_help(struct text_buffer *buffer);

/* What the canvas shows when it is too small for anything else. */
void view_too_small(struct canvas *canvas);

#endif

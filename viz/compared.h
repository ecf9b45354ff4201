/*
 * compared.h - two runs as the views of a comparison look at them.
 */
#ifndef COMPARED_H
#define COMPARED_H

#include "so_far.h"
#include "view.h"

enum { COMPARED_RUNS = 2, COMPARED_ROWS = COMPARED_RUNS * VIEW_THREADS };

/* One of the two; "A" or "B". */
struct compared {
    const struct scene *scene;
    const struct so_far *so_far; /* at the moment shown */
    const struct so_far *newest; /* at the last step that is known */
    bool at_end;                 /* the run is over, and its end is shown */
    bool is_over;
    struct text title;   /* what its source says that it is about */
    unsigned code_lines; /* of its source */
    const char *why;     /* what explains how it ended, once that step is shown */
};

/* The same role in both runs, which stands in the same row: the indices of its threads,
   -1 where a run has none. */
struct role {
    int threads[COMPARED_RUNS];
};

/* Everything that the picture is made of. */
struct comparison {
    struct compared runs[COMPARED_RUNS];
    struct role roles[COMPARED_ROWS];
    int role_count;
    const char *status;  /* "on one clock  PAUSED  1.40 s" */
    const char *hint;    /* the last row */
    const char *differs; /* the lines that differ, as differ.h has them; or NULL */
    uint64_t cell_ns;    /* the timeline's scale, for both */
    unsigned chosen;     /* which run is */
    int scroll;          /* rows that the threads are scrolled down */
    int table_scroll;    /* the same of the table, where it is large */
    bool show_ends;      /* what each run comes to in the end */
    bool large_table;    /* the table alone is shown */
};

/* Finds the roles: threads of the same name, then those whose names end in the same
   number ("crawler-1" and "worker-1"); main goes with main. What only one run has
   stands after them. */
void compared_find_roles(struct comparison *comparison);

/* How many of the roles have a thread in that run. */
int compared_threads(const struct comparison *comparison, unsigned run);

#endif

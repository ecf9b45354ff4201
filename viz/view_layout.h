/*
 * view_layout.h - where the panes of a run's picture are, and what is at a place of it.
 *
 * Who draws the panes, who asks what the mouse points at and who puts the terminal's
 * cursor on the chosen row all ask here. Nothing is drawn and nothing is kept.
 */
#ifndef VIEW_LAYOUT_H
#define VIEW_LAYOUT_H

#include "view.h"

/* The areas of a picture; one of no rows is not shown. */
struct layout {
    struct area panes[PANES];
};

/* Divides a canvas of that size, at least of the least size, for view_run. */
struct layout view_layout(const struct scene *scene, int rows, int columns);

/* What is at a place of the picture that view_run draws. */
struct place {
    enum pane pane;   /* PANES: none of them */
    bool heading;     /* the pane's first row */
    int thread;       /* index of the thread whose row it is, or -1 */
    bool in_timeline; /* and there at this time, in nanoseconds: */
    uint64_t time_ns;
};

struct place view_at(const struct scene *scene, int rows, int columns, int row,
                     int column);

/* The row in which the terminal's cursor rests, for who reads by it: the chosen
   thread's, else the heading of the chosen pane; 0 where neither is shown. */
int view_cursor_row(const struct scene *scene, int rows, int columns);

#endif

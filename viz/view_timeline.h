/*
 * view_timeline.h - how time lies on the columns of the threads pane.
 *
 * A cell is a span of time that begins at a multiple of its length, so that the same
 * moment stays in the same cell while the view moves. Nothing after the moment shown is
 * ever drawn: what comes is not told beforehand.
 */
#ifndef VIEW_TIMELINE_H
#define VIEW_TIMELINE_H

#include "view.h"

struct timeline {
    int column, columns; /* where its cells stand on the canvas */
    uint64_t cell_ns;    /* time a cell */
    uint64_t first;      /* the cell in the first column: its time / cell_ns */
    uint64_t now;        /* the cell of the moment shown; may lie beyond the columns */
};

/* The time line of a threads pane in that area. */
struct timeline view_timeline(const struct scene *scene, struct area area);

/* Of 1, 2 or 5 times a power of ten the least time a cell at which so much time fits
   into so many cells. */
uint64_t view_timeline_fitting_cell(uint64_t time_ns, int cells);

/* Whether the moment shown is in one of its columns. */
bool view_timeline_has_now(const struct timeline *timeline);

/* Draws a thread's states into that row. A small letter: something else was so in that
   cell as well, however briefly. */
void view_timeline_draw(struct canvas *canvas, const struct scene *scene,
                        const struct timeline *timeline, int row, unsigned thread);

/* Draws the scale and marks the moment shown, over a heading. */
void view_timeline_heading(struct canvas *canvas, const struct timeline *timeline,
                           int row);

#endif

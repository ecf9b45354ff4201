/*
 * view_contents.h - what is in a queue, pipe or list, item by item.
 */
#ifndef VIEW_CONTENTS_H
#define VIEW_CONTENTS_H

#include "view.h"

/* A row while it is drawn. */
struct queue_row {
    struct canvas *canvas;
    const struct scene *scene;
    int row, column, end; /* where the next item goes, and what is left free */
};

/* Draws what is in the object; the buffered items of a process queue stand behind a
   line. What does not fit is counted. */
void view_contents(struct queue_row *row, const struct model_object *object);

#endif

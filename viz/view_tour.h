/*
 * view_tour.h - a short tour: boxes over the live screen, each points at one thing.
 */
#ifndef VIEW_TOUR_H
#define VIEW_TOUR_H

#include "view.h"

/* How many pages it has. */
int view_tour_pages(void);

/* Draws a page of it, from 1, over what view_run has drawn. */
void view_tour(struct canvas *canvas, const struct scene *scene, int page);

#endif

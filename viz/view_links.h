/*
 * view_links.h - a page whose lines lead somewhere, over the whole canvas.
 */
#ifndef VIEW_LINKS_H
#define VIEW_LINKS_H

#include "canvas.h"
#include "page.h"

/* Where a page is scrolled to, and the line that is chosen. */
struct page_place {
    size_t chosen;
    int first; /* the row of the page that is shown first */
};

/* Draws it; a line that is too long goes on in the next row. Returns how many rows the
   page has on a canvas that wide. */
int view_links(struct canvas *canvas, const struct page *page, struct page_place place,
               const char *hint);

/* The row of the page in which a line begins, on a canvas that wide. */
int view_links_row(const struct page *page, size_t line, int columns);

#endif

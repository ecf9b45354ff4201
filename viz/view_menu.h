/*
 * view_menu.h - the course as a list on a canvas.
 */
#ifndef VIEW_MENU_H
#define VIEW_MENU_H

#include "canvas.h"

/* A line of the list. */
struct menu_entry {
    const char *name;  /* " 3 task_done_join", "missing_task_done" */
    const char *title; /* one line about it */
    const char *ends;  /* how it ends, in a word or two; "" for none */
    bool variant;      /* indented under its lesson */
};

/* Draws the list with the chosen entry marked and in sight. */
void view_menu(struct canvas *canvas, const struct menu_entry *entries, size_t count,
               size_t chosen, const char *hint);

/* The row of the chosen entry on a canvas of that many rows, and the entry in a row:
   count where there is none. */
int view_menu_row(int rows, size_t chosen);
size_t view_menu_at(int rows, size_t count, size_t chosen, int row);

#endif

/*
 * view_compare.h - the picture of two runs beside each other, or one above the other.
 */
#ifndef VIEW_COMPARE_H
#define VIEW_COMPARE_H

#include "compared.h"

/* From this many columns on the runs stand side by side. */
enum { VIEW_COMPARE_WIDE = 110 };

/* The whole picture. */
void view_compare(struct canvas *canvas, const struct comparison *comparison);

/* On a canvas of that size: the row in which the terminal's cursor rests, which is that
   of the chosen run's heading; which run is at a place, or -1; and how many rows the
   threads, or where it is large the table, can be scrolled down. */
int view_compare_cursor_row(const struct comparison *comparison, int rows, int columns);
int view_compare_run_at(const struct comparison *comparison, int rows, int columns,
                        int row, int column);
int view_compare_most_scroll(const struct comparison *comparison, int rows,
                             int columns);

/* How many cells a timeline has on a canvas of that many columns. */
int view_compare_cells(int columns);

/* The threads of one run, a row each; the canvas is that of the run alone. With gaps a
   role that only the other run has leaves its row free. What does not fit is told in
   the last row. */
void view_compare_rows(struct canvas *canvas, const struct comparison *comparison,
                       unsigned run, struct area area, bool gaps);

/* The column of the line between a thread's words and its timeline. */
int view_compare_split(int columns);

/* The table of what the runs have come to, its heading in the first row of the area;
   and how many rows it would fill, the heading included. */
void view_compare_table(struct canvas *canvas, const struct comparison *comparison,
                        struct area area);
int view_compare_table_rows(const struct comparison *comparison);

/* The lines that differ, those of A left and those of B right, from a row of theirs on,
   with the heading in the first row of the area. Returns how many rows of lines there
   are. */
int view_compare_lines(struct canvas *canvas, const struct comparison *comparison,
                       struct area area, int first);

/* What explains how the runs ended, as far as it may be told; and how many rows that
   would fill. */
void view_compare_why(struct canvas *canvas, const struct comparison *comparison,
                      struct area area);
int view_compare_why_rows(const struct comparison *comparison, int columns);

#endif

/*
 * view_compare_plan.h - which rows of the picture of two runs belong to what, for its
 * own files.
 */
#ifndef VIEW_COMPARE_PLAN_H
#define VIEW_COMPARE_PLAN_H

#include "view_compare.h"

/* How many rows each part gets. */
struct compare_plan {
    int threads[COMPARED_RUNS], queues[COMPARED_RUNS], output, lines, table, why;
    bool headings; /* of queues and output */
    bool gaps;     /* where the other run has a thread that this one has not */
};

struct compare_plan compare_plan(const struct comparison *comparison, int rows,
                                 int columns);

/* How many rows a run has in all. */
int compare_plan_run_rows(const struct compare_plan *plan, unsigned run);

/* Whether the runs stand side by side; and the column of the line between them. */
bool view_compare_is_wide(int columns);
int view_compare_half(int columns);

#endif

/* view_compare_plan.c - which rows of the picture of two runs belong to what; see
   view_compare_plan.h. */
#include "view_compare_plan.h"

bool view_compare_is_wide(int columns)
{
    return columns >= VIEW_COMPARE_WIDE;
}

int view_compare_half(int columns)
{
    return (columns - 1) / 2;
}

/* Takes as many rows as are wanted and left, at that price each. */
static int take(int *left, int wanted, int price)
{
    int got = wanted * price <= *left ? wanted : *left / price;

    if (got < 0)
        got = 0;
    *left -= got * price;
    return got;
}

static int queue_rows(const struct comparison *comparison, unsigned run)
{
    const struct so_far *newest = comparison->runs[run].newest;
    int rows = view_queues_rows(comparison->runs[run].scene) - 1;

    return rows == 1 && newest->put == 0 ? 0 : rows;
}

/* What the runs want, in turn, a row each; side by side both get the same. */
static void take_in_turn(int *left, bool wide, int rows[COMPARED_RUNS],
                         const int wanted[COMPARED_RUNS])
{
    if (wide) {
        int most = wanted[wanted[1] > wanted[0]];
        rows[0] += take(left, most - rows[0], 1);
        rows[1] = rows[0];
        return;
    }
    for (int before = *left + 1; *left < before;) {
        before = *left;
        for (int i = 0; i < COMPARED_RUNS; i++)
            if (rows[i] < wanted[i])
                rows[i] += take(left, 1, 1);
    }
}

/* Whether the threads would not all get a row, were each queue's and the output's few
   rows given away first. */
static bool is_crowded(const int threads[COMPARED_RUNS], const int few[COMPARED_RUNS],
                       bool wide, int left)
{
    if (wide)
        return threads[threads[1] > threads[0]] + few[few[1] > few[0]] > left;
    return threads[0] + threads[1] + few[0] + few[1] > left;
}

/* First a little of everything, then the rest of what matters most; where threads would
   be hidden, they come before the output and a second row of queues. One above the
   other, a row for both costs two. */
struct compare_plan compare_plan(const struct comparison *comparison, int rows,
                                 int columns)
{
    enum { HEAD = 2, LEAST_LEFT = 16, LINES = 7, OUTPUT = 10 };
    bool low = rows < 20;
    bool wide = view_compare_is_wide(columns);
    int price = wide ? 1 : 2, left = rows - 3 - HEAD * price;
    int queues[COMPARED_RUNS], few[COMPARED_RUNS], threads[COMPARED_RUNS];
    struct compare_plan plan = {.headings = rows >= 34, .gaps = wide};

    if (plan.headings)
        left -= 2 * price;
    plan.why = take(&left, view_compare_why_rows(comparison, columns), 1);
    if (left < LEAST_LEFT && plan.why > COMPARED_RUNS) { /* the runs matter more */
        left += plan.why - COMPARED_RUNS;
        plan.why = COMPARED_RUNS;
    }
    plan.table = take(&left, low ? 2 : 3, 1);
    for (int i = 0; i < COMPARED_RUNS; i++) {
        queues[i] = queue_rows(comparison, (unsigned)i);
        few[i] = queues[i] < 2 - low ? queues[i] : 2 - low;
        threads[i] =
            wide ? comparison->role_count : compared_threads(comparison, (unsigned)i);
    }
    bool crowded = !plan.headings && is_crowded(threads, few, wide, left - price);
    plan.output = take(&left, low || crowded ? 0 : 1, price);
    for (int i = 0; i < COMPARED_RUNS; i++)
        few[i] = crowded && few[i] > 1 ? 1 : few[i];
    take_in_turn(&left, wide, plan.queues, few);
    take_in_turn(&left, wide, plan.threads, threads);
    plan.table += take(&left, 2, 1);
    take_in_turn(&left, wide, plan.queues, queues);
    plan.output += take(&left, 3, price);
    plan.table += take(&left, view_compare_table_rows(comparison) - 1 - plan.table, 1);
    if (wide)
        plan.output += take(&left, OUTPUT - plan.output, price);
    if (wide && comparison->differs != NULL && left > LINES)
        plan.lines = take(&left, LINES + (left - LINES) / 2, 1);
    plan.output += take(&left, left, price);
    return plan;
}

int compare_plan_run_rows(const struct compare_plan *plan, unsigned run)
{
    int queues = plan->queues[run];

    return 2 + plan->threads[run] + queues + plan->output +
           plan->headings * ((queues > 0) + (plan->output > 0));
}

/* The first row of a run. */
static int top_of(const struct compare_plan *plan, unsigned run, int columns)
{
    return 1 + (run == 1 && !view_compare_is_wide(columns)
                    ? compare_plan_run_rows(plan, 0)
                    : 0);
}

int view_compare_cursor_row(const struct comparison *comparison, int rows, int columns)
{
    struct compare_plan plan = compare_plan(comparison, rows, columns);

    return comparison->large_table ? 1 : top_of(&plan, comparison->chosen, columns);
}

int view_compare_run_at(const struct comparison *comparison, int rows, int columns,
                        int row, int column)
{
    struct compare_plan plan = compare_plan(comparison, rows, columns);
    bool wide = view_compare_is_wide(columns);

    for (unsigned run = 0; run < COMPARED_RUNS && !comparison->large_table; run++) {
        int below = row - top_of(&plan, run, columns);
        bool is_beside = wide && (column > view_compare_half(columns)) != (run == 1);
        if (below >= 0 && below < compare_plan_run_rows(&plan, run) && !is_beside)
            return (int)run;
    }
    return -1;
}

int view_compare_most_scroll(const struct comparison *comparison, int rows, int columns)
{
    struct compare_plan plan = compare_plan(comparison, rows, columns);
    int most = 0;

    if (comparison->large_table) /* it has the rows between title, heading and hints */
        most = view_compare_table_rows(comparison) - 1 - (rows - 3);
    for (unsigned run = 0; run < COMPARED_RUNS && !comparison->large_table; run++) {
        int count =
            plan.gaps ? comparison->role_count : compared_threads(comparison, run);
        if (count - plan.threads[run] > most)
            most = count - plan.threads[run];
    }
    return most > 0 ? most : 0;
}

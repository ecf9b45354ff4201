/*
 * findings_clocks.h - what happens before what: vector clocks.
 *
 * Each thread that uses shared variables has a column; its time there goes on with
 * everything that it passes on. A clock has a time for each column: of a thread, up to
 * where it knows what that column's thread did; of an object, what may be known by who
 * takes from it. A put passes on, a get takes over; so do release and acquire, the end
 * of a thread and its join, and all others of a table.
 *
 * The columns are few, so that it stays small: of further threads it is known what they
 * pass on, but their own accesses are not judged.
 *
 * Private to findings*.c.
 */
#ifndef FINDINGS_CLOCKS_H
#define FINDINGS_CLOCKS_H

#include "findings_pairs.h"
#include "findings_watch.h"

enum { CLOCK_COLUMNS = 64 };

struct clock_row {
    uint32_t times[CLOCK_COLUMNS];
};

struct clocks {
    uint32_t threads[CLOCK_COLUMNS]; /* whose column it is */
    unsigned columns;
    struct pairs rows;       /* of threads and of objects */
    struct clock_row others; /* of all objects that have no row of their own */
};

void clocks_free(struct clocks *clocks);

/* The column of a thread, which gets one if there is one left; -1 if not. */
int clocks_column(struct clocks *clocks, uint32_t thread);

/* The clock of a thread. It moves at the next call. */
struct clock_row *clocks_row(struct clocks *clocks, uint32_t thread);

/* The step passes on or takes over what its kind does. */
void clocks_look(struct clocks *clocks, const struct findings_watch *watch);

#endif

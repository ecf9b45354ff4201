/*
 * measure.h - what every benchmark needs: fresh processes, medians, a table.
 *
 * A benchmark takes its contenders in turn (A B C A B C ...), each time in a process of
 * its own: the program calls itself with the arguments of one round, and that process
 * prints two numbers. So no round sees what another left behind, and a machine that
 * gets slower meanwhile gets slower for all.
 */
#ifndef MEASURE_H
#define MEASURE_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum { MEASURE_ROUNDS = 9, MEASURE_ANY_CPU = -1 };

/* The cost of one operation in one round, in nanoseconds. */
struct sample {
    double wall;
    double cpu; /* user and system time of all threads together */
};

/* All rounds of one contender. */
struct series {
    struct sample rounds[MEASURE_ROUNDS];
};

/* Says what went wrong on stderr and ends the benchmark with status 1. */
_Noreturn void measure_failed(const char *what);

/* Starts and ends the measuring of one round; the second divides by the operations. */
struct sample measure_begin(void);
struct sample measure_end(struct sample begin, double operations);

/* In the round's own process: hands the sample to the parent. */
void measure_report(struct sample sample);

/* In the parent: runs this program with these arguments (NULL at the end), on that
   processor alone or on any, and returns what it reported. */
struct sample measure_round(int cpu, const char *const *arguments);

/* In the parent: runs this program with these arguments; what it prints is shown. Ends
   the benchmark if it fails. */
void measure_run(const char *const *arguments);

/* Binds the calling thread to a processor; the n-th of those that the program may use,
   counted around. */
void measure_pin(int n);

double measure_median(double *values, int count); /* sorts them */
double measure_wall(const struct series *series);
double measure_cpu(const struct series *series);

/* A table: the contender's time, its spread, the second number (CPU time, say), the
   ratio to other, and whether it reached the target (0: there is none). */
void measure_print_heading(const char *heading, const char *second,
                           const char *compared_with);
void measure_print(const char *name, const struct series *series,
                   const struct series *other, double target);

/* A table of figures with a unit: the median, the spread, and the most of them by the
   target, which it must not exceed (0: there is none). Sorts the values. */
void measure_print_value_heading(const char *heading);
void measure_print_value(const char *name, double *values, int count, const char *unit,
                         double target);

#endif

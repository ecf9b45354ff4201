/* measure.c - fresh processes, medians, a table; see measure.h. */
#include "measure.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 8 };

_Noreturn void measure_failed(const char *what)
{
    fflush(stdout);
    fprintf(stderr, "benchmark: %s\n", what);
    exit(1);
}

static double seconds_to_ns(double seconds, double fraction)
{
    return seconds * 1e9 + fraction;
}

static double cpu_now(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return seconds_to_ns((double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec),
                         1e3 *
                             (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec));
}

struct sample measure_begin(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (struct sample){seconds_to_ns((double)now.tv_sec, (double)now.tv_nsec),
                           cpu_now()};
}

struct sample measure_end(struct sample begin, double operations)
{
    struct sample now = measure_begin();

    return (struct sample){(now.wall - begin.wall) / operations,
                           (now.cpu - begin.cpu) / operations};
}

void measure_report(struct sample sample)
{
    printf("%.3f %.3f\n", sample.wall, sample.cpu);
}

void measure_pin(int n)
{
    cpu_set_t all, one;

    if (sched_getaffinity(0, sizeof all, &all) != 0)
        return;
    n %= CPU_COUNT(&all);
    for (size_t cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &all) || n-- > 0)
            continue;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        sched_setaffinity(0, sizeof one, &one);
        return;
    }
}

/* In the new process. */
static _Noreturn void become(int output, int cpu, const char *const *arguments)
{
    const char *command[MOST_ARGUMENTS + 2] = {"/proc/self/exe"};

    for (int i = 0; i < MOST_ARGUMENTS && arguments[i] != NULL; i++)
        command[i + 1] = arguments[i];
    if (output != STDOUT_FILENO)
        dup2(output, STDOUT_FILENO);
    if (cpu != MEASURE_ANY_CPU)
        measure_pin(cpu);
    execv(command[0], (char **)command);
    _exit(127);
}

struct sample measure_round(int cpu, const char *const *arguments)
{
    struct sample sample;
    int ends[2], status;

    fflush(stdout);
    if (pipe(ends) != 0)
        measure_failed("no pipe is left");
    pid_t child = fork();
    if (child == 0)
        become(ends[1], cpu, arguments);
    close(ends[1]);
    FILE *answer = fdopen(ends[0], "r");
    if (child < 0 || answer == NULL)
        measure_failed("the machine starts no more processes");
    int numbers = fscanf(answer, "%lf %lf", &sample.wall, &sample.cpu);
    fclose(answer);
    if (waitpid(child, &status, 0) != child || status != 0 || numbers != 2)
        measure_failed("a round failed: its numbers are not to be trusted");
    return sample;
}

void measure_run(const char *const *arguments)
{
    int status;

    fflush(stdout);
    pid_t child = fork();
    if (child == 0)
        become(STDOUT_FILENO, MEASURE_ANY_CPU, arguments);
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
        measure_failed("the check failed");
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

double measure_median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

/* All rounds' wall times, sorted. */
static void sorted_walls(const struct series *series, double *walls)
{
    for (int i = 0; i < MEASURE_ROUNDS; i++)
        walls[i] = series->rounds[i].wall;
    measure_median(walls, MEASURE_ROUNDS);
}

double measure_wall(const struct series *series)
{
    double walls[MEASURE_ROUNDS];

    sorted_walls(series, walls);
    return measure_median(walls, MEASURE_ROUNDS);
}

double measure_cpu(const struct series *series)
{
    double cpus[MEASURE_ROUNDS];

    for (int i = 0; i < MEASURE_ROUNDS; i++)
        cpus[i] = series->rounds[i].cpu;
    return measure_median(cpus, MEASURE_ROUNDS);
}

void measure_print_heading(const char *heading, const char *second,
                           const char *compared_with)
{
    printf("\n%-30s %9s %19s %9s %12s %7s\n", heading, "ns", "(least - most)", second,
           compared_with, "target");
}

void measure_print(const char *name, const struct series *series,
                   const struct series *other, double target)
{
    double walls[MEASURE_ROUNDS], ratio = measure_wall(series) / measure_wall(other);
    char spread[32];

    sorted_walls(series, walls);
    snprintf(spread, sizeof spread, "(%.1f - %.1f)", walls[0],
             walls[MEASURE_ROUNDS - 1]);
    printf("  %-28s %9.1f %19s %9.1f", name, measure_wall(series), spread,
           measure_cpu(series));
    printf(" %12.2f", ratio);
    if (target > 0)
        printf(" %7.1f  %s", target, ratio <= target ? "reached" : "MISSED");
    putchar('\n');
}

void measure_print_value_heading(const char *heading)
{
    printf("%-38s %9s %24s %9s %7s\n", heading, "median", "(least - most)", "target",
           "ratio");
}

void measure_print_value(const char *name, double *values, int count, const char *unit,
                         double target)
{
    char spread[40] = "";
    double median = measure_median(values, count), most = values[count - 1];

    if (count > 1)
        snprintf(spread, sizeof spread, "(%.1f - %.1f)", values[0], most);
    printf("  %-36s %9.1f %-4s %19s", name, median, unit, spread);
    if (target > 0)
        printf(" %9.0f %7.2f  %s", target, most / target,
               most <= target ? "reached" : "MISSED");
    putchar('\n');
}

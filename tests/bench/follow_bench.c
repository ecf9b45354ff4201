/*
 * follow_bench.c - what a lesson pays for being watched: its wall time without a
 * recording, with one, and with the viewer following it.
 *
 * One lesson as it is meant to be seen, with naps; and one without any, which does
 * nothing but record and leaves no processor idle.
 */
#include "measure.h"
#include "watched.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum way { PLAIN, RECORDED, FOLLOWED, WAYS };

/* The lesson's arguments. */
static const char *const napping[] = {"--workers", "5",      "--tasks", "40", "--delay",
                                      "200",       "--seed", "7",       NULL};
static const char *const busy[] = {"--workers", "3",      "--tasks", "20000", "--delay",
                                   "0",         "--seed", "7",       NULL};

static pid_t start_lesson(const char *const *arguments, const char *trace)
{
    const char *program = watched_built("lessons/03_task_done_join/lesson");
    const char *command[16] = {program};
    int count = 1;

    for (; *arguments != NULL; arguments++)
        command[count++] = *arguments;
    if (trace != NULL) {
        command[count++] = "--trace";
        command[count++] = trace;
    }
    pid_t process = fork();
    if (process != 0)
        return process;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
    execv(program, (char **)command);
    _exit(127);
}

/* Looks at the viewer meanwhile, where there is one. Seconds. */
static double run_lesson(const char *const *arguments, enum way way, const char *trace)
{
    struct watched watched;
    int status = 0;

    unlink(trace);
    uint64_t begun = watched_now();
    pid_t lesson = start_lesson(arguments, way == PLAIN ? NULL : trace);
    if (way == FOLLOWED) {
        struct timespec moment = {0, 500000};
        while (access(trace, R_OK) != 0 && waitpid(lesson, NULL, WNOHANG) == 0)
            nanosleep(&moment, NULL);
        watched = watched_start(trace, 80, 24);
    }
    while (way == FOLLOWED && waitpid(lesson, &status, WNOHANG) == 0)
        watched_look(&watched, 1000000, NULL);
    if (way != FOLLOWED)
        waitpid(lesson, &status, 0);
    double seconds = (double)(watched_now() - begun) / 1e9;
    if (status != 0)
        measure_failed("the lesson has failed");
    if (way == FOLLOWED)
        watched_end(&watched);
    return seconds;
}

static double least_of(const struct series *series)
{
    double least = series->rounds[0].wall;

    for (int i = 1; i < MEASURE_ROUNDS; i++)
        if (series->rounds[i].wall < least)
            least = series->rounds[i].wall;
    return least;
}

/* Medians, and the least, which a busy machine disturbs less. */
static void print(const char *name, const struct series *series,
                  const struct series *base, double target)
{
    double ratio = measure_wall(series) / measure_wall(base);

    printf("  %-36s %9.1f ms %6.3f  least %9.1f ms %6.3f", name, measure_wall(series),
           ratio, least_of(series), least_of(series) / least_of(base));
    if (target > 0)
        printf("  %5.2f %s", target, ratio <= target ? "reached" : "MISSED");
    putchar('\n');
}

static void measure(const char *name, const char *const *arguments, const char *trace,
                    enum way base, double target)
{
    struct series series[WAYS] = {0};

    for (int i = 0; i < MEASURE_ROUNDS; i++)
        for (int way = 0; way < WAYS; way++)
            series[way].rounds[i].wall =
                1e3 * run_lesson(arguments, (enum way)way, trace);
    puts(name);
    print("plain", &series[PLAIN], &series[base], 0);
    print("recorded", &series[RECORDED], &series[base], 0);
    print("recorded and followed", &series[FOLLOWED], &series[base], target);
}

int main(void)
{
    char trace[PATH_MAX];

    watched_path(trace, sizeof trace);
    measure("A LESSON WITH ITS NAPS; ratios to plain", napping, trace, PLAIN, 1.02);
    measure("A LESSON WITHOUT ANY NAP; ratios to recorded", busy, trace, RECORDED, 0);
    return 0;
}

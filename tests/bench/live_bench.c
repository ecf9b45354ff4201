/*
 * live_bench.c - the viewer follows a program that records half a million events a
 * second; then the program has ended, and the viewer has nothing to do.
 */
#include "measure.h"
#include "watched.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RATE = 500000, SECONDS = 6, IDLE_SECONDS = 3 };

static const uint64_t second_ns = 1000000000;

static pid_t start_generator(const char *path)
{
    const char *program = watched_built("tests/bench/generator");
    char rate[32], seconds[32];

    snprintf(rate, sizeof rate, "%d", RATE);
    snprintf(seconds, sizeof seconds, "%d", SECONDS);
    pid_t process = fork();
    if (process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        execl(program, program, "live", path, rate, seconds, (char *)NULL);
        _exit(127);
    }
    return process;
}

/* The first steps are there; false: the program ended without any. */
static void await_trace(const char *path, pid_t generator)
{
    struct timespec moment = {0, 1000000};

    while (access(path, R_OK) != 0) {
        if (waitpid(generator, NULL, WNOHANG) != 0)
            measure_failed("the generator has failed");
        nanosleep(&moment, NULL);
    }
}

static void print_at_least(const char *name, double value, const char *unit,
                           double target)
{
    printf("  %-36s %9.1f %-4s at least %5.0f  %s\n", name, value, unit, target,
           value >= target ? "reached" : "MISSED");
}

static void measure_load(struct watched *watched, pid_t generator)
{
    int status;

    watched_look(watched, second_ns / 2, NULL); /* it is under way */
    uint64_t begun = watched_now(), cpu = watched_cpu_ns(watched);
    uint64_t bytes = watched->bytes, frames = watched->frames;
    uint64_t steps = atomic_load(&watched->figures->steps);
    watched_look(watched, (SECONDS - 2) * second_ns, NULL);
    double seconds = (double)(watched_now() - begun) / 1e9;
    double drawn = (double)(watched->frames - frames);
    double share = (double)(watched_cpu_ns(watched) - cpu) / 1e7 / seconds;
    double per_frame = (double)(watched->bytes - bytes) / drawn;
    double rate = (double)(atomic_load(&watched->figures->steps) - steps) / seconds;
    double lag = (double)atomic_load(&watched->figures->worst_lag_ns) / 1e6;
    print_at_least("events shown a second, thousands", rate / 1e3, "",
                   RATE / 1e3 * 0.98);
    print_at_least("frames a second", drawn / seconds, "", 30);
    measure_print_value("processor time, of one processor", &share, 1, "%", 50);
    measure_print_value("behind at most", &lag, 1, "ms", 1000);
    measure_print_value("bytes a frame", &per_frame, 1, "B", 0);
    while (waitpid(generator, &status, WNOHANG) == 0)
        watched_look(watched, second_ns / 20, NULL);
    if (status != 0)
        measure_failed("the generator has failed");
}

static void measure_idle(struct watched *watched)
{
    watched_look(watched, second_ns, NULL); /* the last frame */
    uint64_t cpu = watched_cpu_ns(watched), bytes = watched->bytes;
    watched_look(watched, IDLE_SECONDS * second_ns, NULL);
    double share = (double)(watched_cpu_ns(watched) - cpu) / 1e7 / IDLE_SECONDS;
    double drawn = (double)(watched->bytes - bytes);
    measure_print_value("idle: processor time", &share, 1, "%", 1);
    measure_print_value("idle: bytes drawn", &drawn, 1, "B", 0);
    if (drawn > 0)
        puts("  the idle view draws: MISSED");
}

static void measure_size(const char *path, int columns, int rows)
{
    char heading[64];

    snprintf(heading, sizeof heading, "LIVE, %d EVENTS A SECOND, %dx%d", RATE, columns,
             rows);
    measure_print_value_heading(heading);
    unlink(path);
    pid_t generator = start_generator(path);
    await_trace(path, generator);
    struct watched watched = watched_start(path, columns, rows);
    measure_load(&watched, generator);
    measure_idle(&watched);
    watched_end(&watched);
    unlink(path);
}

int main(void)
{
    char path[PATH_MAX];

    watched_path(path, sizeof path);
    measure_size(path, 80, 24);
    puts("");
    measure_size(path, 200, 60);
    return 0;
}

/*
 * event_bench.c - what recording one event costs, beside reading the clock alone.
 *
 * Both are timed in batches, and the median batch counts: few batches meet the moment
 * in which the trace grows, so that this is the cost with the memory touched before.
 * What growing adds on average stands in a line of its own.
 */
#include "contender.h"
#include "measure.h"
#include "recording.h"
#include "trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 200, BATCHES = 5000, MOST_THREADS = 2 };

static double batches[MOST_THREADS * BATCHES];
static double whole[MOST_THREADS];

static double now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static void read_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
}

static void record(void)
{
    trace(&(struct trace_entry){
        .kind = TRACE_QUEUE_TASK_DONE, .object = 1, .site = HERE, .depth = 3});
}

static void time_batches(int thread, void (*operation)(void))
{
    double first = now_ns(), last = first;

    for (int i = 0; i < BATCHES; i++) {
        for (int k = 0; k < BATCH; k++)
            operation();
        double now = now_ns();
        batches[thread * BATCHES + i] = (now - last) / BATCH;
        last = now;
    }
    whole[thread] = (last - first) / BATCHES / BATCH;
}

static void read_clocks(int thread)
{
    time_batches(thread, read_clock);
}

static void record_events(int thread)
{
    time_batches(thread, record);
}

/* In the round's own process. What is reported beside the median is the mean. */
static int play_round(const char *what, int threads)
{
    bool recording = strcmp(what, "record") == 0;
    struct sample sample = {0, 0};

    if (recording)
        recording_start((uint64_t)threads * BATCH * BATCHES);
    contender_run(&contenders[CONTENDER_KIT], recording ? record_events : read_clocks,
                  threads);
    if (recording)
        recording_check((uint64_t)threads * BATCH * BATCHES);
    sample.wall = measure_median(batches, threads * BATCHES);
    for (int i = 0; i < threads; i++)
        sample.cpu += whole[i] / threads;
    measure_report(sample);
    return 0;
}

int main(int argc, char **argv)
{
    static const char *const rounds[][4] = {
        {"round", "clock", "1"}, {"round", "record", "1"}, {"round", "record", "2"}};
    struct series clock, alone, together;

    if (argc == 4)
        return play_round(argv[2], atoi(argv[3]) == 2 ? 2 : 1);
    puts("RECORDING ONE EVENT: memory touched beforehand (ns); mean: with growing");
    for (int i = 0; i < MEASURE_ROUNDS; i++) {
        clock.rounds[i] = measure_round(MEASURE_ANY_CPU, rounds[0]);
        alone.rounds[i] = measure_round(MEASURE_ANY_CPU, rounds[1]);
        together.rounds[i] = measure_round(MEASURE_ANY_CPU, rounds[2]);
    }
    measure_print_heading("", "mean ns", "/clock");
    measure_print("clock_gettime alone", &clock, &clock, 0);
    measure_print("one event, one thread", &alone, &clock, 1.5);
    measure_print("one event, two threads", &together, &clock, 7.0);
    return 0;
}

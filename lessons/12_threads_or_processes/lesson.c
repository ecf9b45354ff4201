/*
 * Lesson 12: threads or processes.
 *
 * Question:   what gains by threads, and what by processes alone?
 * Run:        viz threads_or_processes
 * Watch for:  threads that nap do so all at once; of threads that
 *             compute, all but one wait for the big lock.
 * Ends:       0
 * Uses:       the processor
 * Then diff:  no_big_lock.c - threads as C has them
 */
#include "big_lock.h"
#include "clock.h"
#include "lesson.h"
#include "process.h"
#include "say.h"
#include "shared_memory.h"
#include "thread.h"

#include <stdlib.h>
#include <string.h>

static const struct lesson_use use = {
    .summary = "One batch by threads and by processes, timed.",
    .workers = 4,
    .tasks = 8,
    .capacity = LESSON_UNUSED,
    .delay = 100,
};
static const uint64_t TRIAL = 4000000; /* rounds of computing */

/* The globals; a process has a copy of them, so it has a big lock of
   its own. The answers alone are in memory that processes share. */
static struct lesson_options options;
static uint64_t (*do_task)(uint64_t number);
static uint64_t rounds_per_ms, *answers;
static int workers;
static struct thread *threads;
static struct process *processes;
static struct big_lock big_lock; /* as the interpreter's */

static uint64_t compute(uint64_t value, uint64_t rounds)
{
    while (rounds-- > 0)
        value = value * 6364136223846793005u + 1442695040888963407u;
    return value;
}

static uint64_t compute_task(uint64_t value)
{
    for (int ms = 1; ms <= options.delay; ms++) {
        value = compute(value, rounds_per_ms);
        big_lock_offer(&big_lock); /* at most every 5 ms */
    }
    return value;
}

static uint64_t nap_task(uint64_t number)
{
    big_lock_release(&big_lock);
    nap(options.delay);
    big_lock_acquire(&big_lock);
    return number;
}

/* A worker's share: every so many-th task, from its number on. */
static void do_share(long number)
{
    big_lock_acquire(&big_lock);
    for (long task = number; task < options.tasks; task += workers)
        answers[number] += do_task((uint64_t)task);
    big_lock_release(&big_lock);
}

static void run_thread(struct thread *self)
{
    do_share(self - threads);
}

static void by_threads(void)
{
    threads = calloc((size_t)workers, sizeof *threads);
    for (int i = 0; i < workers; i++)
        thread_start(&threads[i], run_thread, "thread-%d", i);
    for (int i = 0; i < workers; i++)
        thread_join(&threads[i]);
    free(threads);
}

static void run_process(struct process *self)
{
    do_share(self - processes);
}

static void by_processes(void)
{
    processes = calloc((size_t)workers, sizeof *processes);
    for (int i = 0; i < workers; i++)
        process_start(&processes[i], run_process, "process-%d", i);
    for (int i = 0; i < workers; i++)
        process_join(&processes[i]);
    free(processes);
}

/* Runs the batch and prints a line of the table: false if the sum is
   another than that of the first line, where one worker did it all. */
static bool measure(bool first, const char *who, void (*run)(void),
                    int count)
{
    static uint64_t first_time, first_sum;
    uint64_t start = clock_now(), sum = 0;

    workers = count;
    memset(answers, 0, (size_t)count * sizeof *answers);
    run();
    uint64_t time = clock_now() - start;
    for (int i = 0; i < count; i++)
        sum += answers[i];
    if (first) {
        first_time = time;
        first_sum = sum;
    }
    say("  %-20s %8.3f s %9.1f", who, (double)time / 1e9,
        (double)first_time / (double)time);
    return sum == first_sum;
}

int main(int argc, char **argv)
{
    bool right = true;

    options = lesson_start(argc, argv, &use);
    big_lock_init(&big_lock, "big lock");
    answers =
        shared_memory_take((size_t)options.workers * sizeof *answers);
    clock_t start = clock(); /* counts microseconds of computing */
    answers[0] = compute(1, TRIAL);
    rounds_per_ms = 1000 * TRIAL / (uint64_t)(clock() - start);

    say("cores: %d, workers: %d, tasks: %d of %d ms",
        roster_processors(), options.workers, options.tasks,
        options.delay);
    for (int i = 0; i < 2; i++) {
        do_task = i == 0 ? nap_task : compute_task;
        say("%-22s  wall time  speed-up",
            i == 0 ? "tasks that nap" : "tasks that compute");
        right &= measure(true, "one after the other", by_threads, 1);
        right &= measure(false, "threads", by_threads, options.workers);
        right &=
            measure(false, "processes", by_processes, options.workers);
    }
    lesson_outcome(right, "the sums of all ways are %s",
                   right ? "the same" : "not the same");
    return lesson_finish();
}

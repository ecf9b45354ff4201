/*
 * generator.c - makes recordings to try the viewer on.
 *
 *     generator file FILE EVENTS           writes a made-up recording at once
 *     generator live FILE RATE SECONDS     records that many events a second, live
 *
 * The live one is a real program of the kit: four pairs of threads hand items over
 * through queues of their own, each a little every millisecond.
 */
#include "chance.h"
#include "clock.h"
#include "generate.h"
#include "lesson.h"
#include "measure.h"
#include "queue.h"
#include "thread.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PAIRS = 4, TICK_NS = 1000000 };

struct producer {
    struct thread thread;
    struct queue queue;
    uint64_t start_ns;
    double pairs_a_tick; /* items that it puts and takes */
    long ticks;
};

static void wait_until(uint64_t time_ns)
{
    struct timespec when = {(time_t)(time_ns / 1000000000),
                            (long)(time_ns % 1000000000)};

    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, NULL);
}

static void produce(struct thread *self)
{
    struct producer *me = (struct producer *)self;
    uint64_t done = 0, item;

    for (long tick = 1; tick <= me->ticks; tick++) {
        for (; (double)done < me->pairs_a_tick * (double)tick; done++) {
            queue_put(&me->queue, &done);
            queue_get(&me->queue, &item);
        }
        wait_until(me->start_ns + (uint64_t)tick * TICK_NS);
    }
}

static int run_live(const char *path, double rate, double seconds)
{
    static struct producer producers[PAIRS];
    static const struct lesson_use use = {.summary = "makes events for the viewer",
                                          .workers = LESSON_UNUSED,
                                          .tasks = LESSON_UNUSED,
                                          .capacity = LESSON_UNUSED,
                                          .delay = LESSON_UNUSED};
    char *arguments[] = {"generator", "--trace", (char *)path, NULL};
    struct timespec now;

    lesson_start(3, arguments, &use);
    clock_gettime(CLOCK_MONOTONIC, &now);
    for (int i = 0; i < PAIRS; i++) {
        struct producer *producer = &producers[i];
        producer->start_ns = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
        producer->pairs_a_tick = rate / 1000 / PAIRS / 2;
        producer->ticks = (long)(seconds * 1000);
        queue_init(&producer->queue, "items", 100, sizeof(uint64_t), NULL);
        thread_start(&producer->thread, produce, "producer");
    }
    for (int i = 0; i < PAIRS; i++)
        thread_join(&producers[i].thread);
    return lesson_finish();
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "file") == 0) {
        generate_trace(argv[2], strtoull(argv[3], NULL, 10));
        return 0;
    }
    if (argc == 5 && strcmp(argv[1], "live") == 0)
        return run_live(argv[2], atof(argv[3]), atof(argv[4]));
    fputs("usage: generator file FILE EVENTS | generator live FILE RATE SECONDS\n",
          stderr);
    return 2;
}

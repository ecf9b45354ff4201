/*
 * stuck.h - for the tests of deadlocks: what the children use, and how they must end.
 *
 * Each case is a child. Before the step after which nobody can go on it prints the
 * time; the run must end within a second of it.
 */
#ifndef STUCK_H
#define STUCK_H

#include "caller.h"
#include "condition.h"
#include "event_flag.h"
#include "queue.h"
#include "support.h"

#include <inttypes.h>

static struct lock locks[3];
static struct queue tasks;
static struct event_flag go;

static inline void set_up(void)
{
    static const char *const names[] = {"A", "B", "C"};

    for (int i = 0; i < 3; i++)
        lock_init(&locks[i], names[i]);
    queue_init(&tasks, "tasks", 1, sizeof(int), NULL);
    event_flag_init(&go, "go");
}

/* From now on it takes a moment until nobody can go on. */
static inline void say_when(void)
{
    printf("%" PRIu64, clock_now());
    fflush(stdout);
}

static inline void start(struct caller *caller, bool (*call)(struct caller *), int item)
{
    *caller = (struct caller){.item = item};
    caller->call = call;
    thread_start(&caller->thread, caller_run, "worker-%d", item);
}

/* Runs on for ever, so that only a circle can be found. */
static inline bool run_on(struct caller *me)
{
    while (!atomic_load(&me->returned))
        sched_yield();
    return true;
}

/* The child ended as stuck, in time, with a report that begins as it should and has
   all the parts, of which the last is NULL. */
static inline void assert_stuck(const char *name, const char *const *parts)
{
    static const char heading[] = "STUCK (deadlock): nobody can go on\n";
    struct child_end end = child_run(name, "");

    assert_int_equal(strncmp(end.err, heading, strlen(heading)), 0);
    for (; *parts != NULL; parts++)
        assert_contains(end.err, *parts);
    assert_int_equal(end.status, 3);
    uint64_t began = strtoull(end.out, NULL, 10);
    assert_in_range(began, 1, end.at);
    assert_true(end.at - began < UINT64_C(1000) * MS);
}

#define STUCK(name, ...) assert_stuck(name, (const char *const[]){__VA_ARGS__, NULL})

#endif

/*
 * good_run.h - a short run in which every invariant holds, for tests that break one of
 * them and check that it is told.
 */
#ifndef GOOD_RUN_H
#define GOOD_RUN_H

#include "../../viz/invariants.h"
#include "made_run.h"

enum { MAIN = 1, WORKER, TASKS, DOOR };

/* The steps of the good run, by what happens in them. */
enum {
    STARTS = 2,
    MAKES_QUEUE,
    MAKES_LOCK,
    WAITS,
    PUTS,
    GETS,
    TAKES_LOCK,
    WANTS_LOCK,
    GIVES_LOCK,
    GETS_LOCK,
    REPORTS,
    JOINS,
    PUTS_AGAIN,
    SHUTS,
    GETS_LAST,
    REPORTS_LAST,
    FAILS,
    ENDS,
    JOINS_THREAD,
    RUN_ENDS
};

static struct made made;
static char *report;
static unsigned broken;

static inline struct trace_event *at(uint64_t step)
{
    return &made.events[step - 1];
}

static inline void depth(uint32_t queued, uint32_t unfinished)
{
    at(made.count)->depth = queued;
    at(made.count)->unfinished = unfinished;
}

static inline int begin(void **state __attribute__((unused)))
{
    made = made_begin();
    report = NULL;
    made_run_start(&made);
    made_thread(&made, WORKER, "worker-0");
    made_queue(&made, TASKS, "tasks", 1);
    made_step(&made, TRACE_LOCK_INIT, MAIN, DOOR);
    made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
    made_put(&made, MAIN, TASKS, 1, 1, "a");
    made_get(&made, WORKER, TASKS, PUTS, 0, 1);
    made_step(&made, TRACE_LOCK_ACQUIRE, MAIN, DOOR);
    made_step(&made, TRACE_LOCK_ACQUIRE_BEGIN, WORKER, DOOR);
    made_step(&made, TRACE_LOCK_RELEASE, MAIN, DOOR);
    made_step(&made, TRACE_LOCK_ACQUIRE, WORKER, DOOR);
    made_step(&made, TRACE_QUEUE_TASK_DONE, WORKER, TASKS);
    made_step(&made, TRACE_QUEUE_JOIN, MAIN, TASKS);
    made_put(&made, MAIN, TASKS, 1, 1, "b");
    made_step(&made, TRACE_QUEUE_SHUTDOWN, MAIN, TASKS);
    depth(1, 1);
    made_get(&made, WORKER, TASKS, PUTS_AGAIN, 0, 1);
    made_step(&made, TRACE_QUEUE_TASK_DONE, WORKER, TASKS);
    made_step(&made, TRACE_QUEUE_GET_FAILED, WORKER, TASKS);
    made_step(&made, TRACE_THREAD_END, WORKER, 0);
    made_step(&made, TRACE_THREAD_JOIN, MAIN, WORKER);
    made_run_end(&made, 0);
    return 0;
}

static inline int end(void **state __attribute__((unused)))
{
    free(report);
    made_free(&made);
    return 0;
}

static inline void check(void)
{
    struct reader reader;
    size_t size;

    free(report);
    FILE *file = open_memstream(&report, &size);
    assert_non_null(file);
    made_open(&made, &reader);
    broken = invariants_check(&reader, file);
    reader_close(&reader);
    fclose(file);
}

/* The check finds the words at that step. */
static inline void assert_broken(uint64_t step, const char *words)
{
    char start[32];

    check();
    assert_int_not_equal(broken, 0);
    snprintf(start, sizeof start, "step %llu:", (unsigned long long)step);
    for (const char *line = report; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        const char *found = strstr(line, words), *next = strchr(line, '\n');
        if (strncmp(line, start, strlen(start)) == 0 && found != NULL && found < next)
            return;
    }
    fail_msg("no \"%s\" at step %llu in:\n%s", words, (unsigned long long)step, report);
}

#define INVARIANT_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

#endif

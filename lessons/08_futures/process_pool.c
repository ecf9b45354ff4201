/*
 * Lesson 8, process_pool: the same futures from processes.
 *
 * Question:   the workers are processes. What of a task's struct do
 *             they share with main?
 * Run:        viz futures/process_pool
 * Watch for:  each task travels to its worker through a pipe, and the
 *             result comes back through another; in main's process a
 *             thread, the collector, waits for it there.
 * Ends:       0
 * Compare:    lesson.c
 */
#include "crawl.h"
#include "lesson.h"
#include "process_pool.h"
#include "say.h"
#include "thread.h"

#include <stdlib.h>

static const struct lesson_use use = {
    .summary = "As the lesson, but the workers are processes.",
    .workers = 5,
    .tasks = 10,
    .capacity = LESSON_UNUSED,
    .delay = LESSON_BY_LINK,
};

struct crawl {
    struct future future; /* first: a crawl is a future */
    const char *link;
    int delay;     /* milliseconds, or LESSON_BY_LINK */
    double number; /* the result; read only after future_result */
};

/* What main got. */
struct tally {
    int results;
    unsigned unread; /* failures that it never asked for */
};

/* The task: runs in a worker, on a copy that is sent back. */
static bool crawl(struct future *self)
{
    struct crawl *me = (struct crawl *)self;

    say("crawl started for %s", me->link);
    nap(crawl_time(me->link, me->delay));
    me->number = crawl_number(me->link);
    say("crawl ended for %s", me->link);
    return true;
}

static void submit(struct process_pool *pool, struct crawl *task, int i,
                   int delay)
{
    task->link = crawl_links[i % CRAWL_LINKS];
    task->delay = delay;
    process_pool_submit(pool, &task->future, crawl, "task-%d", i);
}

/* Asks for the result: blocks until it is there. */
static void print_result(struct crawl *task, struct tally *tally)
{
    if (future_result(&task->future)) {
        say("%s: %.6f", task->link, task->number);
        tally->results++;
    } else {
        say("%s failed: %s", task->future.name, task->future.failure);
    }
}

static void in_order(struct lesson_options options, struct tally *tally)
{
    struct crawl *tasks = calloc((size_t)options.tasks, sizeof *tasks);
    struct process_pool pool;

    process_pool_init(&pool, "pool-1", options.workers, sizeof *tasks);
    for (int i = 0; i < options.tasks; i++)
        submit(&pool, &tasks[i], i, options.delay);
    for (int i = 0; i < options.tasks; i++)
        print_result(&tasks[i], tally);
    tally->unread += process_pool_shutdown(&pool);
    free(tasks);
}

static void as_completed(struct lesson_options options,
                         struct tally *tally)
{
    struct crawl *tasks = calloc((size_t)options.tasks, sizeof *tasks);
    struct process_pool pool;
    struct future *done;

    process_pool_init(&pool, "pool-2", options.workers, sizeof *tasks);
    for (int i = 0; i < options.tasks; i++)
        submit(&pool, &tasks[i], i, options.delay);
    while ((done = process_pool_next_completed(&pool)) != NULL)
        print_result((struct crawl *)done, tally);
    tally->unread += process_pool_shutdown(&pool);
    free(tasks);
}

int main(int argc, char **argv)
{
    struct lesson_options options = lesson_start(argc, argv, &use);
    struct tally tally = {.results = 0};

    say("results in the order of submitting");
    in_order(options, &tally);
    say("results in the order of ending");
    as_completed(options, &tally);

    lesson_outcome(tally.results == 2 * options.tasks,
                   "%d results of %d, failures unread: %u",
                   tally.results, 2 * options.tasks, tally.unread);
    return lesson_finish();
}

/*
 * Lesson 8, worker_waits_for_pool: a task waits for its own pool.
 *
 * Question:   task-0 waits for a task that it submitted itself. Who is
 *             to run that one?
 * Run:        viz futures/worker_waits_for_pool
 * Watch for:  the only worker waits for a task that stands in the queue
 *             of its own pool.
 * Ends:       3
 * Compare:    lesson.c
 */
#include "crawl.h"
#include "lesson.h"
#include "pool.h"
#include "say.h"
#include "thread.h"

#include <stdlib.h>

static const struct lesson_use use = {
    .summary = "As the lesson, but a task waits for its own pool.",
    .workers = 1,
    .tasks = 10,
    .capacity = LESSON_UNUSED,
    .delay = LESSON_BY_LINK,
};

struct crawl {
    struct future future; /* first: a crawl is a future */
    struct pool *pool;
    struct crawl *page; /* one more that it needs first, or NULL */
    const char *link;
    int delay;     /* milliseconds, or LESSON_BY_LINK */
    double number; /* the result; read only after future_result */
};

/* What main got. */
struct tally {
    int results;
    unsigned unread; /* failures that it never asked for */
};

/* The task: runs on a worker of the pool. */
static bool crawl(struct future *self)
{
    struct crawl *me = (struct crawl *)self;

    say("crawl started for %s", me->link);
    nap(crawl_time(me->link, me->delay));
    if (me->page != NULL) {
        pool_submit(me->pool, &me->page->future, crawl, "page");
        future_result(&me->page->future); /* and keeps its worker */
    }
    me->number = crawl_number(me->link);
    say("crawl ended for %s", me->link);
    return true;
}

static void submit(struct pool *pool, struct crawl *task, int i,
                   int delay)
{
    task->link = crawl_links[i % CRAWL_LINKS];
    task->delay = delay;
    pool_submit(pool, &task->future, crawl, "task-%d", i);
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
    struct crawl page = {.link = "https://python.org/about",
                         .delay = options.delay};
    struct pool pool;

    pool_init(&pool, "pool-1", options.workers);
    for (int i = 0; i < options.tasks; i++) {
        tasks[i].pool = &pool;
        tasks[i].page = i == 0 ? &page : NULL;
        submit(&pool, &tasks[i], i, options.delay);
    }
    for (int i = 0; i < options.tasks; i++)
        print_result(&tasks[i], tally);
    tally->unread += pool_shutdown(&pool);
    free(tasks);
}

static void as_completed(struct lesson_options options,
                         struct tally *tally)
{
    struct crawl *tasks = calloc((size_t)options.tasks, sizeof *tasks);
    struct pool pool;
    struct future *done;

    pool_init(&pool, "pool-2", options.workers);
    for (int i = 0; i < options.tasks; i++)
        submit(&pool, &tasks[i], i, options.delay);
    while ((done = pool_next_completed(&pool)) != NULL)
        print_result((struct crawl *)done, tally);
    tally->unread += pool_shutdown(&pool);
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

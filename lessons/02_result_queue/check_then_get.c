/*
 * Lesson 2, check_then_get: look whether there is one, then get.
 *
 * Question:   each worker gets only when the queue is not empty. How
 *             can one of them wait for ever?
 * Run:        viz result_queue/check_then_get
 * Watch for:  four workers see that the queue is not empty; it holds
 *             three links.
 * Ends:       3
 * Compare:    lesson.c
 */
#include "crawl.h"
#include "lesson.h"
#include "queue.h"
#include "say.h"
#include "thread.h"

#include <stdlib.h>

static const struct lesson_use use = {
    .summary = "As the lesson, but each worker looks and then gets.",
    .arguments = "LINK…",
    .workers = 4, /* one more than links */
    .tasks = 3,   /* links, where none are given */
    .capacity = LESSON_UNUSED,
    .delay = LESSON_BY_LINK,
};

/* What a crawl brings; the number stands for the page. */
struct page {
    const char *link;
    double number;
};

struct worker {
    struct thread thread; /* first: a worker is a thread */
    struct queue *tasks;
    struct queue *results;
    int delay;
};

static struct page crawl(const char *link, int delay)
{
    say("crawl started for %s", link);
    nap(crawl_time(link, delay)); /* plays the slow network */
    say("crawl ended for %s", link);
    return (struct page){link, crawl_number(link)};
}

static void work(struct thread *self)
{
    struct worker *me = (struct worker *)self;
    const char *link;

    while (!queue_empty(me->tasks)) {
        nap(100); /* looking takes time */
        queue_get(me->tasks, &link);
        struct page page = crawl(link, me->delay);
        queue_put(me->results, &page);
    }
}

/* The i-th link: of those given, or where none are, of the usual. */
static const char *link_at(const struct lesson_options *options, int i)
{
    if (options->argument_count > 0)
        return options->arguments[i];
    return crawl_links[i % CRAWL_LINKS];
}

int main(int argc, char **argv)
{
    struct lesson_options options = lesson_start(argc, argv, &use);
    int count = options.argument_count > 0 ? options.argument_count
                                           : options.tasks;
    int workers = options.workers > 0 ? options.workers : count;
    struct worker *pool = calloc((size_t)workers, sizeof *pool);
    struct queue tasks, results;
    struct page page;
    int found = 0;

    queue_init(&tasks, "tasks", 0, sizeof(char *), queue_label_string);
    queue_init(&results, "results", 0, sizeof(struct page),
               queue_label_string);
    for (int i = 0; i < count; i++) {
        const char *link = link_at(&options, i);
        queue_put(&tasks, &link);
    }
    for (int i = 0; i < workers; i++) {
        pool[i].tasks = &tasks;
        pool[i].results = &results;
        pool[i].delay = options.delay;
        thread_start(&pool[i].thread, work, "worker-%d", i);
    }
    for (int i = 0; i < workers; i++)
        thread_join(&pool[i].thread);

    while (queue_get_nowait(&results, &page)) {
        say("%s: %.6f", page.link, page.number);
        found++;
    }
    queue_destroy(&results);
    queue_destroy(&tasks);
    free(pool);
    lesson_outcome(found == count, "%d results of %d", found, count);
    return lesson_finish();
}

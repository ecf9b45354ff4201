/*
 * Lesson 2, paired_by_position: the first result for the first link.
 *
 * Question:   all results are there. Is each beside its own link?
 * Run:        viz result_queue/paired_by_position
 * Watch for:  the first result is not that of python.org, and main
 *             never asks whose it is.
 * Ends:       1
 * Compare:    lesson.c
 */
#include "crawl.h"
#include "event_flag.h"
#include "lesson.h"
#include "queue.h"
#include "say.h"
#include "thread.h"

#include <stdlib.h>

static const struct lesson_use use = {
    .summary =
        "As the lesson, but results are paired with links by position.",
    .arguments = "LINK…",
    .workers = LESSON_BY_LINK, /* as many as links */
    .tasks = 3,                /* links, where none are given */
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
    const char *slow; /* the link that is not answered first */
    struct event_flag *answered; /* another one was */
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

    while (queue_get_nowait(me->tasks, &link)) {
        struct page page = crawl(link, me->delay);
        if (link == me->slow)
            event_flag_wait(me->answered);
        queue_put(me->results, &page);
        event_flag_set(me->answered);
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
    struct event_flag answered;
    struct page page;
    int found = 0, wrong = 0;

    queue_init(&tasks, "tasks", 0, sizeof(char *), queue_label_string);
    queue_init(&results, "results", 0, sizeof(struct page),
               queue_label_string);
    event_flag_init(&answered, "answered");
    for (int i = 0; i < count; i++) {
        const char *link = link_at(&options, i);
        queue_put(&tasks, &link);
    }
    for (int i = 0; i < workers; i++) {
        pool[i].tasks = &tasks;
        pool[i].results = &results;
        pool[i].delay = options.delay;
        pool[i].answered = &answered;
        if (count > 1 && workers > 1) /* else nobody could be first */
            pool[i].slow = link_at(&options, 0);
        thread_start(&pool[i].thread, work, "worker-%d", i);
    }
    for (int i = 0; i < workers; i++)
        thread_join(&pool[i].thread);

    while (queue_get_nowait(&results, &page)) {
        say("%s: %.6f", link_at(&options, found), page.number);
        wrong += page.link != link_at(&options, found);
        found++;
    }
    queue_destroy(&results);
    queue_destroy(&tasks);
    free(pool);
    lesson_outcome(wrong == 0 && found == count,
                   "%d of %d results beside a wrong link", wrong,
                   found);
    return lesson_finish();
}

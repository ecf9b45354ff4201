/*
 * Lesson 9, until_empty: main reads until the queue looks empty.
 *
 * Question:   twenty pages come. How many does main get?
 * Run:        viz process_queue/until_empty
 * Watch for:  "results" looks empty while workers still crawl, or have
 *             put a page that no feeder has written yet.
 * Ends:       1
 * Compare:    lesson.c
 */
#include "crawl.h"
#include "lesson.h"
#include "process.h"
#include "process_queue.h"
#include "say.h"
#include "thread.h"

#include <stdlib.h>
#include <string.h>

static const struct lesson_use use = {
    .summary = "As the lesson, but main reads until it looks empty.",
    .workers = 5,
    .tasks = 20,
    .capacity = 1, /* main cannot find all of them there at once */
    .delay = LESSON_BY_LINK,
};

/* Items are copied from process to process: no pointers in them. */
struct link {
    char text[64];
};
static const struct link no_more = {"no more"};

/* What a crawl brings: 4 KiB, so a pipe holds sixteen. */
struct page {
    char link[64];
    double number;   /* stands for the page's content */
    char text[4000]; /* empty, but as long as a page is */
};

/* The producer and the workers. */
struct child {
    struct process process; /* first: a child is a process */
    struct process_queue *links;
    struct process_queue *results;
    struct lesson_options options;
};

static void produce(struct process *self)
{
    struct child *me = (struct child *)self;
    struct link link;

    for (int i = 0; i < me->options.tasks; i++) {
        strcpy(link.text, crawl_links[i % CRAWL_LINKS]);
        process_queue_put(me->links, &link);
    }
    for (int i = 0; i < me->options.workers; i++)
        process_queue_put(me->links, &no_more); /* one for each */
}

static struct page crawl(const char *link, int delay)
{
    struct page page = {.number = crawl_number(link)};

    say("crawl started for %s", link);
    nap(crawl_time(link, delay)); /* plays the slow network */
    say("crawl ended for %s", link);
    strcpy(page.link, link);
    return page;
}

static void work(struct process *self)
{
    struct child *me = (struct child *)self;
    struct link link;

    while (process_queue_get(me->links, &link) &&
           strcmp(link.text, no_more.text) != 0) {
        struct page page = crawl(link.text, me->options.delay);
        process_queue_put(me->results, &page);
    }
}

int main(int argc, char **argv)
{
    struct lesson_options options = lesson_start(argc, argv, &use);
    struct process_queue links, results;
    struct child child = {
        .links = &links, .results = &results, .options = options};
    struct child producer = child;
    struct child *workers =
        calloc((size_t)options.workers, sizeof *workers);
    struct page page;
    int found = 0;

    process_queue_init(&links, "links", (unsigned)options.capacity,
                       sizeof(struct link), queue_label_text);
    process_queue_init(&results, "results", (unsigned)options.capacity,
                       sizeof(struct page), queue_label_text);
    process_start(&producer.process, produce, "producer");
    for (int i = 0; i < options.workers; i++) {
        workers[i] = child;
        process_start(&workers[i].process, work, "worker-%d", i);
    }

    while (!process_queue_empty(&results)) { /* looks, then gets */
        process_queue_get(&results, &page);
        say("%s: %.6f", page.link, page.number);
        found++;
    }
    lesson_outcome(found == options.tasks, "%d results of %d", found,
                   options.tasks);
    for (int late = found; late < options.tasks; late++) {
        process_queue_get(&results, &page); /* so that workers end */
        say("too late: %s", page.link);
    }
    process_join(&producer.process);
    for (int i = 0; i < options.workers; i++)
        process_join(&workers[i].process);

    free(workers);
    return lesson_finish();
}

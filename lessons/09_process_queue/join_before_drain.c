/*
 * Lesson 9, join_before_drain: main joins first, and gets later.
 *
 * Question:   every page was put. Why do the workers not end?
 * Run:        viz process_queue/join_before_drain
 * Watch for:  the pipe holds 16 of the 20 pages of 4 KiB. A feeder has
 *             one more and waits; its process waits for it, and main
 *             for the process. With --tasks 16 or less all goes well.
 * Ends:       3
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
    .summary = "As the lesson, but main joins before it gets.",
    .workers = 5,
    .tasks = 20,
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

    process_join(&producer.process);
    for (int i = 0; i < options.workers; i++)
        process_join(&workers[i].process);
    while (found < options.tasks) { /* main knows how many will come */
        process_queue_get(&results, &page);
        say("%s: %.6f", page.link, page.number);
        found++;
    }

    lesson_outcome(found == options.tasks, "%d results of %d", found,
                   options.tasks);
    free(workers);
    return lesson_finish();
}

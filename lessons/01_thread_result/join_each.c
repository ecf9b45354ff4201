/*
 * Lesson 1, join_each: start and join in one loop.
 *
 * Question:   three threads, and no time is won. Why?
 * Run:        viz thread_result/join_each
 * Watch for:  at no time are there two crawlers: main waits for each
 *             before it starts the next.
 * Ends:       0
 * Compare:    lesson.c
 */
#include "crawl.h"
#include "lesson.h"
#include "say.h"
#include "thread.h"

#include <stdlib.h>

static const struct lesson_use use = {
    .summary =
        "As the lesson, but each is joined before the next starts.",
    .arguments = "LINK…",
    .workers = LESSON_UNUSED, /* a thread for each link */
    .tasks = 3,               /* links, where none are given */
    .capacity = LESSON_UNUSED,
    .delay = LESSON_BY_LINK,
};

/* What a crawl brings; the number stands for the page. */
struct page {
    const char *link; /* NULL: none */
    double number;
};

struct crawler {
    struct thread thread; /* first: a crawler is a thread */
    const char *link;
    int delay;
    struct page page; /* its result; read only after thread_join */
};

static struct page crawl(const char *link, int delay)
{
    say("crawl started for %s", link);
    nap(crawl_time(link, delay)); /* plays the slow network */
    say("crawl ended for %s", link);
    return (struct page){link, crawl_number(link)};
}

static void run(struct thread *self)
{
    struct crawler *me = (struct crawler *)self;

    me->page = crawl(me->link, me->delay);
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
    struct crawler *crawlers = calloc((size_t)count, sizeof *crawlers);
    struct page *pages = calloc((size_t)count, sizeof *pages);
    int found = 0;

    for (int i = 0; i < count; i++) {
        crawlers[i].link = link_at(&options, i);
        crawlers[i].delay = options.delay;
        thread_start(&crawlers[i].thread, run, "crawler-%d", i);
        thread_join(&crawlers[i].thread);
        pages[i] = crawlers[i].page;
    }

    for (int i = 0; i < count; i++) {
        if (pages[i].link == NULL) {
            say("%s: none", link_at(&options, i));
            continue;
        }
        say("%s: %.6f", pages[i].link, pages[i].number);
        found++;
    }
    free(pages);
    free(crawlers);
    lesson_outcome(found == count, "%d results of %d", found, count);
    return lesson_finish();
}

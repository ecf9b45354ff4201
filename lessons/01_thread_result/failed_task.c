/*
 * Lesson 1, failed_task: a crawl that fails says so.
 *
 * Question:   one of the crawls fails. What does main get for it?
 * Run:        viz thread_result/failed_task
 * Watch for:  the failure is a result as any other: kept in the
 *             struct, and read after the join.
 * Ends:       0
 * Compare:    lesson.c
 */
#include "crawl.h"
#include "lesson.h"
#include "say.h"
#include "thread.h"

#include <stdlib.h>
#include <string.h>

static const struct lesson_use use = {
    .summary =
        "As the lesson, but a link with docs in it does not answer.",
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
    const char *failure; /* NULL: it went well */
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
    if (strstr(link, "docs") != NULL)
        return (struct page){.link = link, .failure = "no answer"};
    say("crawl ended for %s", link);
    return (struct page){.link = link, .number = crawl_number(link)};
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
    int found = 0, failed = 0;

    for (int i = 0; i < count; i++) {
        crawlers[i].link = link_at(&options, i);
        crawlers[i].delay = options.delay;
        thread_start(&crawlers[i].thread, run, "crawler-%d", i);
    }
    for (int i = 0; i < count; i++) {
        thread_join(&crawlers[i].thread);
        pages[i] = crawlers[i].page;
    }

    for (int i = 0; i < count; i++) {
        if (pages[i].link == NULL) {
            say("%s: none", link_at(&options, i));
            continue;
        }
        if (pages[i].failure != NULL) {
            say("%s: failed: %s", pages[i].link, pages[i].failure);
            failed++;
            continue;
        }
        say("%s: %.6f", pages[i].link, pages[i].number);
        found++;
    }
    free(pages);
    free(crawlers);
    lesson_outcome(found + failed == count,
                   "%d results of %d, %d failures told", found, count,
                   failed);
    return lesson_finish();
}

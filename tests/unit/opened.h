/*
 * opened.h - a page of details of a made run, for tests: opened at a step, and what its
 * lines say and where they lead.
 */
#ifndef OPENED_H
#define OPENED_H

#include "../../viz/details.h"
#include "drawn.h"

enum { LOCK = 9, FLAG = 10 };

static struct page page;
static struct stats stats;
static struct findings findings;
static bool later; /* findings are asked for, too */

static inline int begin_page(void **state)
{
    page = (struct page){.count = 0};
    stats = (struct stats){.thread_room = 0};
    findings = (struct findings){.count = 0};
    later = false;
    return begin(state);
}

static inline int end_page(void **state)
{
    page_free(&page);
    stats_free(&stats);
    findings_free(&findings);
    return end(state);
}

/* The page at that step. */
static inline void open_page(uint64_t step, enum link_kind kind, uint64_t number)
{
    struct inquiry inquiry = {&playback, &stats, &findings, later};

    if (playback.reader.descriptor < 0)
        open_run();
    playback_seek(&playback, step);
    stats_gather(&stats, &playback.reader, step);
    while (findings_extend(&findings, &playback.reader, 100))
        continue;
    details_fill(&page, &inquiry, (struct link){kind, 0, number});
}

/* The first line that has those words; fails where there is none. */
static inline const struct page_line *line_with(const char *words)
{
    for (size_t i = 0; i < page.count; i++)
        if (strstr(page.lines[i].text, words) != NULL)
            return &page.lines[i];
    for (size_t i = 0; i < page.count; i++)
        print_error("| %s\n", page.lines[i].text);
    fail_msg("no line has \"%s\"", words);
    return NULL;
}

static inline bool has_line(const char *words)
{
    for (size_t i = 0; i < page.count; i++)
        if (strstr(page.lines[i].text, words) != NULL)
            return true;
    return false;
}

static inline void assert_leads(const char *words, enum link_kind kind, uint64_t number)
{
    const struct page_line *line = line_with(words);

    assert_int_equal(line->link.kind, kind);
    assert_int_equal(line->link.number, number);
}

static inline void at_line(const char *site)
{
    made.events[made.count - 1].site = made_text(&made, site);
}

/* 5: main puts 'k'; 6: the worker takes it; 7: it sleeps; 8: main joins tasks. */
static inline void make_work(void)
{
    made_put(&made, MAIN, TASKS, 1, 1, "k");
    at_line("lessons/made/lesson.c:109");
    made_get(&made, WORKER, TASKS, 5, 0, 1);
    made_step(&made, TRACE_NAP_BEGIN, WORKER, 0);
    made.events[made.count - 1].number = 5 * MADE_MS;
    made_step(&made, TRACE_QUEUE_JOIN_BEGIN, MAIN, TASKS);
    made.events[made.count - 1].unfinished = 1;
    at_line("lessons/made/lesson.c:111");
}

static inline void make_report(void)
{
    made_step(&made, TRACE_NAP_END, WORKER, 0);
    made_step(&made, TRACE_QUEUE_TASK_DONE, WORKER, TASKS);
    made_step(&made, TRACE_QUEUE_JOIN, MAIN, TASKS);
}

#define PAGE_TEST(name) cmocka_unit_test_setup_teardown(name, begin_page, end_page)

#endif

/*
 * page.h - lines of text of which some lead somewhere: details, findings, marks, what
 * frees a thread.
 *
 * The same lines come in the same order for the same step, so that a page can be made
 * anew whenever what it tells of has changed.
 */
#ifndef PAGE_H
#define PAGE_H

#include "text.h"

/* Where a line leads. */
enum link_kind {
    LINK_NONE,
    LINK_STEP,     /* number: the step to go to; process: a thread to choose there, by
                      its number; 0: who acted */
    LINK_EVENT,    /* number: the step to tell of */
    LINK_THREAD,   /* number: its index in the model */
    LINK_OBJECT,   /* number: the object, as that process has it */
    LINK_ITEM,     /* number: the step that put it */
    LINK_FREES,    /* number: index of the thread that is to be freed */
    LINK_FREED,    /* the same: by which step it will be */
    LINK_FINDINGS, /* the list of findings */
    LINK_KINDS
};

struct link {
    enum link_kind kind;
    uint32_t process;
    uint64_t number;
};

enum page_style { PAGE_PLAIN, PAGE_HEADING, PAGE_STRONG };

struct page_line {
    char *text; /* owned by the page; not yet made safe */
    struct link link;
    enum page_style style;
};

/* All zero is an empty page. */
struct page {
    char title[200];
    struct page_line *lines;
    size_t count, room;
};

void page_free(struct page *page);

/* Takes all lines and the title away. */
void page_clear(struct page *page);

/* Adds a line; a link of all zero leads nowhere. */
void page_add(struct page *page, struct link link, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds an empty line, unless it would be the first one, and a heading. */
void page_add_heading(struct page *page, const char *heading);

/* The first line from that one on, in that direction, that leads somewhere; page->count
   if there is none. */
size_t page_next_link(const struct page *page, size_t line, int direction);

#endif

/* page.c - lines of text of which some lead somewhere; see page.h. */
#include "page.h"
#include "memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_BYTES = 1024 };

void page_clear(struct page *page)
{
    for (size_t i = 0; i < page->count; i++)
        free(page->lines[i].text);
    page->count = 0;
    page->title[0] = '\0';
}

void page_free(struct page *page)
{
    page_clear(page);
    free(page->lines);
    *page = (struct page){.count = 0};
}

static struct page_line *add_line(struct page *page, const char *text)
{
    page->lines = grown_for(page->lines, page->count, &page->room, sizeof *page->lines);
    struct page_line *line = &page->lines[page->count++];
    *line = (struct page_line){.text = need(strdup(text))};
    return line;
}

void page_add(struct page *page, struct link link, const char *format, ...)
{
    char text[LINE_BYTES];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    add_line(page, text)->link = link;
}

void page_add_heading(struct page *page, const char *heading)
{
    if (page->count > 0)
        add_line(page, "");
    add_line(page, heading)->style = PAGE_HEADING;
}

size_t page_next_link(const struct page *page, size_t line, int direction)
{
    for (; line < page->count; line += (size_t)direction) /* SIZE_MAX after 0 */
        if (page->lines[line].link.kind != LINK_NONE)
            return line;
    return page->count;
}

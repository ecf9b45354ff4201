/*
 * page_scroll.h - how the keys scroll a page of text.
 */
#ifndef PAGE_SCROLL_H
#define PAGE_SCROLL_H

#include "keys.h"

/* The first line that is shown after that key, which calls for that command, where the
   page has so many lines and so many of them fit. */
int page_scrolled(int first, int lines, int fitting, enum command command, int key);

#endif

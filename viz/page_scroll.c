/* page_scroll.c - how the keys scroll a page of text; see page_scroll.h. */
#include "page_scroll.h"

int page_scrolled(int first, int lines, int fitting, enum command command, int key)
{
    int last = lines > fitting ? lines - fitting : 0;

    if (command == COMMAND_DOWN)
        first++;
    else if (command == COMMAND_UP)
        first--;
    else if (key == KEY_CODE_PAGE_DOWN || key == ' ')
        first += fitting;
    else if (key == KEY_CODE_PAGE_UP)
        first -= fitting;
    first = first < last ? first : last;
    return first > 0 ? first : 0;
}

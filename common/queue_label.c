/* queue_label.c - items in words, for the view; see queue.h. */
#include "queue.h"

#include <stdio.h>

void queue_label_char(char *text, size_t size, const void *item)
{
    text[0] = *(const char *)item;
    text[size > 1] = '\0';
}

void queue_label_int(char *text, size_t size, const void *item)
{
    snprintf(text, size, "%d", *(const int *)item);
}

void queue_label_text(char *text, size_t size, const void *item)
{
    snprintf(text, size, "%s", (const char *)item);
}

void queue_label_string(char *text, size_t size, const void *item)
{
    snprintf(text, size, "%s", *(const char *const *)item);
}

/* text.c - pieces of text; see text.h. */
#include "text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct text text_of(const char *string)
{
    return (struct text){string, strlen(string)};
}

struct text text_part(struct text text, size_t start, size_t end)
{
    if (end > text.length)
        end = text.length;
    if (start > end)
        start = end;
    return (struct text){text.bytes + start, end - start};
}

bool text_next_line(struct text *rest, struct text *line)
{
    if (rest->length == 0)
        return false;
    const char *end = memchr(rest->bytes, '\n', rest->length);
    size_t length = end == NULL ? rest->length : (size_t)(end - rest->bytes);

    *line = text_part(*rest, 0, length);
    *rest = text_part(*rest, length + 1, rest->length);
    return true;
}

struct text text_base_name(struct text path)
{
    for (size_t i = path.length; i > 0; i--)
        if (path.bytes[i - 1] == '/')
            return text_part(path, i, path.length);
    return path;
}

bool text_equal(struct text a, struct text b)
{
    return a.length == b.length &&
           (a.length == 0 || memcmp(a.bytes, b.bytes, a.length) == 0);
}

void text_split_site(struct text site, struct text *file, unsigned *line)
{
    size_t colon = site.length;

    *line = 0;
    while (colon > 0 && site.bytes[colon - 1] != ':')
        colon--;
    if (colon == 0) {
        *file = site;
        return;
    }
    for (size_t i = colon; i < site.length && site.bytes[i] >= '0' &&
                           site.bytes[i] <= '9' && *line < 1000000;
         i++)
        *line = *line * 10 + (unsigned)(site.bytes[i] - '0');
    *file = text_base_name(text_part(site, 0, colon - 1));
}

int32_t text_decode(struct text text, size_t *size)
{
    static const int32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = (unsigned char)text.bytes[0];
    size_t length = first < 0x80             ? 1
                    : (first & 0xe0) == 0xc0 ? 2
                    : (first & 0xf0) == 0xe0 ? 3
                    : (first & 0xf8) == 0xf0 ? 4
                                             : 0;

    *size = 1;
    if (length == 1)
        return first;
    if (length == 0 || length > text.length)
        return -1;
    int32_t point = first & (0x7f >> length);
    for (size_t i = 1; i < length; i++) {
        unsigned char next = (unsigned char)text.bytes[i];
        if ((next & 0xc0) != 0x80)
            return -1;
        point = point << 6 | (next & 0x3f);
    }
    if (point < least[length] || point > 0x10ffff || (point & ~0x7ff) == 0xd800)
        return -1;
    *size = length;
    return point;
}

void text_add(struct text_buffer *buffer, const char *format, ...)
{
    size_t room = buffer->size - buffer->length;
    va_list arguments;

    va_start(arguments, format);
    int added = vsnprintf(buffer->bytes + buffer->length, room, format, arguments);
    va_end(arguments);
    if (added > 0)
        buffer->length += (size_t)added < room ? (size_t)added : room - 1;
}

void text_add_text(struct text_buffer *buffer, struct text text)
{
    size_t room = buffer->size - buffer->length - 1;
    size_t length = text.length < room ? text.length : room;

    if (length > 0)
        memcpy(buffer->bytes + buffer->length, text.bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
}

void text_add_duration(struct text_buffer *buffer, uint64_t ns)
{
    if (ns >= 10000000)
        text_add(buffer, "%.2f s", (double)ns / 1e9);
    else if (ns >= 1000000)
        text_add(buffer, "%.1f ms", (double)ns / 1e6);
    else
        text_add(buffer, "%" PRIu64 " us", ns / 1000);
}

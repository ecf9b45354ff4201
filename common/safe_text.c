/* safe_text.c - anybody's text, shown and not obeyed; see safe_text.h. */
#include "safe_text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* How many bytes follow a first byte, and the smallest character that needs so many. */
static int bytes_after(unsigned char first, uint32_t *least)
{
    if (first >= 0xf0 && first < 0xf8) {
        *least = 0x10000;
        return 3;
    }
    if (first >= 0xe0 && first < 0xf0) {
        *least = 0x800;
        return 2;
    }
    if (first >= 0xc2 && first < 0xe0) {
        *least = 0x80;
        return 1;
    }
    return 0;
}

/* Shows nothing, or turns the direction of writing. */
static bool misleads(uint32_t character)
{
    return (character >= 0x200b && character <= 0x200f) ||
           (character >= 0x202a && character <= 0x202e) ||
           (character >= 0x2060 && character <= 0x2069) || character == 0xfeff;
}

/* The bytes of the character that starts here if a terminal may have it, otherwise 0.
 */
static size_t harmless(const char *at)
{
    const unsigned char *bytes = (const unsigned char *)at;
    uint32_t least = 0;

    if (bytes[0] < 0x80)
        return bytes[0] >= ' ' && bytes[0] != 0x7f;
    int more = bytes_after(bytes[0], &least);
    uint32_t character = bytes[0] & (0x3fu >> more);
    for (int i = 1; i <= more; i++) {
        if ((bytes[i] & 0xc0) != 0x80) /* the NUL too */
            return 0;
        character = character << 6 | (bytes[i] & 0x3f);
    }
    bool surrogate = character >= 0xd800 && character < 0xe000;
    bool control = character < 0xa0;
    bool wrong = more == 0 || character < least || character > 0x10ffff || surrogate;
    return wrong || control || misleads(character) ? 0 : (size_t)more + 1;
}

static void copy(char *to, size_t size, const char *from, const char *keep)
{
    size_t used = 0;

    while (*from != '\0') {
        size_t bytes = strchr(keep, *from) != NULL ? 1 : harmless(from);
        size_t width = bytes > 0 ? bytes : 4;
        if (used + width + 1 > size)
            break;
        if (bytes > 0)
            memcpy(to + used, from, bytes);
        else
            snprintf(to + used, 5, "\\x%02x", (unsigned)(unsigned char)*from);
        used += width;
        from += bytes > 0 ? bytes : 1;
    }
    to[used] = '\0';
}

void safe_text(char *to, size_t size, const char *from)
{
    copy(to, size, from, "\n\t");
}

void safe_line(char *to, size_t size, const char *from)
{
    copy(to, size, from, "");
}

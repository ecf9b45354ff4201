/*
 * text.h - pieces of text as they come from a trace: bytes and a length.
 *
 * They are anybody's bytes: not NUL-terminated, perhaps not UTF-8, perhaps with escape
 * sequences in them. canvas.h shows them safely.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    const char *bytes; /* owned by somebody else */
    size_t length;
};

/* The text of a C string, which must outlive it. */
struct text text_of(const char *string);

/* Its part from start to end; both are cut to its length. */
struct text text_part(struct text text, size_t start, size_t end);

/* The first line of what is left, its newline taken off too; false if nothing is left.
 */
bool text_next_line(struct text *rest, struct text *line);

/* What follows the last slash. */
struct text text_base_name(struct text path);

bool text_equal(struct text a, struct text b);

/* Splits "dir/file.c:38" into file name and line; line 0 where there is none. */
void text_split_site(struct text site, struct text *file, unsigned *line);

/* Takes the first character off the front: its code point, or -1 for a byte that is not
   UTF-8; *size gets its length in bytes. The text must not be empty. */
int32_t text_decode(struct text text, size_t *size);

/* A text in a buffer of one's own that is filled piece by piece and cut at its end. */
struct text_buffer {
    char *bytes;
    size_t size, length; /* always NUL-terminated */
};

void text_add(struct text_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void text_add_text(struct text_buffer *buffer, struct text text);

/* A duration in words that a student reads: "0.61 s", "12 ms", "340 us". */
void text_add_duration(struct text_buffer *buffer, uint64_t ns);

#endif

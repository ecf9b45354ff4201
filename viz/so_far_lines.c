/* so_far_lines.c - which lines of the output are whole, and which are torn; see
   so_far.h.

   A line is torn if more than one thread wrote it, its newline included; and an empty
   line is, if its newline belongs to a line that another thread has ended before. It
   counts as torn from the moment at which it is, not only when it ends. */
#include "so_far_fold.h"

#include <string.h>

static void touch(struct so_far *so_far, uint32_t thread)
{
    if (so_far->line_writer == 0)
        so_far->line_writer = thread;
    if (so_far->line_writer == thread || so_far->line_mixed)
        return;
    so_far->line_mixed = true;
    so_far->torn_lines++;
}

static void end_line(struct so_far *so_far, uint32_t thread)
{
    struct so_far_object *writer = so_far_object(so_far, thread);
    bool is_late = !so_far->line_has_text && writer->open_line != 0 &&
                   writer->open_line != so_far->line;

    touch(so_far, thread);
    if (!so_far->line_mixed && is_late)
        so_far->torn_lines++;
    else if (!so_far->line_mixed)
        so_far->whole_lines++;
    writer->open_line = 0;
    so_far->line++;
    so_far->line_writer = 0;
    so_far->line_mixed = so_far->line_has_text = false;
}

static void write_part(struct so_far *so_far, uint32_t thread)
{
    touch(so_far, thread);
    so_far->line_has_text = true;
    so_far_object(so_far, thread)->open_line = so_far->line;
}

void so_far_note_print(struct so_far *so_far, uint32_t thread, struct text text,
                       bool whole)
{
    if (so_far->line == 0)
        so_far->line = 1;
    while (text.length > 0) {
        const char *end = memchr(text.bytes, '\n', text.length);
        size_t length = end == NULL ? text.length : (size_t)(end - text.bytes);
        if (length > 0)
            write_part(so_far, thread);
        if (end == NULL)
            break;
        end_line(so_far, thread);
        text = text_part(text, length + 1, text.length);
    }
    if (whole)
        end_line(so_far, thread);
}

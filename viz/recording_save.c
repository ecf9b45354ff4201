/* recording_save.c - saving the recording that is shown; see recording_save.h. */
#include "recording_save.h"
#include "recording.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

static bool is_safe(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' || byte == '.';
}

/* A program's name as a file's: the trace may say anything, and a name is printed by
   programs that trust it. Returns its length. */
static size_t add_safe_name(char *name, struct text program)
{
    enum { MOST = 100 };
    size_t length = 0;

    for (size_t i = 0; i < program.length && length < MOST; i++) {
        char byte = program.bytes[i];
        byte = is_safe(byte) ? byte : byte == '/' ? '-' : '_';
        if (length > 0 || (byte != '-' && byte != '.')) /* no option, not hidden */
            name[length++] = byte;
    }
    return length;
}

/* "-7.trace", and where that is there already "-7-2.trace": another run's recording is
   not written over. */
static void add_free_number(char *name, size_t size, size_t length, uint64_t seed)
{
    enum { MOST = 1000 };

    snprintf(name + length, size - length, "-%" PRIu64 ".trace", seed);
    for (int i = 2; i < MOST && access(name, F_OK) == 0; i++)
        snprintf(name + length, size - length, "-%" PRIu64 "-%d.trace", seed, i);
}

void recording_save(const struct reader *reader, struct text_buffer *words)
{
    char name[PATH_MAX], why[256], open_file[64];
    struct text program = reader_text(reader, reader->layout.program);
    size_t length = add_safe_name(name, program);

    add_free_number(name, sizeof name, length, reader->layout.seed);
    /* the file itself, which may have lost its name to newer runs */
    snprintf(open_file, sizeof open_file, "/proc/self/fd/%d", reader->descriptor);
    if (recording_keep(open_file, name, why, sizeof why))
        text_add(words, "saved as %s", name);
    else
        text_add(words, "not saved as %s: %s", name, why);
}

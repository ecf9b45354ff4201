/* trace_trim.c - a finished trace loses its holes; see trace_file.h. */
#include "new_file.h"
#include "trace_file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Beyond this many events a finished trace is cut, not copied: 64 MiB. */
static const uint64_t most_copied_events = UINT64_C(1) << 20;

static bool write_all(int descriptor, const void *data, uint64_t size, uint64_t offset)
{
    const char *bytes = data;

    while (size > 0) {
        ssize_t written = pwrite(descriptor, bytes, size, (off_t)offset);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        size -= (uint64_t)written;
        offset += (uint64_t)written;
    }
    return true;
}

/* The same trace without holes and words: header, strings, events. A reader that still
   follows the old file keeps it. */
static void replace_by_copy(struct trace_file *file, uint64_t count, uint64_t strings)
{
    union {
        struct trace_header header;
        char bytes[TRACE_HEADER_SIZE];
    } first = {.bytes = {0}};
    struct trace_header *h = &first.header;

    if (strings > atomic_load(&file->header->string_space))
        strings = atomic_load(&file->header->string_space);
    memcpy(&first, file->header, sizeof first);
    h->word_offset = 0;
    h->string_offset = TRACE_HEADER_SIZE;
    h->string_capacity = strings;
    h->event_offset = (h->string_offset + strings + 63) / 64 * 64;
    h->event_capacity = count;
    atomic_init(&h->event_space, count);

    int copy = new_file_open(file->path);
    if (copy < 0)
        return;
    if (write_all(copy, &first, sizeof first, 0) &&
        write_all(copy, file->strings, strings, h->string_offset) &&
        write_all(copy, file->events, count * h->event_size, h->event_offset))
        new_file_publish(copy, file->path);
    close(copy);
}

void trace_file_trim(struct trace_file *file, uint64_t count, uint64_t strings,
                     bool all_ended)
{
    const struct trace_header *h = file->header;

    if (getpid() != file->creator)
        return;
    if (count <= most_copied_events)
        replace_by_copy(file, count, strings);
    else if (all_ended &&
             ftruncate(file->descriptor,
                       (off_t)(h->event_offset + count * h->event_size)) != 0)
        return; /* a longer file is as good */
}

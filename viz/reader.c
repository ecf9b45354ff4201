/* reader.c - reads a trace file; see reader.h and trace_format.h. */
#include "reader.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

const struct trace_header *reader_header(const struct reader *reader)
{
    return (const struct trace_header *)(const void *)reader->map;
}

static const struct trace_event *slots(const struct reader *reader)
{
    return (const struct trace_event *)(const void *)(reader->map +
                                                      reader->layout.event_offset);
}

/* Whether the fixed fields make sense together; nothing is multiplied that may wrap. */
static bool check_layout(const struct trace_header *h, char *why, size_t size)
{
    if (memcmp(h->magic, TRACE_MAGIC, sizeof h->magic) != 0) {
        snprintf(why, size, "it is no trace (recorded with --trace or viz run -o)");
        return false;
    }
    if (h->version != TRACE_VERSION) {
        snprintf(why, size,
                 "it is a trace of version %" PRIu32 ", and this viz reads %d",
                 h->version, TRACE_VERSION);
        return false;
    }
    uint64_t most = UINT64_C(1) << 40;
    if (h->event_size != sizeof(struct trace_event) || h->event_offset % 64 != 0 ||
        h->event_offset < TRACE_HEADER_SIZE || h->event_offset > most ||
        h->event_capacity > most / 64 || h->string_offset > most ||
        h->string_capacity > most || h->word_offset > most ||
        h->word_offset % 64 != 0) {
        snprintf(why, size, "its header is damaged");
        return false;
    }
    return true;
}

static bool map_file(struct reader *reader, char *why, size_t size)
{
    struct stat status;

    if (fstat(reader->descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        snprintf(why, size, "it is not a regular file");
        return false;
    }
    reader->size = (uint64_t)status.st_size;
    ssize_t got = pread(reader->descriptor, &reader->layout, sizeof reader->layout, 0);
    if (got < (ssize_t)sizeof reader->layout || reader->size < TRACE_HEADER_SIZE) {
        bool ours = got >= 8 && memcmp(&reader->layout, TRACE_MAGIC, 8) == 0;
        snprintf(why, size, "%s",
                 ours ? "it is cut off before its first event"
                      : "it is no trace (recorded with --trace or viz run -o)");
        return false;
    }
    if (!check_layout(&reader->layout, why, size))
        return false;
    const struct trace_header *h = &reader->layout;
    reader->map_size = h->event_offset + h->event_capacity * sizeof(struct trace_event);
    if (reader->map_size < reader->size)
        reader->map_size = reader->size;
    void *map = mmap(NULL, reader->map_size, PROT_READ, MAP_SHARED | MAP_NORESERVE,
                     reader->descriptor, 0);
    if (map == MAP_FAILED) {
        snprintf(why, size, "it cannot be mapped: %s", strerror(errno));
        return false;
    }
    reader->map = map;
    return true;
}

static bool open_and_look(struct reader *reader, const char *path, uint64_t most,
                          char *why, size_t size)
{
    *reader = (struct reader){.descriptor = open(path, O_RDONLY | O_CLOEXEC)};
    if (reader->descriptor < 0) {
        snprintf(why, size, "%s", strerror(errno));
        return false;
    }
    reader->live = true;
    if (map_file(reader, why, size)) {
        reader_poll_some(reader, most);
        if (reader->steps > 0 || reader->cut == 0 || reader->live)
            return true;
        snprintf(why, size, "it is cut off before its first event");
    }
    reader_close(reader);
    return false;
}

bool reader_open(struct reader *reader, const char *path, char *why, size_t size)
{
    return open_and_look(reader, path, UINT64_MAX, why, size);
}

bool reader_begin(struct reader *reader, const char *path, char *why, size_t size)
{
    return open_and_look(reader, path, 1, why, size);
}

void reader_close(struct reader *reader)
{
    if (reader->map != NULL)
        munmap((void *)(uintptr_t)reader->map, reader->map_size);
    if (reader->descriptor >= 0)
        close(reader->descriptor);
    free(reader->odd);
    *reader = (struct reader){.descriptor = -1};
}

const struct trace_event *reader_event(const struct reader *reader, uint64_t step)
{
    return &slots(reader)[step - 1];
}

enum trace_kind reader_kind(const struct reader *reader, uint64_t step)
{
    return (enum trace_kind)atomic_load_explicit(&slots(reader)[step - 1].kind,
                                                 memory_order_relaxed);
}

struct text reader_text(const struct reader *reader, uint32_t reference)
{
    const struct trace_header *h = &reader->layout;
    uint64_t at = (uint64_t)reference * 8;
    uint64_t end = h->string_offset + h->string_capacity;
    uint32_t length;

    if (reference == 0)
        return text_of("");
    if (reference == TRACE_TEXT_LOST)
        return text_of("(text lost)");
    if (end > reader->size)
        end = reader->size;
    at += h->string_offset;
    if (end < 5 || at > end - 5)
        return text_of("(text cut)");
    memcpy(&length, reader->map + at, sizeof length);
    if (length > end - 4 - at)
        return text_of("(text cut)");
    return (struct text){reader->map + at + sizeof length, length};
}

struct text reader_label(const struct reader *reader, const struct trace_event *event)
{
    if (event->text != 0)
        return reader_text(reader, event->text);
    return (struct text){event->label, strnlen(event->label, TRACE_LABEL_SIZE)};
}

uint64_t reader_start_ns(const struct reader *reader)
{
    return reader->size < TRACE_HEADER_SIZE
               ? 0
               : atomic_load(&reader_header(reader)->start_ns);
}

enum reader_end reader_how_ended(const struct reader *reader, int *status)
{
    const struct trace_header *h = reader_header(reader);

    *status = 0;
    if (reader->size < TRACE_HEADER_SIZE)
        return READER_VANISHED;
    if (atomic_load_explicit(&h->ended, memory_order_acquire) == 1) {
        *status = atomic_load(&h->exit_status);
        return READER_ENDED;
    }
    if (reader->live)
        return READER_RUNNING;
    *status = atomic_load(&h->killed_by);
    return *status > 0 && *status < 65 ? READER_KILLED : READER_VANISHED;
}

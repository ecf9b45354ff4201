/* reader.c - reads a trace file; see reader.h and trace_format.h. */
#include "reader.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct trace_header *header(const struct reader *reader)
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

bool reader_open(struct reader *reader, const char *path, char *why, size_t size)
{
    *reader = (struct reader){.descriptor = open(path, O_RDONLY | O_CLOEXEC)};
    if (reader->descriptor < 0) {
        snprintf(why, size, "%s", strerror(errno));
        return false;
    }
    reader->live = true;
    if (map_file(reader, why, size)) {
        reader_poll(reader);
        if (reader->steps > 0 || reader->cut == 0 || reader->live)
            return true;
        snprintf(why, size, "it is cut off before its first event");
    }
    reader_close(reader);
    return false;
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

/* The writers hold a lock on the file for as long as one of them lives. */
static bool writer_lives(const struct reader *reader)
{
    if (flock(reader->descriptor, LOCK_SH | LOCK_NB) != 0)
        return errno == EWOULDBLOCK;
    flock(reader->descriptor, LOCK_UN);
    return false;
}

/* How many slots are claimed and there to be read; counts what is missing. */
static uint64_t readable_slots(struct reader *reader)
{
    const struct trace_header *h = header(reader);
    struct stat status;

    if (fstat(reader->descriptor, &status) == 0)
        reader->size = (uint64_t)status.st_size;
    if (reader->size < TRACE_HEADER_SIZE)
        return reader->steps;
    /* acquire: the words seen from here on are at least as new as the claims */
    uint64_t claimed = atomic_load_explicit(&h->next_event, memory_order_acquire);
    uint64_t space = atomic_load_explicit(&h->event_space, memory_order_acquire);
    uint64_t offset = reader->layout.event_offset;
    uint64_t there = reader->size > offset ? (reader->size - offset) / 64 : 0;
    uint64_t slots_used = claimed < space ? claimed : space;

    uint64_t limit = atomic_load(&h->event_limit);
    if (limit != 0 && slots_used > limit)
        slots_used = limit;
    if (slots_used > reader->layout.event_capacity)
        slots_used = reader->layout.event_capacity;
    reader->lost = claimed - slots_used;
    reader->cut = slots_used > there ? slots_used - there : 0;
    return slots_used < there ? slots_used : there;
}

/* The words of the run's threads, as far as the file has them. */
static const struct trace_word *words(const struct reader *reader, uint32_t *count)
{
    const struct trace_header *h = &reader->layout;

    *count = 0;
    if (h->word_offset < TRACE_HEADER_SIZE || h->string_offset < h->word_offset)
        return NULL;
    uint64_t end = h->string_offset < reader->size ? h->string_offset : reader->size;
    uint64_t most = end > h->word_offset ? (end - h->word_offset) / 64 : 0;
    uint32_t used = atomic_load(&header(reader)->words_used);
    *count = used < most ? used : (uint32_t)most;
    return (const struct trace_word *)(const void *)(reader->map + h->word_offset);
}

/* A slot is not committed: remembers which threads may be writing it. */
static void start_waiting(struct reader *reader, uint64_t step)
{
    const struct trace_word *word = words(reader, &reader->odd_count);

    reader->waiting_for = step;
    free(reader->odd);
    reader->odd =
        calloc(reader->odd_count > 0 ? reader->odd_count : 1, sizeof(uint64_t));
    if (reader->odd == NULL)
        reader->odd_count = 0;
    for (uint32_t i = 0; i < reader->odd_count; i++) {
        uint64_t count = atomic_load_explicit(&word[i].count, memory_order_acquire);
        reader->odd[i] = count % 2 != 0 ? count : 0;
    }
}

static bool thread_lives(int32_t tid)
{
    return tid > 0 && (syscall(SYS_tkill, tid, 0) == 0 || errno == EPERM);
}

/* Whether every thread that may have been writing the slot has moved on or died. */
static bool writers_moved_on(struct reader *reader)
{
    uint32_t count;
    const struct trace_word *word = words(reader, &count);

    for (uint32_t i = 0; i < reader->odd_count && i < count; i++) {
        if (reader->odd[i] == 0)
            continue;
        /* acquire: a word that has moved shows the commit that came before */
        if (atomic_load_explicit(&word[i].count, memory_order_acquire) ==
                reader->odd[i] &&
            thread_lives(atomic_load(&word[i].tid)))
            return false;
        reader->odd[i] = 0;
    }
    return true;
}

static bool committed(const struct reader *reader, uint64_t slot)
{
    /* acquire: pairs with the writer's release, so that the rest is there */
    return atomic_load_explicit(&slots(reader)[slot].kind, memory_order_acquire) != 0;
}

bool reader_poll(struct reader *reader)
{
    uint64_t before = reader->steps;
    bool was_live = reader->live;

    if (!was_live)
        return false;
    reader->live = writer_lives(reader); /* first: then what is claimed is final */
    uint64_t limit = readable_slots(reader);
    while (reader->steps < limit) {
        if (!committed(reader, reader->steps)) {
            if (reader->live) {
                if (reader->waiting_for != reader->steps + 1)
                    start_waiting(reader, reader->steps + 1);
                if (!writers_moved_on(reader))
                    break;
                if (committed(reader, reader->steps))
                    continue; /* it was written while we looked */
            }
            reader->torn++;
        }
        reader->steps++;
    }
    return reader->steps != before || reader->live != was_live;
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
    return reader->size < TRACE_HEADER_SIZE ? 0
                                            : atomic_load(&header(reader)->start_ns);
}

enum reader_end reader_how_ended(const struct reader *reader, int *status)
{
    const struct trace_header *h = header(reader);

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

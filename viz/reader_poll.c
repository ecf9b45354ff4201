/*
 * reader_poll.c - how far a trace can be read by now; see reader.h.
 *
 * Here is what has to do with writers that may be alive: slots that are claimed and not
 * committed, and those that never will be.
 */
#include "reader.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

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
    const struct trace_header *h = reader_header(reader);
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
    uint32_t used = atomic_load(&reader_header(reader)->words_used);
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
    const struct trace_event *event = reader_event(reader, slot + 1);

    /* acquire: pairs with the writer's release, so that the rest is there */
    return atomic_load_explicit(&event->kind, memory_order_acquire) != 0;
}

/* Whether the next slot, which is not committed, will never be: its writer is dead. */
static bool is_torn(struct reader *reader)
{
    if (!reader->live)
        return true;
    if (reader->waiting_for != reader->steps + 1)
        start_waiting(reader, reader->steps + 1);
    /* it may have been written while we looked */
    return writers_moved_on(reader) && !committed(reader, reader->steps);
}

bool reader_poll_some(struct reader *reader, uint64_t most)
{
    uint64_t before = reader->steps;
    bool was_live = reader->live;

    if (!was_live && !reader->more)
        return false;
    if (was_live) {
        reader->live = writer_lives(reader); /* first: then what is claimed is final */
        reader->slots = readable_slots(reader);
    }
    reader->more = false;
    while (reader->steps < reader->slots) {
        if (reader->steps - before == most) {
            reader->more = true;
            break;
        }
        if (!committed(reader, reader->steps)) {
            if (is_torn(reader))
                reader->torn++;
            else if (!committed(reader, reader->steps))
                break;
        }
        reader->steps++;
    }
    return reader->steps != before || reader->live != was_live;
}

bool reader_poll(struct reader *reader)
{
    return reader_poll_some(reader, UINT64_MAX);
}

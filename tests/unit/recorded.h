/*
 * recorded.h - reads a trace file, for tests of what was written.
 *
 * It knows the layout from trace_format.h and nothing else, and checks as it goes.
 */
#ifndef RECORDED_H
#define RECORDED_H

#include "support.h"
#include "trace_format.h"

#include <sys/stat.h>

struct recording {
    size_t size; /* of the file */
    struct trace_header *header;
    const char *bytes;
    uint64_t slots; /* claimed, and room for them on the disk */
};

static inline struct recording recorded_open(const char *path)
{
    struct recording recording;
    struct stat status;
    int descriptor = open(path, O_RDWR | O_CLOEXEC);

    assert_true(descriptor >= 0);
    assert_int_equal(fstat(descriptor, &status), 0);
    recording.size = (size_t)status.st_size;
    assert_true(recording.size >= TRACE_HEADER_SIZE);
    void *start =
        mmap(NULL, recording.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    assert_ptr_not_equal(start, MAP_FAILED);
    close(descriptor);
    recording.header = start;
    recording.bytes = start;
    recording.slots = atomic_load(&recording.header->next_event);
    if (recording.slots > atomic_load(&recording.header->event_space))
        recording.slots = atomic_load(&recording.header->event_space);
    return recording;
}

static inline void recorded_close(struct recording *recording)
{
    munmap(recording->header, recording->size);
}

static inline const struct trace_event *event_at(const struct recording *recording,
                                                 uint64_t slot)
{
    uint64_t at = recording->header->event_offset + slot * sizeof(struct trace_event);

    assert_true(slot < recording->slots);
    assert_true(at + sizeof(struct trace_event) <= recording->size);
    return (const struct trace_event *)(const void *)(recording->bytes + at);
}

static inline enum trace_kind kind_at(const struct recording *recording, uint64_t slot)
{
    return (enum trace_kind)atomic_load(&event_at(recording, slot)->kind);
}

/* The words; only while the run has not ended by itself. */
static inline const struct trace_word *words_of(const struct recording *recording)
{
    assert_int_not_equal(recording->header->word_offset, 0);
    return (const struct trace_word *)(const void *)(recording->bytes +
                                                     recording->header->word_offset);
}

/* A string; checks that it is whole. */
static inline const char *text_of(const struct recording *recording, uint32_t reference)
{
    const struct trace_header *h = recording->header;
    uint64_t at = h->string_offset + (uint64_t)reference * 8;
    uint32_t length;

    if (reference == 0)
        return "";
    assert_true((uint64_t)reference * 8 + sizeof length <= h->string_capacity);
    memcpy(&length, recording->bytes + at, sizeof length);
    assert_true((uint64_t)reference * 8 + sizeof length + length + 1 <=
                h->string_capacity);
    assert_int_equal(recording->bytes[at + sizeof length + length], '\0');
    return recording->bytes + at + sizeof length;
}

/* The first event of the kind at or after a slot, or NULL. */
static inline const struct trace_event *find_event(const struct recording *recording,
                                                   enum trace_kind kind, uint64_t from)
{
    for (uint64_t i = from; i < recording->slots; i++)
        if (kind_at(recording, i) == kind)
            return event_at(recording, i);
    return NULL;
}

static inline unsigned count_events(const struct recording *recording,
                                    enum trace_kind kind)
{
    unsigned count = 0;

    for (uint64_t i = 0; i < recording->slots; i++)
        count += kind_at(recording, i) == kind;
    return count;
}

/* A fixture: a path for a trace, in a folder of its own. */
static char folder[200], path[220];

static inline int make_path(void **state __attribute__((unused)))
{
    snprintf(folder, sizeof folder, "%s/kit-test-XXXXXX",
             getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/trace", folder);
    return 0;
}

static inline int remove_path(void **state __attribute__((unused)))
{
    unlink(path);
    return rmdir(folder); /* fails where something was left behind */
}

#endif

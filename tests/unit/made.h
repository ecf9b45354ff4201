/*
 * made.h - traces made by hand, for tests of the viewer.
 *
 *     struct made made = made_begin();
 *     made_run_start(&made);                            thread 1 is main
 *     made_add(&made, (struct trace_event){.kind = …, .thread = 1, …});
 *     made_open(&made, &reader);
 *
 * It knows the layout from trace_format.h and nothing else. Events are a millisecond
 * apart unless they say otherwise; what is wrong in them is what the test wants.
 */
#ifndef MADE_H
#define MADE_H

#include "../../viz/reader.h"
#include "support.h"

enum { MADE_MS = 1000000 };

struct made {
    struct trace_header header;
    char *strings;
    size_t string_bytes, string_room;
    struct trace_event *events;
    size_t count, room;
    bool torn_at_end; /* the claims go one slot beyond the events */
};

/* Writes all bytes or fails the test. */
static inline void made_write_all(int descriptor, const void *bytes, size_t size)
{
    const char *at = bytes;

    while (size > 0) {
        ssize_t written = write(descriptor, at, size);
        assert_true(written > 0);
        at += written;
        size -= (size_t)written;
    }
}

/* A string of any bytes; returns its reference. */
static inline uint32_t made_bytes(struct made *made, const void *bytes, size_t length)
{
    size_t size = (4 + length + 1 + 7) / 8 * 8, at = made->string_bytes;
    uint32_t stored = (uint32_t)length;

    if (at + size > made->string_room) {
        made->string_room = (at + size) * 2;
        made->strings = realloc(made->strings, made->string_room);
        assert_non_null(made->strings);
    }
    memset(made->strings + at, 0, size);
    memcpy(made->strings + at, &stored, 4);
    memcpy(made->strings + at + 4, bytes, length);
    made->string_bytes += size;
    return (uint32_t)(at / 8);
}

static inline uint32_t made_text(struct made *made, const char *text)
{
    return made_bytes(made, text, strlen(text));
}

static inline struct made made_begin(void)
{
    struct made made = {.header = {.version = TRACE_VERSION,
                                   .event_size = sizeof(struct trace_event),
                                   .seed = 5}};

    memcpy(made.header.magic, TRACE_MAGIC, 8);
    made_bytes(&made, "", 0); /* reference 0 is no string */
    made.header.program = made_text(&made, "03_made/lesson");
    made.header.source_name = made_text(&made, "03_made/lesson.c");
    made.header.source_text =
        made_text(&made, "/* made */\nint main(void)\n{\n    return 0;\n}\n");
    return made;
}

static inline void made_free(struct made *made)
{
    free(made->strings);
    free(made->events);
}

/* Adds an event and returns its step; a time of 0 becomes one millisecond a step. */
static inline uint64_t made_add(struct made *made, struct trace_event event)
{
    if (made->count == made->room) {
        made->room = made->room * 2 + 64;
        made->events = realloc(made->events, made->room * sizeof *made->events);
        assert_non_null(made->events);
    }
    if (event.time_ns == 0)
        event.time_ns = made->count * MADE_MS;
    made->events[made->count++] = event;
    return made->count;
}

/* The steps of a usual run. The number of an object is the caller's. */
static inline uint64_t made_run_start(struct made *made)
{
    return made_add(made, (struct trace_event){.kind = TRACE_RUN_START,
                                               .thread = 1,
                                               .text = made->header.program});
}

static inline uint64_t made_thread(struct made *made, uint32_t object, const char *name)
{
    return made_add(made, (struct trace_event){.kind = TRACE_THREAD_START,
                                               .thread = 1,
                                               .object = object,
                                               .text = made_text(made, name)});
}

static inline uint64_t made_queue(struct made *made, uint32_t object, const char *name,
                                  uint64_t capacity)
{
    return made_add(made, (struct trace_event){.kind = TRACE_QUEUE_INIT,
                                               .thread = 1,
                                               .object = object,
                                               .number = capacity,
                                               .text = made_text(made, name)});
}

static inline uint64_t made_put(struct made *made, uint32_t thread, uint32_t queue,
                                uint32_t depth, uint32_t unfinished, const char *label)
{
    struct trace_event event = {.kind = TRACE_QUEUE_PUT,
                                .thread = thread,
                                .object = queue,
                                .number = made->count + 1,
                                .depth = depth,
                                .unfinished = unfinished};

    if (strlen(label) < TRACE_LABEL_SIZE)
        memcpy(event.label, label, strlen(label));
    else
        event.text = made_text(made, label);
    return made_add(made, event);
}

/* Takes the item that a step has put. */
static inline uint64_t made_get(struct made *made, uint32_t thread, uint32_t queue,
                                uint64_t put, uint32_t depth, uint32_t unfinished)
{
    struct trace_event event = made->events[put - 1];

    event = (struct trace_event){.kind = TRACE_QUEUE_GET,
                                 .thread = thread,
                                 .object = queue,
                                 .number = put,
                                 .depth = depth,
                                 .unfinished = unfinished,
                                 .text = event.text};
    memcpy(event.label, made->events[put - 1].label, sizeof event.label);
    return made_add(made, event);
}

/* Any other event of a thread on an object. */
static inline uint64_t made_step(struct made *made, enum trace_kind kind,
                                 uint32_t thread, uint32_t object)
{
    return made_add(made, (struct trace_event){.kind = kind,
                                               .thread = thread,
                                               .object = object,
                                               .number = TRACE_NO_LIMIT});
}

static inline uint64_t made_say(struct made *made, uint32_t thread, const char *text)
{
    return made_add(made, (struct trace_event){.kind = TRACE_SAY,
                                               .thread = thread,
                                               .text = made_text(made, text)});
}

static inline uint64_t made_run_end(struct made *made, int status)
{
    atomic_store(&made->header.ended, 1);
    atomic_store(&made->header.exit_status, status);
    return made_add(made, (struct trace_event){.kind = TRACE_RUN_END,
                                               .thread = 1,
                                               .detail = (uint32_t)status});
}

/* The trace as a file without a name; the caller closes it. */
static inline int made_file(const struct made *made)
{
    char first[TRACE_HEADER_SIZE] = "";
    struct trace_header header = made->header;
    int descriptor = memfd_create("made trace", MFD_CLOEXEC);
    uint64_t padded = (made->string_bytes + 63) / 64 * 64;
    char zeros[64] = "";

    assert_true(descriptor >= 0);
    header.string_offset = TRACE_HEADER_SIZE;
    header.string_capacity = made->string_bytes;
    header.event_offset = TRACE_HEADER_SIZE + padded;
    header.event_capacity = made->count + made->torn_at_end;
    atomic_store(&header.next_event, header.event_capacity);
    atomic_store(&header.event_space, header.event_capacity);
    atomic_store(&header.next_string, made->string_bytes);
    atomic_store(&header.string_space, made->string_bytes);
    memcpy(first, &header, sizeof header);
    made_write_all(descriptor, first, sizeof first);
    made_write_all(descriptor, made->strings, made->string_bytes);
    made_write_all(descriptor, zeros, padded - made->string_bytes);
    made_write_all(descriptor, made->events, made->count * sizeof *made->events);
    if (made->torn_at_end)
        made_write_all(descriptor, zeros, sizeof(struct trace_event));
    return descriptor;
}

/* The path by which a descriptor can be opened once more. */
static inline const char *made_path(int descriptor)
{
    static char path[64];

    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    return path;
}

static inline void made_open(const struct made *made, struct reader *reader)
{
    char why[256] = "";
    int descriptor = made_file(made);

    if (!reader_open(reader, made_path(descriptor), why, sizeof why))
        fail_msg("the made trace cannot be read: %s", why);
    close(descriptor);
}

#endif

/*
 * reader.h - reads a trace file, while it is written or later.
 *
 * Never changes the file, never blocks, and trusts nothing in it: a file that is cut or
 * full of random bytes gives an error in words or fewer steps.
 */
#ifndef READER_H
#define READER_H

#include "text.h"
#include "trace_format.h"

struct reader {
    int descriptor;
    const char *map;
    uint64_t map_size;
    uint64_t size; /* of the file, when last looked at; nothing beyond is touched */
    struct trace_header layout; /* a copy; its fixed fields have been checked */
    uint64_t steps;             /* steps 1 … steps can be read */
    uint64_t slots;             /* that are claimed and in the file */
    bool more;                  /* the last look ended before all of them */
    uint64_t lost;              /* events that had no room on the disk */
    uint64_t cut;               /* events that the file once had */
    uint64_t torn;              /* slots among the steps that were never committed */
    bool live;                  /* a writer may be alive */

    /* While a slot is not committed and its writer may be at it: */
    uint64_t waiting_for; /* that slot's step, or 0 */
    uint64_t *odd;        /* per word: its value if it was odd then and has not moved */
    uint32_t odd_count;
};

/* Opens the trace and reads what is there. False: why[] says what is wrong with it. */
bool reader_open(struct reader *reader, const char *path, char *why, size_t size);
void reader_close(struct reader *reader);

/* As reader_open, but looks at the first event only: reader_poll goes on, and a long
   file is open at once. */
bool reader_begin(struct reader *reader, const char *path, char *why, size_t size);

/* Looks for new events, at most that many; true if there are more, or if the writer is
   gone. */
bool reader_poll_some(struct reader *reader, uint64_t most);
bool reader_poll(struct reader *reader); /* for all of them */

/* The event of a step from 1 to reader->steps; kind is TRACE_UNCOMMITTED for a torn
   one. Valid until reader_close. */
const struct trace_event *reader_event(const struct reader *reader, uint64_t step);
enum trace_kind reader_kind(const struct reader *reader, uint64_t step);

/* A string by its reference; empty for none. Valid until reader_close. */
struct text reader_text(const struct reader *reader, uint32_t reference);

/* The label of the item that an event is about: inline or as its text. */
struct text reader_label(const struct reader *reader, const struct trace_event *event);

/* The header as it is now; reader->layout is the copy that was checked. Only valid
   while reader->size is not below TRACE_HEADER_SIZE. */
const struct trace_header *reader_header(const struct reader *reader);

/* CLOCK_MONOTONIC when the run began; 0 before that. */
uint64_t reader_start_ns(const struct reader *reader);

/* How the run ended. */
enum reader_end {
    READER_RUNNING, /* a writer may be alive */
    READER_ENDED,   /* by itself: *status is the exit status */
    READER_KILLED,  /* a viewer saw it killed: *status is the signal */
    READER_VANISHED /* nobody writes any more, and nobody said why */
};
enum reader_end reader_how_ended(const struct reader *reader, int *status);

#endif

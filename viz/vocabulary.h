/*
 * vocabulary.h - every kind of event: its name, what it does to its thread, and the
 * sentence that tells it. One table, from which the log, the checks and the views
 * speak.
 */
#ifndef VOCABULARY_H
#define VOCABULARY_H

#include "trace_format.h"

#include <stdbool.h>

/* What an event means for the thread that it is about. */
enum phase {
    PHASE_INIT,  /* it made the object; it can go on */
    PHASE_ACT,   /* it did something; it can go on */
    PHASE_BEGIN, /* it must wait now */
    PHASE_DONE,  /* what it perhaps waited for has come */
    PHASE_FAILED /* it gave up, or was told no */
};

enum object_type {
    OBJECT_NONE,
    OBJECT_THREAD,
    OBJECT_PROCESS, /* its number is that of its main thread */
    OBJECT_QUEUE,
    OBJECT_PIPE, /* one direction */
    OBJECT_PROCESS_QUEUE,
    OBJECT_LIST,
    OBJECT_SHARED, /* a variable */
    OBJECT_POOL,
    OBJECT_FUTURE,
    OBJECT_MANAGER, /* its number is that of its server process */
    OBJECT_LOCK,
    OBJECT_CONDITION,
    OBJECT_EVENT,
    OBJECT_TYPES
};

struct kind_info {
    const char *name; /* "queue_put_begin" */
    enum phase phase;
    enum object_type type; /* of the event's object */
    const char *wait;      /* what a thread waits for: "item", "space", … */
    const char *waiting;   /* the same for a row: "for an item on %o" */
    const char *sentence;  /* see vocabulary_kinds.h for the placeholders */
};

/* The kind's row in the table; a row of its own for kinds that it does not know. */
const struct kind_info *kind_info(enum trace_kind kind);

/* What a thread waits for in fewer words, for a row that has no room for more; with its
   placeholders, as struct kind_info has them. NULL for a kind that is no wait. */
const char *kind_brief_wait(enum trace_kind kind);

/* Whether the event's label is that of an item, and its number the item's id. */
bool kind_has_item(enum trace_kind kind);

/* Whether an item comes into its object, moves on in it, or leaves it. */
bool kind_moves_item(enum trace_kind kind);

/* Whether the event tells how many items are where, as others of its object do. */
bool kind_tells_counts(enum trace_kind kind);

/* "queue", "lock", …; "" for OBJECT_NONE. */
const char *object_type_name(enum object_type type);

/* "empty", "full", "timeout", "shutdown", "held", "closed", "failed"; "" for others. */
const char *failure_name(uint32_t failure);

#endif

/*
 * findings_pairs.h - a record for each pair of numbers: what a thread did with a queue,
 * what a process knows of a variable.
 *
 * Private to findings*.c.
 */
#ifndef FINDINGS_PAIRS_H
#define FINDINGS_PAIRS_H

#include <stddef.h>
#include <stdint.h>

/* Zero but for size and most is an empty one. */
struct pairs {
    size_t size; /* of a record, in bytes */
    size_t most; /* how many there may be; 0: a million */
    uint64_t *keys;
    char *records;
    uint32_t *places; /* by hash: 1 + index; 0: free */
    size_t count, room, places_room;
};

void pairs_free(struct pairs *pairs);

/* The record of the pair; it is made, all zero, where there is none. It moves when the
   next one is made. NULL: there are too many. */
void *pairs_touch(struct pairs *pairs, uint32_t first, uint32_t second);

/* The same, but NULL where there is none. */
void *pairs_find(const struct pairs *pairs, uint32_t first, uint32_t second);

/* The i-th of them, from 0 in the order in which they were made, and its pair. */
void *pairs_at(const struct pairs *pairs, size_t i, uint32_t *first, uint32_t *second);

#endif

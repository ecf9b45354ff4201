/*
 * ring.h - numbers in a row: they are put in at the end and leave at the front.
 */
#ifndef RING_H
#define RING_H

#include <stdbool.h>
#include <stdint.h>

/* All zero is an empty one. */
struct ring {
    uint64_t *items;
    uint32_t first, count, room;
};

void ring_free(struct ring *ring);

/* A ring of its own with the same numbers. */
struct ring ring_copy(const struct ring *ring);

void ring_push(struct ring *ring, uint64_t number);

/* Puts it behind those that are not greater; the ring is in order. */
void ring_insert(struct ring *ring, uint64_t number);

/* Takes the front one out, or the last one; nothing happens to an empty ring. */
void ring_pop(struct ring *ring);
void ring_pop_last(struct ring *ring);

/* Takes the first one of that number out; false if it is not there. */
bool ring_remove(struct ring *ring, uint64_t number);

/* The i-th from the front; 0 beyond the end. */
uint64_t ring_at(const struct ring *ring, uint32_t i);

/* Replaces the i-th; nothing happens beyond the end. */
void ring_set(struct ring *ring, uint32_t i, uint64_t number);

/* Makes it that long, of zeros. */
void ring_forget(struct ring *ring, uint32_t count);

#endif

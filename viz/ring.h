/*
 * ring.h - numbers in a row: they are put in at the end and leave at the front.
 *
 * They are kept in pieces, which copies share until one of them writes: a copy of a
 * million numbers takes little memory and time, and that is what snapshots are made of.
 */
#ifndef RING_H
#define RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ring_piece;

/* All zero is an empty one. */
struct ring {
    struct ring_piece **items; /* a circle of pieces; NULL where none was needed yet */
    size_t first, room;        /* the place of the front one; pieces: a power of two */
    uint32_t count;
};

void ring_free(struct ring *ring);

/* A ring of its own with the same numbers. */
struct ring ring_copy(const struct ring *ring);

/* The memory that it takes, without what it shares with more than one other. */
size_t ring_bytes(const struct ring *ring);

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

/* ring.c - numbers in a row; see ring.h. */
#include "ring.h"
#include "memory.h"

#include <stdlib.h>

enum { PIECE = 64 };

struct ring_piece {
    size_t holders; /* places in rings that share it */
    uint64_t numbers[PIECE];
};

static void let_go(struct ring_piece *piece)
{
    if (piece != NULL && --piece->holders == 0)
        free(piece);
}

void ring_free(struct ring *ring)
{
    for (size_t i = 0; i < ring->room; i++)
        let_go(ring->items[i]);
    free(ring->items);
    *ring = (struct ring){.items = NULL};
}

/* How many pieces have numbers; one counts twice where both ends of the row are in it.
 */
static size_t pieces_of(const struct ring *ring)
{
    return ring->count == 0 ? 0 : (ring->first % PIECE + ring->count - 1) / PIECE + 1;
}

/* A ring with the same numbers, from its first piece on, and room for so many pieces.
   Where both ends are in one piece, it holds that twice. */
static struct ring share(const struct ring *ring, size_t room)
{
    struct ring copy = {grown(NULL, room, sizeof *copy.items), ring->first % PIECE,
                        room, ring->count};
    size_t used = pieces_of(ring), first = ring->first / PIECE;

    for (size_t i = 0; i < room; i++)
        copy.items[i] = i < used ? ring->items[(first + i) & (ring->room - 1)] : NULL;
    for (size_t i = 0; i < used; i++)
        copy.items[i]->holders++;
    return copy;
}

struct ring ring_copy(const struct ring *ring)
{
    size_t room = 1;

    if (ring->count == 0)
        return (struct ring){.items = NULL};
    while (room < pieces_of(ring))
        room *= 2;
    return share(ring, room);
}

size_t ring_bytes(const struct ring *ring)
{
    size_t bytes = ring->room * sizeof *ring->items;

    for (size_t i = 0; i < ring->room; i++)
        if (ring->items[i] != NULL && ring->items[i]->holders <= 2)
            bytes += sizeof *ring->items[i];
    return bytes;
}

static void grow(struct ring *ring)
{
    struct ring larger = share(ring, ring->room == 0 ? 1 : ring->room * 2);

    ring_free(ring);
    *ring = larger;
}

static size_t place_of(const struct ring *ring, uint32_t i)
{
    return (ring->first + i) & (ring->room * PIECE - 1);
}

/* Writes into a piece that is the ring's own, made so if need be. */
static void write_at(struct ring *ring, uint32_t i, uint64_t number)
{
    size_t place = place_of(ring, i);
    struct ring_piece **at = &ring->items[place / PIECE], *shared = *at;

    if (shared == NULL || shared->holders > 1) {
        *at = grown(NULL, 1, sizeof **at);
        if (shared != NULL)
            **at = *shared;
        (*at)->holders = 1;
        let_go(shared);
    }
    (*at)->numbers[place % PIECE] = number;
}

void ring_push(struct ring *ring, uint64_t number)
{
    if (ring->count == ring->room * PIECE)
        grow(ring);
    write_at(ring, ring->count++, number);
}

void ring_insert(struct ring *ring, uint64_t number)
{
    ring_push(ring, number);
    for (uint32_t i = ring->count - 1; i > 0 && ring_at(ring, i - 1) > number; i--) {
        ring_set(ring, i, ring_at(ring, i - 1));
        ring_set(ring, i - 1, number);
    }
}

void ring_pop(struct ring *ring)
{
    if (ring->count == 0)
        return;
    ring->first = place_of(ring, 1);
    ring->count--;
}

void ring_pop_last(struct ring *ring)
{
    if (ring->count > 0)
        ring->count--;
}

bool ring_remove(struct ring *ring, uint64_t number)
{
    uint32_t i = 0;

    while (i < ring->count && ring_at(ring, i) != number)
        i++;
    if (i == ring->count)
        return false;
    for (; i > 0; i--)
        ring_set(ring, i, ring_at(ring, i - 1));
    ring_pop(ring);
    return true;
}

uint64_t ring_at(const struct ring *ring, uint32_t i)
{
    if (i >= ring->count)
        return 0;
    size_t place = place_of(ring, i);
    return ring->items[place / PIECE]->numbers[place % PIECE];
}

void ring_set(struct ring *ring, uint32_t i, uint64_t number)
{
    if (i < ring->count)
        write_at(ring, i, number);
}

void ring_forget(struct ring *ring, uint32_t count)
{
    ring->count = 0;
    while (ring->count < count)
        ring_push(ring, 0);
}

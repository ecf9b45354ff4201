/* ring.c - numbers in a row; see ring.h. */
#include "ring.h"
#include "memory.h"

#include <stdlib.h>

void ring_free(struct ring *ring)
{
    free(ring->items);
    *ring = (struct ring){.items = NULL};
}

struct ring ring_copy(const struct ring *ring)
{
    struct ring copy = {.items = NULL};

    for (uint32_t i = 0; i < ring->count; i++)
        ring_push(&copy, ring_at(ring, i));
    return copy;
}

static void grow(struct ring *ring)
{
    uint32_t room = ring->room == 0 ? 8 : ring->room * 2;
    uint64_t *items = grown(NULL, room, sizeof *items);

    for (uint32_t i = 0; i < ring->count; i++)
        items[i] = ring_at(ring, i);
    free(ring->items);
    ring->items = items;
    ring->room = room;
    ring->first = 0;
}

void ring_push(struct ring *ring, uint64_t number)
{
    if (ring->count == ring->room)
        grow(ring);
    ring->items[(ring->first + ring->count) % ring->room] = number;
    ring->count++;
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
    ring->first = (ring->first + 1) % ring->room;
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
    return i < ring->count ? ring->items[(ring->first + i) % ring->room] : 0;
}

void ring_set(struct ring *ring, uint32_t i, uint64_t number)
{
    if (i < ring->count)
        ring->items[(ring->first + i) % ring->room] = number;
}

void ring_forget(struct ring *ring, uint32_t count)
{
    ring->count = 0;
    while (ring->count < count)
        ring_push(ring, 0);
}

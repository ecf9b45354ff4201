/* findings_pairs.c - a record for each pair of numbers; see findings_pairs.h. */
#include "findings_pairs.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_PAIRS = 1 << 20 };

void pairs_free(struct pairs *pairs)
{
    free(pairs->keys);
    free(pairs->records);
    free(pairs->places);
    *pairs = (struct pairs){.size = pairs->size, .most = pairs->most};
}

/* Where the key is, or where it would be. */
static size_t place_of(const struct pairs *pairs, uint64_t key)
{
    uint64_t mixed = key * 0x9e3779b97f4a7c15u;
    size_t place = (size_t)(mixed >> 32) & (pairs->places_room - 1);

    while (pairs->places[place] != 0 && pairs->keys[pairs->places[place] - 1] != key)
        place = (place + 1) & (pairs->places_room - 1);
    return place;
}

/* At most half of the places are taken, so that a search is short. */
static void make_room(struct pairs *pairs)
{
    if (pairs->count < pairs->room)
        return;
    pairs->room = pairs->room == 0 ? 16 : pairs->room * 2;
    pairs->keys = grown(pairs->keys, pairs->room, sizeof *pairs->keys);
    pairs->records = grown(pairs->records, pairs->room, pairs->size);
    pairs->places_room = pairs->room * 2;
    pairs->places = grown(pairs->places, pairs->places_room, sizeof *pairs->places);
    memset(pairs->places, 0, pairs->places_room * sizeof *pairs->places);
    for (size_t i = 0; i < pairs->count; i++)
        pairs->places[place_of(pairs, pairs->keys[i])] = (uint32_t)i + 1;
}

static uint64_t key_of(uint32_t first, uint32_t second)
{
    return (uint64_t)first << 32 | second;
}

void *pairs_find(const struct pairs *pairs, uint32_t first, uint32_t second)
{
    if (pairs->count == 0)
        return NULL;
    uint32_t found = pairs->places[place_of(pairs, key_of(first, second))];
    return found == 0 ? NULL : pairs->records + (found - 1) * pairs->size;
}

void *pairs_touch(struct pairs *pairs, uint32_t first, uint32_t second)
{
    void *found = pairs_find(pairs, first, second);

    if (found != NULL || pairs->count >= (pairs->most > 0 ? pairs->most : MOST_PAIRS))
        return found;
    make_room(pairs);
    pairs->keys[pairs->count] = key_of(first, second);
    pairs->places[place_of(pairs, key_of(first, second))] = (uint32_t)pairs->count + 1;
    char *made = pairs->records + pairs->count * pairs->size;
    pairs->count++;
    return memset(made, 0, pairs->size);
}

void *pairs_at(const struct pairs *pairs, size_t i, uint32_t *first, uint32_t *second)
{
    *first = (uint32_t)(pairs->keys[i] >> 32);
    *second = (uint32_t)pairs->keys[i];
    return pairs->records + i * pairs->size;
}

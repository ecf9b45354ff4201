/*
 * stats_waits.c - the lengths of waits, in classes; see stats.h.
 *
 * A class is narrow for short waits and wide for long ones: each doubling of the length
 * is cut into the same number of classes, so none is wider than a hundredth of what is
 * in it. The memory is the same for ten waits and for ten million. Of the first few it
 * is kept in which class each is: a hundred thousand futures have a wait or two each.
 */
#include "memory.h"
#include "stats.h"

#include <stdlib.h>
#include <string.h>

enum {
    PART_BITS = 6,
    PARTS = 1 << PART_BITS, /* of each doubling */
    LONGEST_BITS = 42,      /* about an hour; longer waits share the last class */
    CLASSES = (LONGEST_BITS - PART_BITS + 1) * PARTS,
    FEW = 4
};

/* The lengths below PARTS have a class each; from there on each doubling has PARTS. */
static unsigned class_of(uint64_t ns)
{
    if (ns < PARTS)
        return (unsigned)ns;
    if (ns >> LONGEST_BITS != 0)
        return CLASSES - 1;
    unsigned doublings = 63 - (unsigned)__builtin_clzll(ns) - PART_BITS;
    return doublings * PARTS + (unsigned)(ns >> doublings);
}

/* The least length in a class. */
static uint64_t start_of(unsigned class)
{
    if (class < PARTS)
        return class;
    unsigned doublings = class / PARTS - 1;
    return (uint64_t)(class - doublings * PARTS) << doublings;
}

/* Makes a count of each class of the few waits that there were. */
static void count_classes(struct stats_waits *waits)
{
    uint32_t *few = waits->classes;

    waits->classes = grown(NULL, CLASSES, sizeof *waits->classes);
    memset(waits->classes, 0, CLASSES * sizeof *waits->classes);
    for (unsigned i = 0; i < FEW; i++)
        waits->classes[few[i]]++;
    free(few);
}

static uint64_t count_in(const struct stats_waits *waits, unsigned class)
{
    uint64_t count = 0;

    if (waits->count > FEW)
        return waits->classes[class];
    for (uint64_t i = 0; i < waits->count; i++)
        count += waits->classes[i] == class;
    return count;
}

void stats_waits_add(struct stats_waits *waits, uint64_t ns, uint64_t step)
{
    if (waits->count == 0)
        waits->classes = grown(waits->classes, FEW, sizeof *waits->classes);
    else if (waits->count == FEW)
        count_classes(waits);
    if (waits->count < FEW)
        waits->classes[waits->count] = class_of(ns);
    else
        waits->classes[class_of(ns)]++;
    waits->count++;
    waits->total_ns += ns;
    if (waits->longest_step == 0 || ns > waits->longest_ns) {
        waits->longest_ns = ns;
        waits->longest_step = step;
    }
}

/* The middle of a class; no wait was longer than the longest. */
static uint64_t length_in(const struct stats_waits *waits, unsigned class)
{
    uint64_t start = start_of(class), width = start_of(class + 1) - start;
    uint64_t middle = start + width / 2;

    return middle < waits->longest_ns ? middle : waits->longest_ns;
}

uint64_t stats_waits_within(const struct stats_waits *waits, unsigned of_hundred)
{
    uint64_t wanted = (waits->count * of_hundred + 99) / 100, seen = 0;

    if (waits->count == 0)
        return 0;
    for (unsigned class = 0; class < CLASSES - 1; class ++) {
        seen += count_in(waits, class);
        if (seen >= wanted && seen > 0)
            return length_in(waits, class);
    }
    return waits->longest_ns;
}

uint64_t stats_waits_between(const struct stats_waits *waits, uint64_t from_ns,
                             uint64_t until_ns)
{
    uint64_t count = 0;

    if (waits->classes == NULL || from_ns >= until_ns)
        return 0;
    unsigned last = until_ns >> LONGEST_BITS != 0 ? CLASSES : class_of(until_ns);
    for (unsigned class = class_of(from_ns); class < last; class ++)
        count += count_in(waits, class);
    return count;
}

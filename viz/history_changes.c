/* history_changes.c - one thread's states over time; see history_changes.h. */
#include "history_changes.h"
#include "memory.h"

#include <stdlib.h>

enum { BLOCK = 64, STATE_BITS = 4, MOST_STEPS = 1 << (32 - STATE_BITS) };

_Static_assert(STATES <= 1 << STATE_BITS, "a state fits beside the steps");

/* A change and its block; an index of -1 is before the first. */
struct place {
    ptrdiff_t index;
    const struct change_block *block;
};

void changes_free(struct changes *changes)
{
    free(changes->list);
    free(changes->blocks);
    *changes = (struct changes){.list = NULL};
}

static enum state state_of(const struct change *change)
{
    return (enum state)(change->step_and_state & ((1u << STATE_BITS) - 1));
}

static uint32_t steps_of(const struct change *change)
{
    return change->step_and_state >> STATE_BITS;
}

static uint64_t time_of(const struct changes *changes, struct place place)
{
    return place.block->time_ns + changes->list[place.index].time_ns;
}

/* Adds what was spent from the block's first change until that place. */
static void add_spent(const struct changes *changes, struct place place,
                      uint64_t spent[STATES])
{
    for (ptrdiff_t i = (ptrdiff_t)place.block->first; i < place.index; i++) {
        const struct change *change = &changes->list[i];
        spent[state_of(change)] += change[1].time_ns - change->time_ns + UINT64_C(1);
    }
}

static void begin_block(struct changes *changes, uint64_t step, uint64_t time_ns)
{
    struct change_block block = {step, time_ns, changes->count, {0}};

    if (changes->block_count > 0) {
        const struct change_block *before = &changes->blocks[changes->block_count - 1];
        struct place last = {(ptrdiff_t)changes->count - 1, before};
        for (int i = 0; i < STATES; i++)
            block.spent[i] = before->spent[i];
        add_spent(changes, last, block.spent);
        block.spent[state_of(&changes->list[last.index])] +=
            time_ns - time_of(changes, last) + 1;
    }
    changes->blocks = grown_for(changes->blocks, changes->block_count,
                                &changes->block_room, sizeof *changes->blocks);
    changes->blocks[changes->block_count++] = block;
}

void changes_add(struct changes *changes, uint64_t step, uint64_t time_ns,
                 enum state state)
{
    const struct change_block *block =
        changes->block_count == 0 ? NULL : &changes->blocks[changes->block_count - 1];

    if (block == NULL || changes->count - block->first == BLOCK ||
        step - block->step >= MOST_STEPS || time_ns - block->time_ns > UINT32_MAX) {
        begin_block(changes, step, time_ns);
        block = &changes->blocks[changes->block_count - 1];
    }
    changes->list =
        grown_for(changes->list, changes->count, &changes->room, sizeof(struct change));
    changes->list[changes->count++] =
        (struct change){(uint32_t)(step - block->step) << STATE_BITS | (uint32_t)state,
                        (uint32_t)(time_ns - block->time_ns)};
}

/* The last change at or before that step and that time. */
static struct place last_until(const struct changes *changes, uint64_t step,
                               uint64_t time_ns)
{
    size_t low = 0, high = changes->block_count;

    while (low < high) { /* after the last block that begins so */
        size_t middle = low + (high - low) / 2;
        const struct change_block *block = &changes->blocks[middle];
        if (block->step <= step && block->time_ns <= time_ns)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return (struct place){-1, NULL};
    const struct change_block *block = &changes->blocks[low - 1];
    size_t end = low < changes->block_count ? block[1].first : changes->count;
    size_t index = block->first;
    while (index + 1 < end &&
           steps_of(&changes->list[index + 1]) <= step - block->step &&
           changes->list[index + 1].time_ns <= time_ns - block->time_ns)
        index++;
    return (struct place){(ptrdiff_t)index, block};
}

/* What was spent from one place to another, between these times. */
static void spent_between(const struct changes *changes, struct place first,
                          struct place last, uint64_t start_ns, uint64_t end_ns,
                          uint64_t spent[STATES])
{
    uint64_t begun = time_of(changes, first), from = time_of(changes, last);
    uint64_t before[STATES] = {0};

    add_spent(changes, last, spent);
    add_spent(changes, first, before);
    for (int i = 0; i < STATES; i++)
        spent[i] += last.block->spent[i] - first.block->spent[i] - before[i];
    if (begun < start_ns && first.index != last.index)
        spent[state_of(&changes->list[first.index])] -= start_ns - begun;
    if (from < start_ns)
        from = start_ns;
    /* + 1: a state of no length is still one */
    spent[state_of(&changes->list[last.index])] +=
        end_ns > from ? end_ns - from + 1 : 1;
}

enum state changes_between(const struct changes *changes, uint64_t step,
                           uint64_t start_ns, uint64_t end_ns, unsigned *states)
{
    uint64_t spent[STATES] = {0};
    enum state longest = STATE_NONE;

    *states = 0;
    if (end_ns == 0)
        return STATE_NONE;
    struct place first = last_until(changes, step, start_ns);
    struct place last = last_until(changes, step, end_ns - 1);
    if (first.index < 0 && changes->count > 0)
        first = (struct place){0, changes->blocks};
    if (last.index < first.index || last.index < 0)
        return STATE_NONE;
    spent_between(changes, first, last, start_ns, end_ns, spent);
    for (int state = 1; state < STATES; state++) {
        if (spent[state] > spent[longest])
            longest = (enum state)state;
        if (spent[state] > 0)
            *states |= 1u << state;
    }
    return longest;
}

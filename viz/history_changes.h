/*
 * history_changes.h - one thread's states over time, in little memory.
 *
 * Millions of changes of state are kept in blocks of at most 64: a block knows where it
 * begins and how much time the thread had spent in each state until then, and a change
 * is its distance from there. So the time spent in each state up to any moment takes a
 * search for the block and a walk inside it, however long the recording is.
 *
 * Private to history*.c; views ask history.h.
 */
#ifndef HISTORY_CHANGES_H
#define HISTORY_CHANGES_H

#include "model.h"

/* One change: 8 bytes. */
struct change {
    uint32_t step_and_state; /* steps since its block's first, and the state */
    uint32_t time_ns;        /* since its block's first */
};

struct change_block {
    uint64_t step, time_ns; /* of its first change */
    size_t first;           /* where that stands in the list */
    /* Until then: nanoseconds in each state, and 1 for each time it was entered. */
    uint64_t spent[STATES];
};

/* All zero is empty. */
struct changes {
    struct change *list;
    size_t count, room;
    struct change_block *blocks;
    size_t block_count, block_room;
};

void changes_free(struct changes *changes);

/* The thread is in this state from now on; steps rise, and time does not run back. */
void changes_add(struct changes *changes, uint64_t step, uint64_t time_ns,
                 enum state state);

/* As history_state_between, of this thread. */
enum state changes_between(const struct changes *changes, uint64_t step,
                           uint64_t start_ns, uint64_t end_ns, unsigned *states);

#endif

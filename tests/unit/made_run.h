/*
 * made_run.h - a made trace of any length: threads that put, take, wait, nap and print
 * by chance (of a fixed seed), so that every invariant holds.
 */
#ifndef MADE_RUN_H
#define MADE_RUN_H

#include "made.h"

enum { RUN_THREADS = 6, RUN_QUEUE = 20, RUN_LOCK = 21, RUN_CAPACITY = 40 };

/* What the maker knows of the run so far; thread i has the object number i. */
struct made_state {
    uint64_t items[RUN_CAPACITY];
    uint32_t count, unfinished;
    uint32_t taken[RUN_THREADS + 1]; /* reports that the thread owes */
    uint32_t holder;
    enum trace_kind begun[RUN_THREADS + 1];
    unsigned random;
};

static inline unsigned made_chance(struct made_state *state, unsigned below)
{
    state->random = state->random * 1103515245 + 12345;
    return (state->random >> 16) % below;
}

/* Fills in what a queue's event tells of the queue. */
static inline void made_depth(struct made *made, const struct made_state *state)
{
    made->events[made->count - 1].depth = state->count;
    made->events[made->count - 1].unfinished = state->unfinished;
}

static inline void made_take(struct made *made, struct made_state *state, uint32_t who)
{
    state->count--;
    made_get(made, who, RUN_QUEUE, state->items[0], state->count, state->unfinished);
    memmove(state->items, state->items + 1, state->count * sizeof state->items[0]);
    state->taken[who]++;
    state->begun[who] = TRACE_UNCOMMITTED;
}

/* A thread that waits goes on where it can. */
static inline void made_go_on(struct made *made, struct made_state *state, uint32_t who)
{
    if (state->begun[who] == TRACE_NAP_BEGIN) {
        made_step(made, TRACE_NAP_END, who, 0);
    } else if (state->begun[who] == TRACE_LOCK_ACQUIRE_BEGIN && state->holder == 0) {
        made_step(made, TRACE_LOCK_ACQUIRE, who, RUN_LOCK);
        state->holder = who;
    } else if (state->begun[who] == TRACE_QUEUE_GET_BEGIN && state->count > 0) {
        made_take(made, state, who);
    } else if (state->begun[who] == TRACE_QUEUE_GET_BEGIN) { /* or nobody goes on */
        made_step(made, TRACE_QUEUE_GET_FAILED, who, RUN_QUEUE);
        made->events[made->count - 1].detail = TRACE_BECAUSE_TIMEOUT;
        made_depth(made, state);
    } else {
        return;
    }
    state->begun[who] = TRACE_UNCOMMITTED;
}

static inline void made_begin_wait(struct made *made, struct made_state *state,
                                   uint32_t who, enum trace_kind kind, uint32_t object)
{
    made_step(made, kind, who, object);
    made->events[made->count - 1].number = kind == TRACE_NAP_BEGIN ? 500 : 1000000;
    state->begun[who] = kind;
    if (object == RUN_QUEUE)
        made_depth(made, state);
}

static inline void made_act(struct made *made, struct made_state *state, uint32_t who)
{
    switch (made_chance(state, 8)) {
    case 0:
    case 1:
    case 2:
        if (state->count == RUN_CAPACITY)
            return;
        state->items[state->count++] = made->count + 1;
        made_put(made, who, RUN_QUEUE, state->count, ++state->unfinished, "item");
        break;
    case 3:
    case 4:
        if (state->count > 0)
            made_take(made, state, who);
        else
            made_begin_wait(made, state, who, TRACE_QUEUE_GET_BEGIN, RUN_QUEUE);
        break;
    case 5:
        if (state->taken[who] == 0)
            return;
        state->taken[who]--;
        state->unfinished--;
        made_step(made, TRACE_QUEUE_TASK_DONE, who, RUN_QUEUE);
        made_depth(made, state);
        break;
    case 6:
        if (state->holder == who) {
            made_step(made, TRACE_LOCK_RELEASE, who, RUN_LOCK);
            state->holder = 0;
        } else if (state->holder != 0) {
            made_begin_wait(made, state, who, TRACE_LOCK_ACQUIRE_BEGIN, RUN_LOCK);
        } else {
            made_step(made, TRACE_LOCK_ACQUIRE, who, RUN_LOCK);
            state->holder = who;
        }
        break;
    default:
        if (made_chance(state, 2) == 0)
            made_begin_wait(made, state, who, TRACE_NAP_BEGIN, 0);
        else
            made_say(made, who, "a line");
        break;
    }
}

/* Adds steps until there are that many; the run does not end. */
static inline void made_by_chance(struct made *made, uint64_t steps, unsigned seed)
{
    struct made_state state = {.random = seed};

    made_run_start(made);
    made_queue(made, RUN_QUEUE, "items", RUN_CAPACITY);
    made_step(made, TRACE_LOCK_INIT, 1, RUN_LOCK);
    made->events[made->count - 1].text = made_text(made, "door");
    for (uint32_t i = 2; i <= RUN_THREADS; i++)
        made_thread(made, i, "worker");
    while (made->count < steps) {
        uint32_t who = 1 + made_chance(&state, RUN_THREADS);
        if (state.begun[who] != TRACE_UNCOMMITTED)
            made_go_on(made, &state, who);
        else
            made_act(made, &state, who);
    }
}

#endif

/*
 * crowd.h - for tests of pipes: several threads send to one end, and several receive.
 */
#ifndef CROWD_H
#define CROWD_H

#include "messages.h"

enum { SENDERS = 4, RECEIVERS = 3, EACH = 400 };

static struct crowd {
    struct caller senders[SENDERS], receivers[RECEIVERS];
    _Atomic unsigned got[SENDERS][EACH];
} crowd;

static inline bool send_many(struct caller *me)
{
    for (unsigned i = 0; i < EACH; i++)
        if (!send_made(me->object, (unsigned)me->item, i, some_size(i)))
            return false;
    return true;
}

/* From each sender they come in its order, whole, and each once. */
static inline bool receive_many(struct caller *me)
{
    unsigned next[SENDERS] = {0};
    struct made made;
    bool right = true;

    while (recv_made(me->object, &made)) {
        right = right && made.sender < SENDERS && made.number < EACH &&
                is_as_made(&made, made.sender, some_size(made.number)) &&
                made.number >= next[made.sender] &&
                atomic_fetch_add(&crowd.got[made.sender][made.number], 1) == 0;
        next[made.sender % SENDERS] = made.number + 1;
        free_made(&made);
    }
    return right;
}

static inline void start_senders(struct pipe_end *end)
{
    for (int i = 0; i < SENDERS; i++) {
        crowd.senders[i] = (struct caller){.object = end, .item = i};
        caller_start(&crowd.senders[i], send_many);
    }
}

static inline bool end_senders(void)
{
    bool right = true;

    for (int i = 0; i < SENDERS; i++)
        right = caller_result(&crowd.senders[i]) && right;
    return right;
}

static inline void start_receivers(struct pipe_end *end)
{
    memset(&crowd.got, 0, sizeof crowd.got);
    for (int i = 0; i < RECEIVERS; i++) {
        crowd.receivers[i] = (struct caller){.object = end};
        caller_start(&crowd.receivers[i], receive_many);
    }
}

static inline bool end_receivers(void)
{
    bool right = true;

    for (int i = 0; i < RECEIVERS; i++)
        right = caller_result(&crowd.receivers[i]) && right;
    for (int i = 0; i < SENDERS; i++)
        for (int n = 0; n < EACH; n++)
            right = right && crowd.got[i][n] == 1;
    return right;
}

#endif

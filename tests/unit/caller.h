/*
 * caller.h - a thread that makes one call, for tests of calls that block.
 *
 *     struct caller caller = {.object = &queue};
 *     caller_start(&caller, call_get);
 *     until_waiting(&queue.monitor, &queue.not_empty, 1);
 *     …                                        what must let it go on
 *     assert_true(caller_result(&caller));
 */
#ifndef CALLER_H
#define CALLER_H

#include "thread.h"

struct caller {
    struct thread thread;
    void *object;
    int item;    /* what it puts, or what it got */
    bool result; /* what the call returned; read it after caller_result */
    atomic_bool returned;
    bool (*call)(struct caller *me);
};

static inline void caller_run(struct thread *self)
{
    struct caller *me = (struct caller *)self;

    me->result = me->call(me);
    atomic_store(&me->returned, true);
}

static inline void caller_start(struct caller *caller, bool (*call)(struct caller *me))
{
    caller->call = call;
    thread_start(&caller->thread, caller_run, "caller");
}

/* Waits until the call has returned, and tells what. */
static inline bool caller_result(struct caller *caller)
{
    thread_join(&caller->thread);
    return caller->result;
}

#endif

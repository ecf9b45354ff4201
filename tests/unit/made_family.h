/*
 * made_family.h - made steps of processes, and of what they and their threads share.
 */
#ifndef MADE_FAMILY_H
#define MADE_FAMILY_H

#include "made.h"

/* Starts a process as a copy of the thread's. */
static inline uint64_t made_fork(struct made *made, uint32_t thread, uint32_t process,
                                 const char *name)
{
    return made_add(made, (struct trace_event){.kind = TRACE_PROCESS_START,
                                               .thread = thread,
                                               .object = process,
                                               .text = made_text(made, name)});
}

/* Makes an object: kind is its ..._INIT. */
static inline uint64_t made_object(struct made *made, enum trace_kind kind,
                                   uint32_t thread, uint32_t object, uint64_t number,
                                   const char *name)
{
    return made_add(made, (struct trace_event){.kind = kind,
                                               .thread = thread,
                                               .object = object,
                                               .number = number,
                                               .text = made_text(made, name)});
}

/* Any step of a thread on an object, with what it tells. */
static inline uint64_t made_act_on(struct made *made, enum trace_kind kind,
                                   uint32_t thread, uint32_t object, uint64_t number,
                                   uint32_t depth, uint32_t unfinished)
{
    return made_add(made, (struct trace_event){.kind = kind,
                                               .thread = thread,
                                               .object = object,
                                               .number = number,
                                               .depth = depth,
                                               .unfinished = unfinished});
}

/* Sends a message or puts an item, with that label; its id is its step. */
static inline uint64_t made_send(struct made *made, enum trace_kind kind,
                                 uint32_t thread, uint32_t object, uint32_t depth,
                                 uint32_t unfinished, const char *label)
{
    uint64_t step =
        made_act_on(made, kind, thread, object, made->count + 1, depth, unfinished);

    memcpy(made->events[step - 1].label, label, strlen(label));
    return step;
}

/* The kit tells that a process was killed. */
static inline uint64_t made_killed(struct made *made, uint32_t process, uint32_t sign,
                                   uint64_t status)
{
    return made_add(made, (struct trace_event){.kind = TRACE_PROCESS_KILLED,
                                               .object = process,
                                               .detail = sign,
                                               .number = status});
}

#endif

/*
 * process_pool_parts.h - the workers of a process pool and its collector. The inner
 * half of process_pool.h.
 *
 * No word ends the workers or the collector: each reads its queue until nobody has that
 * open for writing any more. So each process closes the ends that it does not use, and
 * a process that has nothing to do with the pool closes all of them when it begins.
 *
 * A task is taken right into memory that the worker shares with the caller, and stays
 * there until its result is sent. So who finds a worker dead sees what it was at.
 */
#ifndef PROCESS_POOL_PARTS_H
#define PROCESS_POOL_PARTS_H

#include "process_pool.h"
#include "thread.h"

/* What travels: the task to a worker, and its result back. */
struct parcel {
    struct future *future; /* the caller's: the worker only sends it back */
    bool (*run)(struct future *self);
    uint32_t object;
    bool well;
    char name[ROSTER_NAME];
    char failure[FUTURE_REASON];
    char data[];
};

/* A task that was submitted and is not done. */
struct process_pool_task {
    struct future *future;
    struct process_pool_task *next;
};

struct process_pool_worker {
    struct process process; /* first: a worker is a process */
    struct process_pool *pool;
    struct parcel *parcel; /* in shared memory: its task; its future is NULL if none */
    atomic_bool dead;
};

struct process_pool_collector {
    struct thread thread; /* first: a collector is a thread */
    struct process_pool *pool;
};

/* What a worker does: runs tasks until there are none. */
void process_pool_work(struct process *self);

/* This process has a part in the pool from now on, or no more. */
void process_pool_remember(struct process_pool *pool);
void process_pool_forget(struct process_pool *pool);

/* Adds the task to those that are not done; false if there is nobody to run it. */
bool process_pool_expect(struct process_pool *pool, struct future *future);

/* The task will never be run. */
void process_pool_fail(struct process_pool *pool, struct future *future);

/* What the collector does: hands results to the futures until all workers have ended.
 */
void process_pool_collect(struct thread *self);

/* That many bytes of zeros; ends the program where there are none. */
void *process_pool_memory(size_t size);

#endif

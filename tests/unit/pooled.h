/*
 * pooled.h - a pool of processes and its tasks, for the tests of process_pool.h.
 */
#ifndef POOLED_H
#define POOLED_H

#include "process_pool.h"
#include "shared_memory.h"
#include "support.h"

enum { TASKS = 200, MANY = 3000, NO_GATE = -1 };

struct task {
    struct future future;
    int number;
    int gate; /* which one it waits for before it ends, or NO_GATE */
    int result;
    pid_t worker;
    char filling[100]; /* so that not all tasks fit into a pipe */
};

/* What processes share. */
static struct {
    atomic_bool open[3];
    atomic_int runs[MANY];
    atomic_int begun;
    _Atomic pid_t worker; /* of the task that began last */
} * shared;

static struct process_pool pool;
static struct task tasks[MANY];
static int global = 1;

static inline void new_tasks(int workers)
{
    if (shared == NULL)
        shared = shared_memory_take(sizeof *shared);
    memset(shared, 0, sizeof *shared);
    memset(tasks, 0, sizeof tasks);
    process_pool_init(&pool, "pool", workers, sizeof(struct task));
}

static inline bool is_set(void *flag)
{
    return atomic_load((atomic_bool *)flag);
}

static inline bool run_task(struct future *self)
{
    struct task *me = (struct task *)self;

    me->worker = getpid();
    atomic_store(&shared->worker, me->worker);
    atomic_fetch_add(&shared->begun, 1);
    if (me->gate != NO_GATE)
        look_until(is_set, &shared->open[me->gate]);
    atomic_fetch_add(&shared->runs[abs(me->number)], 1);
    global++;
    me->result = 2 * me->number;
    return me->number >= 0 || future_fail(self, "%d is negative", me->number);
}

static inline void submit(int task, int number, int gate)
{
    tasks[task].number = number;
    tasks[task].gate = gate;
    process_pool_submit(&pool, &tasks[task].future, run_task, "task-%d", task);
}

static inline struct task *next(void)
{
    return (struct task *)process_pool_next_completed(&pool);
}

static inline bool that_many_begun(void *count)
{
    return atomic_load(&shared->begun) >= *(int *)count;
}

static inline void until_begun(int count)
{
    look_until(that_many_begun, &count);
}

#endif

/*
 * process_pool_collector.c - who takes the results of a process pool; see
 * process_pool_parts.h.
 */
#include "process_pool_parts.h"

#include <stdlib.h>
#include <string.h>

bool process_pool_expect(struct process_pool *pool, struct future *future)
{
    struct process_pool_task *task = process_pool_memory(sizeof *task);

    task->future = future;
    monitor_enter(&pool->monitor);
    bool over = pool->over;
    if (!over && pool->first == NULL)
        pool->first = task;
    else if (!over)
        pool->last->next = task;
    if (!over)
        pool->last = task;
    monitor_leave(&pool->monitor);
    if (over)
        free(task);
    return !over;
}

/* Takes the task off the list; false if it is not there: it is done already. Whoever
   got true is the one to tell its future. */
static bool claim(struct process_pool *pool, const struct future *future)
{
    struct process_pool_task *before = NULL, *task;

    monitor_enter(&pool->monitor);
    for (task = pool->first; task != NULL && task->future != future; task = task->next)
        before = task;
    if (task != NULL && before != NULL)
        before->next = task->next;
    else if (task != NULL)
        pool->first = task->next;
    if (task != NULL && task == pool->last)
        pool->last = before;
    monitor_leave(&pool->monitor);
    free(task);
    return task != NULL;
}

static void take_result(struct process_pool *pool, const struct parcel *parcel)
{
    struct future *future = parcel->future;

    if (!claim(pool, future))
        return;
    memcpy(future->failure, parcel->failure, sizeof future->failure);
    memcpy(future + 1, parcel->data, pool->data_size);
    future_done(future, parcel->well, HERE);
}

/* The worker is dead: what it was at has failed. Maybe that was told before. */
static void fail_task_of(struct process_pool_worker *worker)
{
    struct future *future = worker->parcel->future;

    if (future != NULL && claim(worker->pool, future))
        future_done(
            future,
            future_fail(future, "its process, %s, was killed", worker->process.name),
            HERE);
}

/* Of all workers, or of those that were killed since the last time. */
static void fail_tasks_of_dead(struct process_pool *pool, bool all)
{
    for (unsigned i = 0; i < pool->worker_count; i++)
        if (atomic_exchange(&pool->workers[i].dead, false) || all)
            fail_task_of(&pool->workers[i]);
}

void process_pool_fail(struct process_pool *pool, struct future *future)
{
    future_done(future, future_fail(future, "no process of %s is left", pool->name),
                HERE);
}

/* No worker is left: whatever is still to be done never will be. */
static void fail_the_rest(struct process_pool *pool)
{
    struct process_pool_task *task;

    monitor_enter(&pool->monitor);
    pool->over = true;
    monitor_leave(&pool->monitor);
    while ((task = pool->first) != NULL) { /* nobody else changes it from now on */
        struct future *future = task->future;
        claim(pool, future);
        process_pool_fail(pool, future);
    }
}

void process_pool_collect(struct thread *self)
{
    struct process_pool *pool = ((struct process_pool_collector *)self)->pool;
    struct parcel *parcel = process_pool_memory(pool->results.item_size);

    for (;;) {
        while (process_queue_get(&pool->results, parcel))
            take_result(pool, parcel);
        if (!atomic_exchange(&pool->bell, false))
            break; /* the queue has ended */
        fail_tasks_of_dead(pool, false);
    }
    fail_tasks_of_dead(pool, true);
    fail_the_rest(pool);
    free(parcel);
}

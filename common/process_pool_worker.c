/* process_pool_worker.c - the workers of a process pool; see process_pool_parts.h. */
#include "ending.h"
#include "process_pool_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The pools that this process has a part in. */
static struct {
    struct monitor monitor; /* guards the list */
    struct process_pool *first;
} pools;

void *process_pool_memory(size_t size)
{
    void *memory = calloc(1, size);

    if (memory == NULL)
        ending_failed("no memory is left", NULL);
    return memory;
}

void process_pool_remember(struct process_pool *pool)
{
    monitor_enter(&pools.monitor);
    pool->next = pools.first;
    pools.first = pool;
    monitor_leave(&pools.monitor);
}

void process_pool_forget(struct process_pool *pool)
{
    struct process_pool **at = &pools.first;

    monitor_enter(&pools.monitor);
    while (*at != pool)
        at = &(*at)->next;
    *at = pool->next;
    monitor_leave(&pools.monitor);
}

static void run_task(struct process_pool *pool, struct parcel *parcel)
{
    struct future *copy = process_pool_memory(sizeof *copy + pool->data_size);

    *copy = (struct future){.object = parcel->object, .run = parcel->run};
    snprintf(copy->name, sizeof copy->name, "%s", parcel->name);
    memcpy(copy + 1, parcel->data, pool->data_size);
    future_begins(copy, HERE);
    parcel->well = copy->run(copy);
    memcpy(parcel->failure, copy->failure, sizeof parcel->failure);
    memcpy(parcel->data, copy + 1, pool->data_size);
    free(copy);
}

void process_pool_work(struct process *self)
{
    struct process_pool_worker *me = (struct process_pool_worker *)self;
    struct process_pool *pool = me->pool;

    channel_close(&pool->tasks.out);
    channel_close(&pool->results.in);
    process_pool_remember(pool); /* for processes that a task starts */
    while (process_queue_get(&pool->tasks, me->parcel)) {
        run_task(pool, me->parcel);
        process_queue_send(&pool->results, me->parcel);
        me->parcel->future = NULL;
    }
}

/* --- with the processes */

/* A process that begins has no part in its parent's pools: who waits until nobody has a
   queue open must not wait for it. A worker remembers its own pool afterwards. */
static void start_anew(void)
{
    pools.monitor = (struct monitor){.word = 0};
    for (struct process_pool *pool = pools.first; pool != NULL; pool = pool->next) {
        channel_close(&pool->tasks.in);
        channel_close(&pool->tasks.out);
        channel_close(&pool->results.in);
        channel_close(&pool->results.out);
    }
    pools.first = NULL;
}

/* The collector is woken afterwards, by monitor_mend. Another process may have had the
   place before: nothing is lost by a look too many. */
static void child_is_buried(unsigned child)
{
    monitor_enter(&pools.monitor);
    for (struct process_pool *pool = pools.first; pool != NULL; pool = pool->next) {
        for (unsigned i = 0; i < pool->worker_count; i++) {
            if (pool->workers[i].process.place != child ||
                pool->workers[i].parcel->future == NULL)
                continue;
            atomic_store(&pool->workers[i].dead, true);
            atomic_store(&pool->bell, true);
        }
    }
    monitor_leave(&pools.monitor);
}

/* Early (300): so the hooks of the channels, which others add later, run before. */
__attribute__((constructor(300))) static void join_in(void)
{
    static struct process_hook hook = {.begins = start_anew, .buried = child_is_buried};

    children_hook(&hook);
}

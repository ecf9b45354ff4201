/* process_pool.c - a pool of processes that run tasks; see process_pool.h. */
#include "process_pool.h"
#include "ending.h"
#include "process_pool_parts.h"
#include "shared_memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void label_parcel(char *text, size_t size, const void *item)
{
    snprintf(text, size, "%s", ((const struct parcel *)item)->name);
}

static void must_be_owner(const struct process_pool *pool, const char *what,
                          const char *site)
{
    if (pool->place != roster_place())
        ending_misuse(site, "%s on %s by a process that did not make it", what,
                      pool->name);
}

static void make(struct process_pool *pool, const char *name, int workers,
                 size_t task_size, const char *site)
{
    if (workers < 1)
        ending_misuse(site,
                      "process_pool_init on %s with %d workers; it takes at least one",
                      name, workers);
    roster_self(); /* first: the main thread is object 1 */
    *pool = (struct process_pool){.name = name,
                                  .object = trace_new_object(),
                                  .place = roster_place(),
                                  .data_size = task_size - sizeof(struct future),
                                  .worker_count = (unsigned)workers};
    if (task_size < sizeof(struct future) ||
        pool->data_size > PROCESS_QUEUE_ITEM - sizeof(struct parcel))
        ending_misuse(site,
                      "process_pool_init on %s: a task has %zu bytes, and it takes "
                      "%zu to %zu",
                      name, task_size, sizeof(struct future),
                      sizeof(struct future) + PROCESS_QUEUE_ITEM -
                          sizeof(struct parcel));
    pool->workers = process_pool_memory(pool->worker_count * sizeof *pool->workers);
    pool->collector = process_pool_memory(sizeof *pool->collector);
    pool->collector->pool = pool;
    trace(&(struct trace_entry){.kind = TRACE_POOL_INIT,
                                .object = pool->object,
                                .site = site,
                                .number = pool->worker_count,
                                .text = name});
    completions_init(&pool->completions, name, pool->object);
}

static void make_queues(struct process_pool *pool)
{
    size_t size = sizeof(struct parcel) + pool->data_size;

    snprintf(pool->tasks_name, sizeof pool->tasks_name, "%.24s tasks", pool->name);
    snprintf(pool->results_name, sizeof pool->results_name, "%.24s results",
             pool->name);
    process_queue_init(&pool->tasks, pool->tasks_name, 0, size, label_parcel);
    process_queue_init(&pool->results, pool->results_name, 0, size, label_parcel);
    pool->results.bell = &pool->bell;
    for (unsigned i = 0; i < pool->worker_count; i++) {
        pool->workers[i].pool = pool;
        pool->workers[i].parcel = shared_memory_take(size);
        if (pool->workers[i].parcel == NULL)
            ending_failed("no memory is left that processes can share", NULL);
    }
}

void process_pool_init_at(struct process_pool *pool, const char *name, int workers,
                          size_t task_size, const char *site)
{
    make(pool, name, workers, task_size, site);
    make_queues(pool);
    for (unsigned i = 0; i < pool->worker_count; i++)
        process_start_at(&pool->workers[i].process, process_pool_work, site,
                         "worker-%u", i);
    channel_close(&pool->tasks.in);
    channel_close(&pool->results.out);
    process_pool_remember(pool);
    thread_start_daemon_at(&pool->collector->thread, process_pool_collect, site,
                           "collector");
}

/* The task as it is now. */
static struct parcel *pack(const struct process_pool *pool, struct future *future)
{
    struct parcel *parcel = process_pool_memory(pool->tasks.item_size);

    parcel->future = future;
    parcel->run = future->run;
    parcel->object = future->object;
    snprintf(parcel->name, sizeof parcel->name, "%s", future->name);
    memcpy(parcel->data, future + 1, pool->data_size);
    return parcel;
}

void process_pool_submit_at(struct process_pool *pool, struct future *future,
                            bool (*run)(struct future *self), const char *site,
                            const char *name_format, ...)
{
    va_list arguments;

    must_be_owner(pool, "process_pool_submit", site);
    va_start(arguments, name_format);
    future_submit(future, &pool->completions, run, site, name_format, arguments);
    va_end(arguments);
    struct parcel *parcel = pack(pool, future);
    /* from then on the collector may write into the caller's struct */
    if (process_pool_expect(pool, future))
        process_queue_put_at(&pool->tasks, parcel, site);
    else
        process_pool_fail(pool, future);
    free(parcel);
}

struct future *process_pool_next_completed_at(struct process_pool *pool,
                                              const char *site)
{
    must_be_owner(pool, "process_pool_next_completed", site);
    return completions_next_at(&pool->completions, site);
}

void process_pool_close_at(struct process_pool *pool, const char *site)
{
    must_be_owner(pool, "process_pool_close", site);
    completions_close(&pool->completions, site);
    process_queue_close_at(&pool->tasks, site);
}

static void must_be_closed(struct process_pool *pool, const char *site)
{
    monitor_enter(&pool->completions.monitor);
    bool closed = pool->completions.closed;
    monitor_leave(&pool->completions.monitor);
    if (!closed)
        ending_misuse(site, "process_pool_join on %s, which was not closed before",
                      pool->name);
    if (pool->workers == NULL)
        ending_misuse(site, "process_pool_join on %s, which was joined before",
                      pool->name);
}

unsigned process_pool_join_at(struct process_pool *pool, const char *site)
{
    must_be_owner(pool, "process_pool_join", site);
    step(TRACE_POOL_SHUTDOWN, pool->object, site);
    must_be_closed(pool, site);
    for (unsigned i = 0; i < pool->worker_count; i++)
        process_join_at(&pool->workers[i].process, site);
    thread_join_at(&pool->collector->thread, site);
    process_pool_forget(pool);
    process_queue_close_at(&pool->results, site);
    free(pool->workers);
    free(pool->collector);
    pool->workers = NULL;

    unsigned unread = completions_tell_unread(&pool->completions);
    trace(&(struct trace_entry){.kind = TRACE_POOL_SHUTDOWN,
                                .object = pool->object,
                                .site = site,
                                .number = unread});
    return unread;
}

unsigned process_pool_shutdown_at(struct process_pool *pool, const char *site)
{
    process_pool_close_at(pool, site);
    return process_pool_join_at(pool, site);
}

/* pool.c - a pool of threads that run tasks; see pool.h. */
#include "pool.h"
#include "ending.h"
#include "thread.h"

#include <stdio.h>
#include <stdlib.h>

struct pool_worker {
    struct thread thread;
    struct pool *pool;
};

/* An item of the queue is a pointer to a future: shown by its name. */
static void label_future(char *text, size_t size, const void *item)
{
    snprintf(text, size, "%s", (*(struct future *const *)item)->name);
}

static void work(struct thread *self)
{
    struct pool *pool = ((struct pool_worker *)self)->pool;
    struct future *future;

    while (queue_get(&pool->tasks, &future)) {
        future_begins(future, HERE);
        bool well = future->run(future);
        future_done(future, well, HERE);
    }
}

void pool_init_at(struct pool *pool, const char *name, int workers, const char *site)
{
    if (workers < 1)
        ending_misuse(site, "pool_init on %s with %d workers; it takes at least one",
                      name, workers);
    roster_self(); /* first: the main thread is object 1 */
    *pool = (struct pool){.name = name,
                          .object = trace_new_object(),
                          .worker_count = (unsigned)workers,
                          .workers = calloc((size_t)workers, sizeof *pool->workers)};
    if (pool->workers == NULL)
        ending_failed("no memory is left", NULL);
    trace(&(struct trace_entry){.kind = TRACE_POOL_INIT,
                                .object = pool->object,
                                .site = site,
                                .number = pool->worker_count,
                                .text = name});
    completions_init(&pool->completions, name, pool->object);
    queue_init(&pool->tasks, name, 0, sizeof(struct future *), label_future);
    for (unsigned i = 0; i < pool->worker_count; i++) {
        pool->workers[i].pool = pool;
        thread_start_at(&pool->workers[i].thread, work, site, "worker-%u", i);
    }
}

void pool_submit_at(struct pool *pool, struct future *future,
                    bool (*run)(struct future *self), const char *site,
                    const char *name_format, ...)
{
    va_list arguments;

    va_start(arguments, name_format);
    future_submit(future, &pool->completions, run, site, name_format, arguments);
    va_end(arguments);
    if (!queue_put_at(&pool->tasks, &future, site))
        ending_misuse(site, "%s is submitted to %s, which was shut down", future->name,
                      pool->name);
}

struct future *pool_next_completed_at(struct pool *pool, const char *site)
{
    return completions_next_at(&pool->completions, site);
}

unsigned pool_shutdown_at(struct pool *pool, const char *site)
{
    step(TRACE_POOL_SHUTDOWN, pool->object, site);
    completions_close(&pool->completions, site);
    queue_shutdown_at(&pool->tasks, false, site);
    for (unsigned i = 0; i < pool->worker_count; i++)
        thread_join_at(&pool->workers[i].thread, site);
    queue_destroy(&pool->tasks);
    free(pool->workers);
    pool->workers = NULL;

    unsigned unread = completions_tell_unread(&pool->completions);
    trace(&(struct trace_entry){.kind = TRACE_POOL_SHUTDOWN,
                                .object = pool->object,
                                .site = site,
                                .number = unread});
    return unread;
}

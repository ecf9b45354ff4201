/*
 * pool.h - a pool of threads that run tasks, as Python's ThreadPoolExecutor.
 *
 *     struct pool pool;
 *
 *     pool_init(&pool, "crawlers", 5);
 *     pool_submit(&pool, &crawls[0].future, crawl, "task-%d", 0);
 *     if (future_result(&crawls[0].future))
 *         …
 *     pool_shutdown(&pool);
 *
 * A task is a function and a future (future.h), which the caller owns and leaves where
 * it is until the pool is shut down. Tasks wait in a queue without limit and are begun
 * in the order in which they were submitted, each by the first worker that is free. So
 * a task that waits for another one of its own pool may keep the very worker that the
 * other needs.
 *
 * A pool that is never shut down keeps its workers waiting, and the run from ending.
 */
#ifndef POOL_H
#define POOL_H

#include "future.h"
#include "queue.h"

struct pool_worker;

struct pool {
    const char *name;
    uint32_t object;
    unsigned worker_count;
    struct pool_worker *workers;
    struct queue tasks; /* pointers to futures that no worker has taken yet */
    struct completions completions;
};

/* Starts that many threads, "worker-0" and so on, which wait for tasks; fewer than one
   is misuse. The name is what the view shows, of the pool and of its queue, and must
   outlive the pool. */
#define pool_init(pool, name, workers) pool_init_at(pool, name, workers, HERE)
void pool_init_at(struct pool *pool, const char *name, int workers, const char *site);

/* Hands a task in, to be run as soon as a worker is free; its name is made from the
   format. Never blocks, and may be called in a task. After a shutdown it is misuse. */
#define pool_submit(pool, future, run, ...)                                            \
    pool_submit_at(pool, future, run, HERE, __VA_ARGS__)
void pool_submit_at(struct pool *pool, struct future *future,
                    bool (*run)(struct future *self), const char *site,
                    const char *name_format, ...) __attribute__((format(printf, 5, 6)));

/* The next task that ended, well or badly, in the order of ending; each one once.
   Blocks until there is one. NULL: every task that was submitted was handed out. The
   result is still to be asked for, with future_result, which does not block then. */
#define pool_next_completed(pool) pool_next_completed_at(pool, HERE)
struct future *pool_next_completed_at(struct pool *pool, const char *site);

/* Lets all tasks that were submitted end, joins the workers and frees what the pool
   holds. Says, in a line on stderr for each, which tasks failed without anybody asking
   for their result, and returns how many. May block; in a task of the same pool it is
   misuse, and so is a second time. What is done may still be handed out afterwards. */
#define pool_shutdown(pool) pool_shutdown_at(pool, HERE)
unsigned pool_shutdown_at(struct pool *pool, const char *site);

#endif

/*
 * process_pool.h - a pool of processes that run tasks, as Python's multiprocessing.Pool
 * and ProcessPoolExecutor, with the futures of thread pools (future.h).
 *
 *     struct process_pool pool;
 *
 *     process_pool_init(&pool, "crawlers", 5, sizeof(struct crawl));
 *     process_pool_submit(&pool, &crawls[0].future, crawl, "task-%d", 0);
 *     if (future_result(&crawls[0].future))
 *         …
 *     process_pool_shutdown(&pool);
 *
 * What lies behind struct future in the task's struct is copied to the process that
 * runs the task, and copied back when the task is done: the task changes nothing else
 * that the caller can see. Pointers in it are copied as they are, and hold in both
 * processes only if they point to what was there before the pool was made.
 *
 * The rules of use:
 *   - Only a process's main thread makes a pool, and only that process uses it; a task
 *     cannot submit to the pool that runs it. All other calls may be made by any of its
 *     threads, but not while another one closes or joins the pool.
 *   - A task whose process is killed fails, and its future says so; the other workers
 *     go on with the other tasks. When no worker is left, all tasks fail.
 *   - A pool that is never shut down keeps its workers waiting, and the run from
 *     ending.
 *
 * Tasks travel through one process queue, "NAME tasks", and results through another,
 * "NAME results"; a thread of the caller's process, the collector, takes them there and
 * tells the futures. The pool's monitor guards the fields below it.
 */
#ifndef PROCESS_POOL_H
#define PROCESS_POOL_H

#include "future.h"
#include "process.h"
#include "process_queue.h"

struct process_pool_worker;
struct process_pool_collector;
struct process_pool_task;

struct process_pool {
    const char *name;
    uint32_t object;
    unsigned place;   /* of the process that made it */
    size_t data_size; /* of a task, without its future */
    unsigned worker_count;
    struct process_pool_worker *workers;
    struct process_pool_collector *collector;
    char tasks_name[ROSTER_NAME + 8], results_name[ROSTER_NAME + 8];
    struct process_queue tasks, results;
    struct completions completions;
    atomic_bool bell; /* a worker was killed: the collector is to look */

    struct monitor monitor;
    struct process_pool_task *first; /* submitted and not done, oldest first */
    struct process_pool_task *last;
    bool over; /* no worker is left */

    struct process_pool *next; /* of this process's */
};

/* Starts that many processes, "worker-0" and so on, which wait for tasks; fewer than
   one is misuse. A task is a struct of task_size bytes that begins with its struct
   future; more than about 3900 bytes behind that are misuse too. The name must outlive
   the pool, and the pool stays where it is. */
#define process_pool_init(pool, name, workers, task_size)                              \
    process_pool_init_at(pool, name, workers, task_size, HERE)
void process_pool_init_at(struct process_pool *pool, const char *name, int workers,
                          size_t task_size, const char *site);

/* Hands a task in, to be run as soon as a worker is free; its name is made from the
   format. Until it is done its struct is the pool's: what is written into it meanwhile
   is lost. Never blocks. After a close it is misuse. */
#define process_pool_submit(pool, future, run, ...)                                    \
    process_pool_submit_at(pool, future, run, HERE, __VA_ARGS__)
void process_pool_submit_at(struct process_pool *pool, struct future *future,
                            bool (*run)(struct future *self), const char *site,
                            const char *name_format, ...)
    __attribute__((format(printf, 5, 6)));

/* The next task that ended, well or badly, in the order of ending; each one once.
   Blocks until there is one. NULL: every task that was submitted was handed out. The
   result is still to be asked for, with future_result, which does not block then. */
#define process_pool_next_completed(pool) process_pool_next_completed_at(pool, HERE)
struct future *process_pool_next_completed_at(struct process_pool *pool,
                                              const char *site);

/* There will be no more tasks: each worker ends when it finds none left. May block
   until the workers have begun all but what a pipe holds. Twice is misuse. */
#define process_pool_close(pool) process_pool_close_at(pool, HERE)
void process_pool_close_at(struct process_pool *pool, const char *site);

/* Blocks until all tasks are done and all workers have ended, and frees what the pool
   holds. Says, in a line on stderr for each, which tasks failed without anybody asking
   for their result, and returns how many. Before a close, and twice, it is misuse. What
   is done may still be handed out afterwards. */
#define process_pool_join(pool) process_pool_join_at(pool, HERE)
unsigned process_pool_join_at(struct process_pool *pool, const char *site);

/* Closes and joins. */
#define process_pool_shutdown(pool) process_pool_shutdown_at(pool, HERE)
unsigned process_pool_shutdown_at(struct process_pool *pool, const char *site);

#endif

/*
 * process_queue.h - a queue between processes, as Python's multiprocessing.Queue.
 *
 * Made as Python's is: a put goes into a buffer of the putting process, and a thread of
 * that process, the feeder, writes what is there into a pipe that all processes share.
 * A get reads the pipe. Hence what surprises people, here as there:
 *   - A put never waits for the pipe, even if it is full: the feeder does.
 *   - The queue may look empty right after a put.
 *   - A process that has put ends only when its feeder has written all: who joins it
 *     without having taken enough waits for ever.
 *   - The order is that in which the feeders write.
 *
 * Items have one size, at most PROCESS_QUEUE_ITEM bytes, so that the kernel never
 * splits one and any number of processes may get. Make the queue before the processes
 * are started. The channel's monitor guards what the processes share, the feeder's what
 * is buffered.
 */
#ifndef PROCESS_QUEUE_H
#define PROCESS_QUEUE_H

#include "channel.h"
#include "queue.h"

enum {
    PROCESS_QUEUE_ITEM = 4096 - 8
}; /* with its id, what a pipe takes in one piece */

struct feeder;

struct process_queue {
    const char *name;
    uint32_t object;
    unsigned capacity; /* 0: unbounded */
    size_t item_size;
    queue_label *label;
    struct channel_end in, out;
    struct wait_list *not_full; /* in shared memory */
    struct feeder *feeder;      /* this process's; NULL before its first put */
    unsigned place;             /* whose feeder it is */
    /* NULL, or: who gets works behind the scenes, its wait is no part of a deadlock's
       report, and it gives up with false where this is set when somebody was killed */
    const atomic_bool *bell;
};

/* Makes an empty queue for items of that size; capacity 0 is no limit. The name must
   outlive it; label may be NULL. Items that are too large are misuse. */
#define process_queue_init(queue, name, capacity, item_size, label)                    \
    process_queue_init_at(queue, name, capacity, item_size, label, HERE)
void process_queue_init_at(struct process_queue *queue, const char *name,
                           unsigned capacity, size_t item_size, queue_label *label,
                           const char *site);

/* Waits until this process's feeder has written all, and closes the queue here. */
#define process_queue_close(queue) process_queue_close_at(queue, HERE)
void process_queue_close_at(struct process_queue *queue, const char *site);

/* Copies the item into this process's buffer; blocks while the queue is full, that is
   while capacity items were put and not yet got. A process's first put starts its
   feeder. */
#define process_queue_put(queue, item) process_queue_put_at(queue, item, HERE)
void process_queue_put_at(struct process_queue *queue, const void *item,
                          const char *site);

/* The same without a buffer and without a feeder, as Python's
   multiprocessing.SimpleQueue: writes the item into the pipe at once, and blocks while
   that is full, whatever the capacity. False: nobody has the queue open for getting. */
#define process_queue_send(queue, item) process_queue_send_at(queue, item, HERE)
bool process_queue_send_at(struct process_queue *queue, const void *item,
                           const char *site);

/* Takes the next item out of the pipe; blocks until there is one. False: nobody has the
   queue open for putting any more; who has it open itself never learns that, so that
   the last item must say so, or the getter must know how many will come. */
#define process_queue_get(queue, item) process_queue_get_at(queue, item, HERE)
bool process_queue_get_at(struct process_queue *queue, void *item, const char *site);

/* Never blocks. False: nothing is in the pipe now. */
#define process_queue_get_nowait(queue, item)                                          \
    process_queue_get_nowait_at(queue, item, HERE)
bool process_queue_get_nowait_at(struct process_queue *queue, void *item,
                                 const char *site);

/* Blocks for at most that many milliseconds. False: nothing came. */
#define process_queue_get_within(queue, item, ms)                                      \
    process_queue_get_within_at(queue, item, ms, HERE)
bool process_queue_get_within_at(struct process_queue *queue, void *item, int ms,
                                 const char *site);

/* Whether nothing was in the pipe a moment ago; what is in buffers does not count. */
#define process_queue_empty(queue) process_queue_empty_at(queue, HERE)
bool process_queue_empty_at(struct process_queue *queue, const char *site);

#endif

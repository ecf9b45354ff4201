/*
 * queue.h - the blocking queue, as Python's queue.Queue.
 *
 * First in, first out; bounded, or unbounded with capacity 0. Items are copied in and
 * out by value, so that who puts and who gets share nothing. Any number of threads may
 * use it at once, and every operation streams an event.
 *
 * The semantics are Python's, point by point:
 *   - "not now" (the queue is full, or empty), "timed out" and "shut down" are the
 *     result false; queue_is_shutdown tells the last from the others.
 *   - Each put adds an unfinished task; each queue_task_done reports one. queue_join
 *     blocks until none is unfinished: until all is done, not merely taken. One report
 *     more than there were puts is misuse.
 *   - After a shutdown puts fail at once. Gets go on until the queue is empty and then
 *     fail; after an immediate one the queue is empty at once, and what was in it
 *     counts as done.
 *   - A time limit below zero is misuse.
 *
 * The monitor guards every field below it.
 */
#ifndef QUEUE_H
#define QUEUE_H

#include "monitor.h"
#include "trace.h"

/* Writes an item in words, for the view: at most size bytes with the NUL. */
typedef void queue_label(char *text, size_t size, const void *item);

struct queue {
    const char *name;
    uint32_t object;
    unsigned capacity; /* 0: unbounded */
    size_t item_size;
    queue_label *label;

    struct monitor monitor;
    struct wait_list not_empty; /* getters */
    struct wait_list not_full;  /* putters */
    struct wait_list all_done;  /* joiners */
    char *ring;                 /* the items, each behind its id */
    unsigned ring_slots;        /* how many fit; grows up to the capacity */
    unsigned first;             /* the slot of the next item out */
    unsigned count;             /* items in the queue */
    unsigned unfinished;        /* put, and not yet reported with task_done */
    bool is_shutdown;
};

/* Makes an empty queue for items of that size. The name is what the view shows and must
   outlive the queue; label may be NULL. */
void queue_init(struct queue *queue, const char *name, unsigned capacity,
                size_t item_size, queue_label *label);

/* Frees what the queue holds. Nobody may be waiting in it. */
void queue_destroy(struct queue *queue);

/* Labels for common items: a char, an int, a char array or a struct that starts with
   one, a pointer to a string. */
queue_label queue_label_char, queue_label_int, queue_label_text, queue_label_string;

/* Copies the item in; blocks while the queue is full. False: it is shut down. */
#define queue_put(queue, item) queue_put_at(queue, item, HERE)
bool queue_put_at(struct queue *queue, const void *item, const char *site);

/* Never blocks. False: it is full, or shut down. */
#define queue_put_nowait(queue, item) queue_put_nowait_at(queue, item, HERE)
bool queue_put_nowait_at(struct queue *queue, const void *item, const char *site);

/* Blocks for at most that many milliseconds. False: it stayed full, or is shut down. */
#define queue_put_within(queue, item, ms) queue_put_within_at(queue, item, ms, HERE)
bool queue_put_within_at(struct queue *queue, const void *item, int ms,
                         const char *site);

/* Takes the oldest item and copies it out; blocks while the queue is empty. False: it
   is shut down and empty; *item is untouched. */
#define queue_get(queue, item) queue_get_at(queue, item, HERE)
bool queue_get_at(struct queue *queue, void *item, const char *site);

/* Never blocks. False: it is empty. */
#define queue_get_nowait(queue, item) queue_get_nowait_at(queue, item, HERE)
bool queue_get_nowait_at(struct queue *queue, void *item, const char *site);

/* Blocks for at most that many milliseconds. False: it stayed empty. */
#define queue_get_within(queue, item, ms) queue_get_within_at(queue, item, ms, HERE)
bool queue_get_within_at(struct queue *queue, void *item, int ms, const char *site);

/* Reports that one task that was taken is done; wakes joiners after the last. */
#define queue_task_done(queue) queue_task_done_at(queue, HERE)
void queue_task_done_at(struct queue *queue, const char *site);

/* Blocks until no task is unfinished. */
#define queue_join(queue) queue_join_at(queue, HERE)
void queue_join_at(struct queue *queue, const char *site);

/* Ends the queue, for good: as said above. Wakes all who wait in it. */
#define queue_shutdown(queue)           queue_shutdown_at(queue, false, HERE)
#define queue_shutdown_immediate(queue) queue_shutdown_at(queue, true, HERE)
void queue_shutdown_at(struct queue *queue, bool immediate, const char *site);

/* What was so a moment ago: another thread may have changed it before the answer is
   read. Right for showing, wrong for deciding. */
#define queue_qsize(queue) queue_qsize_at(queue, HERE)
unsigned queue_qsize_at(struct queue *queue, const char *site);
#define queue_empty(queue) queue_empty_at(queue, HERE)
bool queue_empty_at(struct queue *queue, const char *site);
#define queue_full(queue) queue_full_at(queue, HERE)
bool queue_full_at(struct queue *queue, const char *site);

/* Whether it was shut down; stays true once it is. */
#define queue_is_shutdown(queue) queue_is_shutdown_at(queue, HERE)
bool queue_is_shutdown_at(struct queue *queue, const char *site);

#endif

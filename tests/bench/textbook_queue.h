/*
 * textbook_queue.h - the queue of the textbooks, as the measure for the kit's.
 *
 * One mutex, two conditions, a ring, waits in a loop, a signal after every put and get;
 * unbounded with capacity 0, when the ring grows. No shutdown, no trace, no task_done.
 * Written as a careful programmer writes it who has nothing else to do with it: the
 * items are known to be 8 bytes, and the signal is sent after the unlock.
 */
#ifndef TEXTBOOK_QUEUE_H
#define TEXTBOOK_QUEUE_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

struct textbook_queue {
    pthread_mutex_t mutex; /* guards the fields below */
    pthread_cond_t not_empty;
    pthread_cond_t not_full;
    uint64_t *ring;
    size_t slots;    /* how many the ring has now */
    size_t capacity; /* 0: unbounded */
    size_t first;
    size_t count;
};

void textbook_queue_init(struct textbook_queue *queue, size_t capacity);
void textbook_queue_destroy(struct textbook_queue *queue);

/* Blocks while the queue is full. */
void textbook_queue_put(struct textbook_queue *queue, uint64_t item);

/* Blocks while the queue is empty. */
uint64_t textbook_queue_get(struct textbook_queue *queue);

#endif

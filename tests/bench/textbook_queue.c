/* textbook_queue.c - the queue of the textbooks; see textbook_queue.h. */
#include "textbook_queue.h"
#include "measure.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 16 };

static uint64_t *new_ring(size_t slots)
{
    uint64_t *ring = calloc(slots, sizeof *ring);

    if (ring == NULL)
        measure_failed("no memory is left");
    return ring;
}

void textbook_queue_init(struct textbook_queue *queue, size_t capacity)
{
    *queue = (struct textbook_queue){.capacity = capacity};
    pthread_mutex_init(&queue->mutex, NULL);
    pthread_cond_init(&queue->not_empty, NULL);
    pthread_cond_init(&queue->not_full, NULL);
    queue->slots = capacity > 0 ? capacity : FIRST_SLOTS;
    queue->ring = new_ring(queue->slots);
}

void textbook_queue_destroy(struct textbook_queue *queue)
{
    pthread_mutex_destroy(&queue->mutex);
    pthread_cond_destroy(&queue->not_empty);
    pthread_cond_destroy(&queue->not_full);
    free(queue->ring);
}

static size_t slot(const struct textbook_queue *queue, size_t index)
{
    size_t at = queue->first + index;

    return at < queue->slots ? at : at - queue->slots;
}

static void grow(struct textbook_queue *queue)
{
    uint64_t *ring = new_ring(queue->slots * 2);

    for (size_t i = 0; i < queue->count; i++)
        ring[i] = queue->ring[slot(queue, i)];
    free(queue->ring);
    queue->ring = ring;
    queue->slots *= 2;
    queue->first = 0;
}

void textbook_queue_put(struct textbook_queue *queue, uint64_t item)
{
    pthread_mutex_lock(&queue->mutex);
    while (queue->capacity > 0 && queue->count == queue->capacity)
        pthread_cond_wait(&queue->not_full, &queue->mutex);
    if (queue->count == queue->slots)
        grow(queue);
    queue->ring[slot(queue, queue->count)] = item;
    queue->count++;
    pthread_mutex_unlock(&queue->mutex);
    pthread_cond_signal(&queue->not_empty);
}

uint64_t textbook_queue_get(struct textbook_queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    while (queue->count == 0)
        pthread_cond_wait(&queue->not_empty, &queue->mutex);
    uint64_t item = queue->ring[queue->first];
    queue->first = slot(queue, 1);
    queue->count--;
    pthread_mutex_unlock(&queue->mutex);
    pthread_cond_signal(&queue->not_full);
    return item;
}

/*
 * Lesson 13, forgotten_signal: put tells nobody.
 *
 * Question:   the queue is full, and a consumer waits for an item. Who
 *             should have told it?
 * Run:        viz inside_the_queue/forgotten_signal
 * Watch for:  the consumers wait for not_empty, the producers for
 *             not_full, and nobody is woken.
 * Ends:       3
 * Compare:    lesson.c
 */
#include "condition.h"
#include "lesson.h"
#include "lock.h"
#include "say.h"
#include "shared.h"
#include "thread.h"

#include <stdlib.h>

static const struct lesson_use use = {
    .summary = "As the lesson, but a put wakes nobody.",
    .workers = 3, /* so many producers, and so many consumers */
    .tasks = 120, /* items */
    .capacity = 2,
    .delay = 300,
};
enum { LOT = 4 }; /* a producer has so many items at a time */

/* The lock guards what stands below it. */
struct bounded_queue {
    struct lock lock;
    struct condition not_empty; /* who gets waits for it */
    struct condition not_full;  /* who puts waits for it */
    struct shared put, got;     /* items, since the beginning */
    long slots;
    int *ring;
    int *out; /* all that came out, for main's check */
};

static void bounded_init(struct bounded_queue *queue, int slots)
{
    shared_init(&queue->put, "put", 0);
    shared_init(&queue->got, "got", 0);
    queue->slots = slots;
    queue->ring = calloc((size_t)slots, sizeof *queue->ring);
    lock_init(&queue->lock, "ring");
    condition_init(&queue->not_empty, "not_empty", &queue->lock);
    condition_init(&queue->not_full, "not_full", &queue->lock);
}

static void bounded_put(struct bounded_queue *queue, int item)
{
    lock_acquire(&queue->lock);
    while (shared_load(&queue->put) - shared_load(&queue->got) ==
           queue->slots)
        condition_wait(&queue->not_full);
    long put = shared_load(&queue->put);
    queue->ring[put % queue->slots] = item;
    shared_store(&queue->put, put + 1);
    lock_release(&queue->lock);
}

static int bounded_get(struct bounded_queue *queue)
{
    lock_acquire(&queue->lock);
    while (shared_load(&queue->put) == shared_load(&queue->got))
        condition_wait(&queue->not_empty);
    long got = shared_load(&queue->got);
    int item = queue->ring[got % queue->slots];
    queue->out[got] = item;
    shared_store(&queue->got, got + 1);
    condition_notify(&queue->not_full);
    lock_release(&queue->lock);
    return item;
}

/* A producer puts each so many-th item; a consumer gets as many. */
struct worker {
    struct thread thread; /* first: a worker is a thread */
    struct bounded_queue *queue;
    const struct lesson_options *options;
    int id;
};

static void produce(struct thread *self)
{
    struct worker *me = (struct worker *)self;
    int step = me->options->workers;

    for (int i = me->id; i < me->options->tasks; i += step) {
        if (i / step % LOT == 0) {
            nap(me->options->delay);
            say("%s has its next items, from %d on", self->name, i);
        }
        bounded_put(me->queue, i);
    }
}

static void consume(struct thread *self)
{
    struct worker *me = (struct worker *)self;
    int step = me->options->workers;

    for (int i = me->id; i < me->options->tasks; i += step)
        bounded_get(me->queue);
}

/* How many came out when they were next of their producer's. */
static int count_right(const int *out, int count, int producers)
{
    int *before = calloc((size_t)producers, sizeof *before);
    int right = 0;

    for (int i = 0; i < count; i++)
        right += out[i] / producers == before[out[i] % producers]++;
    free(before);
    return right;
}

int main(int argc, char **argv)
{
    struct lesson_options options = lesson_start(argc, argv, &use);
    int count = options.workers, tasks = options.tasks;
    int slots = options.capacity > 0 ? options.capacity : tasks + 1;
    struct worker *all = calloc((size_t)count * 2, sizeof *all);
    struct bounded_queue queue;

    bounded_init(&queue, slots);
    queue.out = calloc((size_t)tasks, sizeof *queue.out);
    for (int i = 0; i < 2 * count; i++) {
        all[i].queue = &queue;
        all[i].options = &options;
        all[i].id = i % count;
        thread_start(&all[i].thread, i < count ? consume : produce,
                     i < count ? "consumer-%d" : "producer-%d",
                     i % count);
    }
    for (int i = 0; i < 2 * count; i++)
        thread_join(&all[i].thread);

    int right = count_right(queue.out, tasks, count);
    say("%d of %d items came out right", right, tasks);
    free(queue.out);
    free(queue.ring);
    free(all);
    lesson_outcome(right == tasks, "%d items are wrong", tasks - right);
    return lesson_finish();
}

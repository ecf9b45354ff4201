/* contender.c - the queues that are measured; see contender.h. */
#include "contender.h"
#include "measure.h"
#include "queue.h"
#include "textbook_queue.h"
#include "thread.h"

#include <stdlib.h>

#ifdef HAVE_GLIB
#include <glib.h>
#endif

static void *allocate(size_t size)
{
    void *memory = aligned_alloc(64, (size + 63) / 64 * 64);

    if (memory == NULL)
        measure_failed("no memory is left");
    return memory;
}

static void *textbook_create(unsigned capacity)
{
    struct textbook_queue *queue = allocate(sizeof *queue);

    textbook_queue_init(queue, capacity);
    return queue;
}

static void textbook_put(void *queue, uint64_t item)
{
    textbook_queue_put(queue, item);
}

static uint64_t textbook_get(void *queue)
{
    return textbook_queue_get(queue);
}

static void *kit_create(unsigned capacity)
{
    struct queue *queue = allocate(sizeof *queue);

    queue_init(queue, "queue", capacity, sizeof(uint64_t), NULL);
    return queue;
}

static void kit_put(void *queue, uint64_t item)
{
    queue_put(queue, &item);
}

static uint64_t kit_get(void *queue)
{
    uint64_t item = 0;

    queue_get(queue, &item);
    return item;
}

#ifdef HAVE_GLIB
/* GLib's queue holds pointers: the item travels in the pointer itself. */
static void *glib_create(unsigned capacity)
{
    return capacity == 0 ? g_async_queue_new() : NULL;
}

static void glib_put(void *queue, uint64_t item)
{
    g_async_queue_push(queue, (gpointer)(uintptr_t)item);
}

static uint64_t glib_get(void *queue)
{
    return (uint64_t)(uintptr_t)g_async_queue_pop(queue);
}
#endif

const struct contender contenders[CONTENDERS] = {
    [CONTENDER_TEXTBOOK] = {.name = "textbook",
                            .bounded = true,
                            .create = textbook_create,
                            .put = textbook_put,
                            .get = textbook_get},
    [CONTENDER_KIT] = {.name = "kit, untraced",
                       .bounded = true,
                       .is_kit = true,
                       .create = kit_create,
                       .put = kit_put,
                       .get = kit_get},
    [CONTENDER_TRACED] = {.name = "kit, traced",
                          .bounded = true,
                          .is_kit = true,
                          .traced = true,
                          .create = kit_create,
                          .put = kit_put,
                          .get = kit_get},
    [CONTENDER_GLIB] = {.name = "GAsyncQueue",
#ifdef HAVE_GLIB
                        .create = glib_create,
                        .put = glib_put,
                        .get = glib_get
#endif
    },
};

/* A thread of either kind. */
struct runner {
    struct thread thread; /* first: it is one of the kit */
    pthread_t handle;     /* or one of these */
    void (*run)(int index);
    int index;
};

static void run_kit(struct thread *self)
{
    struct runner *me = (struct runner *)self;

    me->run(me->index);
}

static void *run_plain(void *argument)
{
    struct runner *me = argument;

    me->run(me->index);
    return NULL;
}

void contender_run(const struct contender *contender, void (*run)(int index),
                   int threads)
{
    struct runner *runners = calloc((size_t)threads, sizeof *runners);

    if (runners == NULL)
        measure_failed("no memory is left");
    for (int i = 0; i < threads; i++) {
        runners[i].run = run;
        runners[i].index = i;
        if (contender->is_kit)
            thread_start(&runners[i].thread, run_kit, "runner-%d", i);
        else if (pthread_create(&runners[i].handle, NULL, run_plain, &runners[i]) != 0)
            measure_failed("the machine starts no more threads");
    }
    for (int i = 0; i < threads; i++) {
        if (contender->is_kit)
            thread_join(&runners[i].thread);
        else
            pthread_join(runners[i].handle, NULL);
    }
    free(runners);
}

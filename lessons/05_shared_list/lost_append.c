/*
 * Lesson 5, lost_append: nobody takes the lock.
 *
 * Question:   ten items were appended. Where are the others?
 * Run:        viz shared_list/lost_append
 * Watch for:  two workers read the same count, write into the same
 *             slot, and both write that count plus one.
 * Ends:       1
 * Data race:  all workers read and write list.count, and no lock
 *             brings them into an order
 * Compare:    lesson.c
 */
#include "chance.h"
#include "lesson.h"
#include "lock.h"
#include "say.h"
#include "shared.h"
#include "thread.h"

#include <stdlib.h>

static const struct lesson_use use = {
    .summary = "As the lesson, but nobody takes the lock.",
    .workers = 4,
    .tasks = 10,
    .capacity = LESSON_UNUSED,
    .delay = 300,
};

/* The one global list, and beside it the lock that guards it. */
static struct list {
    struct lock lock;
    struct shared count; /* how many items it has */
    struct shared *slot; /* the items; as many slots as tasks */
} list;

struct worker {
    struct thread thread; /* first: a worker is a thread */
    int first, step;      /* its tasks: first, first + step, ... */
    int tasks;            /* of all workers together */
    int delay;            /* the longest nap, in milliseconds */
};

static void append(long item, int delay)
{
    long n = shared_load(&list.count);
    nap(1 + chance_below(delay)); /* making it takes time */
    shared_store(&list.slot[n], item);
    shared_store(&list.count, n + 1);
}

static void work(struct thread *self)
{
    struct worker *me = (struct worker *)self;

    for (int task = me->first; task <= me->tasks; task += me->step) {
        append(task, me->delay);
        say("%s appended %d", self->name, task);
    }
}

/* Main alone is left, so it needs no lock to read the list. */
static long print_list(void)
{
    long count = shared_load(&list.count);

    for (long i = 0; i < count; i++)
        say("slot %ld: %ld", i, shared_load(&list.slot[i]));
    return count;
}

int main(int argc, char **argv)
{
    struct lesson_options options = lesson_start(argc, argv, &use);
    struct worker *workers =
        calloc((size_t)options.workers, sizeof *workers);

    lock_init(&list.lock, "list.lock");
    shared_init(&list.count, "count", 0);
    list.slot = calloc((size_t)options.tasks, sizeof *list.slot);
    shared_init_array(list.slot, (size_t)options.tasks, "slot", 0);

    for (int i = 0; i < options.workers; i++) {
        workers[i] = (struct worker){.first = i + 1,
                                     .step = options.workers,
                                     .tasks = options.tasks,
                                     .delay = options.delay};
        thread_start(&workers[i].thread, work, "worker-%d", i);
    }
    for (int i = 0; i < options.workers; i++)
        thread_join(&workers[i].thread);

    long count = print_list();
    lesson_outcome(count == options.tasks,
                   "%d items were appended, and %ld are in the list",
                   options.tasks, count);
    lock_destroy(&list.lock);
    free(list.slot);
    free(workers);
    return lesson_finish();
}

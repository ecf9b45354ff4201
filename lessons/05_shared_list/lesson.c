/*
 * Lesson 5: a shared list.
 *
 * Question:   several threads append to one list. What does each
 *             append consist of, and what must not come between?
 * Run:        viz shared_list
 * Watch for:  from the moment a worker reads the count until it has
 *             written it, nobody else does: they wait for the lock.
 * Ends:       0
 * Then diff:  lost_append.c    - without the lock
 *             check_then_act.c - each call is locked, the pair is not
 */
#include "chance.h"
#include "lesson.h"
#include "lock.h"
#include "say.h"
#include "shared.h"
#include "thread.h"

#include <stdlib.h>

static const struct lesson_use use = {
    .summary = "Threads append to one list, under its lock.",
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
    lock_acquire(&list.lock);
    long n = shared_load(&list.count);
    nap(1 + chance_below(delay)); /* making it takes time */
    shared_store(&list.slot[n], item);
    shared_store(&list.count, n + 1);
    lock_release(&list.lock);
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

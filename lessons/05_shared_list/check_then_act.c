/*
 * Lesson 5, check_then_act: each call is locked, the pair is not.
 *
 * Question:   the list locks itself in each call, and nobody appends
 *             while it has all it shall have. Why does it get too long?
 * Run:        viz shared_list/check_then_act
 * Watch for:  at the end several workers see that one item is
 *             missing, and each of them appends one.
 * Ends:       1
 * Compare:    lesson.c
 */
#include "chance.h"
#include "lesson.h"
#include "say.h"
#include "shared_list.h"
#include "thread.h"

#include <stdlib.h>

static const struct lesson_use use = {
    .summary =
        "Append while something is missing: two calls, two acts.",
    .workers = 4,
    .tasks = 10,
    .capacity = LESSON_UNUSED,
    .delay = 300,
};

/* The one global list. It locks itself in each call. */
static struct shared_list list;

struct worker {
    struct thread thread; /* first: a worker is a thread */
    int first, step;      /* its tasks: first, first + step, ... */
    unsigned tasks;       /* how many the list shall have */
    int delay;            /* the longest nap, in milliseconds */
};

static void work(struct thread *self)
{
    struct worker *me = (struct worker *)self;

    for (int task = me->first; shared_list_length(&list) < me->tasks;
         task += me->step) {
        nap(1 + chance_below(me->delay)); /* making it takes time */
        shared_list_append(&list, &task);
        say("%s appended %d", self->name, task);
    }
}

static int print_list(void)
{
    int count = (int)shared_list_length(&list), item;

    for (int i = 0; i < count; i++)
        if (shared_list_get(&list, (unsigned)i, &item))
            say("slot %d: %d", i, item);
    return count;
}

int main(int argc, char **argv)
{
    struct lesson_options options = lesson_start(argc, argv, &use);
    struct worker *workers =
        calloc((size_t)options.workers, sizeof *workers);

    shared_list_init(&list, "list", sizeof(int), queue_label_int);

    for (int i = 0; i < options.workers; i++) {
        workers[i] = (struct worker){.first = i + 1,
                                     .step = options.workers,
                                     .tasks = (unsigned)options.tasks,
                                     .delay = options.delay};
        thread_start(&workers[i].thread, work, "worker-%d", i);
    }
    for (int i = 0; i < options.workers; i++)
        thread_join(&workers[i].thread);

    int count = print_list();
    lesson_outcome(count == options.tasks,
                   "%d items were wanted, and %d are in the list",
                   options.tasks, count);
    shared_list_destroy(&list);
    free(workers);
    return lesson_finish();
}

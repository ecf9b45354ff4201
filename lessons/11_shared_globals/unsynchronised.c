/*
 * Lesson 11, unsynchronised: nobody takes the lock.
 *
 * Question:   two threads added 50 each. Why is the count not 100?
 * Run:        viz shared_globals/unsynchronised
 * Watch for:  both threads load the same number, and both store that
 *             number plus one. (One thread alone counts right.)
 * Ends:       1
 * Data race:  count is loaded and stored by two threads, in no order
 * Compare:    lesson.c
 */
#include "lesson.h"
#include "lock.h"
#include "process.h"
#include "say.h"
#include "shared.h"
#include "thread.h"

#include <stdlib.h>

static const struct lesson_use use = {
    .summary = "As the lesson, but nobody takes the lock.",
    .workers = 2,
    .tasks = 50,
    .capacity = LESSON_UNUSED,
    .delay = 5,
};

/* The globals. Each process has all of them, for itself. */
static struct lesson_options options;
static struct shared count;
static struct lock guard;

/* Adds 1, and says to what. Adding takes a moment. */
static long add_one(void)
{
    long sum = shared_load(&count) + 1;
    nap(1 + options.delay);
    shared_store(&count, sum);
    return sum;
}

static void add(const char *name)
{
    long sum = 0;

    for (int i = 0; i < options.tasks; i++)
        sum = add_one();
    say("%s added %d and came to %ld", name, options.tasks, sum);
}

static void run_thread(struct thread *self)
{
    say("current task: %s", self->name);
    add(self->name);
}

static void run_process(struct process *self)
{
    say("process name is %s", self->name);
    add(self->name);
}

int main(int argc, char **argv)
{
    options = lesson_start(argc, argv, &use);
    shared_init(&count, "count", 0);
    lock_init(&guard, "guard");
    say("main begins: the count is %ld", shared_load(&count));

    struct thread *threads =
        calloc((size_t)options.workers, sizeof *threads);
    struct process process = {.run = NULL};

    for (int i = 0; i < options.workers; i++)
        thread_start(&threads[i], run_thread, "thread-%d", i + 1);
    for (int i = 0; i < options.workers; i++)
        thread_join(&threads[i]);
    say("main sees %ld after the threads", shared_load(&count));

    process_start(&process, run_process, "subprocess");
    process_join(&process);
    long sum = shared_load(&count);
    say("main sees %ld after the process", sum);

    free(threads);
    lock_destroy(&guard);
    lesson_outcome(sum == (long)options.workers * options.tasks,
                   "%d threads added %d each, and the count is %ld",
                   options.workers, options.tasks, sum);
    return lesson_finish();
}

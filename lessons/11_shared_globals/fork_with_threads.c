/*
 * Lesson 11, fork_with_threads: the process starts too early.
 *
 * Question:   the thread gave its lock back. Who still holds it?
 * Run:        viz shared_globals/fork_with_threads
 * Watch for:  the process waits for the lock, which was held when it
 *             was copied; in its copy nobody will ever release it.
 * Ends:       3
 * Compare:    lesson.c
 */
#include "event_flag.h"
#include "lesson.h"
#include "lock.h"
#include "process.h"
#include "say.h"
#include "shared.h"
#include "thread.h"

#include <stdlib.h>

static const struct lesson_use use = {
    .summary = "As the lesson, but main forks while a thread adds.",
    .workers = 2,
    .tasks = 50,
    .capacity = LESSON_UNUSED,
    .delay = 5,
};

/* The globals. Each process has all of them, for itself. */
static struct lesson_options options;
static struct shared count;
static struct lock guard;
static struct event_flag held, forked;

/* Adds 1, and says to what. Adding takes a moment. */
static long add_one(void)
{
    lock_acquire(&guard);
    long sum = shared_load(&count) + 1;
    event_flag_set(&held);
    event_flag_wait(&forked); /* the worst moment, each time */
    nap(1 + options.delay);
    shared_store(&count, sum);
    lock_release(&guard);
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
    event_flag_init(&held, "held");
    event_flag_init(&forked, "forked");
    say("main begins: the count is %ld", shared_load(&count));

    struct thread *threads =
        calloc((size_t)options.workers, sizeof *threads);
    struct process process = {.run = NULL};

    for (int i = 0; i < options.workers; i++)
        thread_start(&threads[i], run_thread, "thread-%d", i + 1);
    if (options.tasks > 0)
        event_flag_wait(&held);
    process_start(&process, run_process, "subprocess");
    event_flag_set(&forked);
    for (int i = 0; i < options.workers; i++)
        thread_join(&threads[i]);
    say("main sees %ld after the threads", shared_load(&count));

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

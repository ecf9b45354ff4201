/*
 * Lesson 6, locked: each thread prints for itself, under a lock.
 *
 * Question:   the lines are whole again, without a printer. Who pays?
 * Run:        viz printing/locked
 * Watch for:  workers wait for the lock while another one prints.
 * Ends:       0
 * Compare:    interleaved.c, lesson.c
 */
#include "chance.h"
#include "lesson.h"
#include "lock.h"
#include "queue.h"
#include "say.h"
#include "thread.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const struct lesson_use use = {
    .summary =
        "Each thread prints itself, with a lock round both writes.",
    .workers = 5,
    .tasks = 19,
    .delay = 1000,
};
static const char letters[] = "qwertyuiopasdfghjkl";

/* What all who print share. */
static struct {
    struct lock lock;
    int slowness; /* of the terminal: milliseconds a line */
} output;

struct worker {
    struct thread thread; /* first: a worker is a thread */
    struct queue *tasks;
    int id;
    int delay;   /* the longest nap, in milliseconds */
    int handled; /* tasks done; read only after thread_join */
};

/* Prints a line: the text, and then its newline. */
static void report(const char *format, ...)
{
    char text[64];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    lock_acquire(&output.lock);
    say_piece("%s", text);
    nap(output.slowness);
    say_piece("\n");
    lock_release(&output.lock);
}

/* Each letter takes its time, whoever works on it. */
static int time_for(char letter, int longest)
{
    const char text[] = {letter, '\0'};

    return (int)(chance_of(text, 0) % (uint64_t)(longest + 1));
}

static void work(struct thread *self)
{
    struct worker *me = (struct worker *)self;
    char letter;

    while (queue_get(me->tasks, &letter)) {
        nap(time_for(letter, me->delay));
        report("%d get %c", me->id, letter);
        me->handled++;
        queue_task_done(me->tasks);
    }
    report("%d stop", me->id);
}

int main(int argc, char **argv)
{
    struct lesson_options options = lesson_start(argc, argv, &use);
    struct worker *workers =
        calloc((size_t)options.workers, sizeof *workers);
    struct queue tasks;
    int handled = 0;

    queue_init(&tasks, "tasks", (unsigned)options.capacity,
               sizeof(char), queue_label_char);
    lock_init(&output.lock, "output.lock");
    output.slowness = 1 + options.delay / 10;
    for (int i = 0; i < options.workers; i++) {
        workers[i] = (struct worker){
            .tasks = &tasks, .id = i, .delay = options.delay};
        thread_start(&workers[i].thread, work, "worker-%d", i);
    }

    report("waiting for jobs…");
    for (int i = 0; i < options.tasks; i++)
        queue_put(&tasks, &letters[i % 19]);
    queue_join(&tasks);
    report("job finished");

    queue_shutdown(&tasks);
    for (int i = 0; i < options.workers; i++) {
        thread_join(&workers[i].thread);
        handled += workers[i].handled;
    }

    lock_destroy(&output.lock);
    queue_destroy(&tasks);
    free(workers);
    lesson_outcome(handled == options.tasks, "%d tasks handled",
                   handled);
    return lesson_finish();
}

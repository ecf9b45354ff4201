/*
 * Lesson 3: task_done and join.
 *
 * Question:   how does main learn that every task is finished, not
 *             merely taken?
 * Run:        viz task_done_join
 * Watch for:  main still waits in tasks.join while the queue is empty
 *             already: items that were taken are not yet done.
 * Ends:       0
 * Then diff:  missing_task_done.c - one task is never reported
 *             extra_task_done.c   - one report too many
 *             as_in_document.c    - a quit flag and polling instead
 */
#include "chance.h"
#include "lesson.h"
#include "queue.h"
#include "say.h"
#include "thread.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const struct lesson_use use = {
    .summary = "Workers take letters; main joins the queue.",
    .workers = 5,
    .tasks = 19,
    .delay = 1000,
};
static const char letters[] = "qwertyuiopasdfghjkl";

struct line {
    char text[64];
};

struct worker {
    struct thread thread; /* first: a worker is a thread */
    struct queue *tasks;
    struct queue *messages;
    int id;
    int delay;   /* the longest nap, in milliseconds */
    int handled; /* tasks done; read only after thread_join */
};

struct printer {
    struct thread thread;
    struct queue *messages;
};

/* Hands a line to the printer. */
static void report(struct queue *messages, const char *format, ...)
{
    struct line line;
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line.text, sizeof line.text, format, arguments);
    va_end(arguments);
    queue_put(messages, &line);
}

static void work(struct thread *self)
{
    struct worker *me = (struct worker *)self;
    char letter;

    while (queue_get(me->tasks, &letter)) {
        nap(chance_below(me->delay + 1));
        report(me->messages, "%d get %c", me->id, letter);
        me->handled++;
        queue_task_done(me->tasks);
    }
    report(me->messages, "%d stop", me->id);
}

static void print(struct thread *self)
{
    struct printer *me = (struct printer *)self;
    struct line line;

    while (queue_get(me->messages, &line))
        say("%s", line.text);
}

int main(int argc, char **argv)
{
    struct lesson_options options = lesson_start(argc, argv, &use);
    struct worker *workers =
        calloc((size_t)options.workers, sizeof *workers);
    struct printer printer = {.thread.run = NULL};
    struct queue tasks, messages;
    int handled = 0;

    queue_init(&tasks, "tasks", (unsigned)options.capacity,
               sizeof(char), queue_label_char);
    queue_init(&messages, "messages", 0, sizeof(struct line),
               queue_label_text);
    for (int i = 0; i < options.workers; i++) {
        workers[i] = (struct worker){.tasks = &tasks,
                                     .messages = &messages,
                                     .id = i,
                                     .delay = options.delay};
        thread_start(&workers[i].thread, work, "worker-%d", i);
    }
    printer.messages = &messages;
    thread_start(&printer.thread, print, "printer");

    for (int i = 0; i < options.tasks; i++)
        queue_put(&tasks, &letters[i % 19]);
    report(&messages, "waiting for jobs…");
    queue_join(&tasks);
    report(&messages, "job finished");

    queue_shutdown(&tasks);
    for (int i = 0; i < options.workers; i++) {
        thread_join(&workers[i].thread);
        handled += workers[i].handled;
    }
    queue_shutdown(&messages);
    thread_join(&printer.thread);

    queue_destroy(&messages);
    queue_destroy(&tasks);
    free(workers);
    lesson_outcome(handled == options.tasks, "%d tasks handled",
                   handled);
    return lesson_finish();
}

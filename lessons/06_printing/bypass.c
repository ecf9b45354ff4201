/*
 * Lesson 6, bypass: main prints directly.
 *
 * Question:   the lines are whole. Is their order the true one?
 * Run:        viz printing/bypass
 * Watch for:  main says that the job is finished while messages still
 *             holds lines about it.
 * Ends:       0
 * Compare:    lesson.c
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
    .summary = "As the lesson, but main does not use the queue.",
    .workers = 5,
    .tasks = 19,
    .delay = 1000,
};
static const char letters[] = "qwertyuiopasdfghjkl";

struct line {
    char text[64];
};

/* What all who print share. */
static struct {
    struct queue messages;
    int slowness; /* of the terminal: milliseconds a line */
} output;

struct worker {
    struct thread thread; /* first: a worker is a thread */
    struct queue *tasks;
    int id;
    int delay;   /* the longest nap, in milliseconds */
    int handled; /* tasks done; read only after thread_join */
};

/* Hands a line to the printer. */
static void report(const char *format, ...)
{
    struct line line;
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line.text, sizeof line.text, format, arguments);
    va_end(arguments);
    queue_put(&output.messages, &line);
}

static void print(struct thread *self)
{
    struct line line;

    (void)self;
    while (queue_get(&output.messages, &line)) {
        nap(output.slowness);
        say("%s", line.text);
    }
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
    struct thread printer = {.run = NULL};
    struct queue tasks;
    int handled = 0;

    queue_init(&tasks, "tasks", (unsigned)options.capacity,
               sizeof(char), queue_label_char);
    queue_init(&output.messages, "messages", 0, sizeof(struct line),
               queue_label_text);
    output.slowness = 1 + options.delay / 10;
    for (int i = 0; i < options.workers; i++) {
        workers[i] = (struct worker){
            .tasks = &tasks, .id = i, .delay = options.delay};
        thread_start(&workers[i].thread, work, "worker-%d", i);
    }
    thread_start(&printer, print, "printer");

    say("waiting for jobs…");
    for (int i = 0; i < options.tasks; i++)
        queue_put(&tasks, &letters[i % 19]);
    queue_join(&tasks);
    say("job finished");

    queue_shutdown(&tasks);
    for (int i = 0; i < options.workers; i++) {
        thread_join(&workers[i].thread);
        handled += workers[i].handled;
    }
    queue_shutdown(&output.messages);
    thread_join(&printer);

    queue_destroy(&output.messages);
    queue_destroy(&tasks);
    free(workers);
    lesson_outcome(handled == options.tasks, "%d tasks handled",
                   handled);
    return lesson_finish();
}

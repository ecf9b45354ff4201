/*
 * Lesson 3, as_in_document: the shape of the original program.
 *
 * Question:   five lines are missing. Who stopped too early?
 * Run:        viz task_done_join/as_in_document
 * Watch for:  the printer ends while the workers still have something
 *             to say; "job finished" overtakes the last "get".
 * Ends:       0
 * Compare:    lesson.c
 */
#include "chance.h"
#include "event_flag.h"
#include "lesson.h"
#include "queue.h"
#include "say.h"
#include "thread.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const struct lesson_use use = {
    .summary = "The original's shape: a quit flag and polling.",
    .workers = 5,
    .tasks = 19,
    .delay = 1000,
    .capacity = LESSON_UNUSED,
};
static const char letters[] = "qwertyuiopasdfghjkl";

struct line {
    char text[64];
};

struct worker {
    struct thread thread; /* first: a worker is a thread */
    struct queue *tasks;
    struct queue *messages;
    struct event_flag *quit;
    int id;
    int delay; /* the longest nap, in milliseconds */
};

struct printer {
    struct thread thread;
    struct queue *messages;
    struct event_flag *quit;
};

/*
 * get with a limit of 0.1 s as the document's Python 2 does it: looks,
 * sleeps a little, looks again, and sleeps longer each time.
 */
static bool poll(struct queue *queue, void *item)
{
    for (int left = 100, pause = 1; left > 0; left -= pause) {
        if (queue_get_nowait(queue, item))
            return true;
        pause = 2 * pause < left ? 2 * pause : left;
        nap(pause);
    }
    return queue_get_nowait(queue, item);
}

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

    while (true) {
        nap(chance_below(me->delay + 1));
        if (poll(me->tasks, &letter)) {
            report(me->messages, "%d get %c", me->id, letter);
            queue_task_done(me->tasks);
        } else if (event_flag_is_set(me->quit)) {
            break;
        }
    }
    report(me->messages, "%d stop", me->id);
}

static void print(struct thread *self)
{
    struct printer *me = (struct printer *)self;
    struct line line;

    while (!event_flag_is_set(me->quit) || !queue_empty(me->messages))
        if (poll(me->messages, &line))
            say("%s", line.text);
}

int main(int argc, char **argv)
{
    struct lesson_options options = lesson_start(argc, argv, &use);
    struct worker *workers =
        calloc((size_t)options.workers, sizeof *workers);
    struct printer printer = {.thread.run = NULL};
    struct queue tasks, messages;
    struct event_flag quit;

    event_flag_init(&quit, "quit");
    queue_init(&tasks, "tasks", 0, sizeof(char), queue_label_char);
    queue_init(&messages, "messages", 0, sizeof(struct line),
               queue_label_text);
    for (int i = 0; i < options.tasks; i++)
        queue_put(&tasks, &letters[i % 19]);

    for (int i = 0; i < options.workers; i++) {
        workers[i] = (struct worker){.tasks = &tasks,
                                     .messages = &messages,
                                     .quit = &quit,
                                     .id = i,
                                     .delay = options.delay};
        thread_start(&workers[i].thread, work, "worker-%d", i);
    }
    printer.messages = &messages;
    printer.quit = &quit;
    thread_start(&printer.thread, print, "printer");

    say("waiting for jobs…");
    queue_join(&tasks);
    say("job finished");
    event_flag_set(&quit);

    int status = lesson_finish(); /* joins them all, as Python does */
    queue_destroy(&messages);
    queue_destroy(&tasks);
    free(workers);
    return status;
}

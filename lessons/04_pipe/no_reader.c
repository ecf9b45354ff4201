/*
 * Lesson 4, no_reader: the end to receive with is closed.
 *
 * Question:   what happens to a message that nobody can receive?
 * Run:        viz pipe/no_reader
 * Watch for:  the child's send fails at once; the child is told so,
 *             and is not killed by a signal.
 * Ends:       1
 * Compare:    lesson.c
 */
#include "lesson.h"
#include "pipe.h"
#include "process.h"
#include "say.h"
#include "thread.h"

static const struct lesson_use use = {
    .summary = "A child works, sends a message to main, and ends.\n"
               "Here --tasks is the size of the message in bytes, and "
               "--delay the child's nap.",
    .workers = LESSON_UNUSED,
    .tasks = 32,
    .capacity = LESSON_UNUSED,
    .delay = 1000,
};
static const char text[] = "a message from the child process";

/* Each process has one of its own; at its end is always a '\0'. */
static char message[1000001];

struct child {
    struct process process; /* first: a child is a process */
    struct pipe_end *end;
    struct pipe_end *mains_end;
    int size;
    int delay;
};

static void work(struct process *self)
{
    struct child *me = (struct child *)self;

    pipe_close(me->mains_end); /* not the child's to use */
    say("sleeping %d ms…", me->delay);
    nap(me->delay);
    say("done sleeping");

    for (int i = 0; i < me->size; i++)
        message[i] = text[i % 32];
    if (!pipe_send(me->end, message, (size_t)me->size))
        say("the message is lost: nobody can receive it");
}

int main(int argc, char **argv)
{
    struct lesson_options options = lesson_start(argc, argv, &use);
    struct pipe_end ours, childs;
    struct child child = {.end = &childs,
                          .mains_end = &ours,
                          .size = options.tasks,
                          .delay = options.delay};
    int received = 0;

    pipe_open(&childs, &ours, "results", queue_label_text);
    pipe_close(&ours); /* main does not want an answer */
    process_start(&child.process, work, "child");
    pipe_close(&childs); /* not main's to use */

    process_join(&child.process);

    lesson_outcome(received == 1, "%d of 1 message received", received);
    return lesson_finish();
}

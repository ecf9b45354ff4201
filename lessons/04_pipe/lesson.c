/*
 * Lesson 4: a pipe between two processes.
 *
 * Question:   how does a result get out of a child process, and how
 *             does main learn that nothing more will come?
 * Run:        viz pipe
 * Watch for:  main waits for a message on "results 1>2", gets one,
 *             and waits on; the end comes when the child has ended.
 * Ends:       0
 * Then diff:  join_first.c - joins before it receives
 *             no_reader.c  - sends to an end that is closed
 *             left_open.c  - main leaves the child's end open
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
    size_t size;

    pipe_open(&childs, &ours, "results", queue_label_text);
    process_start(&child.process, work, "child");
    pipe_close(&childs); /* not main's to use */

    while (pipe_recv(&ours, message, sizeof message, &size)) {
        say("received %zu bytes: %.32s", size, message);
        received += size == (size_t)options.tasks;
    }
    process_join(&child.process);

    pipe_close(&ours);
    lesson_outcome(received == 1, "%d of 1 message received", received);
    return lesson_finish();
}

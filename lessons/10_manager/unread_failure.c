/*
 * Lesson 10, unread_failure: a task fails, and nobody asks.
 *
 * Question:   task-0 fails in its worker. How does main learn of it?
 * Run:        viz manager/unread_failure
 * Watch for:  nothing, until the pool is joined: main never asks for a
 *             task's result. Here the join says what was not asked for.
 *             (Without a task, --tasks 0, none fails.)
 * Ends:       1
 * Compare:    lesson.c
 */
#include "lesson.h"
#include "managed_list.h"
#include "managed_queue.h"
#include "process_pool.h"
#include "say.h"
#include "thread.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct lesson_use use = {
    .summary = "As the lesson, but a task fails, and nobody asks.",
    .workers = 4,
    .tasks = 8,
    .capacity = LESSON_UNUSED,
    .delay = 2000,
};

/* Items are sent from process to process: no pointers in them. */
struct message {
    char text[48];
};

/* The handles were made before the pool: its workers have them, too. */
struct task {
    struct future future; /* first: a task is a future */
    struct managed_list *pids;
    struct managed_queue *messages;
    int number;
    int delay; /* milliseconds */
};

/* The task: runs in a worker, whose number the kernel gave. */
static bool work(struct future *self)
{
    struct task *me = (struct task *)self;
    struct message message;
    int pid = (int)getpid();

    say("%d sleeps for %d ms", pid, me->delay);
    nap(me->delay);
    if (me->number == 0)
        return future_fail(self, "%d cannot sleep here", pid);
    say("%d is done sleeping", pid);
    managed_list_append(me->pids, &pid);
    snprintf(message.text, sizeof message.text, "%d put this message",
             pid);
    managed_queue_put(me->messages, &message);
    return true;
}

static unsigned print_list(struct managed_list *pids)
{
    unsigned length = managed_list_length(pids);
    int pid;

    for (unsigned i = 0; i < length; i++)
        if (managed_list_get(pids, i, &pid))
            say("in the list: %d", pid);
    return length;
}

/* Until it is empty: right, since nobody else is left who could put or
   take. */
static unsigned print_messages(struct managed_queue *messages)
{
    struct message message;
    unsigned count = 0;

    while (!managed_queue_empty(messages)) {
        managed_queue_get(messages, &message);
        say("in the queue: %s", message.text);
        count++;
    }
    return count;
}

int main(int argc, char **argv)
{
    struct lesson_options options = lesson_start(argc, argv, &use);
    struct task *tasks = calloc((size_t)options.tasks, sizeof *tasks);
    struct manager manager = {.next = NULL};
    struct managed_list pids;
    struct managed_queue messages;
    struct process_pool pool;

    manager_start(&manager, "manager");
    managed_list_init(&pids, &manager, "pids", sizeof(int),
                      queue_label_int);
    managed_queue_init(&messages, &manager, "messages", 0,
                       sizeof(struct message), queue_label_text);

    process_pool_init(&pool, "pool", options.workers, sizeof *tasks);
    for (int i = 0; i < options.tasks; i++) {
        tasks[i].pids = &pids;
        tasks[i].messages = &messages;
        tasks[i].number = i;
        tasks[i].delay = options.delay;
        process_pool_submit(&pool, &tasks[i].future, work, "task-%d",
                            i);
    }
    process_pool_close(&pool);
    unsigned unread = process_pool_join(&pool);

    unsigned listed = print_list(&pids);
    unsigned put = print_messages(&messages);
    lesson_outcome(listed == (unsigned)options.tasks &&
                       put == (unsigned)options.tasks,
                   "%d tasks: %u in the list, %u messages, %u unread "
                   "failures",
                   options.tasks, listed, put, unread);
    manager_shutdown(&manager);
    free(tasks);
    return lesson_finish();
}

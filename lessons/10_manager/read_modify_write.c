/*
 * Lesson 10, read_modify_write: one act made of two requests.
 *
 * Question:   eight tasks add 1 to the same item of a managed list,
 *             which is 0 at first. What is it at the end?
 * Run:        viz manager/read_modify_write
 * Watch for:  two workers get the same number before either of them
 *             has set it: one of the two additions is lost.
 *             One worker, or one task, loses nothing.
 * Ends:       1
 * Compare:    lesson.c
 */
#include "chance.h"
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
    .summary = "As the lesson, but each task adds 1 to an item.",
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
    struct managed_list *total;
    struct managed_queue *messages;
    int delay; /* milliseconds */
};

/* The task: runs in a worker, whose number the kernel gave. */
static bool work(struct future *self)
{
    struct task *me = (struct task *)self;
    struct message message;
    int pid = (int)getpid(), count;

    say("%d sleeps for %d ms", pid, me->delay);
    nap(me->delay);
    say("%d is done sleeping", pid);
    managed_list_get(me->total, 0, &count); /* total[0] += 1 */
    nap(5 + chance_below(me->delay));       /* adding takes time */
    count++;
    managed_list_set(me->total, 0, &count);
    snprintf(message.text, sizeof message.text, "%d put this message",
             pid);
    managed_queue_put(me->messages, &message);
    return true;
}

static unsigned print_total(struct managed_list *total)
{
    int count = 0;

    managed_list_get(total, 0, &count);
    say("in the list: %d", count);
    return (unsigned)count;
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
    struct managed_list total;
    int start = 0;
    struct managed_queue messages;
    struct process_pool pool;

    manager_start(&manager, "manager");
    managed_list_init(&total, &manager, "total", sizeof(int),
                      queue_label_int);
    managed_list_append(&total, &start);
    managed_queue_init(&messages, &manager, "messages", 0,
                       sizeof(struct message), queue_label_text);

    process_pool_init(&pool, "pool", options.workers, sizeof *tasks);
    for (int i = 0; i < options.tasks; i++) {
        tasks[i].total = &total;
        tasks[i].messages = &messages;
        tasks[i].delay = options.delay;
        process_pool_submit(&pool, &tasks[i].future, work, "task-%d",
                            i);
    }
    process_pool_close(&pool);
    unsigned unread = process_pool_join(&pool);

    unsigned counted = print_total(&total);
    unsigned put = print_messages(&messages);
    lesson_outcome(counted == (unsigned)options.tasks &&
                       put == (unsigned)options.tasks,
                   "%d tasks: %u counted, %u messages, %u unread "
                   "failures",
                   options.tasks, counted, put, unread);
    manager_shutdown(&manager);
    free(tasks);
    return lesson_finish();
}

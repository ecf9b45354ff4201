/*
 * Lesson 7: a stop event.
 *
 * Question:   the workers wait for directories, and no more will come.
 *             How do they learn that they may stop?
 * Run:        viz stop_event --workers 6
 * Watch for:  a worker without work does not simply wait: it looks at
 *             its stop event, waits for 0.05 s, and looks again.
 * Ends:       0
 * Then diff:  no_timeout.c     - waits for directories without a limit
 *             sentinel.c       - an item that says "no more"
 *             queue_shutdown.c - the queue itself is shut down
 */
#include "event_flag.h"
#include "folder.h"
#include "lesson.h"
#include "queue.h"
#include "say.h"
#include "thread.h"

#include <stdio.h>
#include <stdlib.h>

static const struct lesson_use use = {
    .summary = "Workers count files until their stop events are set.",
    .arguments = "DIRECTORY… (default: this kit's own folders)",
    .workers = 4,
    .tasks = LESSON_UNUSED,
    .delay = 1000,
};
static char *own_folders[] = {"common", "lessons", "tests", "viz",
                              NULL};

struct result {
    const char *directory;
    const char *thread;
    long files;
};

struct worker {
    struct thread thread; /* first: a worker is a thread */
    struct event_flag stop;
    char stop_name[16];
    struct queue *directories;
    struct queue *results;
    int root;  /* the folder in which the directories are */
    int delay; /* how slow the disk is: milliseconds a directory */
};

static void work(struct thread *self)
{
    struct worker *me = (struct worker *)self;
    struct result result = {.thread = self->name};

    while (!event_flag_is_set(&me->stop)) {
        if (!queue_get_within(me->directories, &result.directory, 50))
            continue;
        nap(1 + me->delay);
        result.files = folder_count_files(me->root, result.directory);
        queue_put(me->results, &result);
    }
}

/* Tells the worker to stop, and waits until it has. */
static void worker_join(struct worker *worker)
{
    event_flag_set(&worker->stop);
    thread_join(&worker->thread);
}

int main(int argc, char **argv)
{
    struct lesson_options options = lesson_start(argc, argv, &use);
    bool named = options.argument_count > 0;
    char **names = named ? options.arguments : own_folders;
    int root = named ? FOLDER_CURRENT : folder_open_kit();
    int assigned = 0;
    struct worker *workers =
        calloc((size_t)options.workers, sizeof *workers);
    struct queue directories, results;
    struct result result;

    queue_init(&directories, "directories", (unsigned)options.capacity,
               sizeof(char *), queue_label_string);
    queue_init(&results, "results", 0, sizeof result,
               queue_label_string);
    for (int i = 0; i < options.workers; i++) {
        workers[i] = (struct worker){.directories = &directories,
                                     .results = &results,
                                     .root = root,
                                     .delay = options.delay};
        snprintf(workers[i].stop_name, sizeof workers[i].stop_name,
                 "stop-%d", i);
        event_flag_init(&workers[i].stop, workers[i].stop_name);
        thread_start(&workers[i].thread, work, "worker-%d", i);
    }

    for (; *names != NULL; names++) {
        if (folder_has(root, *names)) {
            queue_put(&directories, names);
            assigned++;
        } else {
            say("%s is not there: skipped", *names);
        }
    }
    say("assigned %d directories to the workers", assigned);
    for (int i = 0; i < assigned; i++) {
        queue_get(&results, &result);
        say("from %s: %ld files in %s", result.thread, result.files,
            result.directory);
    }

    for (int i = 0; i < options.workers; i++)
        worker_join(&workers[i]);
    unsigned left = queue_qsize(&directories);
    queue_destroy(&results);
    queue_destroy(&directories);
    free(workers);
    lesson_outcome(left == 0, "%d directories counted, %u left over",
                   assigned, left);
    return lesson_finish();
}

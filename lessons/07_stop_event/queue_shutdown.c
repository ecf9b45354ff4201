/*
 * Lesson 7, queue_shutdown: the queue itself is shut down.
 *
 * Question:   one call stops all workers. How does each learn of it?
 * Run:        viz stop_event/queue_shutdown --workers 6
 * Watch for:  one step of main wakes all who wait for a directory.
 * Ends:       0
 * Compare:    lesson.c, sentinel.c
 */
#include "folder.h"
#include "lesson.h"
#include "queue.h"
#include "say.h"
#include "thread.h"

#include <stdlib.h>

static const struct lesson_use use = {
    .summary = "As the lesson, but stopped by shutting the queue down.",
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
    struct queue *directories;
    struct queue *results;
    int root;  /* the folder in which the directories are */
    int delay; /* how slow the disk is: milliseconds a directory */
};

static void work(struct thread *self)
{
    struct worker *me = (struct worker *)self;
    struct result result = {.thread = self->name};

    while (queue_get(me->directories, &result.directory)) {
        nap(1 + me->delay);
        result.files = folder_count_files(me->root, result.directory);
        queue_put(me->results, &result);
    }
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

    queue_shutdown(&directories);
    for (int i = 0; i < options.workers; i++)
        thread_join(&workers[i].thread);
    unsigned left = queue_qsize(&directories);
    queue_destroy(&results);
    queue_destroy(&directories);
    free(workers);
    lesson_outcome(left == 0, "%d directories counted, %u left over",
                   assigned, left);
    return lesson_finish();
}

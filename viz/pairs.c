/* pairs.c - the pairs of programs that are worth comparing; see pairs.h. */
#include "pairs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct pair pairs[] = {
    {"01_thread_result/join_each", "01_thread_result/lesson",
     "one after the other, or all at once",
     "Three crawls of the same length. In A, main waits for each crawler before it "
     "starts the next one; in B it starts all, and then waits. How much longer does A "
     "take? What does main wait for, and how long in all?"},
    {"01_thread_result/lesson", "02_result_queue/lesson",
     "results in the order of starting or ending",
     "The first result is there long before main sees one. In A, who keeps it until "
     "then? In B, what lies in the queue of results, and in which order does main get "
     "them?"},
    {"02_result_queue/lesson", "08_futures/lesson",
     "a pool of workers by hand, or ready-made",
     "The same pattern twice: B has fewer lines, since the pool brings the queue and "
     "the workers along. What does main wait for in A, and what in B?"},
    {"03_task_done_join/as_in_document", "03_task_done_join/lesson",
     "asking again and again, or being told",
     "Each worker of A looks whether there is a task, sleeps a little, and looks "
     "again. "
     "How often does one wake up for nothing? Is everything printed before the end?"},
    {"06_printing/interleaved", "06_printing/lesson",
     "torn lines, or one thread that prints",
     "In A each worker writes its line in two pieces. Look for a line with two letters "
     "before it: who wrote between whose text and newline? What does B pay for its "
     "whole lines?"},
    {"07_stop_event/lesson", "07_stop_event/sentinel",
     "looking for the stop, or finding it queued",
     "All directories are done, and the workers must be told to stop. How often does a "
     "worker of A wake up for nothing? What does it find in the queue in B?"},
    {"07_stop_event/lesson", "07_stop_event/queue_shutdown",
     "waking up again and again, or once",
     "A worker of A waits with a time limit, T, and looks at its flag. In B it waits "
     "without one, W. Who wakes it up at the end?"},
    {"04_pipe/lesson", "09_process_queue/lesson",
     "a pipe for one result, or a queue for many",
     "Processes share nothing: what is handed on must go through a pipe. In A the "
     "child "
     "writes into it itself; in B a feeder thread does that for each process. Who "
     "waits "
     "for whom?"},
    {"08_futures/lesson", "08_futures/process_pool",
     "the same futures, by threads or processes",
     "The same calls in both. How many threads and processes does each of them start, "
     "and what goes through pipes in B that B's workers cannot share?"},
    {"05_shared_list/lesson", "10_manager/lesson",
     "a list in shared memory, or in a server",
     "In A threads append to one list, under its lock. In B processes ask a manager to "
     "do it. Who waits for what while another one appends?"},
    {"11_shared_globals/lesson", "11_shared_globals/spawned",
     "a copy of everything, or a new start",
     "A child of A has a copy of main's memory at the moment of the fork; a child of B "
     "starts anew. Which value does each of them see?"},
};

const size_t pair_count = sizeof pairs / sizeof pairs[0];

void pair_short_name(const char *full_name, char *name, size_t size)
{
    const char *slash = strchr(full_name, '/');

    if (slash == NULL || strcmp(slash, "/lesson") == 0)
        slash = "";
    snprintf(name, size, "%d%s", atoi(full_name), slash);
}

/*
 * golden_runs.h - the made runs that golden_test.c draws: tasks in a queue, workers
 * that take, work and report, one that holds a lock while it sleeps, and lines printed.
 */
#ifndef GOLDEN_RUNS_H
#define GOLDEN_RUNS_H

#include "made.h"

struct golden_run {
    const char *name;
    unsigned threads;
    bool wide; /* labels, names and lines in wide, combining and odd characters */
};

static const struct golden_run golden_runs[] = {
    {"no thread", 0, false},
    {"one thread", 1, false},
    {"forty threads", 40, false},
    {"wide labels", 5, true},
};

enum { GOLDEN_RUNS = sizeof golden_runs / sizeof golden_runs[0] };

/* Objects: threads have the numbers from 1 on. */
enum { GOLDEN_TASKS = 100, GOLDEN_LOCK, GOLDEN_COUNT, GOLDEN_ROUNDS = 3 };

/* Lines 3 to 9 of it are where threads are. */
static const char golden_source[] = "/* golden.c - a made program. */\n"
                                    "int main(void)\n"
                                    "{\n"
                                    "    queue_put(&tasks, &letter);\n"
                                    "    queue_get(&tasks, &letter);\n"
                                    "    lock_acquire(&door);\n"
                                    "    nap(300);\n"
                                    "    lock_release(&door);\n"
                                    "    queue_task_done(&tasks);\n"
                                    "    say(\"%s: done\", letter);\n"
                                    "}\n";

static inline void golden_at(struct made *made, unsigned line)
{
    char site[64];

    snprintf(site, sizeof site, "lessons/03_made/lesson.c:%u", line);
    made->events[made->count - 1].site = made_text(made, site);
}

static inline void golden_depth(struct made *made, uint32_t depth, uint32_t unfinished)
{
    made->events[made->count - 1].depth = depth;
    made->events[made->count - 1].unfinished = unfinished;
}

/* What is in the queue, by the steps that put it. */
struct golden_queue {
    uint64_t items[400];
    uint32_t first, last, unfinished;
};

static inline void golden_put_one(struct made *made, struct golden_queue *queue,
                                  const struct golden_run *run, unsigned number)
{
    static const char *const wide[] = {
        "\344\270\255\346\226\207", "e\314\201t\303\251", "\360\237\230\200 smile",
        "esc \033[31m", "a label that is much longer than sixteen bytes"};
    char label[32];

    snprintf(label, sizeof label, "item-%u", number);
    queue->items[queue->last++] = made->count + 1;
    made_put(made, 1, GOLDEN_TASKS, queue->last - queue->first, ++queue->unfinished,
             run->wide ? wide[number % 5] : label);
    golden_at(made, 4);
}

/* A worker takes an item; later it reports it, behind the door. */
static inline void golden_take(struct made *made, struct golden_queue *queue,
                               uint32_t thread)
{
    if (queue->first == queue->last) {
        made_step(made, TRACE_QUEUE_GET_BEGIN, thread, GOLDEN_TASKS);
        golden_depth(made, 0, queue->unfinished);
        golden_at(made, 5);
        return;
    }
    uint64_t item = queue->items[queue->first++];
    made_get(made, thread, GOLDEN_TASKS, item, queue->last - queue->first,
             queue->unfinished);
    golden_at(made, 5);
    made_step(made, TRACE_NAP_BEGIN, thread, 0);
    made->events[made->count - 1].number = 300 * MADE_MS;
    golden_at(made, 7);
}

static inline void golden_report(struct made *made, struct golden_queue *queue,
                                 uint32_t thread, bool wide)
{
    made_step(made, TRACE_NAP_END, thread, 0);
    made_step(made, TRACE_LOCK_ACQUIRE, thread, GOLDEN_LOCK);
    golden_at(made, 6);
    made_say(made, thread, wide ? "\345\256\214\346\210\220: done \033[2J" : "done");
    golden_at(made, 10);
    made_step(made, TRACE_LOCK_RELEASE, thread, GOLDEN_LOCK);
    golden_at(made, 8);
    made_step(made, TRACE_QUEUE_TASK_DONE, thread, GOLDEN_TASKS);
    golden_depth(made, queue->last - queue->first, --queue->unfinished);
    golden_at(made, 9);
}

static inline void golden_work(struct made *made, const struct golden_run *run)
{
    struct golden_queue queue = {.first = 0};
    uint32_t first = run->threads > 1 ? 2 : 1, last = run->threads;
    uint64_t working[64] = {0}; /* by thread: whether it has an item */

    if (run->threads > 1) { /* who comes too early waits */
        golden_take(made, &queue, first);
        golden_take(made, &queue, last);
    }
    for (unsigned round = 0; round < GOLDEN_ROUNDS; round++) {
        for (unsigned i = 0; i < run->threads + 2; i++)
            golden_put_one(made, &queue, run, round * (run->threads + 2) + i);
        for (uint32_t thread = first; thread <= last; thread++) {
            if (working[thread] != 0)
                golden_report(made, &queue, thread, run->wide);
            working[thread] = queue.first < queue.last;
            golden_take(made, &queue, thread);
        }
    }
    if (run->threads > 1) { /* one sleeps behind the door, main wants to go in */
        golden_report(made, &queue, last, run->wide);
        made_step(made, TRACE_LOCK_ACQUIRE, last, GOLDEN_LOCK);
        golden_at(made, 6);
        made_step(made, TRACE_NAP_BEGIN, last, 0);
        made->events[made->count - 1].number = 900 * MADE_MS;
        golden_at(made, 7);
        made_step(made, TRACE_LOCK_ACQUIRE_BEGIN, 1, GOLDEN_LOCK);
        golden_at(made, 6);
    }
}

/* The made trace of a run; the caller frees it. */
static inline struct made golden_made(const struct golden_run *run)
{
    struct made made = made_begin();

    made.header.source_name = made_text(&made, "03_made/lesson.c");
    made.header.source_text = made_text(&made, golden_source);
    if (run->threads == 0)
        return made;
    made_run_start(&made);
    made_queue(&made, GOLDEN_TASKS, run->wide ? "\344\273\273\345\212\241" : "tasks",
               0);
    made_step(&made, TRACE_LOCK_INIT, 1, GOLDEN_LOCK);
    made.events[made.count - 1].text = made_text(&made, "door");
    for (uint32_t i = 2; i <= run->threads; i++) {
        char name[32];
        snprintf(name, sizeof name, run->wide ? "\345\267\245-%u" : "worker-%u", i - 2);
        made_thread(&made, i, name);
    }
    golden_work(&made, run);
    return made;
}

/* A step that put an item which was taken; 0 where there is none. */
static inline uint64_t golden_put(const struct made *made)
{
    for (size_t i = 0; i < made->count; i++)
        if (atomic_load(&made->events[i].kind) == TRACE_QUEUE_GET)
            return made->events[i].number;
    return 0;
}

#endif

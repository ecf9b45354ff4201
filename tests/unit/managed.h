/*
 * managed.h - for the tests of managers: what the children use. Each case is a run of
 * its own, with a server and workers that are processes.
 */
#ifndef MANAGED_H
#define MANAGED_H

#include "caller.h"
#include "managed_list.h"
#include "managed_queue.h"
#include "recorded.h"
#include "support.h"

#include <signal.h>

enum { WORKERS = 4 };

struct worker {
    struct process process;
    int number;
};

static struct manager manager;
static struct managed_list list;
static struct managed_queue queue;
static struct worker workers[WORKERS];

/* A server that owns a list, and a queue of that capacity. */
static inline void start_manager(unsigned capacity)
{
    manager_start(&manager, "store");
    managed_list_init(&list, &manager, "list", sizeof(int), queue_label_int);
    managed_queue_init(&queue, &manager, "queue", capacity, sizeof(int),
                       queue_label_int);
}

static inline void start_worker(int i, void (*run)(struct process *self))
{
    workers[i].number = i;
    process_start(&workers[i].process, run, "worker-%d", i);
}

static inline void start_workers(void (*run)(struct process *self))
{
    for (int i = 0; i < WORKERS; i++)
        start_worker(i, run);
}

static inline void join_workers(void)
{
    for (int i = 0; i < WORKERS; i++)
        process_join(&workers[i].process);
}

static inline int number_of(const struct process *self)
{
    return ((const struct worker *)self)->number;
}

static inline void append(int item)
{
    managed_list_append(&list, &item);
}

static inline int item_at(unsigned index)
{
    int item = -1;

    managed_list_get(&list, index, &item);
    return item;
}

static inline void put(int item)
{
    managed_queue_put(&queue, &item);
}

static inline int take(void)
{
    int item = -1;

    managed_queue_get(&queue, &item);
    return item;
}

/* In a child: what does not hold ends the run. */
static inline void must(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    fflush(stderr);
    _exit(98);
}
#define MUST(what) must(what, #what)

/* For the test: the case ends well and without a word. */
static inline void assert_ends_well(const char *name)
{
    struct child_end end = child_run(name, "");

    assert_string_equal(end.err, "");
    assert_int_equal(end.status, 0);
}

/* Prints whom to look for when the run has ended; the test reads it. */
static inline void say_server(void)
{
    printf("%ld", (long)manager.process.pid);
    fflush(stdout);
}

static inline pid_t said(const struct child_end *end)
{
    pid_t pid = (pid_t)strtol(end->out, NULL, 10);

    assert_true(pid > 1);
    return pid;
}

/* --- what workers do */

static inline void take_one(struct process *self)
{
    (void)self;
    append(take());
}

static inline void append_seven(struct process *self)
{
    (void)self;
    append(7);
}

/* --- what others are doing */

struct wait_seen {
    unsigned process; /* place, or NO_PLACE: any but this one's */
    enum trace_kind kind;
    unsigned count;
};
enum { NO_PLACE = ROSTER_PROCESSES };

static inline bool that_wait_is_seen(void *data)
{
    const struct wait_seen *wanted = data;
    struct roster_thread *thread;
    unsigned count = 0;

    for (unsigned i = 0; (thread = roster_at(i)) != NULL; i++)
        if (atomic_load(&thread->state) == ROSTER_ALIVE &&
            thread->process != roster_place() && !atomic_load(&thread->able) &&
            thread->step.kind == wanted->kind &&
            (wanted->process == NO_PLACE || wanted->process == thread->process))
            count++;
    return count >= wanted->count;
}

/* Until so many threads of other processes are blocked in such a call. */
static inline void until_blocked(enum trace_kind kind, unsigned count)
{
    struct wait_seen wanted = {NO_PLACE, kind, count};

    look_until(that_wait_is_seen, &wanted);
}

static inline bool is_gone(void *pid)
{
    return kill(*(pid_t *)pid, 0) != 0;
}

/* --- recordings */

static inline void start_recording(const char *file)
{
    const struct trace_run run = {"program", "", "program.c", "", 0};
    char why[256];

    if (!trace_start(file, &run, why, sizeof why))
        abort();
}

static inline void end_recording(void)
{
    process_finish_at(NULL);
    trace_finish(0, true);
}

/* The slot of the first event of the kind, with that text (NULL: any), at or after a
   slot. Fails where there is none. */
static inline uint64_t slot_of(const struct recording *recording, enum trace_kind kind,
                               const char *text, uint64_t from)
{
    for (uint64_t i = from; i < recording->slots; i++)
        if (kind_at(recording, i) == kind &&
            (text == NULL ||
             strcmp(text_of(recording, event_at(recording, i)->text), text) == 0))
            return i;
    fail_msg("no event of kind %d with text %s", (int)kind, text != NULL ? text : "-");
    return 0;
}

#endif

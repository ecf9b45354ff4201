/*
 * process_queue_case.h - what the tests of process queues share: processes that put and
 * get, in a child where all may go wrong.
 */
#ifndef PROCESS_QUEUE_CASE_H
#define PROCESS_QUEUE_CASE_H

#include "process.h"
#include "process_queue.h"
#include "support.h"

enum { PRODUCERS = 3, CONSUMERS = 3, EACH = 2000, NO_MORE = -1 };

/* In a process that is no test: ends it, and thereby the case, where it is not so. */
#define MUST(condition)                                                                \
    ((condition)                                                                       \
         ? (void)0                                                                     \
         : (fprintf(stderr, "line %d: not so: %s\n", __LINE__, #condition), _exit(1)))

struct item {
    int producer;
    int number;
};

static struct process_queue queue;

static _Atomic int (*got)[EACH]; /* how often, by producer and number */

static inline void *shared(size_t size)
{
    void *memory =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    MUST(memory != MAP_FAILED);
    return memory;
}

static inline void join_well(struct process *process)
{
    process_join(process);
    MUST(process->exit_status == 0);
}

static inline void wait_for_waiters(enum channel_side side, unsigned count)
{
    until_waiting(queue.in.channel->monitor, &queue.in.channel->waiting[side], count);
}

static inline void produce(struct process *self)
{
    struct item item = {.producer = self->name[0] - '0'};

    for (item.number = 0; item.number < EACH; item.number++)
        process_queue_put(&queue, &item);
}

static inline void consume(struct process *self __attribute__((unused)))
{
    int last[PRODUCERS] = {-1, -1, -1};
    struct item item;

    while (process_queue_get(&queue, &item) && item.producer != NO_MORE) {
        MUST(item.number > last[item.producer]);
        last[item.producer] = item.number;
        atomic_fetch_add(&got[item.producer][item.number], 1);
    }
}

static inline void assert_well(const char *name, const char *argument)
{
    struct child_end end = child_run(name, argument);

    if (end.status != 0)
        fail_msg("%s %s ends with %d: %s", name, argument, end.status, end.err);
}

#endif

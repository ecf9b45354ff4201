/*
 * good_family.h - a short run of two processes in which every invariant of what they
 * share holds, for tests that look at it or break it. At the end some still wait.
 */
#ifndef GOOD_FAMILY_H
#define GOOD_FAMILY_H

#include "made_family.h"

enum {
    MAIN = 1,
    CHILD,
    FEEDER,
    SERVER,
    PIPE,
    RESULTS,
    NAMES,
    COUNTER,
    POOL,
    TASK,
    LATE_TASK,
};

/* The steps, by what happens in them. */
enum {
    MAKES_PIPE = 2,
    MAKES_RESULTS,
    MAKES_NAMES,
    MAKES_COUNTER,
    MAKES_POOL,
    FORKS,
    STARTS_FEEDER,
    STARTS_SERVER,
    WANTS_MESSAGE,
    SENDS,
    IS_FULL,
    WRITES,
    RECEIVES,
    PUTS,
    PUTS_SECOND,
    FEEDS,
    FEEDS_SECOND,
    TAKES,
    APPENDS,
    APPENDS_SECOND,
    READS,
    STORES,
    SUBMITS,
    SUBMITS_SECOND,
    BEGINS_TASK,
    WANTS_RESULT,
    DOES_TASK,
    HAS_RESULT,
    IS_HANDED,
    ASKS,
    SERVES,
    ANSWERED,
    FEEDER_ENDS,
    CHILD_ENDS,
    JOINS,
    WANTS_NEXT,
};

static struct made made;

static inline struct trace_event *at(uint64_t step)
{
    return &made.events[step - 1];
}

static inline void make_objects(void)
{
    made_run_start(&made);
    made_object(&made, TRACE_PIPE_INIT, MAIN, PIPE, 4096, "pipe 1>2");
    made_object(&made, TRACE_PROCESS_QUEUE_INIT, MAIN, RESULTS, 3, "results");
    made_object(&made, TRACE_LIST_INIT, MAIN, NAMES, 0, "names");
    made_object(&made, TRACE_SHARED_INIT, MAIN, COUNTER, 100, "counter");
    made_object(&made, TRACE_POOL_INIT, MAIN, POOL, 1, "pool");
    made_fork(&made, MAIN, CHILD, "child");
    made_object(&made, TRACE_THREAD_START, CHILD, FEEDER, 0, "feeder");
    at(made.count)->object = FEEDER;
    made_fork(&made, MAIN, SERVER, "manager");
}

static inline void use_pipe_and_queue(void)
{
    made_act_on(&made, TRACE_PIPE_RECV_BEGIN, CHILD, PIPE, TRACE_NO_LIMIT, 0, 0);
    made_send(&made, TRACE_PIPE_SEND, MAIN, PIPE, 5000, 0, "hello");
    made_act_on(&made, TRACE_PIPE_WRITE_BEGIN, MAIN, PIPE, TRACE_NO_LIMIT, 5000, 904);
    made_act_on(&made, TRACE_PIPE_WRITE, MAIN, PIPE, 0, 5000, 0);
    made_send(&made, TRACE_PIPE_RECV, CHILD, PIPE, 0, 0, "hello");
    at(made.count)->number = SENDS;
    made_send(&made, TRACE_PROCESS_QUEUE_PUT, CHILD, RESULTS, 0, 1, "a");
    made_send(&made, TRACE_PROCESS_QUEUE_PUT, CHILD, RESULTS, 0, 2, "b");
    made_act_on(&made, TRACE_PROCESS_QUEUE_SEND, FEEDER, RESULTS, PUTS, 1, 1);
    made_act_on(&made, TRACE_PROCESS_QUEUE_SEND, FEEDER, RESULTS, PUTS_SECOND, 2, 0);
    made_send(&made, TRACE_PROCESS_QUEUE_GET, MAIN, RESULTS, 1, 0, "a");
    at(made.count)->number = PUTS;
}

static inline void use_memory_and_pool(void)
{
    made_send(&made, TRACE_LIST_APPEND, MAIN, NAMES, 1, 0, "x");
    at(made.count)->number = 0;
    made_send(&made, TRACE_LIST_APPEND, MAIN, NAMES, 2, 0, "y");
    at(made.count)->number = 1;
    made_act_on(&made, TRACE_SHARED_LOAD, CHILD, COUNTER, 100, 0, 0);
    made_act_on(&made, TRACE_SHARED_STORE, CHILD, COUNTER, 101, 0, 0);
    made_object(&made, TRACE_FUTURE_SUBMIT, MAIN, TASK, POOL, "task-0");
    made_object(&made, TRACE_FUTURE_SUBMIT, MAIN, LATE_TASK, POOL, "task-1");
    made_step(&made, TRACE_FUTURE_RUN, CHILD, TASK);
    made_step(&made, TRACE_FUTURE_RESULT_BEGIN, MAIN, TASK);
    made_act_on(&made, TRACE_FUTURE_DONE, CHILD, TASK, 0, 0, 0);
    made_step(&made, TRACE_FUTURE_RESULT, MAIN, TASK);
    made_act_on(&made, TRACE_POOL_NEXT, MAIN, POOL, TASK, 0, 0);
}

static inline void ask_and_end(void)
{
    made_object(&made, TRACE_MANAGER_REQUEST_BEGIN, CHILD, SERVER, TRACE_NO_LIMIT,
                "pids.append('12')");
    made_object(&made, TRACE_MANAGER_SERVE, SERVER, SERVER, 0, "pids.append('12')");
    made_step(&made, TRACE_MANAGER_REQUEST, CHILD, SERVER);
    made_step(&made, TRACE_THREAD_END, FEEDER, 0);
    made_step(&made, TRACE_PROCESS_END, CHILD, CHILD);
    made_step(&made, TRACE_PROCESS_JOIN, MAIN, CHILD);
    made_step(&made, TRACE_POOL_NEXT_BEGIN, MAIN, POOL);
}

static inline void make_family(void)
{
    made = made_begin();
    make_objects();
    use_pipe_and_queue();
    use_memory_and_pool();
    ask_and_end();
    assert_int_equal(made.count, WANTS_NEXT);
}

#endif

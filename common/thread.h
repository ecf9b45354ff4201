/*
 * thread.h - threads, as Python's threading.Thread.
 *
 * To give a thread data and a result of its own, embed struct thread as the first field
 * of a struct: the function gets the thread and casts it back. What the thread leaves
 * in that struct may be read after thread_join: joining is what makes it visible.
 *
 * The struct is all zero before it is started, and stays where it is until the thread
 * is joined. A thread may be joined more than once, as in Python; the second time
 * returns at once. Joining a thread that was not started, joining oneself and starting
 * twice are misuse. The monitor guards the fields below it.
 */
#ifndef THREAD_H
#define THREAD_H

#include "monitor.h"
#include "trace.h"

#include <pthread.h>

struct thread {
    char name[ROSTER_NAME];
    uint32_t object;
    void (*run)(struct thread *self);
    pthread_t handle;
    _Atomic(struct roster_thread *) record;

    struct monitor monitor;
    struct wait_list joiners;
    bool daemon; /* nobody joins it at the end: who started it sees to its end */
    bool ended;
    bool reaped; /* somebody has joined, or is joining, the pthread */
    struct thread *next_unjoined;
};

/* Starts a thread that runs the function and then ends. Its name, made from the format,
   is what the view shows. Never blocks. */
#define thread_start(thread, run, ...) thread_start_at(thread, run, HERE, __VA_ARGS__)
void thread_start_at(struct thread *thread, void (*run)(struct thread *self),
                     const char *site, const char *name_format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same for a thread that works behind the scenes, as Python's daemon threads: the
   end of the run does not wait for it. */
#define thread_start_daemon(thread, run, ...)                                          \
    thread_start_daemon_at(thread, run, HERE, __VA_ARGS__)
void thread_start_daemon_at(struct thread *thread, void (*run)(struct thread *self),
                            const char *site, const char *name_format, ...)
    __attribute__((format(printf, 4, 5)));

/* Blocks until the thread has ended. */
#define thread_join(thread) thread_join_at(thread, HERE)
void thread_join_at(struct thread *thread, const char *site);

/* Blocks for at most that many milliseconds: false if it had not ended by then. */
#define thread_join_within(thread, ms) thread_join_within_at(thread, ms, HERE)
bool thread_join_within_at(struct thread *thread, int ms, const char *site);

/* Joins every thread that was started and not joined, as Python does at exit. */
void thread_join_all_at(const char *site);

/* In a new process, of which only the calling thread is left: there is nobody to join.
 */
void thread_start_anew(void);

/* Plays slow work: the calling thread sleeps for that many milliseconds. */
#define nap(ms) nap_at(ms, HERE)
void nap_at(int ms, const char *site);

#endif

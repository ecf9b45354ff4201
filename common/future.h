/*
 * future.h - the result of a task that somebody else runs, as Python's
 * concurrent.futures.Future.
 *
 * To give a task data and a result of its own, embed struct future as the first field
 * of a struct: the task gets the future and casts it back. What the task leaves in that
 * struct may be read after future_result: asking for the result is what makes it
 * visible.
 *
 *     struct crawl {
 *         struct future future;
 *         const char *link;
 *         double number;
 *     };
 *
 *     static bool crawl(struct future *self)
 *     {
 *         struct crawl *me = (struct crawl *)self;
 *
 *         if (!reach(me->link))
 *             return future_fail(self, "%s does not answer", me->link);
 *         me->number = …;
 *         return true;
 *     }
 *
 * A task that returns false has failed, and its failure reaches who asks for the
 * result. The caller owns the struct: all zero before it is submitted to a pool
 * (pool.h), once in its life, and it stays where it is until that pool is shut down.
 * Its result may be asked for more than once, by any thread, also after the shutdown.
 * Asking for the result of a future that was not submitted, and submitting one twice,
 * are misuse.
 *
 * The monitor guards the fields below it; only the task writes the failure, before it
 * is done.
 */
#ifndef FUTURE_H
#define FUTURE_H

#include "monitor.h"
#include "trace.h"

#include <stdarg.h>

enum { FUTURE_REASON = 96 };

struct completions;

struct future {
    char name[ROSTER_NAME];
    uint32_t object;
    bool (*run)(struct future *self);
    struct completions *completions;
    char failure[FUTURE_REASON]; /* why it failed; empty if it did not */

    struct monitor monitor;
    struct wait_list askers;
    bool done;
    bool failed;
    bool read;                /* somebody asked for the result and got it */
    struct future *next_done; /* that ended after it; the completions' monitor's */
};

/* In a task: notes why it fails, at most 95 bytes made safe to print, and returns
   false, for the task to return. */
bool future_fail(struct future *self, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Blocks until the task is done. False: it failed, and future->failure says why. */
#define future_result(future) future_result_at(future, HERE)
bool future_result_at(struct future *future, const char *site);

/* Blocks for at most that many milliseconds. False: it failed, or was not done by then;
   future_is_done tells the one from the other. */
#define future_result_within(future, ms) future_result_within_at(future, ms, HERE)
bool future_result_within_at(struct future *future, int ms, const char *site);

/* Whether the task is done, well or badly; stays true once it is. Never blocks, and
   does not count as asking for the result. */
#define future_is_done(future) future_is_done_at(future, HERE)
bool future_is_done_at(struct future *future, const char *site);

/* --- for pools, of threads or of processes */

/* The futures of one pool, in the order in which they ended. The monitor guards the
   fields below it; where it and a future's are entered both, it comes first. */
struct completions {
    const char *name; /* the pool's */
    uint32_t object;  /* the pool's */

    struct monitor monitor;
    struct wait_list waiters; /* for the next one to end */
    struct future *first;     /* all that ended, and stay here */
    struct future *last;
    struct future *next; /* the first that was not handed out */
    unsigned submitted;
    unsigned handed_out;
    bool closed;
};

void completions_init(struct completions *completions, const char *name,
                      uint32_t object);

/* The next future that ended, in the order of ending, each one once; blocks while there
   is none and a submitted one has still to come. NULL: all that were submitted were
   handed out. To be handed out is not to be read. */
struct future *completions_next_at(struct completions *completions, const char *site);

/* From now on submitting is misuse, and so is closing again. */
void completions_close(struct completions *completions, const char *site);

/* When all futures are done: one line on stderr for each that failed and whose result
   nobody asked for. Returns how many there were. */
unsigned completions_tell_unread(struct completions *completions);

/* The future is submitted: gets its name, made of the format, and what is to be run. */
void future_submit(struct future *future, struct completions *completions,
                   bool (*run)(struct future *self), const char *site,
                   const char *name_format, va_list arguments)
    __attribute__((format(printf, 5, 0)));

/* Its task is about to run, on the calling thread. */
void future_begins(struct future *future, const char *site);

/* It is done: well, or failed for the reason in future->failure. Wakes who waits for
   it. */
void future_done(struct future *future, bool well, const char *site);

#endif

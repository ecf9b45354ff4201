/*
 * stats.h - a run in figures, up to a step: how long each thread was in which state,
 * how much went through each queue, who waited how long.
 *
 * Gathered by going through the steps once, so that a live run can be gathered on as it
 * grows. Of each wait only its length is kept, in classes: medians are right to one
 * part in a hundred, counts, sums and the longest to the nanosecond.
 */
#ifndef STATS_H
#define STATS_H

#include "idle.h"
#include "model.h"

enum { STATS_REASONS = TRACE_BECAUSE_RAISED + 1 };

/* Waits of one sort that are over, however they ended. */
struct stats_waits {
    uint64_t count, total_ns, longest_ns;
    uint64_t longest_step; /* where the longest one began; 0: there was none */
    uint32_t *classes;     /* how many there were of each length, or, of the first few,
                              of which length each was; NULL: none */
};

struct stats_thread {
    uint64_t start_ns;         /* of its first step, or its start by another thread */
    uint64_t spent_ns[STATES]; /* in states that are over: see stats_spent */
    uint64_t state_ns;         /* since when it is in the state that it is in */
    uint64_t begun;            /* the step of the wait or nap it is in, or 0 */
    uint64_t waits;            /* begun; naps are none */
    uint64_t longest_ns;       /* of its waits that are over: see stats_longest_wait */
    uint64_t longest_step;     /* where that one began */
    uint64_t puts, gets;       /* on queues, process queues and pipes */
    uint64_t prints;           /* lines, and pieces of lines */
    uint64_t idle_wakeups;     /* how often it woke for nothing: see idle.h */
    struct idle idle;
};

/* Of an object, as one process has it. */
struct stats_object {
    uint64_t puts, gets;               /* of queues, process queues and pipes */
    uint64_t failed_puts, failed_gets; /* with what the waits that failed are too */
    /* the same by enum trace_failure; 0: why is not known */
    uint64_t puts_ended[STATS_REASONS], gets_ended[STATS_REASONS];
    uint64_t first_ns, last_ns; /* the first and the last put or get */
    uint64_t largest_depth;     /* items, in pipe and buffers too; of pipes: bytes */
    uint64_t largest_step;      /* where it first was that large */
    struct stats_waits put_waits, get_waits; /* of what is no queue: all in get_waits */
    uint64_t idle_wakeups;                   /* as those of threads */

    /* OBJECT_LOCK: */
    uint64_t acquisitions;
    uint64_t held_ns, longest_held_ns; /* by those who have given it back */
    uint64_t longest_held_step;        /* where the longest began */
    uint32_t holder;
    uint64_t holder_step, holder_ns; /* since when */
};

struct stats {
    struct model model;           /* after the last step that was gathered */
    struct stats_thread *threads; /* by index in model.threads */
    struct stats_object *objects; /* by object number, as model.objects */
    struct stats_object *copies;  /* as model.copies */
    size_t thread_room, object_room, copy_room;
};

/* All zero is the start. */
void stats_free(struct stats *stats);

/* Gathers the steps up to that one (at most reader->steps) that are not yet gathered.
 */
void stats_extend(struct stats *stats, const struct reader *reader, uint64_t until);

/* The same for a step that may lie behind: then it starts anew. */
void stats_gather(struct stats *stats, const struct reader *reader, uint64_t until);

/* How long the thread was in a state until a moment, which is not before the last step:
   0 for what ends or has ended. */
uint64_t stats_spent(const struct stats *stats, unsigned thread, enum state state,
                     uint64_t now_ns);

/* The longest wait of a thread, with the one that it is in; *step gets where it began,
   0 if it never waited. sentence_of_wait says for what. */
uint64_t stats_longest_wait(const struct stats *stats, const struct reader *reader,
                            unsigned thread, uint64_t now_ns, uint64_t *step);

/* The figures of an object of the stats' own model. */
const struct stats_object *stats_of(const struct stats *stats,
                                    const struct model_object *object);

/* "timed out", "told that it is shut down": behind a number of puts or gets that were
   ended for that reason, which is below STATS_REASONS. */
const char *stats_ended_words(int reason);

/* Takes or gives away, per second between the first and the last; 0 where there are
   not two. */
double stats_per_second(const struct stats_object *object);

/* Adds one wait. */
void stats_waits_add(struct stats_waits *waits, uint64_t ns, uint64_t step);

/* The length that so many of a hundred waits do not exceed: 50 is the median. 0 if
   there were none. */
uint64_t stats_waits_within(const struct stats_waits *waits, unsigned of_hundred);

/* How many waits were at least that long and shorter than the other, to the same
   precision: for a histogram. */
uint64_t stats_waits_between(const struct stats_waits *waits, uint64_t from_ns,
                             uint64_t until_ns);

/* All threads that were still there end here, killed: what they were in, and waited
   for, counts up to the last step. */
void stats_kill(struct stats *stats, const struct reader *reader);

#endif

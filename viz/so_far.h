/*
 * so_far.h - what a run has come to up to a step, in numbers that can be compared.
 *
 * A fold over the events, as the model is: the numbers at step N are the same however
 * N was reached. A track keeps copies on the way, so that going back is quick.
 *
 * What a result is depends on the pattern. It is what a thread other than main
 *   - hands on through a queue or pipe that nobody but main takes from,
 *   - computes for a future (one that nobody ever asks for, if its task handed on
 *     what came of it), or
 *   - keeps for main, when it ends and never used a queue, a pipe or a pool.
 * main has seen it once it took it, asked the future or joined the thread. A task is no
 * result: those that are reported as done are counted by themselves.
 *
 * Who takes from a queue is known only later: so what was put into it is a result, or
 * not, from the start, by all that is known of the run. While a run goes on, nothing
 * counts that nobody has asked for yet. A number so never falls as time goes on.
 */
#ifndef SO_FAR_H
#define SO_FAR_H

#include "reader.h"

enum { SO_FAR_COPIES = 64 };

/* In which order main saw the results. */
enum so_far_order {
    SO_FAR_NO_ORDER,   /* fewer than two */
    SO_FAR_AS_STARTED, /* the first that was started first, whoever ended first */
    SO_FAR_AS_ENDED,
    SO_FAR_BOTH,
    SO_FAR_NEITHER
};

/* What is kept of a thread or an object, by its number. */
struct so_far_object;

struct so_far {
    uint64_t step;    /* folded so far */
    uint64_t time_ns; /* the latest moment among these steps */
    uint64_t gaps;    /* steps that were lost */
    uint32_t main;    /* its number */

    uint64_t threads, processes; /* that were started, main among the threads */
    uint64_t put, taken;         /* items and messages, in queues and pipes */
    uint64_t most_items;         /* that were ever in one queue */
    uint32_t fullest;            /* that queue, or 0 */
    uint64_t pieces;             /* of lines that were printed by themselves */
    uint64_t whole_lines, torn_lines;
    uint64_t idle_wakeups;          /* how often threads woke for nothing: see idle.h */
    uint64_t most_lock_ns;          /* the longest wait for a lock */
    uint64_t waited_ns, wait_start; /* main's waits that are over; of the present one */
    bool main_waits;

    uint64_t kept, joined, asked;         /* results: at threads' ends; seen by main */
    uint64_t reported, waited_for;        /* tasks, and those that main's join saw */
    uint64_t last_finished, last_started; /* of the results that main saw */
    uint64_t seen_in_order;               /* how many of those tell an order */
    bool not_as_started, not_as_ended;

    uint64_t line; /* the output's present line, from 1 */
    uint32_t line_writer;
    bool line_mixed, line_has_text;

    struct so_far_object *objects;
    uint32_t object_count;
};

/* All zero is the run before its first step. */
void so_far_free(struct so_far *so_far);

/* Folds the steps up to that one in, as far as the reader has them; never goes back. */
void so_far_extend(struct so_far *so_far, const struct reader *reader, uint64_t until);

/* How many results are finished, and how many of them main has seen; newest is the same
   run as far as it is known, is_over whether that is all of it. */
struct so_far_results {
    uint64_t finished, seen;
};
struct so_far_results so_far_results(const struct so_far *so_far,
                                     const struct so_far *newest, bool is_over);

/* How long main has waited in all, for anything but a nap, until now_ns. */
uint64_t so_far_main_waited(const struct so_far *so_far, uint64_t now_ns);

enum so_far_order so_far_order(const struct so_far *so_far);

/* The numbers at any step of a run. */
struct so_far_track {
    struct so_far now;    /* at the step asked for */
    struct so_far newest; /* at the last step that was gathered */
    struct so_far copies[SO_FAR_COPIES];
    unsigned copy_count;
    uint64_t spacing; /* steps between two copies; 0 at the start */
};

/* All zero is the start. */
void so_far_track_free(struct so_far_track *track);

/* Gathers at most that many further steps; true if there are more. */
bool so_far_track_extend(struct so_far_track *track, const struct reader *reader,
                         uint64_t most);

/* Makes track->now the numbers at that step. Beyond what was gathered it folds on from
   there, however far. */
void so_far_track_seek(struct so_far_track *track, const struct reader *reader,
                       uint64_t step);

#endif

/*
 * history.h - what the whole recording says, gathered once as it grows.
 *
 * The model is what is so after one step; the history is what the views need beside it:
 * each thread's states over time, what was printed, and which steps are worth stopping
 * at. It only ever grows, so a view at step N looks at the part up to N.
 */
#ifndef HISTORY_H
#define HISTORY_H

#include "history_changes.h"

struct history {
    struct model model;      /* after the last step that was gathered */
    struct changes *threads; /* by index in model.threads */
    unsigned thread_room;
    uint64_t *prints; /* the steps that printed */
    uint64_t report;  /* the step that told why the run went wrong, or 0 */
    size_t print_count, print_room;
    uint16_t *marks; /* per step from 1: enum history_mark, and who acted */
    size_t mark_room;
    uint64_t *moments; /* the time when 1024, 2048, … steps were gathered */
    size_t moment_room;
    uint64_t *begun; /* by thread index: the step of the wait it is in, or 0 */
};

enum history_mark {
    MARK_SHORT_WAIT = 1, /* a wait begins here that nobody could have seen */
    MARK_CHANGE = 2,     /* a thread's state changes here, for long enough to see */
    MARK_THREAD = 4,     /* times 1 + the thread's index; 0 for nobody */
};

/* All zero is an empty history. */
void history_free(struct history *history);

/* Gathers at most that many steps that the reader has and the history has not; true if
   it gathered any. */
bool history_extend(struct history *history, const struct reader *reader,
                    uint64_t most);

/* The nearest step beyond this one, forward or back, that is worth stopping at; or that
   changes a thread's state. 0 if there is none. */
uint64_t history_next_step(const struct history *history, uint64_t step, int direction);
uint64_t history_next_change(const struct history *history, uint64_t step,
                             int direction);

/* The same of one thread: its nearest step that is worth stopping at. Threads from the
   16,383rd on count as one. */
uint64_t history_next_step_of(const struct history *history, unsigned thread,
                              uint64_t step, int direction);

/* The first step at or after a time; one more than there are if none is. Between
   threads the time may run back a little: what counts is the latest time of any step up
   to it, as the model has it. */
uint64_t history_step_at(const struct history *history, const struct reader *reader,
                         uint64_t time_ns);

/* The latest time of any step up to that one, which was gathered; 0 before step 1. */
uint64_t history_time_of(const struct history *history, const struct reader *reader,
                         uint64_t step);

/* How many prints there were up to a step. */
size_t history_prints_until(const struct history *history, uint64_t step);

/* The state in which the thread spent most of the time from start to end, looking at
   nothing after that step; STATE_NONE if it was not there. *states has the bit
   1 << state of each state that it was in, however briefly. */
enum state history_state_between(const struct history *history, unsigned thread,
                                 uint64_t step, uint64_t start_ns, uint64_t end_ns,
                                 unsigned *states);

#endif

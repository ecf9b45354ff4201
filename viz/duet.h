/*
 * duet.h - two recordings that are shown at the same place.
 *
 * The place is a moment of one clock, which both runs began at zero, or a step, the
 * same one of both. What is shown follows from the place alone, so going on and back
 * is exact: each run shows the last step before anything that is later than the moment.
 */
#ifndef DUET_H
#define DUET_H

#include "playback.h"

enum { DUET_RUNS = 2 };

enum duet_pace { DUET_ONE_CLOCK, DUET_STEP_BY_STEP };

struct duet {
    struct playback *runs[DUET_RUNS]; /* borrowed */
    enum duet_pace pace;
    enum play_mode mode;
    int speed;                   /* a power of two, as in playback.h */
    uint64_t now_ns;             /* the place on one clock */
    uint64_t step;               /* the place step by step */
    uint64_t kept_step, kept_ns; /* one place, in both, since the pace last changed */
    uint64_t wanted;             /* where to go once it is read, or 0 */
    double wanted_percent;       /* the same in percent, until all is read; or 0 */
    uint64_t pace_clock, pace_from; /* at this clock time, it was at this place */
};

/* Takes the playbacks over: from now on the duet alone moves them. Runs that are
   recorded at this moment are followed, others stand at their start. */
void duet_begin(struct duet *duet, struct playback *a, struct playback *b);

/* Reads what is new and moves on with the clock (CLOCK_MONOTONIC, ns). Does a bounded
   amount of work. True if what is shown may have changed. */
bool duet_update(struct duet *duet, uint64_t clock_ns);

/* Whether something will change by itself. */
bool duet_is_moving(const struct duet *duet);

/* Whether a run is recorded at this moment; and whether both are over, and their last
   steps are shown. */
bool duet_is_live(const struct duet *duet);
bool duet_at_end(const struct duet *duet);

/* Whether all steps that are in the files have been gathered. */
bool duet_is_complete(const struct duet *duet);

/* How much of the files has been read and gathered; from 0 to 1. */
double duet_progress(const struct duet *duet);

/* Each pauses and goes somewhere; beyond the ends it stays there, and what is not read
   yet is gone to as the reading comes on, unless another key asks for something. A seek
   by time goes over to one clock, one by step to step by step. */
void duet_seek_time(struct duet *duet, uint64_t time_ns);
void duet_seek_step(struct duet *duet, uint64_t step);
void duet_seek_percent(struct duet *duet, double percent); /* of time, or of steps */
void duet_go_to_start(struct duet *duet);
void duet_go_to_end(struct duet *duet);

/* On (1) or back (-1) to the next moment, or step, at which either run has a step that
   is worth stopping at; or a change of a thread's state. */
void duet_step(struct duet *duet, int direction);
void duet_change(struct duet *duet, int direction);

/* The same to that one's own next or last step; false: it has none. */
bool duet_step_of(struct duet *duet, unsigned run, int direction);

/* Plays on from here; where a live run has not come further it is followed. */
void duet_play(struct duet *duet, uint64_t clock_ns);
void duet_follow(struct duet *duet); /* at once */
void duet_pause(struct duet *duet);
void duet_set_speed(struct duet *duet, int speed, uint64_t clock_ns);

/* One clock, or step by step, from the same place: the step of the run that has gone
   furthest, and back the moment from which one came, or that of the run less far. */
void duet_set_pace(struct duet *duet, enum duet_pace pace, uint64_t clock_ns);

/* Somebody has moved this run's playback: the other goes to the same place. */
void duet_take_place(struct duet *duet, unsigned run);

#endif

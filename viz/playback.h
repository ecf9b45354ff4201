/*
 * playback.h - one recording and the place in it that is shown.
 *
 * Follows a run as it is recorded, plays a recorded one at a pace, or stands still;
 * steps and jumps either way. The model at a step does not depend on how it was
 * reached: going back starts from a snapshot and folds on.
 *
 * A long recording is read while it is shown already, a part at each update. Where a
 * seek leads beyond what is read, the place follows the reading until it is there; any
 * other move ends that.
 */
#ifndef PLAYBACK_H
#define PLAYBACK_H

#include "history.h"

enum play_mode {
    PLAY_FOLLOW, /* at the last step that there is */
    PLAY_PACE,   /* moves on with the clock */
    PLAY_BEAT,   /* moves on by one step a beat */
    PLAY_PAUSED
};

enum { PLAYBACK_SNAPSHOTS = 128, PLAYBACK_SLOWEST = -10, PLAYBACK_FASTEST = 6 };

struct playback {
    struct reader reader;
    struct history history;
    struct model model; /* at the step shown */
    enum play_mode mode;
    int speed; /* a power of two: 0 is the run's own pace, 1 twice as fast, -1 half */
    bool beat; /* playing is by beats: at speed 0 one a second */
    uint64_t now_ns;              /* the moment shown */
    uint64_t pace_clock, pace_ns; /* at this clock time, this moment was shown */
    uint64_t wanted_step;         /* goes there once it is read; 0: nowhere, or */
    uint64_t wanted_ns;           /* to this time; 0: to none */
    struct model snapshots[PLAYBACK_SNAPSHOTS];
    unsigned snapshot_count;
    uint64_t snapshot_spacing; /* steps between two */
    size_t snapshot_bytes;     /* that they take, about */
};

/* Opens a trace; shown is its end, followed. False: why[] says what is wrong. */
bool playback_open(struct playback *playback, const char *path, char *why, size_t size);
void playback_close(struct playback *playback);

/* Reads what is new and moves on with the clock (CLOCK_MONOTONIC, ns). Does a bounded
   amount of work. True if what is shown has changed. */
bool playback_update(struct playback *playback, uint64_t clock_ns);

/* Whether something will change by itself: a live run, or one that is being played or
   read. */
bool playback_is_moving(const struct playback *playback);

/* Whether the run is over and its last step is shown. */
bool playback_at_end(const struct playback *playback);

/* Whether all steps that are in the file have been gathered; and how much of them, from
   0 to 1. */
bool playback_is_complete(const struct playback *playback);
double playback_progress(const struct playback *playback);

/* Makes a model of the caller's own, which may be at any step or all zero, that of this
   step, at most the last one that was gathered. What is shown stays as it is. */
void playback_model_at(const struct playback *playback, struct model *model,
                       uint64_t step);

/* Each pauses and goes somewhere; beyond the ends it stays there. A time leads to the
   first step at or after it (history_step_at), a percentage to that part of the steps.
   playback_step_of goes to the next step of the thread with that index. */
void playback_seek(struct playback *playback, uint64_t step);
void playback_seek_time(struct playback *playback, uint64_t time_ns);
void playback_seek_percent(struct playback *playback, double percent);
void playback_step(struct playback *playback, int direction);
void playback_step_of(struct playback *playback, unsigned thread, int direction);
void playback_change(struct playback *playback, int direction);

/* Plays on from here with the clock; a live run that is paused at its end is followed.
 */
void playback_play(struct playback *playback, uint64_t clock_ns);

/* The speed, kept from PLAYBACK_SLOWEST to PLAYBACK_FASTEST; and whether playing is by
   beats: one step that is worth stopping at each second, times the speed. */
void playback_set_speed(struct playback *playback, int speed, uint64_t clock_ns);
void playback_set_beat(struct playback *playback, bool beat, uint64_t clock_ns);

#endif

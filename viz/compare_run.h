/*
 * compare_run.h - two runs to compare: programs that are run now, or recordings.
 */
#ifndef COMPARE_RUN_H
#define COMPARE_RUN_H

#include "catalogue.h"
#include "command.h"
#include "live.h"
#include "playback.h"

enum { COMPARE_RUNS = 2 };

/* One of the two. */
struct contender {
    const char *trace;                       /* the recording's file; or NULL: */
    const struct catalogue_program *program; /* what is run */
    struct live live;                        /* valid if it was started */
    bool is_started;
    struct playback *playback; /* NULL: not open */
};

struct compare_run {
    struct contender contenders[COMPARE_RUNS];
    char **arguments; /* for the programs, NULL at the end */
    const struct command_options *options;
};

/* Runs the programs and shows the two on the screen, as a frame, or without a terminal
   as a table. Returns the exit status: 0, 128 + N where a signal N ended it, 2 where
   one could not be run or read. */
int compare_run(struct compare_run *run);

#endif

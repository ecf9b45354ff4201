/*
 * live.h - a lesson's program that runs under the viewer, and its recording.
 */
#ifndef LIVE_H
#define LIVE_H

#include "catalogue.h"
#include "launch.h"
#include "recording.h"

struct live {
    struct launch launch;
    struct recording_place place;
};

/* Starts the program with these arguments (NULL at the end), recorded in a place of its
   own. False: nothing runs, and why[] says what is wrong. */
bool live_start(struct live *live, const struct catalogue_program *program,
                char **arguments, char *why, size_t size);

/* Looks after the program: to be called often while it may run. True once it has ended.
   Never blocks. */
bool live_tend(struct live *live);

/* Waits until there is a recording to show; false: the program ended without one. With
   on_screen the screen is open, and q ends the program. */
bool live_wait_for_recording(struct live *live, bool on_screen);

/* Waits until the program has ended. */
void live_wait_for_end(struct live *live);

/* Prints what the program wrote to its standard error. */
void live_print_errors(const struct live *live);

/* The program ended without a recording: says what it said, and removes what there is
   of a recording. Returns the exit status for that. */
int live_refuse(const struct live *live, const struct catalogue_program *program);

/* After the run: the newest ten recordings are kept, without holes. */
void live_keep(const struct live *live);

/* Waits a millisecond. */
void live_pause(void);

#endif

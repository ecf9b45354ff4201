/*
 * run.h - runs a lesson's program and shows it: on the screen, as lines, as a frame.
 */
#ifndef RUN_H
#define RUN_H

#include "catalogue.h"
#include "command.h"
#include "session.h"

struct run {
    const struct catalogue_program *program;
    char **arguments; /* for the program, NULL at the end */
    const struct command_options *options;
    bool toured;          /* the tour was shown */
    enum session_end end; /* how the user left the screen */
};

/* Runs the program once and returns the exit status for viz: the program's own, 0 where
   the user ended it (128 + N where a signal did), 2 where it could not be run. With
   on_screen the screen is open before, and closed when the user left it. */
int run_once(struct run *run, bool on_screen);

/* Opens the screen and runs the program, again, and its variants, as the user asks. */
int run_on_screen(struct run *run);

#endif

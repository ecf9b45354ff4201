/*
 * compare_print.h - two runs that are over as text: one frame, or the table.
 */
#ifndef COMPARE_PRINT_H
#define COMPARE_PRINT_H

#include "command.h"
#include "playback.h"

/* Reads all that there is and prints what the options ask for: --dump the picture at
   the end, or with --at at that step of both; else the table of what they came to.
   Returns the exit status. */
int compare_print(struct playback *a, struct playback *b,
                  const struct command_options *options);

#endif

/*
 * frame.h - one frame of a recording as text: --dump.
 */
#ifndef FRAME_H
#define FRAME_H

#include "command.h"
#include "playback.h"

/* Reads all that there is, goes to the step that the options ask for, and prints the
   frame. Returns the exit status. */
int frame_print(struct playback *playback, const struct command_options *options);

#endif

/*
 * config.h - the user's configuration file: display settings, one a line.
 *
 *     # for the lecture hall
 *     palette = projector
 *     mouse = no
 *
 * It is $XDG_CONFIG_HOME/viz/config, or ~/.config/viz/config. Where there is none,
 * nothing is missing. Nothing is guessed: a line that means nothing is an error.
 */
#ifndef CONFIG_H
#define CONFIG_H

#include "display.h"

/* Where the file is; false: the environment does not say. */
bool config_path(char *path, size_t size);

/* Takes what the file says into the display; a file that is missing says nothing.
   False: why[] tells in one line the file, the line and what is wrong with it. */
bool config_read(struct display *display, const char *path, char *why, size_t size);

#endif

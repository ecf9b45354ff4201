/*
 * display.h - how the user wants the screen: the settings that the command line and the
 * configuration file share.
 *
 * Each is a name and a value in words; one table has them all.
 */
#ifndef DISPLAY_H
#define DISPLAY_H

#include "palette.h"

enum colours { COLOURS_AUTO, COLOURS_ALWAYS, COLOURS_NEVER, COLOURS_8, COLOURS_256 };

struct display {
    const struct palette *palette;
    enum colours colours;
    bool mouse; /* clicks and the wheel are the viewer's, not the terminal's */
    bool ascii; /* nothing beyond ASCII, though the locale has more */
};

/* What holds where nobody said anything. */
struct display display_default(void);

/* Sets what goes by that name ("palette", "color", "mouse", "ascii") to the value, as
   "light", "256", "no". False: why[] says in one line what would be right. */
bool display_set(struct display *display, const char *name, const char *value,
                 char *why, size_t size);

/* With how many colours to draw on a terminal that has that many, and no_color tells
   whether NO_COLOR is set: 0, 8 or 256. -1: the terminal has not what was asked for,
   and why[] says so. */
int display_colours(const struct display *display, int terminal_has, bool no_color,
                    char *why, size_t size);

#endif

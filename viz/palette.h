/*
 * palette.h - how each style of a canvas looks: the colours, as tables.
 *
 * A palette has a look for 256 colours and one for 8 for every style; where there are
 * no colours all palettes look alike. No terminal is known here: the screen turns a
 * look into what its library wants. Colour is never the only sign: states have letters,
 * a torn line its mark, what is chosen a ">".
 */
#ifndef PALETTE_H
#define PALETTE_H

#include "canvas.h"

/* Attributes, to be added up. */
enum { LOOK_BOLD = 1, LOOK_DIM = 2, LOOK_REVERSE = 4, LOOK_UNDERLINE = 8 };

enum { LOOK_OWN = -1 }; /* the terminal's own colour of text, or of the ground */

struct look {
    short text, ground; /* a number of the 256 or 8 colours, or LOOK_OWN */
    unsigned attributes;
};

struct palette {
    const char *name; /* as the user writes it */
    const char *help; /* whom it is for, in a few words */
    struct {
        struct look many, eight; /* for 256 colours, and for 8 */
    } looks[STYLES];
};

enum { PALETTES = 4 };

/* The palettes; the first is that of who asks for none. */
extern const struct palette palettes[PALETTES];

/* The palette of that name; NULL if there is none. */
const struct palette *palette_find(const char *name);

/* How the style looks with that many colours: at least 256, at least 8, or none. */
struct look palette_look(const struct palette *palette, enum style style, int colours);

#endif

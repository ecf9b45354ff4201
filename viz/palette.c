/*
 * palette.c - how each style looks; see palette.h.
 *
 * The colours from 16 on are the same in every terminal, those below are the user's: so
 * the looks for 256 colours use the former alone, and their contrast and how far apart
 * they are for a colour-blind eye are known (palette_test.c computes both).
 */
#include "palette.h"
#include "model.h"

#include <string.h>

/* The 8 colours; and of the 256, the darkest and the lightest. */
enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, DARK = 16, LIGHT = 231 };

enum {
    OWN = LOOK_OWN,
    BOLD = LOOK_BOLD,
    DIM = LOOK_DIM,
    REVERSE = LOOK_REVERSE,
    UNDERLINE = LOOK_UNDERLINE,
    BOLD_REVERSE = BOLD | REVERSE
};

const struct palette palettes[PALETTES] = {
    /* What stands on the terminal's own ground, which is dark. No blue: it cannot be
     * read from the last row. */
    {"default",
     "for a dark ground",
     {
         [STYLE_PLAIN] = {{OWN, OWN, 0}, {OWN, OWN, 0}},
         [STYLE_DIM] = {{247, OWN, 0}, {OWN, OWN, DIM}},
         [STYLE_BAR] = {{OWN, OWN, REVERSE}, {OWN, OWN, REVERSE}},
         [STYLE_HEAD] = {{OWN, OWN, BOLD}, {OWN, OWN, BOLD}},
         [STYLE_CHOSEN] = {{OWN, OWN, BOLD}, {OWN, OWN, BOLD}},
         [STYLE_ALARM] = {{LIGHT, 160, BOLD}, {RED, OWN, BOLD_REVERSE}},
         [STYLE_STRONG] = {{OWN, OWN, BOLD}, {OWN, OWN, BOLD}},
         [STYLE_STATE + STATE_NONE] = {{OWN, OWN, 0}, {OWN, OWN, 0}},
         [STYLE_STATE + STATE_RUN] = {{83, OWN, BOLD}, {GREEN, OWN, BOLD}},
         [STYLE_STATE + STATE_SLEEP] = {{80, OWN, 0}, {CYAN, OWN, 0}},
         [STYLE_STATE + STATE_WAIT] = {{220, OWN, 0}, {YELLOW, OWN, 0}},
         [STYLE_STATE + STATE_TIMED] = {{213, OWN, 0}, {MAGENTA, OWN, 0}},
         [STYLE_STATE + STATE_LOCK] = {{203, OWN, BOLD}, {RED, OWN, BOLD}},
         [STYLE_STATE + STATE_HELD] = {{LIGHT, OWN, BOLD}, {WHITE, OWN, BOLD}},
         [STYLE_STATE + STATE_ENDED] = {{245, OWN, 0}, {OWN, OWN, DIM}},
         [STYLE_STATE + STATE_KILLED] = {{LIGHT, 160, BOLD}, {RED, OWN, BOLD_REVERSE}},
         [STYLE_THREAD + 0] = {{117, OWN, BOLD}, {CYAN, OWN, BOLD}},
         [STYLE_THREAD + 1] = {{221, OWN, BOLD}, {YELLOW, OWN, BOLD}},
         [STYLE_THREAD + 2] = {{114, OWN, BOLD}, {GREEN, OWN, BOLD}},
         [STYLE_THREAD + 3] = {{213, OWN, BOLD}, {MAGENTA, OWN, BOLD}},
         [STYLE_THREAD + 4] = {{209, OWN, BOLD}, {RED, OWN, BOLD}},
         [STYLE_THREAD + 5] = {{LIGHT, OWN, BOLD}, {WHITE, OWN, BOLD}},
     }},
    /* The same, on a ground that is light. */
    {"light",
     "for a light ground",
     {
         [STYLE_PLAIN] = {{OWN, OWN, 0}, {OWN, OWN, 0}},
         [STYLE_DIM] = {{242, OWN, 0}, {OWN, OWN, DIM}},
         [STYLE_BAR] = {{OWN, OWN, REVERSE}, {OWN, OWN, REVERSE}},
         [STYLE_HEAD] = {{OWN, OWN, BOLD}, {OWN, OWN, BOLD}},
         [STYLE_CHOSEN] = {{OWN, OWN, BOLD}, {OWN, OWN, BOLD}},
         [STYLE_ALARM] = {{LIGHT, 124, BOLD}, {RED, OWN, BOLD_REVERSE}},
         [STYLE_STRONG] = {{OWN, OWN, BOLD}, {OWN, OWN, BOLD}},
         [STYLE_STATE + STATE_NONE] = {{OWN, OWN, 0}, {OWN, OWN, 0}},
         [STYLE_STATE + STATE_RUN] = {{28, OWN, BOLD}, {GREEN, OWN, BOLD}},
         [STYLE_STATE + STATE_SLEEP] = {{25, OWN, 0}, {BLUE, OWN, 0}},
         [STYLE_STATE + STATE_WAIT] = {{94, OWN, 0}, {OWN, OWN, UNDERLINE}},
         [STYLE_STATE + STATE_TIMED] = {{127, OWN, 0}, {MAGENTA, OWN, 0}},
         [STYLE_STATE + STATE_LOCK] = {{160, OWN, BOLD}, {RED, OWN, BOLD}},
         [STYLE_STATE + STATE_HELD] = {{DARK, OWN, BOLD}, {BLACK, OWN, BOLD}},
         [STYLE_STATE + STATE_ENDED] = {{243, OWN, 0}, {OWN, OWN, DIM}},
         [STYLE_STATE + STATE_KILLED] = {{LIGHT, 160, BOLD}, {RED, OWN, BOLD_REVERSE}},
         [STYLE_THREAD + 0] = {{25, OWN, BOLD}, {BLUE, OWN, BOLD}},
         [STYLE_THREAD + 1] = {{94, OWN, BOLD}, {CYAN, OWN, BOLD}},
         [STYLE_THREAD + 2] = {{22, OWN, BOLD}, {GREEN, OWN, BOLD}},
         [STYLE_THREAD + 3] = {{90, OWN, BOLD}, {MAGENTA, OWN, BOLD}},
         [STYLE_THREAD + 4] = {{124, OWN, BOLD}, {RED, OWN, BOLD}},
         [STYLE_THREAD + 5] = {{DARK, OWN, BOLD}, {BLACK, OWN, BOLD}},
     }},
    /* Black on white, as a lit room needs it; states are blocks that the last row can
       see. */
    {"projector",
     "black on white, large contrast",
     {
         [STYLE_PLAIN] = {{DARK, LIGHT, 0}, {BLACK, WHITE, 0}},
         [STYLE_DIM] = {{239, LIGHT, 0}, {BLACK, WHITE, 0}},
         [STYLE_BAR] = {{LIGHT, DARK, 0}, {WHITE, BLACK, 0}},
         [STYLE_HEAD] = {{DARK, LIGHT, BOLD}, {BLACK, WHITE, BOLD}},
         [STYLE_CHOSEN] = {{DARK, LIGHT, BOLD}, {BLACK, WHITE, BOLD}},
         [STYLE_ALARM] = {{LIGHT, 124, BOLD}, {WHITE, RED, BOLD}},
         [STYLE_STRONG] = {{DARK, LIGHT, BOLD}, {BLACK, WHITE, BOLD}},
         [STYLE_STATE + STATE_NONE] = {{DARK, LIGHT, 0}, {BLACK, WHITE, 0}},
         [STYLE_STATE + STATE_RUN] = {{LIGHT, 22, BOLD}, {BLACK, GREEN, 0}},
         [STYLE_STATE + STATE_SLEEP] = {{DARK, 117, 0}, {BLACK, CYAN, 0}},
         [STYLE_STATE + STATE_WAIT] = {{DARK, 226, 0}, {BLACK, YELLOW, 0}},
         [STYLE_STATE + STATE_TIMED] = {{LIGHT, 90, 0}, {BLACK, MAGENTA, 0}},
         [STYLE_STATE + STATE_LOCK] = {{DARK, 208, BOLD}, {WHITE, RED, BOLD}},
         [STYLE_STATE + STATE_HELD] = {{LIGHT, DARK, BOLD}, {WHITE, BLACK, BOLD}},
         [STYLE_STATE + STATE_ENDED] = {{239, LIGHT, 0}, {BLACK, WHITE, 0}},
         [STYLE_STATE +
             STATE_KILLED] = {{LIGHT, 124, BOLD}, {WHITE, RED, BOLD | UNDERLINE}},
         [STYLE_THREAD + 0] = {{18, LIGHT, BOLD}, {BLUE, WHITE, BOLD}},
         [STYLE_THREAD + 1] = {{124, LIGHT, BOLD}, {RED, WHITE, BOLD}},
         [STYLE_THREAD + 2] = {{22, LIGHT, BOLD}, {BLACK, WHITE, BOLD | UNDERLINE}},
         [STYLE_THREAD + 3] = {{90, LIGHT, BOLD}, {MAGENTA, WHITE, BOLD}},
         [STYLE_THREAD + 4] = {{23, LIGHT, BOLD}, {BLACK, WHITE, UNDERLINE}},
         [STYLE_THREAD + 5] = {{DARK, LIGHT, BOLD}, {BLACK, WHITE, BOLD}},
     }},
    /* States are blocks that differ in lightness too, for every kind of eye; the
     * letters of threads can be read on a dark and on a light ground. */
    {"colorblind-safe",
     "safe for colour-blind readers, on any ground",
     {
         [STYLE_PLAIN] = {{OWN, OWN, 0}, {OWN, OWN, 0}},
         [STYLE_DIM] = {{244, OWN, 0}, {OWN, OWN, DIM}},
         [STYLE_BAR] = {{OWN, OWN, REVERSE}, {OWN, OWN, REVERSE}},
         [STYLE_HEAD] = {{OWN, OWN, BOLD}, {OWN, OWN, BOLD}},
         [STYLE_CHOSEN] = {{OWN, OWN, BOLD}, {OWN, OWN, BOLD}},
         [STYLE_ALARM] = {{LIGHT, 88, BOLD}, {OWN, OWN, BOLD_REVERSE}},
         [STYLE_STRONG] = {{OWN, OWN, BOLD}, {OWN, OWN, BOLD}},
         [STYLE_STATE + STATE_NONE] = {{OWN, OWN, 0}, {OWN, OWN, 0}},
         [STYLE_STATE + STATE_RUN] = {{DARK, LIGHT, BOLD}, {BLACK, WHITE, 0}},
         [STYLE_STATE + STATE_SLEEP] = {{DARK, 117, 0}, {BLACK, CYAN, 0}},
         [STYLE_STATE + STATE_WAIT] = {{DARK, 220, 0}, {BLACK, YELLOW, 0}},
         [STYLE_STATE + STATE_TIMED] = {{LIGHT, 26, 0}, {WHITE, BLUE, BOLD}},
         [STYLE_STATE + STATE_LOCK] = {{DARK, 202, BOLD}, {WHITE, RED, BOLD}},
         [STYLE_STATE + STATE_HELD] = {{LIGHT, DARK, BOLD}, {WHITE, BLACK, BOLD}},
         [STYLE_STATE + STATE_ENDED] = {{DARK, 243, 0}, {OWN, OWN, DIM}},
         [STYLE_STATE + STATE_KILLED] = {{LIGHT, 88, BOLD | UNDERLINE},
                                         {WHITE, RED, BOLD | UNDERLINE}},
         [STYLE_THREAD + 0] = {{33, OWN, BOLD}, {OWN, OWN, BOLD}},
         [STYLE_THREAD + 1] = {{166, OWN, BOLD}, {OWN, OWN, UNDERLINE}},
         [STYLE_THREAD + 2] = {{67, OWN, UNDERLINE}, {OWN, OWN, BOLD | UNDERLINE}},
         [STYLE_THREAD + 3] = {{133, OWN, UNDERLINE}, {CYAN, OWN, BOLD}},
         [STYLE_THREAD + 4] = {{244, OWN, BOLD}, {CYAN, OWN, UNDERLINE}},
         [STYLE_THREAD + 5] = {{OWN, OWN, BOLD}, {CYAN, OWN, BOLD | UNDERLINE}},
     }},
};

/* Without colours: who waits is underlined, along the whole time line. */
static const unsigned without[STYLES] = {
    [STYLE_DIM] = DIM,
    [STYLE_BAR] = REVERSE,
    [STYLE_HEAD] = BOLD,
    [STYLE_CHOSEN] = BOLD,
    [STYLE_ALARM] = BOLD_REVERSE,
    [STYLE_STRONG] = BOLD,
    [STYLE_STATE + STATE_RUN] = BOLD,
    [STYLE_STATE + STATE_WAIT] = UNDERLINE,
    [STYLE_STATE + STATE_TIMED] = UNDERLINE,
    [STYLE_STATE + STATE_LOCK] = UNDERLINE | BOLD,
    [STYLE_STATE + STATE_HELD] = BOLD,
    [STYLE_STATE + STATE_ENDED] = DIM,
    [STYLE_STATE + STATE_KILLED] = BOLD_REVERSE,
    [STYLE_THREAD + 0] = BOLD,
    [STYLE_THREAD + 1] = BOLD,
    [STYLE_THREAD + 2] = BOLD,
    [STYLE_THREAD + 3] = BOLD,
    [STYLE_THREAD + 4] = BOLD,
    [STYLE_THREAD + 5] = BOLD,
};

const struct palette *palette_find(const char *name)
{
    for (int i = 0; i < PALETTES; i++)
        if (strcmp(palettes[i].name, name) == 0)
            return &palettes[i];
    return NULL;
}

struct look palette_look(const struct palette *palette, enum style style, int colours)
{
    if (colours >= 256)
        return palette->looks[style].many;
    if (colours >= 8)
        return palette->looks[style].eight;
    return (struct look){OWN, OWN, without[style]};
}

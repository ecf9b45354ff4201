/* display.c - how the user wants the screen; see display.h. */
#include "display.h"

#include <string.h>

struct display display_default(void)
{
    return (struct display){.palette = &palettes[0], .mouse = true};
}

static bool read_palette(struct display *display, const char *value)
{
    const struct palette *palette = palette_find(value);

    if (palette != NULL)
        display->palette = palette;
    return palette != NULL;
}

static const char *const colour_words[] = {
    [COLOURS_AUTO] = "auto", [COLOURS_ALWAYS] = "always", [COLOURS_NEVER] = "never",
    [COLOURS_8] = "8",       [COLOURS_256] = "256",
};

static bool read_colours(struct display *display, const char *value)
{
    for (size_t i = 0; i < sizeof colour_words / sizeof colour_words[0]; i++) {
        if (strcmp(value, colour_words[i]) != 0)
            continue;
        display->colours = (enum colours)i;
        return true;
    }
    return false;
}

static bool read_yes_or_no(bool *setting, const char *value)
{
    *setting = strcmp(value, "yes") == 0;
    return *setting || strcmp(value, "no") == 0;
}

static bool read_mouse(struct display *display, const char *value)
{
    return read_yes_or_no(&display->mouse, value);
}

static bool read_ascii(struct display *display, const char *value)
{
    return read_yes_or_no(&display->ascii, value);
}

static const struct {
    const char *name;
    bool (*read)(struct display *display, const char *value);
    const char *values;
} settings[] = {
    {"palette", read_palette, "default, light, projector or colorblind-safe"},
    {"color", read_colours, "auto, always, never, 8 or 256"},
    {"mouse", read_mouse, "yes or no"},
    {"ascii", read_ascii, "yes or no"},
};

bool display_set(struct display *display, const char *name, const char *value,
                 char *why, size_t size)
{
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        if (strcmp(name, settings[i].name) != 0)
            continue;
        if (settings[i].read(display, value))
            return true;
        snprintf(why, size, "%s is %s; not '%s'", name, settings[i].values, value);
        return false;
    }
    snprintf(why, size, "'%s' is no setting; there are palette, color, mouse and ascii",
             name);
    return false;
}

int display_colours(const struct display *display, int terminal_has, bool no_color,
                    char *why, size_t size)
{
    static const int least[] = {
        [COLOURS_ALWAYS] = 8, [COLOURS_8] = 8, [COLOURS_256] = 256};
    /* where there are more than 256 their numbers mean something else */
    int has = terminal_has == 256 ? 256 : terminal_has >= 8 ? 8 : 0;

    switch (display->colours) {
    case COLOURS_AUTO:
        return no_color ? 0 : has;
    case COLOURS_NEVER:
        return 0;
    default:
        break;
    }
    if (has < least[display->colours]) {
        snprintf(why, size,
                 "color is %s, but the terminal has %d colours; auto takes what it has",
                 colour_words[display->colours], terminal_has > 0 ? terminal_has : 0);
        return -1;
    }
    return display->colours == COLOURS_8 ? 8 : has;
}

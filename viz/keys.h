/*
 * keys.h - the keys: what each does, its place in the hints and in the help.
 *
 * One table; the screen looks keys up in it, help and hints are made from it, and the
 * letters that name threads keep clear of it.
 */
#ifndef KEYS_H
#define KEYS_H

#include <stdbool.h>

enum command {
    COMMAND_NONE,
    COMMAND_PAUSE,
    COMMAND_STEP,
    COMMAND_STEP_BACK,
    COMMAND_CHANGE,
    COMMAND_CHANGE_BACK,
    COMMAND_START,
    COMMAND_END,
    COMMAND_FOLLOW,
    COMMAND_GO_TO,
    COMMAND_OWN_STEP,      /* of the chosen thread */
    COMMAND_OWN_STEP_BACK, /* the same, back */
    COMMAND_BEAT,
    COMMAND_SEARCH,
    COMMAND_SEARCH_NEXT,
    COMMAND_SEARCH_BACK,
    COMMAND_FILTER,
    COMMAND_MARK,
    COMMAND_NEXT_MARK,
    COMMAND_PAN_BACK,
    COMMAND_PAN,
    COMMAND_FIT,
    COMMAND_ORDER,
    COMMAND_EVENTS,
    COMMAND_FINDINGS,
    COMMAND_DETAILS,
    COMMAND_FREES,
    COMMAND_SHOW_END, /* of a comparison */
    COMMAND_PACE,     /* of a comparison: one clock, or step by step */
    COMMAND_TABLE,    /* of a comparison: its table large */
    COMMAND_SLOWER,
    COMMAND_FASTER,
    COMMAND_UP,
    COMMAND_DOWN,
    COMMAND_ZOOM_IN,
    COMMAND_ZOOM_OUT,
    COMMAND_ZOOM_PANE,
    COMMAND_NEXT_PANE,
    COMMAND_AGAIN,
    COMMAND_VARIANT,
    COMMAND_DIFFERS,
    COMMAND_SAVE,
    COMMAND_HELP,
    COMMAND_REDRAW,
    COMMAND_CANCEL,
    COMMAND_QUIT,
    COMMANDS /* how many there are */
};

/* Keys that are no characters, as the screen reports them. */
enum {
    KEY_NONE = -1,
    KEY_CODE_UP = 0x110000, /* beyond Unicode */
    KEY_CODE_DOWN,
    KEY_CODE_LEFT,
    KEY_CODE_RIGHT,
    KEY_CODE_PAGE_UP,
    KEY_CODE_PAGE_DOWN,
    KEY_CODE_HOME,
    KEY_CODE_END,
    KEY_CODE_ENTER,
    KEY_CODE_BACKSPACE,
    KEY_CODE_MOUSE, /* screen_mouse() tells where */
    KEY_CODE_RESIZED,
    KEY_CODE_CLOSED /* the terminal is gone, or a signal asks for the end */
};

struct key {
    int code;
    const char *shown;
    enum command command;
    const char *help; /* NULL: a second key for the command above it */
};

/* The table; a row with shown NULL ends it. */
extern const struct key keys[];

/* The same for a comparison of two runs, where no letter names a thread. */
extern const struct key compare_keys[];

/* The command of a key; COMMAND_NONE if it has none. */
enum command key_command(int code);
enum command key_command_in(const struct key *table, int code);

/* Whether a character has a command, and so cannot name a thread. */
bool key_is_taken(char character);

#endif

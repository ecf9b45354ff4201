/* keys_compare.c - the keys of a comparison; see keys.h. */
#include "keys.h"

#include <stddef.h>

enum { CONTROL_L = 'L' & 0x1f, ESCAPE = 27, TAB = 9 };

const struct key compare_keys[] = {
    {' ', "space", COMMAND_PAUSE, "pause both, or play both on"},
    {'.', ".", COMMAND_STEP, "both on to the next moment (step) at which one acts"},
    {KEY_CODE_RIGHT, "right", COMMAND_STEP, NULL},
    {'l', "l", COMMAND_STEP, NULL},
    {',', ",", COMMAND_STEP_BACK, "both back to the one before"},
    {KEY_CODE_LEFT, "left", COMMAND_STEP_BACK, NULL},
    {'h', "h", COMMAND_STEP_BACK, NULL},
    {'>', ">", COMMAND_CHANGE, "on to the next change of a thread's state in one"},
    {'<', "<", COMMAND_CHANGE_BACK, "back to the last change"},
    {'g', "g", COMMAND_START, "to the start"},
    {KEY_CODE_HOME, "Home", COMMAND_START, NULL},
    {'G', "G", COMMAND_END, "to the end of both"},
    {KEY_CODE_END, "End", COMMAND_END, NULL},
    {'F', "F", COMMAND_FOLLOW, "stay at the present while a run goes on"},
    {':', ":", COMMAND_GO_TO, "go to a time (2.06s), or to a step of both (141)"},
    {'(', "(", COMMAND_SLOWER, "play slower"},
    {')', ")", COMMAND_FASTER, "play faster"},
    {'c', "c", COMMAND_PACE, "one clock for both, or step by step"},
    {'E', "E", COMMAND_SHOW_END, "what each run comes to in the end; again: so far"},
    {'d', "d", COMMAND_DIFFERS, "the lines of the sources that differ"},
    {'t', "t", COMMAND_TABLE, "the whole table, or the two runs"},
    {'f', "f", COMMAND_FINDINGS, "to the step that WHY tells of"},
    {TAB, "Tab", COMMAND_NEXT_PANE, "choose the other run"},
    {KEY_CODE_ENTER, "Enter", COMMAND_ZOOM_PANE, "the chosen run alone; q comes back"},
    {'z', "z", COMMAND_ZOOM_PANE, NULL},
    {KEY_CODE_DOWN, "down", COMMAND_DOWN, "threads (or the table's rows) further down"},
    {'j', "j", COMMAND_DOWN, NULL},
    {KEY_CODE_UP, "up", COMMAND_UP, "further up"},
    {'k', "k", COMMAND_UP, NULL},
    {'+', "+", COMMAND_ZOOM_IN, "less time a cell"},
    {'=', "=", COMMAND_ZOOM_IN, NULL},
    {'-', "-", COMMAND_ZOOM_OUT, "more time a cell"},
    {'*', "*", COMMAND_FIT, "so much time a cell that both runs fit"},
    {'r', "r", COMMAND_AGAIN, "run both again (once they have ended)"},
    {'?', "?", COMMAND_HELP, "this help"},
    {CONTROL_L, "^L", COMMAND_REDRAW, "draw the screen anew"},
    {ESCAPE, "Esc", COMMAND_CANCEL, "cancel, close this help"},
    {'q', "q", COMMAND_QUIT, "quit; ends programs that still run"},
    {0, NULL, COMMAND_NONE, NULL},
};

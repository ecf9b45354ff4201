/* keys.c - the keys; see keys.h. */
#include "keys.h"

#include <stddef.h>

enum { CONTROL_L = 'L' & 0x1f, ESCAPE = 27, TAB = 9 };

const struct key keys[] = {
    {' ', "space", COMMAND_PAUSE, "pause the view, or play on"},
    {'.', ".", COMMAND_STEP, "one step on"},
    {KEY_CODE_RIGHT, "right", COMMAND_STEP, NULL},
    {'l', "l", COMMAND_STEP, NULL},
    {',', ",", COMMAND_STEP_BACK, "one step back"},
    {KEY_CODE_LEFT, "left", COMMAND_STEP_BACK, NULL},
    {'h', "h", COMMAND_STEP_BACK, NULL},
    {'>', ">", COMMAND_CHANGE, "on to the next change of a thread's state"},
    {'<', "<", COMMAND_CHANGE_BACK, "back to the last change"},
    {'g', "g", COMMAND_START, "to the start"},
    {KEY_CODE_HOME, "Home", COMMAND_START, NULL},
    {'G', "G", COMMAND_END, "to the end"},
    {KEY_CODE_END, "End", COMMAND_END, NULL},
    {'F', "F", COMMAND_FOLLOW, "stay at the end while the run goes on"},
    {':', ":", COMMAND_GO_TO, "go to a step (141), a time (2.06s) or 50% of the steps"},
    {']', "]", COMMAND_OWN_STEP, "on to the chosen thread's next step"},
    {'[', "[", COMMAND_OWN_STEP_BACK, "back to its last step"},
    {'B', "B", COMMAND_BEAT, "play one step a beat, or at the run's own pace"},
    {'/', "/", COMMAND_SEARCH, "search in what happened and what was printed"},
    {'n', "n", COMMAND_SEARCH_NEXT, "the next one that was searched for"},
    {'N', "N", COMMAND_SEARCH_BACK, "the one before"},
    {'&', "&", COMMAND_FILTER, "show only events that have these words"},
    {'e', "e", COMMAND_EVENTS, "the events as a list, in place of the output"},
    {KEY_CODE_ENTER, "Enter", COMMAND_DETAILS, "details of what is chosen"},
    {'b', "b", COMMAND_FREES, "why the chosen thread waits, and what frees it"},
    {'f', "f", COMMAND_FINDINGS, "findings: what went wrong so far, and where"},
    {'E', "E", COMMAND_SHOW_END, "in the findings: also those of later steps"},
    {'M', "M", COMMAND_MARK, "mark this step, or take its mark away"},
    {'\'', "'", COMMAND_NEXT_MARK, "to the next mark; back from where Enter led"},
    {'(', "(", COMMAND_SLOWER, "play slower"},
    {')', ")", COMMAND_FASTER, "play faster"},
    {KEY_CODE_UP, "up", COMMAND_UP, "the thread above; scrolls a large pane"},
    {'k', "k", COMMAND_UP, NULL},
    {KEY_CODE_DOWN, "down", COMMAND_DOWN, "the thread below"},
    {'j', "j", COMMAND_DOWN, NULL},
    {'+', "+", COMMAND_ZOOM_IN, "less time a cell"},
    {'=', "=", COMMAND_ZOOM_IN, NULL},
    {'-', "-", COMMAND_ZOOM_OUT, "more time a cell"},
    {'{', "{", COMMAND_PAN_BACK, "the time line: what was before"},
    {'}', "}", COMMAND_PAN, "the time line: what came after that"},
    {'*', "*", COMMAND_FIT, "the time line: all of the run so far"},
    {'o', "o", COMMAND_ORDER, "rows by start, by state, by time waited"},
    {TAB, "Tab", COMMAND_NEXT_PANE, "next pane"},
    {'z', "z", COMMAND_ZOOM_PANE, "this pane large, or all panes"},
    {'r', "r", COMMAND_AGAIN, "run again (once the run has ended)"},
    {'v', "v", COMMAND_VARIANT, "run the next variant (once the run has ended)"},
    {'d', "d", COMMAND_DIFFERS, "the lines that differ from lesson.c"},
    {'w', "w", COMMAND_SAVE, "save the recording in this folder"},
    {'?', "?", COMMAND_HELP, "this help; once more: a short tour"},
    {CONTROL_L, "^L", COMMAND_REDRAW, "draw the screen anew"},
    {ESCAPE, "Esc", COMMAND_CANCEL, "cancel, close what lies over the run"},
    {'q', "q", COMMAND_QUIT, "quit; ends a program that still runs"},
    {0, NULL, COMMAND_NONE, NULL},
};

enum command key_command_in(const struct key *table, int code)
{
    for (const struct key *key = table; key->shown != NULL; key++)
        if (key->code == code)
            return key->command;
    return COMMAND_NONE;
}

enum command key_command(int code)
{
    return key_command_in(keys, code);
}

bool key_is_taken(char character)
{
    return key_command(character) != COMMAND_NONE;
}

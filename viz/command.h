/*
 * command.h - what the commands of viz share: the list of them, and how they say no.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include "display.h"

#include <stdbool.h>
#include <stdint.h>

/* Each gets its own name as argv[0] and returns the exit status. */
int command_menu(int argc, char **argv);
int command_run(int argc, char **argv);
int command_replay(int argc, char **argv);
int command_compare(int argc, char **argv);
int command_list(int argc, char **argv);
int command_events(int argc, char **argv);
int command_check(int argc, char **argv);
int command_stats(int argc, char **argv);
int command_export(int argc, char **argv);

enum { COMMAND_BAD_USAGE = 2 };

/* Says on stderr, in one line, what was wrong and what would be right; returns the exit
   status for it. What a terminal would obey in it is shown. */
int command_refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The options of viz's own, which stand before the lesson. */
struct command_options {
    const char *output; /* -o FILE, or NULL */
    bool dump;          /* --dump=COLSxROWS */
    int columns, rows;
    uint64_t at; /* --at=STEP; 0: the end */
    bool tour;   /* --tour */
    bool ascii;  /* as the display asks for, or a locale that is not UTF-8 */
    struct display display;
};

/* Reads them, over what the configuration file says, and returns the index of the first
   argument that is none of them; -1 after saying what is wrong. */
int command_read_options(struct command_options *options, int argc, char **argv);

/* Takes an option that may stand anywhere out of the arguments; true if it was there.
 */
bool command_take_option(int *argc, char **argv, const char *option);

/* Looks at a lesson's arguments (NULL at the end) for options that viz has its own way
   for; 0, or the exit status after saying what is right. */
int command_refuse_arguments(char **arguments);

#endif

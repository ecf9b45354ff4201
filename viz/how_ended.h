/*
 * how_ended.h - how a run ended, in words.
 */
#ifndef HOW_ENDED_H
#define HOW_ENDED_H

#include "reader.h"

/* Adds "ENDED (3): deadlock", "KILLED by signal 9 (Killed)", …; "RUNNING" for a run
   that is not over. */
void how_ended_add(struct text_buffer *buffer, const struct reader *reader);

/* Whether it is over and its exit status is 0. */
bool how_ended_well(const struct reader *reader);

/* What an exit status of a lesson means: "deadlock, nobody could go on"; and in a word
   or two: "deadlock". */
const char *how_ended_meaning(int exit_status);
const char *how_ended_brief(int exit_status);

#endif

/*
 * compare_start.h - starts the programs that are compared, and opens their recordings.
 *
 * Two programs run at the same time, unless one of them uses the processor: then each
 * would slow the other down, and they run one after the other, to their ends.
 */
#ifndef COMPARE_START_H
#define COMPARE_START_H

#include "compare_run.h"

/* Opens both playbacks. Where programs run one after the other this waits for their
   ends; *leaves: the user would not, and there is nothing to show. Returns 0, or the
   exit status after saying, with the screen closed, what is wrong. */
int compare_start(struct compare_run *run, bool on_screen, bool *leaves);

/* The recording's file, or the program: "01_thread_result/lesson". */
const char *contender_name(const struct contender *contender);

#endif

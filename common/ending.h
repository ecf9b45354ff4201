/*
 * ending.h - how a run ends, well or badly.
 *
 * Misuse, an exhausted machine and a deadlock end the run at once, with words on
 * stderr, an event in the trace and an exit status of their own. They may happen in any
 * of the run's processes, and end all of them: a process that ends so leaves word in
 * shared memory, its parent ends when it notices, and the first process ends the trace.
 */
#ifndef ENDING_H
#define ENDING_H

#include <stdbool.h>
#include <sys/types.h>

enum {
    ENDING_WELL = 0,
    ENDING_WRONG = 1, /* a wrong or missing result, or the machine was exhausted */
    ENDING_USAGE = 2,
    ENDING_DEADLOCK = 3,
    ENDING_MISUSE = 4,
};

/* Set by say.c: ends all printing for good, so that what was printed is in the trace.
 */
extern void (*ending_silence)(void);

/* The kit was called in a way that its rules forbid. Says so in one line, with the
   caller's "file:line"; does not return. */
_Noreturn void ending_misuse(const char *site, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The machine cannot do it (no memory, no more threads, no output). Says what, where
   and why, which may be NULL, in one line; does not return. */
_Noreturn void ending_failed(const char *what, const char *why);

/* Nobody can go on: prints the report. Does not return. */
_Noreturn void ending_deadlock(const char *report);

/* What another process of the run has left word of: the exit status with which the run
   ends badly, or 0. */
int ending_told(void);

/* The run ends with that status, because another process said so. Does not return. */
_Noreturn void ending_follow(int exit_status);

/* That process is dead. If it was killed while it was ending the run, and has not left
   word, another may do so. */
void ending_taker_died(pid_t pid);

/* Tells of something that is wrong and does not end the run: one line on stderr, and in
   the trace. */
void ending_tell(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Closes the trace and says what was lost, if anything; all_ended as trace_finish. */
void ending_close_trace(int exit_status, bool all_ended);

#endif

/*
 * launch.h - a lesson's program as a child process of the viewer.
 *
 * What it prints goes to files without a name, not to a pipe that could fill: however
 * slow the viewer is, it never holds the program up. The program has a process group of
 * its own, so that ^C reaches the viewer alone, and it dies with the viewer.
 */
#ifndef LAUNCH_H
#define LAUNCH_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct launch {
    pid_t pid;
    int output, error; /* the files it prints to */
    bool ended;
    int status; /* valid once it has ended: the wait status */
};

/* What launch_stdout_text and launch_stderr_text return at most. */
enum { LAUNCH_TEXT_SIZE = 64 * 1024 };

/* Starts the program. The arguments, with NULL at the end, follow its name; NULL: none.
   With a trace, that is where it records (VIZ_TRACE). Its standard input is empty, its
   signals are at their defaults. Blocks until the program is loaded, which takes a
   moment. Call it from a thread that lives as long as the viewer: when that one ends,
   the program is killed. False: nothing runs, and why[] says what is wrong. */
bool launch_start(struct launch *launch, const char *program, char *const *arguments,
                  const char *trace, char *why, size_t size);

/* True once the program has ended; launch->status tells how. Never blocks. */
bool launch_poll(struct launch *launch);

/* Ends the program and its whole process group, unless it has ended: asks with SIGTERM,
   and 200 ms later forces. Blocks until it has ended. */
void launch_kill(struct launch *launch);

/* Ends the program if it still runs, and closes the files. */
void launch_close(struct launch *launch);

/* What it has printed so far: the last LAUNCH_TEXT_SIZE bytes of it, as they are, with
   a NUL behind them. The caller frees the text; *length, if not NULL, gets its length.
 */
char *launch_stdout_text(const struct launch *launch, size_t *length);
char *launch_stderr_text(const struct launch *launch, size_t *length);

/* The exit status that a shell would see: 128 + N for a program killed by signal N. */
int launch_exit_status(int wait_status);

#endif

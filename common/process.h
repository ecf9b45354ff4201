/*
 * process.h - processes, as Python's multiprocessing.Process.
 *
 * A process begins as a copy of the one that starts it (fork): it has every variable as
 * it was at that moment, and what it changes in them later nobody else sees. To give it
 * data, embed struct process as the first field of a struct, as with threads; what
 * comes back must come through a pipe, a process queue or a manager.
 *
 * The rules of use:
 *   - Only the main thread of a process starts processes: a child dies with its parent,
 *     and the kernel takes the thread that forked for the parent.
 *   - In the child only that one thread is left. What other threads of the parent held
 * at that moment, locks above all, stays held in the child for ever.
 *   - The struct is all zero before it is started, and stays where it is until the
 * process is joined. Joining twice is allowed, joining what was not started is misuse.
 *   - A child that is killed is told on stderr and in the trace, by its parent's
 * reaper: a thread that sleeps until a child ends. Nobody waits for a dead process for
 * ever.
 *
 * The monitor of children.h guards the fields below it.
 */
#ifndef PROCESS_H
#define PROCESS_H

#include "children.h"

/* Starts a process that runs the function and then ends, once its threads and its own
   children have. Its name, made from the format, is what the view shows. Never blocks.
 */
#define process_start(process, run, ...)                                               \
    process_start_at(process, run, HERE, __VA_ARGS__)
void process_start_at(struct process *process, void (*run)(struct process *self),
                      const char *site, const char *name_format, ...)
    __attribute__((format(printf, 4, 5)));

/* Starts the same program anew, as Python does where there is no fork: with the memory
   of a fresh start and the given arguments (ended by NULL; argv[0] is added). Its main
   runs from its first line on; process_is_spawned tells it from the first one. It
   writes the same trace, and shares nothing else. */
#define process_spawn(process, arguments, ...)                                         \
    process_spawn_at(process, arguments, HERE, __VA_ARGS__)
void process_spawn_at(struct process *process, char *const *arguments, const char *site,
                      const char *name_format, ...)
    __attribute__((format(printf, 4, 5)));
bool process_is_spawned(void);

/* Blocks until the process has ended; process->exit_status says how: 0 well, 128+N
   killed by signal N. */
#define process_join(process) process_join_at(process, HERE)
void process_join_at(struct process *process, const char *site);

/* Blocks for at most that many milliseconds: false if it had not ended by then. */
#define process_join_within(process, ms) process_join_within_at(process, ms, HERE)
bool process_join_within_at(struct process *process, int ms, const char *site);

/* The end of a process, or of the run: joins the threads and children that nobody
   joined, as Python does at exit, and lets every part of the kit finish what it still
   has to send. */
void process_finish_at(const char *site);

/* For lesson.c: whether this program was spawned, and then goes on with its parent's
   trace and seed. Call it with one thread running, before anything else. */
bool process_resume_spawned(uint64_t *seed);

#endif

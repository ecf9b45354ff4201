/*
 * children.h - the processes that this process has started, and the reaper that notices
 * their end. The inner half of process.h.
 */
#ifndef CHILDREN_H
#define CHILDREN_H

#include "monitor.h"
#include "trace.h"

#include <sys/types.h>

struct process {
    char name[ROSTER_NAME];
    uint32_t object;
    void (*run)(struct process *self);
    unsigned place; /* on the roster */
    bool spawned;
    pid_t pid;

    struct wait_list joiners;
    bool ended;
    bool joined;
    int exit_status; /* once it has ended */
    struct process *next;
};

/* What a module does when a process begins or ends. */
struct process_hook {
    void (*starts)(unsigned child); /* in the parent, just before the fork */
    void (*begins)(void);           /* in the child: only this thread is left */
    void (*stop)(void);             /* this process ends: let servers end; may block */
    void (*flush)(void); /* this process ends: send what is left; may block */
    void (*close)(void); /* after all have flushed; never blocks */
    void (*buried)(unsigned child); /* a child is dead; by the reaper */
    struct process_hook *next;
};
void children_hook(struct process_hook *hook); /* before main */
const struct process_hook *children_hooks(void);

/* The monitor that guards all of this process's struct process. */
struct monitor *children_monitor(void);

/* Inside the monitor: adds a process that was just started, takes one away that was
   joined, gives the oldest that was not, or NULL. */
void children_add(struct process *process);
void children_remove(struct process *process);
struct process *children_first(void);

/* In a new process: it has no children yet. */
void children_start_anew(void);

/* How many children were killed so far. */
unsigned children_killed(void);

#endif

/*
 * children.c - the processes that this process has started; see children.h.
 *
 * The reaper is a thread of its own, so that a kill is noticed whatever the others wait
 * for. It is on no roster: it waits for nobody that waits for it. A child counts as
 * able to go on until the reaper has woken who waited for it, so that nobody is ever
 * taken for stuck who is about to be woken.
 */
#include "children.h"
#include "deadlock.h"
#include "ending.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

static struct {
    struct monitor monitor; /* guards the rest */
    struct process *first;  /* started and not yet joined, oldest first */
    bool has_reaper;
    unsigned killed;
} children;

static struct process_hook *hooks; /* made before main */

void children_hook(struct process_hook *hook)
{
    hook->next = hooks;
    hooks = hook;
}

const struct process_hook *children_hooks(void)
{
    return hooks;
}

struct monitor *children_monitor(void)
{
    return &children.monitor;
}

/* What the kernel tells of a death, as an exit status. */
static int status_of(int wait_status)
{
    return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status)
                                    : WEXITSTATUS(wait_status);
}

/* Tells of a process that ended without a word. */
static void lament(unsigned place, int wait_status)
{
    const struct roster_process *process = roster_process_at(place);
    int sign = WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;

    children.killed++;
    trace(&(struct trace_entry){.kind = TRACE_PROCESS_KILLED,
                                .object = process->number,
                                .number = (uint64_t)status_of(wait_status),
                                .detail = (uint32_t)sign});
    if (sign != 0)
        fprintf(stderr, "KILLED: process %s, by signal %d (%s)\n", process->name, sign,
                strsignal(sign));
    else
        fprintf(stderr, "KILLED: process %s ended by itself with status %d\n",
                process->name, status_of(wait_status));
}

/* Mends what the process left behind. */
static void mend(unsigned place, bool killed)
{
    for (const struct process_hook *hook = hooks; hook != NULL; hook = hook->next)
        if (hook->buried != NULL)
            hook->buried(place);
    monitor_mend(place, killed);
}

/* A process that was spawned is a run of its own, and cannot say goodbye here. */
static bool ended_well(const struct process *process, int wait_status)
{
    return process->spawned
               ? WIFEXITED(wait_status)
               : atomic_load(&roster_process_at(process->place)->said_goodbye);
}

/* The child of a child that was killed: it died with that, and now it is ours. */
static unsigned bury_orphan(pid_t pid, int wait_status)
{
    unsigned place = roster_place_of(pid);

    if (place == 0)
        return 0;
    bool well = atomic_load(&roster_process_at(place)->said_goodbye);
    if (!well)
        lament(place, wait_status);
    mend(place, !well);
    return place;
}

static void bury(pid_t pid)
{
    struct process *process;
    unsigned place;
    int wait_status = 0;

    monitor_enter(&children.monitor);
    waitpid(pid, &wait_status, 0);
    if (ending_told() != 0) /* before anybody is woken by the death */
        ending_follow(ending_told());
    for (process = children.first; process != NULL && process->pid != pid;)
        process = process->next;
    if (process != NULL) {
        place = process->place;
        bool well = ended_well(process, wait_status);
        if (!well)
            lament(place, wait_status);
        mend(place, !well);
        process->exit_status = status_of(wait_status);
        process->ended = true;
        monitor_wake_all(&children.monitor, &process->joiners);
    } else {
        place = bury_orphan(pid, wait_status);
    }
    monitor_leave(&children.monitor); /* the struct may be gone by now */
    if (place != 0 && roster_bury(place))
        deadlock_report_all();
}

static void *reap(void *unused)
{
    for (;;) {
        pid_t pid = monitor_wait_child();
        if (pid > 0) {
            bury(pid);
            continue;
        }
        monitor_enter(&children.monitor);
        bool more = false; /* started since the wait found none */
        for (struct process *at = children.first; at != NULL; at = at->next)
            more = more || !at->ended;
        children.has_reaper = more;
        monitor_leave(&children.monitor);
        if (!more)
            return unused;
    }
}

void children_add(struct process *process)
{
    struct process **at = &children.first;
    pthread_t thread;

    while (*at != NULL)
        at = &(*at)->next;
    *at = process;
    if (children.has_reaper)
        return;
    children.has_reaper = true;
    if (pthread_create(&thread, NULL, reap, NULL) != 0)
        ending_failed("the machine starts no more threads", NULL);
    pthread_detach(thread);
}

void children_remove(struct process *process)
{
    struct process **at = &children.first;

    while (*at != NULL && *at != process)
        at = &(*at)->next;
    if (*at != NULL)
        *at = process->next;
}

struct process *children_first(void)
{
    return children.first;
}

void children_start_anew(void)
{
    memset(&children, 0, sizeof children);
}

unsigned children_killed(void)
{
    return children.killed;
}

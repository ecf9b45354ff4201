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

    _Atomic uint32_t reaper_runs; /* 1: it has begun */
    _Atomic uint32_t started;     /* processes, ever */
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
        ending_tell("KILLED: process %s, by signal %d (%s)", process->name, sign,
                    strsignal(sign));
    else
        ending_tell("KILLED: process %s ended by itself with status %d", process->name,
                    status_of(wait_status));
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
    ending_taker_died(pid);
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
    if (place != 0) {
        roster_bury(place);
        deadlock_report_all();
    }
}

/* It never ends: a thread that begins or ends may hold a lock of the C library's, or of
   a sanitizer's, and a child that is forked at that moment would find it held for ever.
 */
static void *reap(void *unused)
{
    atomic_store(&children.reaper_runs, 1);
    monitor_tell(&children.reaper_runs);
    for (;;) {
        uint32_t started = atomic_load(&children.started);
        pid_t pid = monitor_wait_child();
        if (pid > 0)
            bury(pid);
        else
            monitor_wait_told(&children.started, started);
    }
    return unused;
}

static void start_reaper(void)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, reap, NULL) != 0)
        ending_failed("the machine starts no more threads", NULL);
    pthread_detach(thread);
    while (atomic_load(&children.reaper_runs) == 0)
        monitor_wait_told(&children.reaper_runs, 0);
}

void children_add(struct process *process)
{
    struct process **at = &children.first;

    while (*at != NULL)
        at = &(*at)->next;
    *at = process;
    atomic_fetch_add(&children.started, 1);
    monitor_tell(&children.started);
    if (!children.has_reaper)
        start_reaper();
    children.has_reaper = true;
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

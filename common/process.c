/* process.c - processes; see process.h. */
#include "process.h"
#include "chance.h"
#include "deadlock.h"
#include "ending.h"
#include "limit.h"
#include "process_spawn.h"
#include "thread.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static void note(const struct process *process, enum trace_kind kind, const char *site,
                 uint64_t number, uint32_t detail)
{
    trace(&(struct trace_entry){.kind = kind,
                                .object = process->object,
                                .site = site,
                                .number = number,
                                .detail = detail});
}

/* The record of the new process's main thread; everything up to the fork. */
static struct roster_thread *prepare(struct process *process, const char *site)
{
    struct roster_thread *me = roster_self();

    if (me->number != roster_process_at(roster_place())->number)
        ending_misuse(site,
                      "process_start on %s by %s: only a main thread starts processes",
                      process->name, me->name);
    process->object = trace_new_object();
    step(TRACE_PROCESS_START, process->object, site);
    struct roster_thread *record = roster_add_process(process->name, process->object);
    process->place = record->process;
    trace(&(struct trace_entry){.kind = TRACE_PROCESS_START,
                                .object = process->object,
                                .site = site,
                                .detail = process->spawned,
                                .text = process->name});
    fflush(NULL); /* or it would be written twice */
    return record;
}

/* The child's life, from the fork to its end. */
static _Noreturn void live(struct process *self, struct roster_thread *record)
{
    roster_move_in(record);
    monitor_start_anew();
    deadlock_start_anew();
    thread_start_anew();
    chance_start_anew();
    children_start_anew();
    for (const struct process_hook *hook = children_hooks(); hook != NULL;
         hook = hook->next)
        if (hook->begins != NULL)
            hook->begins();
    self->run(self);

    process_finish_at(NULL);
    step(TRACE_PROCESS_END, self->object, NULL);
    note(self, TRACE_PROCESS_END, NULL, 0, ENDING_WELL);
    trace_detach();
    fflush(NULL);
    atomic_store(&roster_process_at(self->place)->said_goodbye, true);
    _exit(ENDING_WELL);
}

/* The kernel kills a child when its parent dies; and the parent may be dead already. */
static void die_with(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        raise(SIGKILL);
}

/* Forks; 0 in the child. Inside the children's monitor, so that the reaper is in the
   middle of nothing. */
static pid_t fork_child(struct process *process)
{
    pid_t parent = getpid();

    prctl(PR_SET_CHILD_SUBREAPER, 1); /* children of a killed child come here */
    monitor_enter(children_monitor());
    pid_t pid = fork();
    if (pid == 0) {
        atomic_store(&roster_process_at(process->place)->pid, getpid());
        die_with(parent);
        return 0;
    }
    if (pid < 0)
        ending_failed("the machine starts no more processes", strerror(errno));
    process->pid = pid;
    children_add(process);
    monitor_leave(children_monitor());
    return pid;
}

static void name_process(struct process *process, const char *site, const char *format,
                         va_list arguments)
{
    if (process->object != 0)
        ending_misuse(site, "process_start on %s, which was started before",
                      process->name);
    *process = (struct process){.run = process->run};
    vsnprintf(process->name, sizeof process->name, format, arguments);
}

void process_start_at(struct process *process, void (*run)(struct process *self),
                      const char *site, const char *name_format, ...)
{
    va_list arguments;

    va_start(arguments, name_format);
    name_process(process, site, name_format, arguments);
    va_end(arguments);
    process->run = run;
    struct roster_thread *record = prepare(process, site);
    for (const struct process_hook *hook = children_hooks(); hook != NULL;
         hook = hook->next)
        if (hook->starts != NULL)
            hook->starts(process->place);
    if (fork_child(process) == 0)
        live(process, record);
}

void process_spawn_at(struct process *process, char *const *arguments, const char *site,
                      const char *name_format, ...)
{
    va_list name;

    va_start(name, name_format);
    name_process(process, site, name_format, name);
    va_end(name);
    process->spawned = true;
    prepare(process, site);
    if (fork_child(process) == 0)
        spawn_exec(process->name, process->object, arguments);
}

static bool join(struct process *process, struct limit limit, const char *site)
{
    const struct wait_reason why = {.name = process->name};
    struct monitor *monitor = children_monitor();
    bool in_time = true, begun = false;

    step(TRACE_PROCESS_JOIN, process->object, site);
    if (process->object == 0)
        ending_misuse(site, "process_join on a process that was not started");
    monitor_enter(monitor);
    while (!process->ended && in_time) {
        if (!begun)
            note(process, TRACE_PROCESS_JOIN_BEGIN, site, limit.ns, 0);
        begun = true;
        in_time = monitor_wait(monitor, &process->joiners, limit.deadline, &why);
    }
    bool ended = process->ended;
    if (ended) {
        if (!process->joined)
            children_remove(process);
        process->joined = true;
        note(process, TRACE_PROCESS_JOIN, site, 0, (uint32_t)process->exit_status);
    } else {
        note(process, TRACE_PROCESS_JOIN_FAILED, site, 0, limit.late);
    }
    monitor_leave(monitor);
    return ended;
}

void process_join_at(struct process *process, const char *site)
{
    join(process, limit_none(), site);
}

bool process_join_within_at(struct process *process, int ms, const char *site)
{
    return join(process, limit_within(ms, site), site);
}

static void join_all(const char *site)
{
    for (;;) {
        monitor_enter(children_monitor());
        struct process *process = children_first();
        monitor_leave(children_monitor());
        if (process == NULL)
            return;
        process_join_at(process, site);
    }
}

void process_finish_at(const char *site)
{
    const struct process_hook *hook;

    thread_join_all_at(site);
    for (hook = children_hooks(); hook != NULL; hook = hook->next)
        if (hook->stop != NULL)
            hook->stop();
    join_all(site);
    for (hook = children_hooks(); hook != NULL; hook = hook->next)
        if (hook->flush != NULL)
            hook->flush();
    for (hook = children_hooks(); hook != NULL; hook = hook->next)
        if (hook->close != NULL)
            hook->close();
}

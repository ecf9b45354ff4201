/*
 * monitor_outside.c - what blocks a thread outside of any monitor: a nap, a descriptor,
 * a child, a thread's end; see monitor.h.
 */
#include "deadlock.h"
#include "futex.h"
#include "monitor.h"

#include <errno.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

void monitor_sleep(uint64_t deadline)
{
    struct timespec until = deadline_timespec(deadline);
    struct roster_thread *me = roster_self();

    roster_sleeps(me, true);
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR)
        continue;
    roster_wakes(me, true);
}

bool monitor_write(int descriptor, const void *bytes, size_t size)
{
    const char *at = bytes;

    while (size > 0) {
        ssize_t written = write(descriptor, at, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0 && errno == EAGAIN) { /* somebody made it non-blocking */
            poll(&(struct pollfd){.fd = descriptor, .events = POLLOUT}, 1, -1);
            continue;
        }
        if (written < 0)
            return false;
        at += written;
        size -= (size_t)written;
    }
    return true;
}

void monitor_reap(pthread_t thread)
{
    pthread_join(thread, NULL);
}

pid_t monitor_wait_child(void)
{
    siginfo_t info = {.si_pid = 0};

    while (waitid(P_ALL, 0, &info, WEXITED | WNOWAIT) != 0 && errno == EINTR)
        continue;
    return info.si_pid;
}

void monitor_wait_told(_Atomic uint32_t *word, uint32_t seen)
{
    futex_wait(word, FUTEX_PROCESS, seen, NULL);
}

void monitor_tell(_Atomic uint32_t *word)
{
    futex_wake(word, FUTEX_PROCESS, 1);
}

void monitor_thread_ends(void)
{
    if (roster_leave())
        deadlock_report_all();
}

/* clock.c - the time, and deadlines; see clock.h. */
#include "clock.h"

enum { NS_PER_MS = 1000000 };
static const uint64_t ns_per_s = 1000000000;

uint64_t clock_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * ns_per_s + (uint64_t)now.tv_nsec;
}

uint64_t deadline_after(uint64_t milliseconds)
{
    uint64_t now = clock_now();

    if (milliseconds > (DEADLINE_NEVER - 1 - now) / NS_PER_MS)
        return DEADLINE_NEVER - 1;
    return now + milliseconds * NS_PER_MS;
}

struct timespec deadline_timespec(uint64_t deadline)
{
    return (struct timespec){.tv_sec = (time_t)(deadline / ns_per_s),
                             .tv_nsec = (long)(deadline % ns_per_s)};
}

/*
 * roster_life.c - which processes of the run are dead, though nobody has buried them
 * yet, as the kernel tells it; see roster.h. Linux's alone.
 */
#include "clock.h"
#include "roster.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>

/* What the kernel tells of a process. */
enum life { LIFE_RUNS, LIFE_ASLEEP, LIFE_ENDS, LIFE_OVER };

static enum life life_of(unsigned at)
{
    enum { EXITING = 4 }; /* PF_EXITING of the kernel's sched.h */
    pid_t pid = atomic_load(&roster_process_at(at)->pid);
    char path[64], line[256] = "", state = 'X';
    unsigned flags = 0;

    if (pid == 0)
        return LIFE_RUNS;
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return LIFE_OVER;
    if (fgets(line, sizeof line, file) == NULL)
        line[0] = '\0'; /* buried meanwhile */
    fclose(file);
    const char *name_end = strrchr(line, ')'); /* "PID (NAME) STATE …" */
    if (name_end != NULL)
        sscanf(name_end + 1, " %c %*d %*d %*d %*d %*d %u", &state, &flags);
    if (strchr("ZX", state) != NULL)
        return LIFE_OVER;
    if ((flags & EXITING) != 0)
        return LIFE_ENDS;
    return strchr("STt", state) != NULL ? LIFE_ASLEEP : LIFE_RUNS;
}

bool roster_is_dead(unsigned at)
{
    return life_of(at) == LIFE_OVER;
}

bool roster_has_unburied(void)
{
    uint64_t patience = deadline_after(200);

    for (unsigned i = 0; i < ROSTER_PROCESSES; i++) {
        enum life life = LIFE_ASLEEP;
        if (i == roster_place() ||
            atomic_load(&roster_process_at(i)->state) != ROSTER_ALIVE)
            continue;
        /* one that is being killed runs for a moment, and so does one that is about to
           sleep */
        while ((life = life_of(i)) == LIFE_RUNS && clock_now() < patience)
            sched_yield();
        if (life == LIFE_ENDS || life == LIFE_OVER)
            return true;
    }
    return false;
}

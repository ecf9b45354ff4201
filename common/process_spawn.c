/* process_spawn.c - a program that starts itself anew; see process_spawn.h and
 * process.h. */
#include "process_spawn.h"
#include "chance.h"
#include "ending.h"
#include "process.h"
#include "trace.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char variable[] = "KIT_SPAWNED"; /* "descriptor number seed name" */

static bool spawned; /* set while there is one thread */

_Noreturn void spawn_exec(const char *name, uint32_t number, char *const *arguments)
{
    char word[128], path[] = "/proc/self/exe";
    int descriptor = trace_descriptor();
    size_t count = 0;

    while (arguments[count] != NULL)
        count++;
    char **command = calloc(count + 2, sizeof *command);
    snprintf(word, sizeof word, "%d %" PRIu32 " %" PRIu64 " %s", descriptor, number,
             chance_seed(), name);
    if (descriptor >= 0)
        fcntl(descriptor, F_SETFD, 0); /* it stays open */
    if (command != NULL && setenv(variable, word, 1) == 0) {
        command[0] = path;
        memcpy(command + 1, arguments, count * sizeof *command);
        execv(path, command);
    }
    fprintf(stderr, "the program cannot be started anew: %s\n", strerror(errno));
    _exit(ENDING_WRONG);
}

bool process_resume_spawned(uint64_t *seed)
{
    const char *word = getenv(variable);
    char name[ROSTER_NAME] = "";
    uint32_t number = 0;
    int descriptor = -1;

    if (word == NULL || sscanf(word, "%d %" SCNu32 " %" SCNu64 " %31[^\n]", &descriptor,
                               &number, seed, name) != 4)
        return false;
    unsetenv(variable);
    spawned = true;
    if (descriptor >= 0) {
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        if (!trace_continue(descriptor))
            close(descriptor);
    }
    roster_start_as(name, number);
    return true;
}

bool process_is_spawned(void)
{
    return spawned;
}

/* live.c - a lesson's program that runs under the viewer; see live.h. */
#include "live.h"
#include "command.h"
#include "keys.h"
#include "screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void live_pause(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

bool live_start(struct live *live, const struct catalogue_program *program,
                char **arguments, char *why, size_t size)
{
    char reason[512];

    if (!recording_new_path(&live->place, program->full_name, reason, sizeof reason))
        snprintf(why, size, "there is no place for the recording: %s", reason);
    else if (!launch_start(&live->launch, program->path, arguments, live->place.path,
                           reason, sizeof reason))
        snprintf(why, size, "it cannot be run: %s", reason);
    else
        return true;
    return false;
}

bool live_tend(struct live *live)
{
    bool ended = launch_poll(&live->launch);

    if (ended && WIFSIGNALED(live->launch.status))
        recording_note_kill(live->place.path, WTERMSIG(live->launch.status));
    return ended;
}

/* The recording appears in one step soon after the start; a program that ends without
   one (bad usage) has nothing to show. */
bool live_wait_for_recording(struct live *live, bool on_screen)
{
    for (;;) {
        bool ended = launch_poll(&live->launch);
        if (access(live->place.path, R_OK) == 0)
            return true;
        if (ended)
            return false;
        int key = on_screen ? screen_key(1) : KEY_NONE;
        if (key == KEY_CODE_CLOSED || key_command(key) == COMMAND_QUIT)
            launch_kill(&live->launch);
        else if (!on_screen)
            live_pause();
    }
}

void live_wait_for_end(struct live *live)
{
    while (!live_tend(live))
        live_pause();
}

void live_print_errors(const struct live *live)
{
    size_t length;
    char *text = launch_stderr_text(&live->launch, &length);

    if (text != NULL)
        fwrite(text, 1, length, stderr);
    free(text);
}

int live_refuse(const struct live *live, const struct catalogue_program *program)
{
    char *text = launch_stdout_text(&live->launch, NULL);
    int status = launch_exit_status(live->launch.status);

    if (text != NULL)
        fputs(text, stdout);
    free(text);
    live_print_errors(live);
    recording_discard(&live->place);
    if (status == COMMAND_BAD_USAGE) /* it has said why */
        return status;
    return command_refuse("'%s' recorded nothing: it is no lesson", program->path);
}

void live_keep(const struct live *live)
{
    char why[512];

    /* without the holes that a killed program's recording has */
    if (!live->place.temporary && live->launch.ended)
        recording_keep(live->place.path, live->place.path, why, sizeof why);
    if (live->place.temporary) {
        fputs("viz: this run is not kept: there is no state folder to keep it in\n",
              stderr);
        recording_discard(&live->place);
    }
    recording_prune(RECORDING_KEEP);
}

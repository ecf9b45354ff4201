/* live.c - a lesson's program that runs under the viewer; see live.h. */
#include "live.h"
#include "command.h"
#include "keys.h"
#include "narrate.h"
#include "screen.h"

#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

/* What a program has printed, which may be any bytes: a file gets them as they are, a
   terminal line by line and nothing that it would obey. Frees the text. */
static void print_output(char *text, size_t length, FILE *file)
{
    struct text line, rest = {text, text != NULL ? length : 0};
    bool ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;

    if (!isatty(fileno(file))) {
        fwrite(rest.bytes, 1, rest.length, file);
        rest.length = 0;
    }
    for (size_t i = 0; i < rest.length; i++)
        if (text[i] == '\t')
            text[i] = ' ';
    while (text_next_line(&rest, &line))
        narrate_line(line, ascii, file);
    free(text);
}

void live_print_errors(const struct live *live)
{
    size_t length;
    char *text = launch_stderr_text(&live->launch, &length);

    print_output(text, length, stderr);
}

int live_refuse(const struct live *live, const struct catalogue_program *program)
{
    size_t length;
    char *text = launch_stdout_text(&live->launch, &length);
    int status = launch_exit_status(live->launch.status);

    print_output(text, length, stdout);
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

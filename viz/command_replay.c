/* command_replay.c - viz replay: a recorded run in the same view. */
#include "command.h"
#include "export.h"
#include "frame.h"
#include "recording.h"
#include "recording_differs.h"
#include "screen.h"
#include "session.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Without a terminal: every step as a line. */
static int print_run(struct playback *playback, bool ascii)
{
    reader_poll(&playback->reader); /* all of it */
    export_text(&playback->reader, ascii, stdout);
    return fflush(stdout) == 0 ? 0 : 1;
}

static int show_on_screen(struct playback *playback,
                          const struct command_options *options)
{
    char why[256];
    struct catalogue catalogue;

    if (!screen_open(&options->display, why, sizeof why))
        return command_refuse("%s", why);
    catalogue_load(&catalogue, NULL);
    struct recording_differs differs =
        recording_differs_in(&playback->reader, &catalogue);
    const struct session_setup setup = {.ascii = options->ascii,
                                        .from_start = true,
                                        .tour = options->tour,
                                        .at = options->at,
                                        .differs = differs.page,
                                        .why_no_differs = differs.why};
    session_run(playback, &setup);
    free(differs.page);
    catalogue_free(&catalogue);
    screen_close();
    return screen_signal_status();
}

static int show(struct playback *playback, const struct command_options *options)
{
    if (options->dump)
        return frame_print(playback, options);
    if (!isatty(STDOUT_FILENO) || !screen_is_built())
        return print_run(playback, options->ascii);
    return show_on_screen(playback, options);
}

int command_replay(int argc, char **argv)
{
    struct command_options options;
    struct playback playback;
    char newest[PATH_MAX], why[256];
    int first = command_read_options(&options, argc, argv);
    const char *path = newest;

    if (first < 0)
        return COMMAND_BAD_USAGE;
    if (options.output != NULL)
        return command_refuse("-o is for viz run; w in the view saves a recording");
    if (first + 1 < argc && argv[first + 1][0] == '-')
        return command_refuse("options stand before the trace: viz replay %s %s",
                              argv[first + 1], argv[first]);
    if (first + 1 < argc)
        return command_refuse("usage: viz replay [TRACE]; one trace, not '%s' too",
                              argv[first + 1]);
    if (first < argc)
        path = argv[first];
    else if (!recording_newest(newest, sizeof newest, why, sizeof why))
        return command_refuse("%s", why);
    if (!playback_open(&playback, path, why, sizeof why))
        return command_refuse("cannot read '%s': %s", path, why);
    int status = show(&playback, &options);
    playback_close(&playback);
    return status;
}

/* run.c - runs a lesson's program and shows it; see run.h. */
#include "run.h"
#include "differ.h"
#include "frame.h"
#include "keys.h"
#include "launch.h"
#include "narrate.h"
#include "recording.h"
#include "screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A running program and its recording. */
struct live {
    struct launch launch;
    struct recording_place place;
};

static void pause_briefly(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

/* Looks after the program; called by the session. */
static void tend(void *context)
{
    struct live *live = context;

    if (launch_poll(&live->launch) && WIFSIGNALED(live->launch.status))
        recording_note_kill(live->place.path, WTERMSIG(live->launch.status));
}

/* The recording appears in one step soon after the start; a program that ends without
   one (bad usage) has nothing to show. */
static bool wait_for_recording(struct live *live, bool on_screen)
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
            pause_briefly();
    }
}

static void print_errors(const struct live *live)
{
    size_t length;
    char *text = launch_stderr_text(&live->launch, &length);

    if (text != NULL)
        fwrite(text, 1, length, stderr);
    free(text);
}

/* The program ended without a recording: what it said, and the exit status. */
static int say_no_recording(const struct run *run, const struct live *live)
{
    char *text = launch_stdout_text(&live->launch, NULL);
    int status = launch_exit_status(live->launch.status);

    if (text != NULL)
        fputs(text, stdout);
    free(text);
    print_errors(live);
    recording_discard(&live->place);
    if (status == COMMAND_BAD_USAGE) /* it has said why */
        return status;
    return command_refuse("'%s' recorded nothing: it is no lesson", run->program->path);
}

/* Every step as a line, as it happens, and a summary. */
static int narrate(struct playback *playback, struct live *live, bool ascii)
{
    struct reader *reader = &playback->reader;
    struct model model = {.step = 0};

    setvbuf(stdout, NULL, _IOLBF, 0);
    for (;;) {
        tend(live);
        bool more = reader_poll(reader);
        while (model.step < reader->steps) {
            model_apply(&model, reader);
            narrate_step(&model, reader, ascii, stdout);
        }
        if (!more && !reader->live)
            break;
        if (!more)
            pause_briefly();
    }
    while (!launch_poll(&live->launch))
        pause_briefly();
    tend(live);
    narrate_summary(&model, reader, ascii, stdout);
    model_free(&model);
    return launch_exit_status(live->launch.status);
}

/* One frame of the finished run. */
static int dump(struct playback *playback, struct live *live,
                const struct command_options *options)
{
    while (!launch_poll(&live->launch))
        pause_briefly();
    tend(live);
    int status = frame_print(playback, options);
    return status != 0 ? status : launch_exit_status(live->launch.status);
}

static char *read_file(const char *path)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = fopen(path, "r");

    if (file != NULL && getdelim(&text, &size, '\0', file) < 0) {
        free(text);
        text = NULL;
    }
    if (file != NULL)
        fclose(file);
    return text;
}

/* The page of lines in which a variant differs from its lesson; NULL for the lesson. */
static char *differences(const struct catalogue_program *program)
{
    if (program->lesson == NULL || program == &program->lesson->programs[0])
        return NULL;
    char *lesson = read_file(program->lesson->programs[0].source);
    char *variant = read_file(program->source);
    char *page = lesson != NULL && variant != NULL
                     ? differ_lines(text_of(lesson), text_of(variant))
                     : NULL;
    free(lesson);
    free(variant);
    return page;
}

static int show(struct run *run, struct playback *playback, struct live *live)
{
    char *differs = differences(run->program);
    const struct session_setup setup = {.ascii = run->options->ascii,
                                        .can_run = true,
                                        .differs = differs,
                                        .tend = tend,
                                        .context = live};

    run->end = session_run(playback, &setup);
    free(differs);
    bool leaves = run->end == SESSION_QUIT || run->end == SESSION_CLOSED;
    bool by_itself = launch_poll(&live->launch);
    if (!by_itself) {
        launch_kill(&live->launch);
        tend(live);
    }
    if (leaves) {
        screen_close();
        print_errors(live);
        if (!by_itself)
            fputs("viz: the program still ran, and was stopped\n", stderr);
    }
    return by_itself ? launch_exit_status(live->launch.status) : screen_signal_status();
}

/* After the run: what -o asks for, and the newest ten. */
static int keep(const struct run *run, const struct live *live, int status)
{
    char why[512];

    if (run->options->output != NULL &&
        !recording_keep(live->place.path, run->options->output, why, sizeof why))
        status = command_refuse("the recording was not kept as '%s': %s",
                                run->options->output, why);
    /* without the holes that a killed program's recording has */
    if (!live->place.temporary && live->launch.ended)
        recording_keep(live->place.path, live->place.path, why, sizeof why);
    if (live->place.temporary) {
        fputs("viz: this run is not kept: there is no state folder to keep it in\n",
              stderr);
        recording_discard(&live->place);
    }
    recording_prune(RECORDING_KEEP);
    return status;
}

static int run_recorded(struct run *run, struct live *live, bool on_screen)
{
    struct playback playback;
    char why[512];
    int status;

    if (!wait_for_recording(live, on_screen)) {
        if (on_screen)
            screen_close();
        return say_no_recording(run, live);
    }
    if (!playback_open(&playback, live->place.path, why, sizeof why)) {
        if (on_screen)
            screen_close();
        return command_refuse("cannot read '%s': %s", live->place.path, why);
    }
    if (run->options->dump)
        status = dump(&playback, live, run->options);
    else if (on_screen)
        status = show(run, &playback, live);
    else
        status = narrate(&playback, live, run->options->ascii);
    playback_close(&playback);
    if (!on_screen)
        print_errors(live);
    return keep(run, live, status);
}

/* The screen first: what is written to it is gone with it. */
static int refuse(bool on_screen, const char *what, const char *why)
{
    if (on_screen)
        screen_close();
    return command_refuse("%s: %s", what, why);
}

int run_once(struct run *run, bool on_screen)
{
    struct live live;
    char why[512];

    run->end = SESSION_QUIT;
    if (run->options->output != NULL &&
        !recording_may_keep(run->options->output, why, sizeof why))
        return refuse(on_screen, "the recording cannot be kept with -o", why);
    if (!recording_new_path(&live.place, run->program->full_name, why, sizeof why))
        return refuse(on_screen, "there is no place for the recording", why);
    if (!launch_start(&live.launch, run->program->path, run->arguments, live.place.path,
                      why, sizeof why))
        return refuse(on_screen, "it cannot be run", why);
    int status = run_recorded(run, &live, on_screen);
    launch_close(&live.launch);
    return status;
}

/* The program after this one in its lesson, the first after the last. */
static const struct catalogue_program *
next_variant(const struct catalogue_program *from)
{
    if (from->lesson == NULL)
        return from;
    size_t next = (size_t)(from - from->lesson->programs) + 1;

    return &from->lesson->programs[next % from->lesson->program_count];
}

int run_on_screen(struct run *run)
{
    char why[256];
    int status;

    if (!screen_open(&run->options->display, why, sizeof why))
        return command_refuse("%s", why);
    do {
        status = run_once(run, true);
        if (run->end == SESSION_VARIANT)
            run->program = next_variant(run->program);
    } while (run->end == SESSION_AGAIN || run->end == SESSION_VARIANT);
    screen_close();
    return status;
}

/* run.c - runs a lesson's program and shows it; see run.h. */
#include "run.h"
#include "frame.h"
#include "live.h"
#include "narrate.h"
#include "recording_differs.h"
#include "screen.h"

#include <stdio.h>
#include <stdlib.h>

/* Looks after the program; called by the session. */
static void tend(void *context)
{
    live_tend(context);
}

/* Every step as a line, as it happens, and a summary. */
static int narrate(struct playback *playback, struct live *live, bool ascii)
{
    struct reader *reader = &playback->reader;
    struct model model = {.step = 0};

    setvbuf(stdout, NULL, _IOLBF, 0);
    for (;;) {
        live_tend(live);
        bool more = reader_poll(reader);
        while (model.step < reader->steps) {
            model_apply(&model, reader);
            narrate_step(&model, reader, ascii, stdout);
        }
        if (!more && !reader->live)
            break;
        if (!more)
            live_pause();
    }
    live_wait_for_end(live);
    narrate_summary(&model, reader, ascii, stdout);
    model_free(&model);
    return launch_exit_status(live->launch.status);
}

/* One frame of the finished run. */
static int dump(struct playback *playback, struct live *live,
                const struct command_options *options)
{
    live_wait_for_end(live);
    int status = frame_print(playback, options);
    return status != 0 ? status : launch_exit_status(live->launch.status);
}

static int show(struct run *run, struct playback *playback, struct live *live)
{
    struct recording_differs differs = recording_differs_of(run->program);
    const struct session_setup setup = {.ascii = run->options->ascii,
                                        .can_run = true,
                                        .tour = run->options->tour && !run->toured,
                                        .differs = differs.page,
                                        .why_no_differs = differs.why,
                                        .tend = tend,
                                        .context = live};

    run->toured = true;
    run->end = session_run(playback, &setup);
    free(differs.page);
    bool leaves = run->end == SESSION_QUIT || run->end == SESSION_CLOSED;
    bool by_itself = launch_poll(&live->launch);
    if (!by_itself) {
        launch_kill(&live->launch);
        live_tend(live);
    }
    if (leaves) {
        screen_close();
        live_print_errors(live);
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
    live_keep(live);
    return status;
}

static int run_recorded(struct run *run, struct live *live, bool on_screen)
{
    struct playback playback;
    char why[512];
    int status;

    if (!live_wait_for_recording(live, on_screen)) {
        if (on_screen)
            screen_close();
        return live_refuse(live, run->program);
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
        live_print_errors(live);
    return keep(run, live, status);
}

/* The screen first: what is written to it is gone with it. */
static int refuse(bool on_screen, const char *why)
{
    if (on_screen)
        screen_close();
    return command_refuse("%s", why);
}

int run_once(struct run *run, bool on_screen)
{
    struct live live;
    char why[640], reason[512];

    run->end = SESSION_QUIT;
    if (run->options->output != NULL &&
        !recording_may_keep(run->options->output, reason, sizeof reason)) {
        snprintf(why, sizeof why, "the recording cannot be kept with -o: %s", reason);
        return refuse(on_screen, why);
    }
    if (!live_start(&live, run->program, run->arguments, why, sizeof why))
        return refuse(on_screen, why);
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

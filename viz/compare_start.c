/* compare_start.c - starts the programs that are compared, and opens their recordings;
   see compare_start.h. */
#include "compare_start.h"
#include "keys.h"
#include "memory.h"
#include "screen.h"

#include <stdio.h>
#include <stdlib.h>

/* The screen first: what is written to it is gone with it. */
static int refuse(bool on_screen, const char *name, const char *why)
{
    if (on_screen)
        screen_close();
    return command_refuse("%s: %s", name, why);
}

const char *contender_name(const struct contender *contender)
{
    return contender->trace != NULL ? contender->trace : contender->program->full_name;
}

static int open_recording(struct contender *contender, const char *path, bool on_screen)
{
    char why[512];
    struct playback *playback = need(calloc(1, sizeof *playback));

    if (!playback_open(playback, path, why, sizeof why)) {
        free(playback);
        return refuse(on_screen, contender_name(contender), why);
    }
    contender->playback = playback;
    return 0;
}

static int start(struct contender *contender, char **arguments, bool on_screen)
{
    char why[640];

    if (!live_start(&contender->live, contender->program, arguments, why, sizeof why))
        return refuse(on_screen, contender_name(contender), why);
    contender->is_started = true;
    return 0;
}

/* Waits for its recording, and opens it. */
static int follow(struct contender *contender, bool on_screen)
{
    if (live_wait_for_recording(&contender->live, on_screen))
        return open_recording(contender, contender->live.place.path, on_screen);
    if (on_screen)
        screen_close();
    int status = live_refuse(&contender->live, contender->program);
    return status != 0 ? status : COMMAND_BAD_USAGE;
}

/* Says on the screen what is waited for; false if the user would rather not wait. */
static bool wait_on_screen(struct contender *contender, bool ascii)
{
    struct canvas canvas = {0, 0, NULL};
    int rows, columns, key = KEY_NONE;
    bool waits = true;

    while (waits && !live_tend(&contender->live)) {
        screen_size(&rows, &columns);
        canvas_reset(&canvas, rows, columns);
        canvas_print(&canvas, 1, 1, columns - 2, STYLE_STRONG, "%s runs...",
                     contender_name(contender));
        canvas_print(&canvas, 3, 1, columns - 2, STYLE_PLAIN,
                     "It uses the processor, so that the two run one after the other.");
        canvas_print(&canvas, 4, 1, columns - 2, STYLE_PLAIN,
                     "Then both are shown on one clock.   q quit");
        screen_draw(&canvas, ascii, 1);
        key = screen_key(50);
        waits = key_command(key) != COMMAND_QUIT && key != KEY_CODE_CLOSED;
    }
    canvas_free(&canvas);
    return waits;
}

/* One after the other, each to its end. *leaves: the user would not wait. */
static int run_in_turn(struct compare_run *run, bool on_screen, bool *leaves)
{
    int status = 0;

    for (unsigned i = 0; status == 0 && !*leaves && i < COMPARE_RUNS; i++) {
        struct contender *contender = &run->contenders[i];
        if (contender->trace != NULL)
            continue;
        status = start(contender, run->arguments, on_screen);
        if (status == 0 && on_screen)
            *leaves = !wait_on_screen(contender, run->options->ascii);
        else if (status == 0)
            live_wait_for_end(&contender->live);
        if (status == 0 && !*leaves)
            status = follow(contender, on_screen);
    }
    return status;
}

static int run_at_once(struct compare_run *run, bool on_screen)
{
    int status = 0;

    for (unsigned i = 0; status == 0 && i < COMPARE_RUNS; i++)
        if (run->contenders[i].trace == NULL)
            status = start(&run->contenders[i], run->arguments, on_screen);
    for (unsigned i = 0; status == 0 && i < COMPARE_RUNS; i++)
        if (run->contenders[i].trace == NULL)
            status = follow(&run->contenders[i], on_screen);
    return status;
}

static bool uses_processor(const struct compare_run *run)
{
    int programs = 0, uses = 0;

    for (unsigned i = 0; i < COMPARE_RUNS; i++) {
        const struct contender *contender = &run->contenders[i];
        programs += contender->trace == NULL;
        uses += contender->trace == NULL && contender->program->uses_processor;
    }
    return programs == COMPARE_RUNS && uses > 0;
}

int compare_start(struct compare_run *run, bool on_screen, bool *leaves)
{
    int status = 0;

    for (unsigned i = 0; status == 0 && i < COMPARE_RUNS; i++) {
        struct contender *contender = &run->contenders[i];
        if (contender->trace != NULL)
            status = open_recording(contender, contender->trace, on_screen);
    }
    if (status != 0)
        return status;
    return uses_processor(run) ? run_in_turn(run, on_screen, leaves)
                               : run_at_once(run, on_screen);
}

/* compare_run.c - two runs to compare; see compare_run.h. Both programs get the same
   options and the same seed. */
#include "compare_run.h"
#include "compare_print.h"
#include "compare_session.h"
#include "compare_start.h"
#include "memory.h"
#include "screen.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

/* --- ending */

static void tend(void *context)
{
    struct compare_run *run = context;

    for (unsigned i = 0; i < COMPARE_RUNS; i++)
        if (run->contenders[i].is_started)
            live_tend(&run->contenders[i].live);
}

/* Ends what still runs, and says so. */
static void close_both(struct compare_run *run)
{
    for (unsigned i = 0; i < COMPARE_RUNS; i++) {
        struct contender *contender = &run->contenders[i];
        bool was_open = contender->playback != NULL;
        if (was_open) {
            playback_close(contender->playback);
            free(contender->playback);
            contender->playback = NULL;
        }
        if (!contender->is_started)
            continue;
        if (!live_tend(&contender->live)) {
            launch_kill(&contender->live.launch);
            live_tend(&contender->live);
            command_refuse("%s still ran, and was stopped", contender_name(contender));
        }
        if (was_open) {
            live_print_errors(&contender->live);
            live_keep(&contender->live);
        } else {
            recording_discard(&contender->live.place);
        }
        launch_close(&contender->live.launch);
        contender->is_started = false;
    }
}

/* --- showing */

static bool has_trace(const struct compare_run *run)
{
    return run->contenders[0].trace != NULL || run->contenders[1].trace != NULL;
}

static enum session_end show(struct compare_run *run)
{
    struct playback *a = run->contenders[0].playback, *b = run->contenders[1].playback;
    const struct compare_setup setup = {
        .ascii = run->options->ascii,
        .can_run = !has_trace(run),
        .from_start = has_trace(run) || (!a->reader.live && !b->reader.live),
        .tend = tend,
        .context = run,
    };

    return compare_session_run(a, b, &setup);
}

static int run_on_screen(struct compare_run *run)
{
    enum session_end end;
    char why[256];
    int status;

    if (!screen_open(&run->options->display, why, sizeof why))
        return command_refuse("%s", why);
    do {
        bool leaves = false;
        end = SESSION_QUIT;
        status = compare_start(run, true, &leaves);
        if (status == 0 && !leaves)
            end = show(run);
        if (end != SESSION_AGAIN)
            screen_close();
        close_both(run);
    } while (end == SESSION_AGAIN);
    return status != 0 ? status : screen_signal_status();
}

/* Both to their ends, and then what they have come to. */
static int run_without_screen(struct compare_run *run)
{
    bool leaves = false;
    int status = compare_start(run, false, &leaves);

    for (unsigned i = 0; status == 0 && i < COMPARE_RUNS; i++)
        if (run->contenders[i].is_started)
            live_wait_for_end(&run->contenders[i].live);
    if (status == 0)
        status = compare_print(run->contenders[0].playback, run->contenders[1].playback,
                               run->options);
    close_both(run);
    return status;
}

/* --- options for both */

/* The seed that both get where the user gave none: that of a recording which is one of
   the two, or any. */
static uint64_t choose_seed(const struct compare_run *run)
{
    uint16_t number = 0;

    for (unsigned i = 0; i < COMPARE_RUNS; i++) {
        struct reader reader;
        char why[256];
        const char *trace = run->contenders[i].trace;
        if (trace == NULL || !reader_open(&reader, trace, why, sizeof why))
            continue;
        uint64_t seed = reader.layout.seed;
        reader_close(&reader);
        return seed;
    }
    if (getrandom(&number, sizeof number, GRND_NONBLOCK) != (ssize_t)sizeof number)
        number = (uint16_t)getpid();
    return number % 1000;
}

static bool has_seed(char **arguments)
{
    for (; *arguments != NULL && strcmp(*arguments, "--") != 0; arguments++)
        if (strncmp(*arguments, "--seed", 6) == 0)
            return true;
    return false;
}

int compare_run(struct compare_run *run)
{
    char **given = run->arguments, **arguments, seed[32];
    size_t count = 0;

    while (given[count] != NULL)
        count++;
    arguments = need(calloc(count + 3, sizeof *arguments));
    if (!has_seed(given)) {
        snprintf(seed, sizeof seed, "%" PRIu64, choose_seed(run));
        arguments[0] = "--seed";
        arguments[1] = seed;
    }
    memcpy(&arguments[arguments[0] == NULL ? 0 : 2], given, count * sizeof *given);
    run->arguments = arguments;
    bool on_screen = !run->options->dump && isatty(STDOUT_FILENO) && screen_is_built();
    int status = on_screen ? run_on_screen(run) : run_without_screen(run);
    free(arguments);
    return status;
}

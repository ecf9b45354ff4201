/* ending.c - how a run ends, well or badly; see ending.h. */
#include "ending.h"
#include "step.h"
#include "trace.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

/* The first thread to end the run does so; any other waits here for the end. */
static void be_the_only_one(void)
{
    static atomic_flag taken = ATOMIC_FLAG_INIT;

    while (atomic_flag_test_and_set(&taken))
        pause();
}

void ending_close_trace(int exit_status, bool all_ended)
{
    uint64_t lost = trace_finish(exit_status, all_ended);

    if (lost > 0)
        fprintf(stderr,
                "trace: no room left: the recording lacks the last %" PRIu64
                " events\n",
                lost);
    else if (trace_lost_texts())
        fputs("trace: no room left: the recording lacks some of its texts\n", stderr);
}

void (*ending_silence)(void);

static _Noreturn void end(int exit_status)
{
    if (ending_silence != NULL)
        ending_silence();
    ending_close_trace(exit_status, false);
    fflush(NULL);
    _exit(exit_status);
}

void ending_misuse(const char *site, const char *format, ...)
{
    char what[256];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    be_the_only_one();
    trace(&(struct trace_entry){.kind = TRACE_MISUSE,
                                .object = step_current.object,
                                .site = site,
                                .text = what});
    fprintf(stderr, "MISUSE at %s: %s\n", site, what);
    end(ENDING_MISUSE);
}

void ending_failed(const char *what, const char *why)
{
    const char *site = step_current.site;
    char text[256];

    snprintf(text, sizeof text, "FAILED%s%s: %s%s%s", site != NULL ? " at " : "",
             site != NULL ? site : "", what, why != NULL ? ": " : "",
             why != NULL ? why : "");
    be_the_only_one();
    trace(&(struct trace_entry){.kind = TRACE_OUTCOME, .site = site, .text = text});
    fprintf(stderr, "%s\n", text);
    end(ENDING_WRONG);
}

void ending_deadlock(const char *report)
{
    be_the_only_one();
    trace(&(struct trace_entry){.kind = TRACE_DEADLOCK,
                                .object = step_current.object,
                                .site = step_current.site,
                                .text = report});
    fputs(report, stderr);
    end(ENDING_DEADLOCK);
}

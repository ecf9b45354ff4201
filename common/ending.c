/* ending.c - how a run ends, well or badly; see ending.h. */
#include "ending.h"
#include "futex.h"
#include "shared_memory.h"
#include "step.h"
#include "trace.h"

#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

/* In memory that the run's processes share. */
struct word_left {
    _Atomic uint32_t status; /* set when all is said; 0 before */
    _Atomic uint32_t taker;  /* the process that is ending the run; 0: none */
    pid_t first;             /* the process that the user started */
};
static struct word_left *left; /* set before main */

__attribute__((constructor)) static void make_room(void)
{
    left = shared_memory_take(sizeof *left);
    if (left == NULL) {
        fputs("FAILED: no memory is left\n", stderr);
        _exit(ENDING_WRONG);
    }
    left->first = getpid();
}

int ending_told(void)
{
    /* acquire: what the other process said and recorded comes before */
    return (int)atomic_load_explicit(&left->status, memory_order_acquire);
}

/* The first thread to end the run does so; any other waits here for the end, and
   follows if it is in another process. */
static void be_the_only_one(void)
{
    uint32_t taker = 0;

    while (!atomic_compare_exchange_strong(&left->taker, &taker, (uint32_t)getpid())) {
        if (ending_told() != 0)
            ending_follow(ending_told());
        futex_wait(&left->taker, FUTEX_RUN, taker, NULL);
        taker = 0;
    }
}

void ending_taker_died(pid_t pid)
{
    uint32_t taker = (uint32_t)pid;

    if (atomic_compare_exchange_strong(&left->taker, &taker, 0))
        futex_wake(&left->taker, FUTEX_RUN, INT_MAX);
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

void ending_follow(int exit_status)
{
    ending_close_trace(exit_status, false);
    fflush(NULL);
    _exit(exit_status);
}

static _Noreturn void end(int exit_status)
{
    if (ending_silence != NULL)
        ending_silence();
    if (getpid() != left->first) {
        fflush(NULL);
        /* release: pairs with the acquire of who follows */
        atomic_store_explicit(&left->status, (uint32_t)exit_status,
                              memory_order_release);
    }
    ending_follow(exit_status);
}

void ending_tell(const char *format, ...)
{
    char line[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    trace(&(struct trace_entry){.kind = TRACE_TOLD, .text = line});
    fprintf(stderr, "%s\n", line);
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

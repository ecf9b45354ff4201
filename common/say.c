/* say.c - printing; see say.h. */
#include "say.h"
#include "ending.h"
#include "monitor.h"
#include "safe_text.h"

#include <errno.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Makes recording and writing one act, for all processes of the run. */
static struct monitor *output; /* set before main */

/* Safe text with room behind it for a newline; the caller frees it. */
static char *format_text(enum trace_kind kind, const char *format, va_list arguments)
{
    char *raw = NULL;
    int length = vasprintf(&raw, format, arguments);
    size_t size = (size_t)length * 4 + 2;
    char *text = length < 0 ? NULL : malloc(size);

    if (text == NULL)
        ending_failed("no memory is left", NULL);
    if (kind == TRACE_SAY)
        safe_line(text, size - 1, raw);
    else
        safe_text(text, size - 1, raw);
    free(raw);
    return text;
}

static void print(enum trace_kind kind, const char *site, char *text)
{
    size_t length = strlen(text);

    step(kind, 0, site);
    roster_self();
    monitor_enter_shared(output);
    trace(&(struct trace_entry){.kind = kind, .site = site, .text = text});
    if (kind == TRACE_SAY)
        text[length++] = '\n';
    bool written = monitor_write(STDOUT_FILENO, text, length);
    int error = errno;
    monitor_leave_shared(output);
    if (!written)
        ending_failed("standard output cannot be written", strerror(error));
    free(text);
}

/* Takes the output for good. A writer that is stuck (nobody reads) is not waited for.
 */
static void fall_silent(void)
{
    uint64_t deadline = deadline_after(100);

    while (!monitor_try_enter(output, MONITOR_HELD) && clock_now() < deadline)
        sched_yield();
}

__attribute__((constructor)) static void offer_silence(void)
{
    output = monitor_new_shared();
    ending_silence = fall_silent;
}

void say_at(const char *site, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    char *text = format_text(TRACE_SAY, format, arguments);
    va_end(arguments);
    print(TRACE_SAY, site, text);
}

void say_piece_at(const char *site, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    char *text = format_text(TRACE_SAY_PIECE, format, arguments);
    va_end(arguments);
    print(TRACE_SAY_PIECE, site, text);
}

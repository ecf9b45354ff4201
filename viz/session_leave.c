/* session_leave.c - leaving a session, and keeping its recording. */
#include "recording.h"
#include "session_state.h"

#include <inttypes.h>
#include <limits.h>
#include <unistd.h>

static bool is_safe(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' || byte == '.';
}

/* A program's name as a file's: the trace may say anything, and a name is printed by
   programs that trust it. Returns its length. */
static size_t add_safe_name(char *name, struct text program)
{
    enum { MOST = 100 };
    size_t length = 0;

    for (size_t i = 0; i < program.length && length < MOST; i++) {
        char byte = program.bytes[i];
        byte = is_safe(byte) ? byte : byte == '/' ? '-' : '_';
        if (length > 0 || (byte != '-' && byte != '.')) /* no option, not hidden */
            name[length++] = byte;
    }
    return length;
}

/* "-7.trace", and where that is there already "-7-2.trace": another run's recording is
   not written over. */
static void add_free_number(char *name, size_t size, size_t length, uint64_t seed)
{
    enum { MOST = 1000 };

    snprintf(name + length, size - length, "-%" PRIu64 ".trace", seed);
    for (int i = 2; i < MOST && access(name, F_OK) == 0; i++)
        snprintf(name + length, size - length, "-%" PRIu64 "-%d.trace", seed, i);
}

void session_save(struct session *session)
{
    char name[PATH_MAX], why[256], open_file[64];
    struct text program = reader_text(&session->playback->reader,
                                      session->playback->reader.layout.program);
    struct text_buffer words = {session->notice, sizeof session->notice, 0};
    size_t length = add_safe_name(name, program);

    add_free_number(name, sizeof name, length, session->playback->reader.layout.seed);
    /* the file itself, which may have lost its name to newer runs */
    snprintf(open_file, sizeof open_file, "/proc/self/fd/%d",
             session->playback->reader.descriptor);
    if (recording_keep(open_file, name, why, sizeof why))
        text_add(&words, "saved as %s", name);
    else
        text_add(&words, "not saved as %s: %s", name, why);
}

void session_leave(struct session *session, enum session_end end)
{
    session->left = true;
    session->end = end;
}

/* What may only be asked for once the program has ended. */
static void leave_if_over(struct session *session, enum session_end end)
{
    if (!session->setup->can_run)
        snprintf(session->notice, sizeof session->notice, "%s",
                 session->setup->why_no_run != NULL
                     ? session->setup->why_no_run
                     : "this is a recording: viz run LESSON runs a program");
    else if (session->playback->reader.live)
        snprintf(session->notice, sizeof session->notice,
                 "the program still runs; q ends it");
    else
        session_leave(session, end);
}

void session_again(struct session *session)
{
    leave_if_over(session, SESSION_AGAIN);
}

void session_variant(struct session *session)
{
    leave_if_over(session, SESSION_VARIANT);
}

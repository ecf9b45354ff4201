/* session_leave.c - leaving a session, and keeping its recording. */
#include "recording_save.h"
#include "session_state.h"

void session_save(struct session *session)
{
    struct text_buffer words = {session->notice, sizeof session->notice, 0};

    recording_save(&session->playback->reader, &words);
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

/* compare_session_leave.c - leaving a comparison, and keeping a recording of it; see
   compare_session_state.h. */
#include "compare_session_state.h"
#include "recording_save.h"

#include <stdio.h>

void compare_session_leave(struct compare_session *session, enum session_end end)
{
    session->left = true;
    session->end = end;
}

void compare_session_again(struct compare_session *session, int direction)
{
    (void)direction;
    if (!session->setup->can_run)
        snprintf(session->notice, sizeof session->notice,
                 "these are recordings: viz compare LESSON LESSON runs two");
    else if (duet_is_live(&session->stage.duet))
        snprintf(session->notice, sizeof session->notice,
                 "a program still runs; q ends it");
    else
        compare_session_leave(session, SESSION_AGAIN);
}

void compare_session_save(struct compare_session *session, int direction)
{
    struct text_buffer words = {session->notice, sizeof session->notice, 0};
    unsigned run = session->stage.comparison.chosen;

    (void)direction;
    text_add(&words, "run %c: ", "AB"[run]);
    recording_save(&session->stage.duet.runs[run]->reader, &words);
}

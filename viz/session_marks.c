/* session_marks.c - steps that the user marks, to come back to; and the one from which
   a page's line led away. */
#include "session_state.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* How many marks stand before that step. */
static unsigned marks_before(const struct session *session, uint64_t step)
{
    unsigned count = 0;

    while (count < session->mark_count && session->marks[count] < step)
        count++;
    return count;
}

void session_mark(struct session *session)
{
    uint64_t step = session->playback->model.step;
    unsigned at = marks_before(session, step);
    uint64_t *mark = &session->marks[at];
    size_t after = (session->mark_count - at) * sizeof *mark;

    session->came_from = 0;
    if (at < session->mark_count && *mark == step) {
        memmove(mark, mark + 1, after - sizeof *mark);
        session->mark_count--;
        snprintf(session->notice, sizeof session->notice,
                 "the mark at step %" PRIu64 " is taken away", step);
    } else if (session->mark_count == SESSION_MARKS) {
        snprintf(session->notice, sizeof session->notice,
                 "there are %d marks already; M on one takes it away", SESSION_MARKS);
    } else {
        memmove(mark + 1, mark, after);
        *mark = step;
        session->mark_count++;
        snprintf(session->notice, sizeof session->notice,
                 "step %" PRIu64 " is marked   ' goes to the next mark", step);
    }
}

void session_next_mark(struct session *session)
{
    uint64_t step = session->playback->model.step;
    unsigned at = marks_before(session, step + 1);

    if (session->came_from != 0) {
        playback_seek(session->playback, session->came_from);
        session->came_from = 0;
        return;
    }
    if (session->mark_count == 0) {
        snprintf(session->notice, sizeof session->notice,
                 "nothing is marked; M marks the step that is shown");
        return;
    }
    if (at == session->mark_count) /* from the last one to the first */
        at = 0;
    playback_seek(session->playback, session->marks[at]);
    snprintf(session->notice, sizeof session->notice, "mark %u of %u", at + 1,
             session->mark_count);
}

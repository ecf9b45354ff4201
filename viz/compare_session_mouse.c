/* compare_session_mouse.c - the mouse in a comparison; see compare_session_state.h. */
#include "compare_session_state.h"
#include "keys.h"
#include "screen.h"
#include "view_compare.h"

/* The wheel scrolls what is open; a press chooses the run that is there. */
void compare_session_use_mouse(struct compare_session *session, struct mouse mouse)
{
    enum { WHEEL_LINES = 3 };
    struct comparison *comparison = &session->stage.comparison;
    int direction = mouse.act == MOUSE_WHEEL_DOWN ? 1 : -1;

    if (session->entering)
        return;
    if (mouse.act != MOUSE_PRESS && session->page == NULL) {
        compare_session_scroll(session, direction);
        return;
    }
    if (mouse.act != MOUSE_PRESS) {
        for (int i = 0; i < WHEEL_LINES; i++)
            compare_session_scroll_page(session,
                                        direction > 0 ? KEY_CODE_DOWN : KEY_CODE_UP);
        return;
    }
    int run = view_compare_run_at(comparison, session->canvas.rows,
                                  session->canvas.columns, mouse.row, mouse.column);
    if (session->page == NULL && run >= 0)
        comparison->chosen = (unsigned)run;
}

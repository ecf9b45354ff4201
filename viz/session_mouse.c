/* session_mouse.c - the mouse in a session: what is pressed is chosen, the wheel goes
   up and down. */
#include "keys.h"
#include "session_state.h"
#include "view_layout.h"

enum { WHEEL_LINES = 3 };

/* As the arrow keys: threads, a large pane, an open page. */
static void turn_wheel(struct session *session, int direction)
{
    if (session->depth > 0) {
        session_obey_links(session, direction > 0 ? KEY_CODE_DOWN : KEY_CODE_UP);
        return;
    }
    if (session->page == NULL) {
        session_choose(session, direction);
        return;
    }
    for (int i = 0; i < WHEEL_LINES; i++)
        session_scroll_page(session, direction > 0 ? KEY_CODE_DOWN : KEY_CODE_UP);
}

static void press(struct session *session, int row, int column)
{
    struct scene *scene = &session->scene;
    struct place place =
        view_at(scene, session->canvas.rows, session->canvas.columns, row, column);

    if (place.pane == PANES)
        return;
    if (place.pane != scene->pane)
        scene->scroll = 0;
    scene->pane = place.pane;
    if (place.thread >= 0)
        scene->chosen = (unsigned)place.thread;
    if (place.in_timeline)
        playback_seek_time(session->playback, place.time_ns);
}

void session_use_mouse(struct session *session, struct mouse mouse)
{
    if (session->prompt != PROMPT_NONE || session->tour > 0)
        return;
    if (mouse.act == MOUSE_WHEEL_UP)
        turn_wheel(session, -1);
    else if (mouse.act == MOUSE_WHEEL_DOWN)
        turn_wheel(session, 1);
    else if (session->depth > 0)
        session_press_link(session, mouse.row);
    else if (session->page == NULL)
        press(session, mouse.row, mouse.column);
}

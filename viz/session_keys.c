/* session_keys.c - which key does what in a session; see session_state.h. */
#include "keys.h"
#include "screen.h"
#include "session_state.h"

static void redraw(struct session *session)
{
    (void)session;
    screen_forget();
}

static void quit(struct session *session)
{
    session_leave(session, SESSION_QUIT);
}

/* What a command does: one that has a direction, or one that has none. */
struct action {
    void (*act)(struct session *session);
    void (*move)(struct session *session, int direction);
    int direction;
};

static const struct action actions[COMMANDS] = {
    [COMMAND_PAUSE] = {session_pause_or_play, NULL, 0},
    [COMMAND_STEP] = {NULL, session_step, 1},
    [COMMAND_STEP_BACK] = {NULL, session_step, -1},
    [COMMAND_CHANGE] = {NULL, session_change, 1},
    [COMMAND_CHANGE_BACK] = {NULL, session_change, -1},
    [COMMAND_OWN_STEP] = {NULL, session_step_of_chosen, 1},
    [COMMAND_OWN_STEP_BACK] = {NULL, session_step_of_chosen, -1},
    [COMMAND_BEAT] = {session_change_beat, NULL, 0},
    [COMMAND_START] = {NULL, session_go_to_end, -1},
    [COMMAND_END] = {NULL, session_go_to_end, 1},
    [COMMAND_FOLLOW] = {session_follow, NULL, 0},
    [COMMAND_GO_TO] = {session_ask_where, NULL, 0},
    [COMMAND_SEARCH] = {session_ask_words, NULL, 0},
    [COMMAND_SEARCH_NEXT] = {NULL, session_find_next, 1},
    [COMMAND_SEARCH_BACK] = {NULL, session_find_next, -1},
    [COMMAND_FILTER] = {session_ask_filter, NULL, 0},
    [COMMAND_EVENTS] = {session_toggle_events, NULL, 0},
    [COMMAND_DETAILS] = {session_show_details, NULL, 0},
    [COMMAND_FREES] = {session_show_freeing, NULL, 0},
    [COMMAND_FINDINGS] = {session_show_findings, NULL, 0},
    [COMMAND_MARK] = {session_mark, NULL, 0},
    [COMMAND_NEXT_MARK] = {session_next_mark, NULL, 0},
    [COMMAND_SLOWER] = {NULL, session_set_speed, -1},
    [COMMAND_FASTER] = {NULL, session_set_speed, 1},
    [COMMAND_UP] = {NULL, session_choose, -1},
    [COMMAND_DOWN] = {NULL, session_choose, 1},
    [COMMAND_ZOOM_IN] = {NULL, session_zoom, -1},
    [COMMAND_ZOOM_OUT] = {NULL, session_zoom, 1},
    [COMMAND_PAN] = {NULL, session_pan, 1},
    [COMMAND_PAN_BACK] = {NULL, session_pan, -1},
    [COMMAND_FIT] = {session_fit, NULL, 0},
    [COMMAND_ORDER] = {session_sort, NULL, 0},
    [COMMAND_ZOOM_PANE] = {session_zoom_pane, NULL, 0},
    [COMMAND_NEXT_PANE] = {session_next_pane, NULL, 0},
    [COMMAND_AGAIN] = {session_again, NULL, 0},
    [COMMAND_VARIANT] = {session_variant, NULL, 0},
    [COMMAND_DIFFERS] = {session_show_differences, NULL, 0},
    [COMMAND_SAVE] = {session_save, NULL, 0},
    [COMMAND_HELP] = {session_show_help, NULL, 0},
    [COMMAND_REDRAW] = {redraw, NULL, 0},
    [COMMAND_QUIT] = {quit, NULL, 0},
};

static void do_command(struct session *session, enum command command)
{
    const struct action *action = &actions[command];

    if (action->act != NULL)
        action->act(session);
    else if (action->move != NULL)
        action->move(session, action->direction);
}

/* A thread's letter chooses it. */
static void choose_by_letter(struct session *session, int letter)
{
    struct scene *scene = &session->scene;

    for (unsigned i = 0; i < scene->model->thread_count && i < VIEW_THREADS; i++)
        if (scene->keys[i] == letter) {
            scene->chosen = i;
            return;
        }
    snprintf(session->notice, sizeof session->notice,
             "'%c' is no key and no thread's letter; ? tells the keys", letter);
}

static void obey_key(struct session *session, int key)
{
    if (key == KEY_CODE_CLOSED)
        session_leave(session, SESSION_CLOSED);
    else if (key == KEY_CODE_MOUSE)
        session_use_mouse(session, screen_mouse());
    else if (session->tour > 0)
        session_tour(session, key);
    else if (session->prompt != PROMPT_NONE)
        session_type(session, key);
    else if (session->depth > 0)
        session_obey_links(session, key);
    else if (session->page != NULL)
        session_scroll_page(session, key);
    else if (key == KEY_CODE_PAGE_UP || key == KEY_CODE_PAGE_DOWN)
        session_scroll(session, key == KEY_CODE_PAGE_UP ? -1 : 1);
    else if (key_command(key) != COMMAND_NONE)
        do_command(session, key_command(key));
    else if (key > ' ' && key < 127)
        choose_by_letter(session, key);
}

void session_obey(struct session *session, int key)
{
    bool was_looking = session->search.runs;

    session->dirty = true;
    if (key == KEY_CODE_RESIZED) { /* nobody has pressed it: nothing ends */
        screen_forget();
        return;
    }
    session->notice[0] = '\0';
    session->search.runs = false;
    obey_key(session, key);
    if (was_looking && !session->search.runs && session->notice[0] == '\0')
        snprintf(session->notice, sizeof session->notice,
                 "the search was ended before it was through");
}

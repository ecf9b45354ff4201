/* session_pages.c - the pages that lie over a session: the help, the lines that
   differ, the tour. */
#include "keys.h"
#include "page_scroll.h"
#include "session_state.h"
#include "view_tour.h"

static void open_page(struct session *session, const char *title, const char *page)
{
    session->page_title = title;
    session->page = page;
    session->page_first = 0;
}

void session_show_differences(struct session *session)
{
    if (session->setup->differs != NULL)
        open_page(session, "LINES THAT DIFFER   - lesson.c   + this program",
                  session->setup->differs);
    else
        snprintf(session->notice, sizeof session->notice, "%s",
                 session->setup->why_no_differs);
}

void session_show_help(struct session *session)
{
    struct text_buffer buffer = {session->help, sizeof session->help, 0};

    view_add_help(&buffer);
    open_page(session, "HELP", session->help);
}

void session_scroll_page(struct session *session, int key)
{
    enum command command = key_command(key);
    bool is_help = session->page == session->help;

    if (command == COMMAND_CANCEL || command == COMMAND_QUIT ||
        command == COMMAND_HELP || command == COMMAND_DIFFERS) {
        session->page = NULL;
        session->tour = is_help && command == COMMAND_HELP;
        return;
    }
    session->page_first = page_scrolled(session->page_first, session->page_lines,
                                        session->canvas.rows - 2, command, key);
}

void session_tour(struct session *session, int key)
{
    enum command command = key_command(key);

    if (command == COMMAND_CANCEL || command == COMMAND_QUIT)
        session->tour = 0;
    else if (command == COMMAND_STEP_BACK || command == COMMAND_UP)
        session->tour -= session->tour > 1;
    else if (command == COMMAND_DETAILS || command == COMMAND_STEP || key == ' ' ||
             command == COMMAND_DOWN || command == COMMAND_HELP)
        session->tour = session->tour < view_tour_pages() ? session->tour + 1 : 0;
}

/* compare_session_pages.c - the pages of a comparison, and what is typed after ":"; see
   compare_session_state.h. */
#include "compare_session_state.h"
#include "keys.h"
#include "page_scroll.h"
#include "view_compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- what is typed after ":" */

/* "141" is a step, "2.06s" or "2.06" a time, "50%" half of the clock or the steps. */
static void go_to_entry(struct compare_session *session)
{
    struct duet *duet = &session->stage.duet;
    char *end;
    double number = strtod(session->entry, &end);

    session->entering = false;
    session->stage.comparison.show_ends = false;
    if (end == session->entry || !(number >= 0 && number < 1e9) ||
        (*end != '\0' && strcmp(end, "s") != 0 && strcmp(end, "%") != 0))
        snprintf(session->notice, sizeof session->notice,
                 "'%s' is no time such as 2.06s, no step such as 141, and not 50%%",
                 session->entry);
    else if (*end == '%')
        duet_seek_percent(duet, number);
    else if (*end == 's' || strchr(session->entry, '.') != NULL)
        duet_seek_time(duet, (uint64_t)(number * 1e9));
    else
        duet_seek_step(duet, (uint64_t)number);
}

void compare_session_type(struct compare_session *session, int key)
{
    size_t length = strlen(session->entry);

    if (key == KEY_CODE_ENTER)
        go_to_entry(session);
    else if (key_command_in(compare_keys, key) == COMMAND_CANCEL)
        session->entering = false;
    else if (key == KEY_CODE_BACKSPACE && length > 0)
        session->entry[length - 1] = '\0';
    else if (key > ' ' && key < 127 && length + 1 < sizeof session->entry)
        session->entry[length] = (char)key, session->entry[length + 1] = '\0';
}

/* --- pages */

void compare_session_open_page(struct compare_session *session, const char *title,
                               const char *page)
{
    session->page_title = title;
    session->page = page;
    session->page_first = 0;
}

void compare_session_show_help(struct compare_session *session, int direction)
{
    struct text_buffer buffer = {session->help, sizeof session->help, 0};

    (void)direction;
    view_add_compare_help(&buffer);
    compare_session_open_page(session, "HELP: TWO RUNS", session->help);
}

void compare_session_scroll_page(struct compare_session *session, int key)
{
    enum command command = key_command_in(compare_keys, key);

    if (command == COMMAND_CANCEL || command == COMMAND_QUIT ||
        command == COMMAND_HELP || command == COMMAND_DIFFERS) {
        session->page = NULL;
        return;
    }
    session->page_first = page_scrolled(session->page_first, session->page_lines,
                                        session->canvas.rows - 2, command, key);
}

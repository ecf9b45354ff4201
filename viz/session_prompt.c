/* session_prompt.c - what is typed in the last row: a step or a time to go to. */
#include "keys.h"
#include "session_state.h"

#include <stdlib.h>
#include <string.h>

void session_ask_where(struct session *session)
{
    session->entering = true;
    session->entry[0] = '\0';
}

/* "141" is a step, "2.06s" or "2.06" a time. */
static void go_to_entry(struct session *session)
{
    char *end;
    double number = strtod(session->entry, &end);

    session->entering = false;
    if (end == session->entry || number < 0 ||
        (*end != '\0' && strcmp(end, "s") != 0)) {
        snprintf(session->notice, sizeof session->notice,
                 "'%s' is no step such as 141 and no time such as 2.06s",
                 session->entry);
        return;
    }
    if (*end == 's' || strchr(session->entry, '.') != NULL)
        playback_seek_time(session->playback, (uint64_t)(number * 1e9));
    else
        playback_seek(session->playback, (uint64_t)number);
}

void session_type(struct session *session, int key)
{
    size_t length = strlen(session->entry);

    if (key == KEY_CODE_ENTER)
        go_to_entry(session);
    else if (key_command(key) == COMMAND_CANCEL)
        session->entering = false;
    else if (key == KEY_CODE_BACKSPACE && length > 0)
        session->entry[length - 1] = '\0';
    else if (key > ' ' && key < 127 && length + 1 < sizeof session->entry)
        session->entry[length] = (char)key, session->entry[length + 1] = '\0';
}

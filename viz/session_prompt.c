/* session_prompt.c - what is typed in the last row: where to go, what to search or to
 * show. */
#include "keys.h"
#include "session_state.h"

#include <stdlib.h>
#include <string.h>

enum { CONTROL_U = 'U' & 0x1f };

/* "141" is a step, "2.06s" or "2.06" a time, "50%" half of the steps. */
static void go_to_entry(struct session *session)
{
    char *end;
    double number = strtod(session->entry, &end);

    if (end == session->entry || number < 0 ||
        (*end != '\0' && strcmp(end, "s") != 0 && strcmp(end, "%") != 0)) {
        snprintf(session->notice, sizeof session->notice,
                 "'%s' is no step such as 141, no time such as 2.06s, and not 50%%",
                 session->entry);
        return;
    }
    if (*end == '%')
        playback_seek_percent(session->playback, number);
    else if (*end == 's' || strchr(session->entry, '.') != NULL)
        playback_seek_time(session->playback, (uint64_t)(number * 1e9));
    else
        playback_seek(session->playback, (uint64_t)number);
}

/* What can be asked for: the question, a short one where there is no room, and what
   is done with the answer. */
static const struct {
    const char *question, *brief;
    void (*answer)(struct session *session);
} prompts[PROMPTS] = {
    [PROMPT_WHERE] = {"go to step (141), time (2.06s) or part (50%): ", "go to: ",
                      go_to_entry},
    [PROMPT_SEARCH] = {"search in what happened and was printed: ", "search: ",
                       session_find},
    [PROMPT_FILTER] = {"show only (took  thread:main  object:tasks  waits): ",
                       "show only: ", session_set_filter},
};

static void ask(struct session *session, enum prompt prompt, const char *entry)
{
    session->prompt = prompt;
    snprintf(session->entry, sizeof session->entry, "%s", entry);
}

void session_ask_where(struct session *session)
{
    ask(session, PROMPT_WHERE, "");
}

void session_ask_words(struct session *session)
{
    ask(session, PROMPT_SEARCH, "");
}

void session_ask_filter(struct session *session)
{
    ask(session, PROMPT_FILTER, session->filter_words);
}

/* Takes the last character off, all its bytes. */
static void take_back(char *entry)
{
    size_t length = strlen(entry);

    while (length > 0 && ((unsigned char)entry[--length] & 0xc0) == 0x80)
        continue;
    entry[length] = '\0';
}

void session_type(struct session *session, int key)
{
    size_t length = strlen(session->entry);

    if (key == KEY_CODE_ENTER) {
        enum prompt prompt = session->prompt;
        session->prompt = PROMPT_NONE;
        prompts[prompt].answer(session);
    } else if (key_command(key) == COMMAND_CANCEL)
        session->prompt = PROMPT_NONE;
    else if (key == KEY_CODE_BACKSPACE)
        take_back(session->entry);
    else if (key == CONTROL_U)
        session->entry[0] = '\0';
    else if (key >= ' ' && key <= 0xff && key != 127 &&
             length + 1 < sizeof session->entry)
        session->entry[length] = (char)key, session->entry[length + 1] = '\0';
}

void session_add_prompt(const struct session *session, struct text_buffer *buffer,
                        int columns)
{
    int width = canvas_text_width(text_of(session->entry)) + 1;
    const char *question = prompts[session->prompt].question;

    if ((int)strlen(question) + width > columns)
        question = prompts[session->prompt].brief;
    text_add(buffer, "%s%s_", question, session->entry);
}

/* session_prompt.c - what is typed in the last row: where to go, what to search or to
 * show. */
#include "keys.h"
#include "session_state.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { CONTROL_U = 'U' & 0x1f };

/* Goes to the first step at that time or after it, and says so. */
static void go_to_time(struct session *session, double seconds)
{
    struct playback *playback = session->playback;
    struct text_buffer words = {session->notice, sizeof session->notice, 0};
    uint64_t time_ns = seconds < 1e9 ? (uint64_t)(seconds * 1e9 + 0.5) : UINT64_MAX / 2;

    playback_seek_time(playback, time_ns);
    if (playback->wanted_ns != 0) /* it is not read yet */
        return;
    uint64_t last_ns = playback->history.model.time_ns;
    if (time_ns <= last_ns) {
        text_add(&words, "the first step at or after %s%s", session->entry,
                 strchr(session->entry, 's') != NULL ? "" : " s");
        return;
    }
    text_add(&words, playback->reader.live ? "the last step so far is at "
                                           : "the run ended at ");
    text_add_duration(&words, last_ns);
}

static void go_to_step(struct session *session, double number)
{
    struct playback *playback = session->playback;
    uint64_t steps = playback->history.model.step;

    playback_seek(playback, number < 1e18 ? (uint64_t)number : UINT64_MAX);
    if (number > (double)steps && playback_is_complete(playback))
        snprintf(session->notice, sizeof session->notice,
                 "the run has %" PRIu64 " steps%s", steps,
                 playback->reader.live ? " so far" : "");
}

static void go_to_part(struct session *session, double percent)
{
    if (percent > 100)
        snprintf(session->notice, sizeof session->notice,
                 "the run has %" PRIu64 " steps; 100%% is the last one",
                 session->playback->history.model.step);
    playback_seek_percent(session->playback, percent);
}

/* What may follow a number: seconds in one of it; 0 for what is no time. */
static const struct {
    const char *unit;
    double seconds;
    void (*go)(struct session *session, double number);
} units[] = {{"", 0, go_to_step},
             {"%", 0, go_to_part},
             {"s", 1, go_to_time},
             {"ms", 1e-3, go_to_time},
             {"us", 1e-6, go_to_time}};

/* "141" is a step, "2.06s", "20 ms" or "2.06" a time, "50%" half of the steps. */
static void go_to_entry(struct session *session)
{
    char *end;
    double number = strtod(session->entry, &end);
    bool is_number = end != session->entry && number >= 0;
    const char *unit = end + strspn(end, " ");

    if (is_number && *unit == '\0' && strchr(session->entry, '.') != NULL)
        unit = "s";
    for (size_t i = 0; is_number && i < sizeof units / sizeof units[0]; i++)
        if (strcmp(unit, units[i].unit) == 0) {
            units[i].go(session,
                        units[i].seconds > 0 ? number * units[i].seconds : number);
            return;
        }
    snprintf(
        session->notice, sizeof session->notice,
        "'%s' is no step (141), no time (2.06s, 20ms), no part of the steps (50%%)",
        session->entry);
}

/* What can be asked for: the question, a short one where there is no room, and what
   is done with the answer. */
static const struct {
    const char *question, *brief;
    void (*answer)(struct session *session);
} prompts[PROMPTS] = {
    [PROMPT_WHERE] =
        {"go to step (141), time (2.06s, 20ms) or part of the steps (50%): ", "go to: ",
         go_to_entry},
    [PROMPT_SEARCH] = {"search in what happened and was printed: ", "search: ",
                       session_find},
    [PROMPT_FILTER] = {"show only (took  thread:main  object:tasks  waits): ",
                       "show only: ", session_set_filter},
};

static void ask(struct session *session, enum prompt prompt)
{
    session->prompt = prompt;
    session->entry[0] = '\0';
}

void session_ask_where(struct session *session)
{
    ask(session, PROMPT_WHERE);
}

void session_ask_words(struct session *session)
{
    ask(session, PROMPT_SEARCH);
}

void session_ask_filter(struct session *session)
{
    ask(session, PROMPT_FILTER);
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

    char instead[SESSION_ENTRY + 64];

    if (session->prompt == PROMPT_FILTER && session->filter_words[0] != '\0') {
        snprintf(instead, sizeof instead,
                 "instead of '%s' show only (empty: all): ", session->filter_words);
        question = instead;
    }
    if (canvas_text_width(text_of(question)) + width > columns)
        question = prompts[session->prompt].brief;
    text_add(buffer, "%s%s_", question, session->entry);
}

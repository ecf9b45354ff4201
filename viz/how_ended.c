/* how_ended.c - how a run ended, in words; see how_ended.h. */
#include "how_ended.h"

#include <string.h>

static const struct {
    const char *brief, *meaning;
} endings[] = {
    {"as it should be", "it went as it should"},
    {"wrong result", "a wrong or missing result"},
    {"bad usage", "it was called in a wrong way"},
    {"deadlock", "deadlock, nobody could go on"},
    {"misuse", "the kit was misused"},
};

static bool is_known(int exit_status)
{
    return exit_status >= 0 && exit_status < (int)(sizeof endings / sizeof endings[0]);
}

const char *how_ended_meaning(int exit_status)
{
    if (is_known(exit_status))
        return endings[exit_status].meaning;
    return exit_status > 128 ? "killed by a signal" : "an exit status of its own";
}

const char *how_ended_brief(int exit_status)
{
    if (is_known(exit_status))
        return endings[exit_status].brief;
    return exit_status > 128 ? "killed" : "see its source";
}

void how_ended_add(struct text_buffer *buffer, const struct reader *reader)
{
    int status;

    switch (reader_how_ended(reader, &status)) {
    case READER_RUNNING:
        text_add(buffer, "RUNNING");
        break;
    case READER_ENDED:
        text_add(buffer, "ENDED (%d): %s", status, how_ended_brief(status));
        break;
    case READER_KILLED:
        text_add(buffer, "KILLED by signal %d (%s)", status, strsignal(status));
        break;
    case READER_VANISHED:
        text_add(buffer, "KILLED: the recording stops here");
        break;
    }
}

bool how_ended_well(const struct reader *reader)
{
    int status;

    return reader_how_ended(reader, &status) == READER_ENDED && status == 0;
}

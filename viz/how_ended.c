/* how_ended.c - how a run ended, in words; see how_ended.h. */
#include "how_ended.h"

#include <string.h>

static const char *const meanings[] = {
    "as it should be",     "a wrong or missing result",
    "bad usage",           "deadlock: nobody could go on",
    "the kit was misused",
};

const char *how_ended_meaning(int exit_status)
{
    return exit_status >= 0 && exit_status < (int)(sizeof meanings / sizeof meanings[0])
               ? meanings[exit_status]
               : "an exit status of its own";
}

void how_ended_add(struct text_buffer *buffer, const struct reader *reader)
{
    int status;

    switch (reader_how_ended(reader, &status)) {
    case READER_RUNNING:
        text_add(buffer, "RUNNING");
        break;
    case READER_ENDED:
        text_add(buffer, "ENDED (%d): %s", status, how_ended_meaning(status));
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

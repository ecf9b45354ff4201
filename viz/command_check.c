/* command_check.c - viz check: the invariants of a trace, and what it has lost. */
#include "command.h"
#include "invariants.h"

#include <inttypes.h>

static void print_losses(const struct reader *reader)
{
    int status;

    if (reader->torn > 0)
        printf("note: %" PRIu64 " step%s lost: killed while recording\n", reader->torn,
               reader->torn == 1 ? "" : "s");
    if (reader->lost > 0 && !reader->live)
        printf("note: no room was left: the last %" PRIu64 " events are missing\n",
               reader->lost);
    if (reader->cut > 0 && !reader->live)
        printf("note: the file is cut: the last %" PRIu64 " events are missing\n",
               reader->cut);
    switch (reader_how_ended(reader, &status)) {
    case READER_RUNNING:
        puts("note: the run is still being recorded");
        break;
    case READER_KILLED:
        printf("note: the run was killed by signal %d\n", status);
        break;
    case READER_VANISHED:
        puts("note: the recording stops without the run's end: its writer is dead");
        break;
    case READER_ENDED:
        break;
    }
}

int command_check(int argc, char **argv)
{
    struct reader reader;
    char why[256];

    if (argc != 2 || argv[1][0] == '-')
        return command_refuse("usage: viz check TRACE");
    if (!reader_open(&reader, argv[1], why, sizeof why))
        return command_refuse("cannot read '%s': %s", argv[1], why);
    unsigned broken = invariants_check(&reader, stdout);
    print_losses(&reader);
    if (broken == 0)
        printf("ok: %" PRIu64 " steps, no invariant is broken\n", reader.steps);
    else
        printf("%u broken in %" PRIu64 " steps\n", broken, reader.steps);
    reader_close(&reader);
    return broken > 0;
}

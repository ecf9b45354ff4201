/* command_check.c - viz check: the invariants of a trace, and what it has lost. */
#include "command.h"
#include "findings.h"
#include "invariants.h"
#include "narrate.h"

#include <inttypes.h>
#include <langinfo.h>
#include <string.h>

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

static void add_steps(struct text_buffer *line, const struct finding *finding)
{
    text_add(line, "step %" PRIu64, finding->step);
    if (finding->from != finding->to)
        text_add(line, " (%" PRIu64 "-%" PRIu64 ")", finding->from, finding->to);
}

/* "error: deadlock, step 24 (20-27): nobody can go on: …" */
static void print_findings(const struct reader *reader, bool ascii)
{
    struct findings findings = {.count = 0};

    while (findings_extend(&findings, reader, UINT64_MAX))
        continue;
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *finding = &findings.list[i];
        char words[400] = "";
        struct text_buffer line = {words, sizeof words, 0};
        text_add(&line, "%s: %s, ", finding_severity_name(finding->severity),
                 finding_name(finding->kind));
        add_steps(&line, finding);
        text_add(&line, ": %s", finding->sentence);
        narrate_line(text_of(words), ascii, stdout);
    }
    if (findings.count == 0)
        puts("no findings");
    findings_free(&findings);
}

int command_check(int argc, char **argv)
{
    bool with_findings = command_take_option(&argc, argv, "--findings");
    struct reader reader;
    char why[256];

    if (argc != 2 || argv[1][0] == '-')
        return command_refuse("usage: viz check [--findings] TRACE");
    if (!reader_open(&reader, argv[1], why, sizeof why))
        return command_refuse("cannot read '%s': %s", argv[1], why);
    unsigned broken = invariants_check(&reader, stdout);
    print_losses(&reader);
    if (broken == 0)
        printf("ok: %" PRIu64 " steps, no invariant is broken\n", reader.steps);
    else
        printf("%u broken in %" PRIu64 " steps\n", broken, reader.steps);
    if (with_findings)
        print_findings(&reader, strcmp(nl_langinfo(CODESET), "UTF-8") != 0);
    reader_close(&reader);
    return broken > 0;
}

/* command_compare.c - viz compare: two runs side by side, or the pairs worth it. */
#include "compare_menu.h"
#include "compare_run.h"
#include "screen.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether the name is that of a recording's file, by the file's first bytes. */
static bool is_recording(const char *name)
{
    char magic[8] = "";
    struct stat status;

    if (stat(name, &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    int file = open(name, O_RDONLY | O_CLOEXEC);
    bool is = file >= 0 && read(file, magic, sizeof magic) == (ssize_t)sizeof magic &&
              memcmp(magic, TRACE_MAGIC, sizeof magic) == 0;
    if (file >= 0)
        close(file);
    return is;
}

/* Whether it looks like a file's name rather than a lesson's. */
static bool is_file_name(const char *name)
{
    size_t length = strlen(name);

    return access(name, F_OK) == 0 ||
           (length > 6 && strcmp(name + length - 6, ".trace") == 0);
}

static int find(struct contender *contender, struct catalogue *catalogue,
                const char *name)
{
    char why[512], reason[256];
    struct reader reader;

    if (is_recording(name)) {
        contender->trace = name;
        return 0;
    }
    contender->program = catalogue_find(catalogue, name, why, sizeof why);
    if (contender->program != NULL)
        return 0;
    if (!is_file_name(name))
        return command_refuse("%s", why);
    if (reader_open(&reader, name, reason, sizeof reason))
        reader_close(&reader);
    return command_refuse("cannot read '%s': %s", name, reason);
}

static int refuse_arguments(const struct compare_run *run)
{
    if (run->contenders[0].trace != NULL && run->contenders[1].trace != NULL &&
        run->arguments[0] != NULL)
        return command_refuse("two recordings take no options, as '%s'; those of viz "
                              "stand before them",
                              run->arguments[0]);
    for (char **at = run->arguments; *at != NULL && strcmp(*at, "--") != 0; at++)
        if (strcmp(*at, "--help") == 0)
            return command_refuse("--help is for one lesson: viz run LESSON --help");
    return command_refuse_arguments(run->arguments);
}

static int compare(const struct command_options *options, char **names)
{
    struct compare_run run = {.arguments = names + COMPARE_RUNS, .options = options};
    struct catalogue catalogue;
    int status = 0;

    catalogue_load(&catalogue, NULL);
    for (unsigned i = 0; status == 0 && i < COMPARE_RUNS; i++)
        status = find(&run.contenders[i], &catalogue, names[i]);
    if (status == 0)
        status = refuse_arguments(&run);
    if (status == 0)
        status = compare_run(&run);
    catalogue_free(&catalogue);
    return status;
}

int command_compare(int argc, char **argv)
{
    struct command_options options;
    int first = command_read_options(&options, argc, argv);

    if (first < 0)
        return COMMAND_BAD_USAGE;
    if (options.output != NULL)
        return command_refuse("-o is for viz run; the newest runs are kept anyway");
    if (first == argc)
        return compare_menu(&options);
    if (first + 1 == argc || argv[first + 1][0] == '-')
        return command_refuse("viz compare takes two, as viz compare 1 2; without any "
                              "it lists pairs");
    if (options.at > 0 && !options.dump)
        return command_refuse(
            "--at goes with --dump here; : in the view goes to a step");
    return compare(&options, argv + first);
}

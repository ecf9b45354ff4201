/* command.c - what the commands of viz share; see command.h. */
#include "command.h"
#include "config.h"
#include "narrate.h"
#include "view.h"

#include <errno.h>
#include <getopt.h>
#include <langinfo.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool locale_is_ascii(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

int command_refuse(const char *format, ...)
{
    char line[1024] = "viz: ";
    size_t start = strlen(line);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line + start, sizeof line - start, format, arguments);
    va_end(arguments);
    narrate_line(text_of(line), locale_is_ascii(), stderr);
    return COMMAND_BAD_USAGE;
}

static bool read_size(struct command_options *options, const char *text)
{
    int end = 0;

    options->dump = true;
    if (sscanf(text, "%4dx%4d%n", &options->columns, &options->rows, &end) == 2 &&
        text[end] == '\0' && options->columns >= VIEW_LEAST_COLUMNS &&
        options->rows >= VIEW_LEAST_ROWS && options->columns <= 1000 &&
        options->rows <= 1000)
        return true;
    command_refuse("--dump takes a size from %dx%d to 1000x1000, as 80x24; not '%s'",
                   VIEW_LEAST_COLUMNS, VIEW_LEAST_ROWS, text);
    return false;
}

static bool read_step(struct command_options *options, const char *text)
{
    char *end;

    errno = 0;
    unsigned long long step = strtoull(text, &end, 10);
    options->at = step;
    if (end != text && *end == '\0' && errno == 0 && step > 0 && text[0] != '-')
        return true;
    command_refuse("--at takes a step, a number from 1; not '%s'", text);
    return false;
}

/* What the configuration file says; false after saying what is wrong with it. */
static bool read_configuration(struct command_options *options)
{
    char path[PATH_MAX], why[2 * PATH_MAX];

    options->display = display_default();
    if (!config_path(path, sizeof path) ||
        config_read(&options->display, path, why, sizeof why))
        return true;
    command_refuse("%s", why);
    return false;
}

/* Options that are settings of the display: what each sets, to its own value or to
   that which follows it. */
static const struct {
    const char *setting, *value;
} settings[] = {{"palette", NULL}, {"color", NULL},  {"ascii", "yes"},
                {"ascii", "no"},   {"mouse", "yes"}, {"mouse", "no"}};

enum { FIRST_SETTING = 256 };

static const struct option known[] = {
    {"dump", required_argument, NULL, 'd'},
    {"at", required_argument, NULL, 'a'},
    {"tour", no_argument, NULL, 't'},
    {"palette", required_argument, NULL, FIRST_SETTING},
    {"color", required_argument, NULL, FIRST_SETTING + 1},
    {"ascii", no_argument, NULL, FIRST_SETTING + 2},
    {"no-ascii", no_argument, NULL, FIRST_SETTING + 3},
    {"mouse", no_argument, NULL, FIRST_SETTING + 4},
    {"no-mouse", no_argument, NULL, FIRST_SETTING + 5},
    {NULL, 0, NULL, 0}};

static bool set_display(struct command_options *options, int setting, const char *value)
{
    char why[512];

    if (settings[setting].value != NULL)
        value = settings[setting].value;
    if (display_set(&options->display, settings[setting].setting, value, why,
                    sizeof why))
        return true;
    command_refuse("--%s", why);
    return false;
}

/* One option as getopt found it; false after saying what is wrong with it. */
static bool read_option(struct command_options *options, int option, const char *word)
{
    switch (option) {
    case 'o':
        options->output = optarg;
        return true;
    case 'd':
        return read_size(options, optarg);
    case 'a':
        return read_step(options, optarg);
    case 't':
        options->tour = true;
        return true;
    case ':':
        command_refuse("%s needs a value; viz --help lists the options", word);
        return false;
    case '?':
        command_refuse("no such option: %s; viz --help lists them", word);
        return false;
    default:
        return set_display(options, option - FIRST_SETTING, optarg);
    }
}

int command_read_options(struct command_options *options, int argc, char **argv)
{
    int option;

    *options = (struct command_options){.output = NULL};
    if (!read_configuration(options))
        return -1;
    opterr = 0;
    optind = 1;
    while ((option = getopt_long(argc, argv, "+:o:", known, NULL)) != -1)
        if (!read_option(options, option, argv[optind - 1]))
            return -1;
    options->ascii = options->display.ascii || locale_is_ascii();
    return optind;
}

bool command_take_option(int *argc, char **argv, const char *option)
{
    bool is_there = false;
    int kept = 1;

    for (int i = 1; i < *argc; i++) {
        if (strcmp(argv[i], option) == 0)
            is_there = true;
        else
            argv[kept++] = argv[i];
    }
    argv[kept] = NULL;
    *argc = kept;
    return is_there;
}

/* Whether it is an option of viz's that no lesson has. */
static bool is_viewer_option(const char *argument)
{
    static const char *const options[] = {
        "--dump",  "--at",       "--tour",     "--palette", "--color",
        "--ascii", "--no-ascii", "--no-mouse", "--mouse",   "-o"};
    size_t length = strcspn(argument, "=");

    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (strlen(options[i]) == length && strncmp(argument, options[i], length) == 0)
            return true;
    return false;
}

int command_refuse_arguments(char **arguments)
{
    for (; *arguments != NULL && strcmp(*arguments, "--") != 0; arguments++) {
        if (strncmp(*arguments, "--trace", 7) == 0)
            return command_refuse(
                "under viz the trace is viz's: viz run -o FILE LESSON");
        if (strncmp(*arguments, "--view", 6) == 0)
            return command_refuse("--view is for a lesson's own command line");
        if (is_viewer_option(*arguments))
            return command_refuse("viz's own options, as %s, stand before the lesson",
                                  *arguments);
    }
    return 0;
}

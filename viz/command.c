/* command.c - what the commands of viz share; see command.h. */
#include "command.h"
#include "view.h"

#include <errno.h>
#include <getopt.h>
#include <langinfo.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int command_refuse(const char *format, ...)
{
    va_list arguments;

    fputs("viz: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
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

int command_read_options(struct command_options *options, int argc, char **argv)
{
    static const struct option known[] = {{"dump", required_argument, NULL, 'd'},
                                          {"at", required_argument, NULL, 'a'},
                                          {"ascii", no_argument, NULL, 'i'},
                                          {NULL, 0, NULL, 0}};
    int option;

    *options =
        (struct command_options){.ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0};
    opterr = 0;
    optind = 1;
    while ((option = getopt_long(argc, argv, "+:o:", known, NULL)) != -1) {
        if (option == 'o')
            options->output = optarg;
        else if (option == 'i')
            options->ascii = true;
        else if (option == 'd' && !read_size(options, optarg))
            return -1;
        else if (option == 'a' && !read_step(options, optarg))
            return -1;
        else if (option == ':') {
            command_refuse("%s needs a value; viz --help lists the options",
                           argv[optind - 1]);
            return -1;
        } else if (option == '?') {
            command_refuse("no such option: %s; viz --help lists them",
                           argv[optind - 1]);
            return -1;
        }
    }
    return optind;
}

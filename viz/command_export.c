/* command_export.c - viz export: a recorded run as a file for other programs. */
#include "command.h"
#include "export.h"
#include "json_text.h"
#include "output_file.h"

#include <getopt.h>
#include <langinfo.h>
#include <signal.h>
#include <string.h>

struct request {
    const char *format, *output, *trace; /* NULL: not given */
    bool force, ascii;
};

/* "perfetto, svg, text" */
static void list_formats(char *list, size_t size)
{
    struct text_buffer words = {list, size, 0};

    for (const struct exporter *row = exporters; row->name != NULL; row++)
        text_add(&words, "%s%s", row == exporters ? "" : ", ", row->name);
}

static bool read_options(struct request *request, int argc, char **argv)
{
    static const struct option known[] = {{"format", required_argument, NULL, 'f'},
                                          {"output", required_argument, NULL, 'o'},
                                          {"force", no_argument, NULL, 'F'},
                                          {"ascii", no_argument, NULL, 'i'},
                                          {NULL, 0, NULL, 0}};
    int option;

    opterr = 0;
    optind = 0; /* from the start, and anew */
    while ((option = getopt_long(argc, argv, ":f:o:", known, NULL)) != -1) {
        if (option == 'f') {
            request->format = optarg;
        } else if (option == 'o') {
            request->output = optarg;
        } else if (option == 'F') {
            request->force = true;
        } else if (option == 'i') {
            request->ascii = true;
        } else {
            command_refuse(option == ':' ? "%s needs a value"
                                         : "viz export has no option %s; it has "
                                           "--format, -o, --force and --ascii",
                           argv[optind - 1]);
            return false;
        }
    }
    if (optind < argc)
        request->trace = argv[optind];
    if (optind + 1 < argc)
        command_refuse("viz export takes one trace, not '%s' too", argv[optind + 1]);
    return optind + 1 >= argc;
}

/* The format that is asked for, by its name or by the file's; NULL after saying what is
   wrong. */
static const struct exporter *choose_format(const struct request *request)
{
    const struct exporter *chosen = NULL;
    char list[200] = "";

    list_formats(list, sizeof list);
    if (request->format != NULL)
        chosen = export_find(request->format);
    else if (request->output != NULL)
        chosen = export_for(request->output);
    if (request->format != NULL && chosen == NULL)
        command_refuse("there is no format '%s'; there are: %s", request->format, list);
    else if (chosen == NULL)
        command_refuse("which format? --format says: one of %s; or the file's name, "
                       "which ends with .json, .svg or .txt",
                       list);
    else if (chosen->needs_json && !json_is_built()) {
        command_refuse("%s", JSON_IS_MISSING);
        return NULL;
    }
    return chosen;
}

static int export_to(const struct exporter *exporter, const struct request *request)
{
    struct output_file output;
    struct reader reader;
    char why[PATH_MAX + 256];

    if (!reader_open(&reader, request->trace, why, sizeof why))
        return command_refuse("cannot read '%s': %s", request->trace, why);
    if (!output_open(&output, request->output, request->force, why, sizeof why)) {
        reader_close(&reader);
        return command_refuse("%s", why);
    }
    exporter->write(&reader, request->ascii, output.stream);
    bool done = output_finish(&output, why, sizeof why);
    reader_close(&reader);
    if (!done)
        command_refuse("%s", why);
    return done ? 0 : 1;
}

int command_export(int argc, char **argv)
{
    struct request request = {.ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0};

    if (!read_options(&request, argc, argv))
        return COMMAND_BAD_USAGE;
    if (request.trace == NULL)
        return command_refuse("which trace? viz export -o FILE TRACE");
    if (request.output == NULL)
        return command_refuse("where to? -o FILE.svg, .json or .txt; or -o - for "
                              "standard output, with --format");
    const struct exporter *exporter = choose_format(&request);
    if (exporter == NULL)
        return COMMAND_BAD_USAGE;
    signal(SIGPIPE, SIG_IGN); /* a reader that goes away is an error as others are */
    return export_to(exporter, &request);
}

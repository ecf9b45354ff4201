/*
 * main.c - the viewer of the kit: finds the command and calls it.
 */
#include "command.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *usage;
    const char *help;
} commands[] = {
    {"run", command_run, "viz [run] LESSON [ARGS...]",
     "live view of a run; LESSON's options stand after it"},
    {"replay", command_replay, "viz replay [TRACE]",
     "the same view of a recorded run; the newest without TRACE"},
    {"compare", command_compare, "viz compare [A B [ARGS...]]",
     "two runs or traces side by side, status 0; pairs without"},
    {"list", command_list, "viz list [--names]",
     "the course, and how each program ends"},
    {"events", command_events, "viz events TRACE",
     "one JSON object a line, one an event"},
    {"check", command_check, "viz check [--findings] TRACE",
     "the invariants of a trace; 1 if one is broken"},
    {"stats", command_stats, "viz stats TRACE... [--json]",
     "how long each thread waited, what went through each queue"},
    {"export", command_export, "viz export -o FILE TRACE",
     "for other programs: --format perfetto, svg or text"},
};

enum { COMMANDS = sizeof commands / sizeof commands[0] };

static int print_help(void)
{
    puts("viz shows a run of threads in the terminal: live, and again later.\n");
    for (int i = 0; i < COMMANDS; i++)
        printf("  %-28s %s\n", commands[i].usage, commands[i].help);
    printf("  %-28s %s\n", "viz", "the course as a list; Enter runs a lesson");
    puts("\nOptions, before LESSON or TRACE:\n"
         "  -o FILE            keep the recording of a run in FILE\n"
         "  --dump=COLSxROWS   print one frame as text and exit; needs no terminal\n"
         "  --at=STEP          ... of that step instead of the end\n"
         "  --tour             begin with a short tour of the view\n"
         "  --palette=NAME     default, light, projector, colorblind-safe\n"
         "  --color=WHEN       auto, always, never, 8, 256\n"
         "  --ascii            no line drawing, nothing beyond ASCII\n"
         "  --no-mouse         the mouse stays the terminal's, to select text\n"
         "  --mouse --no-ascii against what the configuration file says\n"
         "  --help             this text\n\n"
         "LESSON is a number, a name, or a folder, and a variant after a slash:\n"
         "  viz 3    viz task_done_join    viz 3/missing_task_done --delay 200\n\n"
         "Lines as 'palette = light' in ~/.config/viz/config hold always. An option "
         "wins\n"
         "over that file, the file over NO_COLOR=1, and that over what the terminal "
         "has.\n"
         "? in the view shows its keys; man viz says more.");
    return 0;
}

/* viz --ascii run 3: puts the command before its options; false if those are wrong. */
static bool put_command_first(int argc, char **argv)
{
    struct command_options options;
    int first = command_read_options(&options, argc, argv);

    for (int i = 0; first > 1 && first < argc && i < COMMANDS; i++) {
        if (strcmp(argv[first], commands[i].name) != 0)
            continue;
        char *command = argv[first];
        memmove(&argv[2], &argv[1], (size_t)(first - 1) * sizeof *argv);
        argv[1] = command;
        break;
    }
    return first >= 0;
}

int main(int argc, char **argv)
{
    setlocale(LC_ALL, "");
    signal(SIGXFSZ, SIG_IGN); /* a file-size limit is an error code like a full disk */
    if (argc == 1)
        return command_menu(argc, argv);
    for (int i = 1; i < argc && argv[i][0] == '-'; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return print_help();
    if (strcmp(argv[1], "help") == 0)
        return print_help();
    if (argv[1][0] == '-' && !put_command_first(argc, argv))
        return COMMAND_BAD_USAGE;
    for (int i = 0; i < COMMANDS; i++) {
        if (strcmp(argv[1], commands[i].name) != 0)
            continue;
        if (argc > 2 && (strcmp(argv[2], "--help") == 0 || strcmp(argv[2], "-h") == 0))
            return print_help();
        return commands[i].run(argc - 1, argv + 1);
    }
    return command_run(argc, argv); /* viz LESSON */
}

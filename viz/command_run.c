/* command_run.c - viz run: a lesson's program in the live view. */
#include "run.h"
#include "screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool asks_for_help(char **arguments)
{
    for (; *arguments != NULL && strcmp(*arguments, "--") != 0; arguments++)
        if (strcmp(*arguments, "--help") == 0)
            return true;
    return false;
}

/* The lesson's own help, by the lesson itself. */
static int print_lesson_help(const struct catalogue_program *program)
{
    execl(program->path, program->path, "--help", (char *)NULL);
    return command_refuse("%s cannot be started", program->path);
}

static int run_found(struct run *run)
{
    int refused = command_refuse_arguments(run->arguments);

    if (refused != 0)
        return refused;
    if (run->options->at > 0 && !run->options->dump)
        return command_refuse("--at goes with --dump here, or with viz replay");
    if (asks_for_help(run->arguments))
        return print_lesson_help(run->program);
    if (run->options->dump || !isatty(STDOUT_FILENO) || !screen_is_built())
        return run_once(run, false);
    return run_on_screen(run);
}

int command_run(int argc, char **argv)
{
    struct command_options options;
    struct catalogue catalogue;
    char why[512];
    /* viz LESSON: argv[0] is viz's own name, viz run LESSON: "run" */
    int first = command_read_options(&options, argc, argv);

    if (first < 0)
        return COMMAND_BAD_USAGE;
    if (first == argc)
        return command_menu(argc, argv);
    catalogue_load(&catalogue, NULL);
    struct run run = {.program =
                          catalogue_find(&catalogue, argv[first], why, sizeof why),
                      .arguments = argv + first + 1,
                      .options = &options};
    int status = run.program == NULL ? command_refuse("%s", why) : run_found(&run);
    catalogue_free(&catalogue);
    return status;
}

/*
 * command_list.c - "viz list": the course, with its variants and how each ends; with
 * --names only what can be typed for LESSON, one a line, for completion and scripts.
 */
#include "catalogue.h"
#include "command.h"
#include "how_ended.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { INDENT = 4, WORDS_SIZE = 64 };

/* "ends 3: deadlock" */
static const char *ending_words(const struct catalogue_program *program, char *buffer)
{
    if (program->ends < 0)
        snprintf(buffer, WORDS_SIZE, "ends as it may");
    else
        snprintf(buffer, WORDS_SIZE, "ends %d: %s", program->ends,
                 how_ended_brief(program->ends));
    return buffer;
}

/* The widths of the two columns before the title. */
struct widths {
    int name, ending;
};

static int larger(int a, size_t b)
{
    return a > (int)b ? a : (int)b;
}

static struct widths measure(const struct catalogue *catalogue)
{
    struct widths widths = {0, 0};
    char words[WORDS_SIZE];

    for (size_t i = 0; i < catalogue->lesson_count; i++) {
        const struct catalogue_lesson *lesson = &catalogue->lessons[i];
        widths.name = larger(widths.name, strlen(lesson->name));
        for (size_t j = 0; j < lesson->program_count; j++) {
            const struct catalogue_program *program = &lesson->programs[j];
            if (j > 0)
                widths.name = larger(widths.name, strlen(program->name) + INDENT / 2);
            widths.ending = larger(widths.ending, strlen(ending_words(program, words)));
        }
    }
    return widths;
}

static void print_lesson(const struct catalogue_lesson *lesson, struct widths widths)
{
    char words[WORDS_SIZE];

    for (size_t j = 0; j < lesson->program_count; j++) {
        const struct catalogue_program *program = &lesson->programs[j];
        if (j == 0)
            printf("%2d %-*s", lesson->number, widths.name, lesson->name);
        else
            printf("%*s%-*s", INDENT + 1, "", widths.name - INDENT / 2, program->name);
        printf("  %-*s  %s\n", widths.ending, ending_words(program, words),
               program->title);
    }
}

/* "task_done_join", "task_done_join/missing_task_done" */
static void print_names(const struct catalogue_lesson *lesson)
{
    puts(lesson->name);
    for (size_t j = 1; j < lesson->program_count; j++)
        printf("%s/%s\n", lesson->name, lesson->programs[j].name);
}

int command_list(int argc, char **argv)
{
    struct catalogue catalogue;
    bool names = argc == 2 && strcmp(argv[1], "--names") == 0;

    if (argc > 1 && !names)
        return command_refuse("list takes --names or nothing, not '%s'",
                              argv[argc - 1]);
    catalogue_load(&catalogue, NULL);
    if (catalogue.lesson_count == 0) {
        fputs("viz: no lessons are built (make lessons)\n", stderr);
        return 1;
    }
    struct widths widths = measure(&catalogue);
    for (size_t i = 0; i < catalogue.lesson_count; i++)
        if (names)
            print_names(&catalogue.lessons[i]);
        else
            print_lesson(&catalogue.lessons[i], widths);
    catalogue_free(&catalogue);
    if (fflush(stdout) == 0)
        return 0;
    if (errno != EPIPE) /* a reader that has seen enough is no failure to tell of */
        fprintf(stderr, "viz: the list cannot be written: %s\n", strerror(errno));
    return 1;
}

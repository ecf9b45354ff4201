/* catalogue_source.c - what the opening comment of a program's source says; see
   catalogue_source.h. */
#include "catalogue_source.h"
#include "memory.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An opening comment ends within this many bytes. */
enum { COMMENT_SIZE = 8192 };

/* The text of a comment's line, without what frames it. */
static char *bare_line(char *line)
{
    line += strspn(line, " \t/*");
    for (size_t length = strlen(line);
         length > 0 && strchr(" \t\r*/", line[length - 1]) != NULL; length--)
        line[length - 1] = '\0';
    return line;
}

/* "task_done and join" from "Lesson 3: task_done and join." */
static char *new_title(const char *line)
{
    const char *start = strncmp(line, "Lesson", 6) == 0 ? strstr(line, ": ") : NULL;
    char *title = need(strdup(start == NULL ? line : start + 2));
    size_t length = strlen(title);

    if (length > 0 && title[length - 1] == '.')
        title[length - 1] = '\0';
    for (char *at = title; *at != '\0'; at++)
        if (iscntrl((unsigned char)*at))
            *at = '?';
    return title;
}

/* The status of a line "Ends: N", or -1. */
static int read_ends(const char *line)
{
    char *end;

    if (strncmp(line, "Ends:", 5) != 0)
        return -1;
    long status = strtol(line + 5, &end, 10);
    return end != line + 5 && status >= 0 && status <= 255 ? (int)status : -1;
}

void catalogue_read_source(struct catalogue_program *program)
{
    char comment[COMMENT_SIZE], *rest = comment, *line, *end;
    FILE *file = fopen(program->source, "re");
    size_t length = file == NULL ? 0 : fread(comment, 1, sizeof comment - 1, file);

    if (file != NULL)
        fclose(file);
    comment[length] = '\0';
    program->ends = -1;
    if (strncmp(comment, "/*", 2) != 0)
        rest = NULL;
    else if ((end = strstr(comment + 2, "*/")) != NULL)
        *end = '\0';

    while ((line = strsep(&rest, "\n")) != NULL) {
        line = bare_line(line);
        if (program->title == NULL && line[0] != '\0')
            program->title = new_title(line);
        if (program->ends < 0)
            program->ends = read_ends(line);
        program->uses_processor |=
            strncmp(line, "Uses:", 5) == 0 && strstr(line, "the processor") != NULL;
    }
    if (program->title == NULL)
        program->title = need(strdup(""));
}

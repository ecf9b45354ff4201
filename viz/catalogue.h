/*
 * catalogue.h - the course, as it is found on the disk.
 *
 * There is no list of lessons anywhere: what is built is the course. A lesson is a
 * folder DIRECTORY/lessons/NN_name, and each program in it (an executable with a copy
 * of its source, PROGRAM.c, beside it) is the lesson itself or a variant. What a
 * program is about and how it ends is read from the opening comment of its source.
 */
#ifndef CATALOGUE_H
#define CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

struct catalogue_lesson;

struct catalogue_program {
    const struct catalogue_lesson *lesson; /* NULL: a program outside the course */
    char *name;                            /* "lesson", "missing_task_done" */
    char *full_name;                       /* "03_task_done_join/missing_task_done" */
    char *path;
    char *source; /* the file may be missing where lesson is NULL */
    char *title;  /* one line without its full stop; "" where the source has none */
    int ends;     /* the exit status that the source promises; -1: it does not say */
    bool uses_processor; /* it computes: beside another run both would be slower */
};

struct catalogue_lesson {
    int number;
    char *folder;                       /* "03_task_done_join" */
    char *name;                         /* "task_done_join" */
    char *title;                        /* that of its first program, which owns it */
    struct catalogue_program *programs; /* "lesson" first, variants by name */
    size_t program_count;               /* at least 1 */
};

struct catalogue {
    struct catalogue_lesson *lessons; /* by number, then by folder */
    size_t lesson_count;
    struct catalogue_program **others; /* programs outside the course that were found */
    size_t other_count;
};

/* Finds the course in DIRECTORY/lessons; NULL: in the folder above the one that this
   executable is in. A folder that is missing or unreadable makes an empty catalogue. */
void catalogue_load(struct catalogue *catalogue, const char *directory);
void catalogue_free(struct catalogue *catalogue);

/* The program that a user means by "3", "03", "task_done_join" or "03_task_done_join",
   any of these with "/variant", or a path with a slash to an executable file. It lives
   until catalogue_free. NULL: why[] says in one line what was wrong and what is
   nearest. */
const struct catalogue_program *
catalogue_find(struct catalogue *catalogue, const char *text, char *why, size_t size);

/* The program that is that file, of the course or not; it lives until catalogue_free.
   NULL: it is no executable file, and errno tells why. */
const struct catalogue_program *catalogue_program_at(struct catalogue *catalogue,
                                                     const char *path);

#endif

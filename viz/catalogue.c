/* catalogue.c - the course, as it is found on the disk; see catalogue.h. */
#include "catalogue_source.h"
#include "memory.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

__attribute__((format(printf, 1, 2))) static char *new_string(const char *format, ...)
{
    char *string;
    va_list arguments;

    va_start(arguments, format);
    if (vasprintf(&string, format, arguments) < 0)
        string = NULL;
    va_end(arguments);
    return need(string);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

static bool is_program(const char *path)
{
    struct stat status;

    if (stat(path, &status) != 0)
        return false;
    errno = S_ISDIR(status.st_mode) ? EISDIR : EACCES;
    return S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

/* --- what is on the disk */

/* Adds the program whose source is that entry, if it is built. */
static void add_program(struct catalogue_lesson *lesson, const char *folder,
                        const char *entry)
{
    struct catalogue_program program = {.ends = -1};
    int length = (int)strlen(entry) - 2;

    if (length <= 0 || entry[0] == '.' || strcmp(entry + length, ".c") != 0)
        return;
    program.path = new_string("%s/%.*s", folder, length, entry);
    if (!is_program(program.path)) {
        free(program.path);
        return;
    }
    program.name = new_string("%.*s", length, entry);
    program.full_name = new_string("%s/%s", lesson->folder, program.name);
    program.source = new_string("%s/%s", folder, entry);
    catalogue_read_source(&program);
    lesson->programs =
        grown(lesson->programs, lesson->program_count + 1, sizeof program);
    lesson->programs[lesson->program_count++] = program;
}

static int compare_programs(const void *left, const void *right)
{
    const struct catalogue_program *a = left, *b = right;
    int variant = (strcmp(a->name, "lesson") != 0) - (strcmp(b->name, "lesson") != 0);

    return variant != 0 ? variant : strcmp(a->name, b->name);
}

/* Adds the lesson, if the entry is named like one and a program of it is built. */
static void add_lesson(struct catalogue *catalogue, const char *parent,
                       const char *entry)
{
    size_t digits = strspn(entry, "0123456789");
    struct dirent *file;

    if (digits == 0 || digits > 9 || entry[digits] != '_' || entry[digits + 1] == '\0')
        return;
    char *folder = new_string("%s/%s", parent, entry);
    DIR *listing = opendir(folder);
    struct catalogue_lesson lesson = {.number = atoi(entry)};

    if (listing != NULL) {
        lesson.folder = new_string("%s", entry);
        lesson.name = new_string("%s", entry + digits + 1);
        while ((file = readdir(listing)) != NULL)
            add_program(&lesson, folder, file->d_name);
        closedir(listing);
    }
    free(folder);
    if (lesson.program_count == 0) {
        free(lesson.folder);
        free(lesson.name);
        return;
    }
    qsort(lesson.programs, lesson.program_count, sizeof *lesson.programs,
          compare_programs);
    lesson.title = lesson.programs[0].title;
    catalogue->lessons =
        grown(catalogue->lessons, catalogue->lesson_count + 1, sizeof lesson);
    catalogue->lessons[catalogue->lesson_count++] = lesson;
}

static int compare_lessons(const void *left, const void *right)
{
    const struct catalogue_lesson *a = left, *b = right;

    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return strcmp(a->folder, b->folder);
}

/* The folder above the one that this executable is in. */
static char *new_default_directory(void)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);

    path[length > 0 ? length : 0] = '\0';
    for (int up = 0; up < 2 && strrchr(path, '/') != NULL; up++)
        *strrchr(path, '/') = '\0';
    return new_string("%s", path);
}

void catalogue_load(struct catalogue *catalogue, const char *directory)
{
    char *parent = directory == NULL ? new_default_directory() : NULL;
    char *lessons = new_string("%s/lessons", directory == NULL ? parent : directory);
    DIR *listing = opendir(lessons);
    struct dirent *entry;

    *catalogue = (struct catalogue){.lesson_count = 0};
    if (listing != NULL) {
        while ((entry = readdir(listing)) != NULL)
            add_lesson(catalogue, lessons, entry->d_name);
        closedir(listing);
    }
    free(lessons);
    free(parent);
    if (catalogue->lesson_count > 0)
        qsort(catalogue->lessons, catalogue->lesson_count, sizeof *catalogue->lessons,
              compare_lessons);
    for (size_t i = 0; i < catalogue->lesson_count; i++) /* they stay where they are */
        for (size_t j = 0; j < catalogue->lessons[i].program_count; j++)
            catalogue->lessons[i].programs[j].lesson = &catalogue->lessons[i];
}

static void free_program(struct catalogue_program *program)
{
    free(program->name);
    free(program->full_name);
    free(program->path);
    free(program->source);
    free(program->title);
}

void catalogue_free(struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->lesson_count; i++) {
        struct catalogue_lesson *lesson = &catalogue->lessons[i];
        for (size_t j = 0; j < lesson->program_count; j++)
            free_program(&lesson->programs[j]);
        free(lesson->programs);
        free(lesson->folder);
        free(lesson->name);
    }
    for (size_t i = 0; i < catalogue->other_count; i++) {
        free_program(catalogue->others[i]);
        free(catalogue->others[i]);
    }
    free(catalogue->lessons);
    free(catalogue->others);
    *catalogue = (struct catalogue){.lesson_count = 0};
}

/* --- programs by their path */

/* The course's program with that real path, or NULL. */
static const struct catalogue_program *find_real(const struct catalogue *catalogue,
                                                 const char *real)
{
    char other[PATH_MAX];

    for (size_t i = 0; i < catalogue->lesson_count; i++) {
        const struct catalogue_lesson *lesson = &catalogue->lessons[i];
        for (size_t j = 0; j < lesson->program_count; j++)
            if (realpath(lesson->programs[j].path, other) != NULL &&
                strcmp(real, other) == 0)
                return &lesson->programs[j];
    }
    return NULL;
}

/* Its last two parts: "folder/name". */
static const char *full_name(const char *path)
{
    const char *start = base_name(path);

    if (start - path > 1)
        for (start--; start > path && start[-1] != '/'; start--)
            continue;
    return start;
}

const struct catalogue_program *catalogue_program_at(struct catalogue *catalogue,
                                                     const char *path)
{
    char *real = is_program(path) ? realpath(path, NULL) : NULL;

    if (real == NULL)
        return NULL;
    const struct catalogue_program *known = find_real(catalogue, real);
    if (known != NULL) {
        free(real);
        return known;
    }
    struct catalogue_program *program = need(calloc(1, sizeof *program));
    program->path = real;
    program->name = new_string("%s", base_name(real));
    program->full_name = new_string("%s", full_name(real));
    program->source = new_string("%s.c", real);
    catalogue_read_source(program);
    catalogue->others =
        grown(catalogue->others, catalogue->other_count + 1, sizeof program);
    catalogue->others[catalogue->other_count++] = program;
    return program;
}

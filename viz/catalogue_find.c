/*
 * catalogue_find.c - the program that a user means, or what is nearest to it; see
 * catalogue.h.
 */
#include "catalogue.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_NAME = 255 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many characters must be added, left out or changed. Only the first LONGEST_NAME
   of each count. */
static size_t edit_distance(const char *a, const char *b)
{
    size_t row[LONGEST_NAME + 1]; /* of the part of a until now, to each part of b */
    size_t rows = strnlen(a, LONGEST_NAME), columns = strnlen(b, LONGEST_NAME);

    for (size_t j = 0; j <= columns; j++)
        row[j] = j;
    for (size_t i = 1; i <= rows; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= columns; j++) {
            size_t changed = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = least(least(row[j], row[j - 1]) + 1, changed);
        }
    }
    return row[columns];
}

/* The best suggestion so far. */
struct nearest {
    const char *text; /* what the user wrote */
    size_t distance;
    char name[2 * LONGEST_NAME + 2];
};

/* Offers the suggestion that is meant by what looks like this. */
__attribute__((format(printf, 3, 4))) static void
offer(struct nearest *nearest, const char *looks_like, const char *format, ...)
{
    size_t typed = strlen(nearest->text);
    bool begins = typed >= 3 && strncmp(looks_like, nearest->text, typed) == 0;
    size_t distance = begins ? 0 : edit_distance(nearest->text, looks_like);
    va_list arguments;

    if (nearest->name[0] != '\0' && distance >= nearest->distance)
        return;
    nearest->distance = distance;
    va_start(arguments, format);
    vsnprintf(nearest->name, sizeof nearest->name, format, arguments);
    va_end(arguments);
}

/* Whether it is near enough to be what was meant: a third of it at most is otherwise.
 */
static bool is_near(const struct nearest *nearest)
{
    return nearest->name[0] != '\0' && 3 * nearest->distance <= strlen(nearest->text);
}

static bool is_number(const char *text)
{
    return text[0] != '\0' && text[strspn(text, "0123456789")] == '\0';
}

/* The lesson with the nearest number. */
static void offer_number(struct nearest *nearest, const struct catalogue *catalogue)
{
    long wanted = strtol(nearest->text, NULL, 10), best = 0;

    for (size_t i = 0; i < catalogue->lesson_count; i++) {
        const struct catalogue_lesson *lesson = &catalogue->lessons[i];
        if (i == 0 || labs(wanted - lesson->number) < best) {
            best = labs(wanted - lesson->number);
            snprintf(nearest->name, sizeof nearest->name, "%s", lesson->folder);
        }
    }
}

static void offer_lesson(struct nearest *nearest, const struct catalogue_lesson *lesson)
{
    offer(nearest, lesson->name, "%s", lesson->name);
    offer(nearest, lesson->folder, "%s", lesson->folder);
    for (size_t j = 1; j < lesson->program_count; j++) {
        const char *name = lesson->programs[j].name;
        offer(nearest, name, "%s/%s", lesson->name, name);
    }
}

/* What the user wrote, fit for a line of a message. */
struct quoted {
    char text[64];
};

static struct quoted quote(const char *text)
{
    struct quoted quoted;
    size_t most = sizeof quoted.text - 4;
    size_t length = strnlen(text, most + 1);
    bool cut = length > most;

    if (cut) /* not within a UTF-8 character */
        for (length = most; length > 0 && (text[length] & 0xC0) == 0x80; length--)
            continue;
    snprintf(quoted.text, sizeof quoted.text, "%.*s%s", (int)length, text,
             cut ? "..." : "");
    for (char *at = quoted.text; *at != '\0'; at++)
        if (iscntrl((unsigned char)*at))
            *at = '?';
    return quoted;
}

static const struct catalogue_lesson *find_lesson(const struct catalogue *catalogue,
                                                  const char *text)
{
    bool number = is_number(text);

    for (size_t i = 0; i < catalogue->lesson_count; i++) {
        const struct catalogue_lesson *lesson = &catalogue->lessons[i];
        if ((number && strtol(text, NULL, 10) == lesson->number) ||
            strcmp(text, lesson->folder) == 0 || strcmp(text, lesson->name) == 0)
            return lesson;
    }
    return NULL;
}

static const struct catalogue_program *
find_variant(const struct catalogue_lesson *lesson, const char *name)
{
    for (size_t i = 0; i < lesson->program_count; i++)
        if (strcmp(name, lesson->programs[i].name) == 0)
            return &lesson->programs[i];
    return NULL;
}

/* The lesson has no such variant: says so, and what is nearest. */
static void say_no_variant(const struct catalogue_lesson *lesson, const char *name,
                           char *why, size_t size)
{
    struct nearest nearest = {.text = name};

    for (size_t i = 0; i < lesson->program_count; i++)
        offer(&nearest, lesson->programs[i].name, "%s/%s", lesson->name,
              lesson->programs[i].name);
    if (is_near(&nearest))
        snprintf(why, size, "%s has no variant '%s'; the nearest is '%s'", lesson->name,
                 quote(name).text, nearest.name);
    else
        snprintf(why, size, "%s has no variant '%s'; viz list names them all",
                 lesson->name, quote(name).text);
}

/* Nothing goes by that name: says so, and what is nearest. */
static void say_unknown(const struct catalogue *catalogue, const char *name, char *why,
                        size_t size)
{
    struct nearest nearest = {.text = name};

    if (catalogue->lesson_count == 0) {
        snprintf(why, size, "no lessons are built (make lessons)");
        return;
    }
    if (is_number(name))
        offer_number(&nearest, catalogue);
    else
        for (size_t i = 0; i < catalogue->lesson_count; i++)
            offer_lesson(&nearest, &catalogue->lessons[i]);
    if (is_near(&nearest))
        snprintf(why, size, "no lesson '%s'; the nearest is '%s'", quote(name).text,
                 nearest.name);
    else
        snprintf(why, size, "no lesson '%s'; viz list names them all",
                 quote(name).text);
}

const struct catalogue_program *catalogue_find(struct catalogue *catalogue,
                                               const char *text, char *why, size_t size)
{
    static const char sources[] = "lessons/"; /* as a shell completes it */

    if (strncmp(text, sources, strlen(sources)) == 0)
        text += strlen(sources);
    const char *slash = strchr(text, '/');
    char name[LONGEST_NAME + 1];

    snprintf(name, sizeof name, "%.*s",
             slash == NULL ? LONGEST_NAME : (int)(slash - text), text);
    const struct catalogue_lesson *lesson = find_lesson(catalogue, name);
    const char *variant =
        slash == NULL || slash[1] == '\0' ? NULL : slash + 1; /* "3/" is lesson 3 */
    const struct catalogue_program *found = NULL;

    if (lesson != NULL)
        found = variant == NULL ? &lesson->programs[0] : find_variant(lesson, variant);
    if (found == NULL && slash != NULL)
        found = catalogue_program_at(catalogue, text);
    if (found == NULL && (text[0] == '/' || text[0] == '.'))
        snprintf(why, size, "'%s' is no lesson's program: %s", quote(text).text,
                 strerror(errno));
    else if (found == NULL && lesson != NULL)
        say_no_variant(lesson, variant, why, size);
    else if (found == NULL)
        say_unknown(catalogue, name, why, size);
    return found;
}

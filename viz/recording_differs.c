/* recording_differs.c - the lines in which a variant differs from its lesson; see
   recording_differs.h. */
#include "recording_differs.h"
#include "differ.h"

#include <stdio.h>
#include <stdlib.h>

static char *read_file(const char *path)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = fopen(path, "r");

    if (file != NULL && getdelim(&text, &size, '\0', file) < 0) {
        free(text);
        text = NULL;
    }
    if (file != NULL)
        fclose(file);
    return text;
}

static struct recording_differs none(const char *why)
{
    return (struct recording_differs){.why = why};
}

/* From the lesson's source on the disk. */
static struct recording_differs differs_from(const struct catalogue_lesson *lesson,
                                             struct text source)
{
    char *text = read_file(lesson->programs[0].source);

    if (text == NULL)
        return none("the lesson's source cannot be read: nothing to compare with");
    struct recording_differs differs = {
        differ_lines(text_of(text), source),
        "no line differs: the lesson has the same source"};
    free(text);
    if (differs.page != NULL && differs.page[0] == '\0') {
        free(differs.page);
        differs.page = NULL;
    }
    return differs;
}

struct recording_differs recording_differs_of(const struct catalogue_program *program)
{
    if (program->lesson == NULL)
        return none("this program is no lesson's variant: nothing to compare with");
    if (program == &program->lesson->programs[0])
        return none("nothing differs: this is the lesson itself; v runs its variants");
    char *source = read_file(program->source);
    if (source == NULL)
        return none("this program's source cannot be read: nothing to compare");
    struct recording_differs differs = differs_from(program->lesson, text_of(source));
    free(source);
    return differs;
}

/* The lesson of a program "FOLDER/NAME"; NULL: it is none of the course's. */
static const struct catalogue_lesson *lesson_of(const struct catalogue *catalogue,
                                                struct text program)
{
    size_t base = program.length - text_base_name(program).length;

    for (size_t i = 0; base > 0 && i < catalogue->lesson_count; i++)
        if (text_equal(text_of(catalogue->lessons[i].folder),
                       text_part(program, 0, base - 1)))
            return &catalogue->lessons[i];
    return NULL;
}

struct recording_differs recording_differs_in(const struct reader *reader,
                                              const struct catalogue *catalogue)
{
    struct text program = reader_text(reader, reader->layout.program);
    struct text source = reader_text(reader, reader->layout.source_text);
    const struct catalogue_lesson *lesson = lesson_of(catalogue, program);

    if (lesson == NULL)
        return none(
            "the lesson of this recording is not built here: nothing to compare");
    if (text_equal(text_base_name(program), text_of(lesson->programs[0].name)))
        return none(
            "nothing differs: this is the lesson itself; viz compare takes two");
    if (source.length == 0)
        return none("this recording has no copy of its source: nothing to compare");
    return differs_from(lesson, source);
}

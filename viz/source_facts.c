/* source_facts.c - what can be told of a program from its source text; see
   source_facts.h. */
#include "source_facts.h"

#include <string.h>

static bool starts_with(struct text text, const char *start)
{
    return text_equal(text_part(text, 0, strlen(start)), text_of(start));
}

/* Without what frames a comment's line. */
static struct text bare(struct text line)
{
    while (line.length > 0 && strchr(" \t/*", line.bytes[0]) != NULL)
        line = text_part(line, 1, line.length);
    while (line.length > 0 && strchr(" \t*/", line.bytes[line.length - 1]) != NULL)
        line.length--;
    return line;
}

struct text source_title(struct text source)
{
    struct text line, title = text_of("");

    if (!starts_with(source, "/*"))
        return title;
    while (title.length == 0 && text_next_line(&source, &line))
        title = bare(line);
    for (size_t i = 0; starts_with(title, "Lesson") && i + 1 < title.length; i++)
        if (title.bytes[i] == ':')
            title = bare(text_part(title, i + 1, title.length));
    if (title.length > 0 && title.bytes[title.length - 1] == '.')
        title.length--;
    return title;
}

/* Goes through a line; *in_comment is kept from one line to the next. True if there is
   code in it. */
static bool has_code(struct text line, bool *in_comment)
{
    bool found = false;

    for (size_t i = 0; i < line.length; i++) {
        struct text rest = text_part(line, i, line.length);
        if (*in_comment && starts_with(rest, "*/")) {
            *in_comment = false;
            i++;
        } else if (*in_comment || strchr(" \t\r", line.bytes[i]) != NULL) {
            continue;
        } else if (starts_with(rest, "/*")) {
            *in_comment = true;
            i++;
        } else if (starts_with(rest, "//")) {
            break;
        } else {
            found = true;
            if (line.bytes[i] != '"')
                continue;
            for (i++; i < line.length && line.bytes[i] != '"'; i++)
                i += line.bytes[i] == '\\';
        }
    }
    return found;
}

unsigned source_code_lines(struct text source)
{
    struct text line;
    bool in_comment = false;
    unsigned count = 0;

    while (text_next_line(&source, &line))
        count += has_code(line, &in_comment);
    return count;
}

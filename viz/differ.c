/*
 * differ.c - the lines in which two sources differ; see differ.h.
 *
 * The longest common subsequence of lines, by the textbook's table: sources of lessons
 * have some hundred lines.
 */
#include "differ.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LINES = 2000 };

struct lines {
    struct text *list;
    size_t count, first; /* numbering starts behind the opening comment */
};

static struct lines split(struct text source)
{
    struct lines lines = {calloc(MOST_LINES, sizeof(struct text)), 0, 0};
    struct text line;

    while (lines.list != NULL && lines.count < MOST_LINES &&
           text_next_line(&source, &line)) {
        lines.list[lines.count++] = line;
        if (lines.first == 0 && text_equal(line, text_of(" */")))
            lines.first = lines.count;
    }
    return lines;
}

static struct text without_blanks(struct text line)
{
    while (line.length > 0 && (line.bytes[0] == ' ' || line.bytes[0] == '\t'))
        line = text_part(line, 1, line.length);
    return line;
}

/* Whether they are the same but for blanks, as where one is set further in. */
static bool is_same(struct text a, struct text b)
{
    do {
        a = without_blanks(a);
        b = without_blanks(b);
        if (a.length == 0 || b.length == 0)
            return a.length == b.length;
        if (a.bytes[0] != b.bytes[0])
            return false;
        a = text_part(a, 1, a.length);
        b = text_part(b, 1, b.length);
    } while (true);
}

/* longest[i * stride + j]: the length for the lines from i and from j on. */
static unsigned short *make_table(const struct lines *a, const struct lines *b)
{
    size_t stride = b->count + 1;
    unsigned short *longest = calloc((a->count + 1) * stride, sizeof *longest);

    if (longest == NULL)
        return NULL;
    for (size_t i = a->count; i-- > a->first;) {
        for (size_t j = b->count; j-- > b->first;) {
            unsigned short down = longest[(i + 1) * stride + j];
            unsigned short right = longest[i * stride + j + 1];
            longest[i * stride + j] =
                is_same(a->list[i], b->list[j])
                    ? (unsigned short)(longest[(i + 1) * stride + j + 1] + 1)
                : down > right ? down
                               : right;
        }
    }
    return longest;
}

static void print_line(FILE *file, char mark, size_t number, struct text line)
{
    fprintf(file, "%c %4zu  %.*s\n", mark, number + 1, (int)line.length, line.bytes);
}

/* Walks the table; the line before a difference is shown for orientation. */
static void print_differences(FILE *file, const struct lines *a, const struct lines *b,
                              const unsigned short *longest)
{
    size_t i = a->first, j = b->first, stride = b->count + 1;
    bool in_difference = false;

    while (i < a->count || j < b->count) {
        if (i < a->count && j < b->count && is_same(a->list[i], b->list[j])) {
            if (in_difference) {
                print_line(file, ' ', j, b->list[j]);
                fputc('\n', file);
            }
            in_difference = false;
            i++, j++;
            continue;
        }
        if (!in_difference && j > b->first)
            print_line(file, ' ', j - 1, b->list[j - 1]);
        in_difference = true;
        if (j >= b->count || (i < a->count && longest[(i + 1) * stride + j] >=
                                                  longest[i * stride + j + 1])) {
            print_line(file, '-', i, a->list[i]);
            i++;
        } else {
            print_line(file, '+', j, b->list[j]);
            j++;
        }
    }
}

char *differ_lines(struct text a, struct text b)
{
    struct lines left = split(a), right = split(b);
    char *result = NULL;
    size_t size;
    unsigned short *longest =
        left.list != NULL && right.list != NULL ? make_table(&left, &right) : NULL;
    FILE *file = longest != NULL ? open_memstream(&result, &size) : NULL;

    if (file != NULL) {
        print_differences(file, &left, &right, longest);
        fclose(file);
    }
    free(longest);
    free(left.list);
    free(right.list);
    return result;
}

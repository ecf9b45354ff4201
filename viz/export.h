/*
 * export.h - a recorded run as a file for other programs, or for people.
 *
 * One table of formats; the command, its help and its tests are made from it.
 */
#ifndef EXPORT_H
#define EXPORT_H

#include "reader.h"

#include <stdio.h>

struct exporter {
    const char *name;   /* "svg" */
    const char *ending; /* of its files, ".svg": who names such a file means it */
    const char *help;
    bool needs_json; /* the JSON library */

    /* Writes the steps that the reader has. Goes through them as a stream, and ends
       early where the file has an error, which the caller finds there. With ascii,
       formats that are text keep to ASCII. */
    void (*write)(const struct reader *reader, bool ascii, FILE *file);
};

/* The table; a row with name NULL ends it. */
extern const struct exporter exporters[];

void export_text(const struct reader *reader, bool ascii, FILE *file);
void export_perfetto(const struct reader *reader, bool ascii, FILE *file);
void export_svg(const struct reader *reader, bool ascii, FILE *file);

/* The format of that name, or NULL; and the one whose files end as that path does. */
const struct exporter *export_find(const char *name);
const struct exporter *export_for(const char *path);

#endif

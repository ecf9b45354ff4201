/* export.c - the table of formats; see export.h. */
#include "export.h"

#include <stddef.h>
#include <string.h>

const struct exporter exporters[] = {
    {"perfetto", ".json", "Chrome's trace format, for ui.perfetto.dev and speedscope",
     true, export_perfetto},
    {"svg", ".svg", "the timeline as a picture, for a handout or a slide", false,
     export_svg},
    {"text", ".txt", "every step as a sentence, and how it ended", false, export_text},
    {NULL, NULL, NULL, false, NULL},
};

const struct exporter *export_find(const char *name)
{
    for (const struct exporter *row = exporters; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

const struct exporter *export_for(const char *path)
{
    size_t length = strlen(path);

    for (const struct exporter *row = exporters; row->name != NULL; row++) {
        size_t ending = strlen(row->ending);
        if (length > ending && strcmp(path + length - ending, row->ending) == 0)
            return row;
    }
    return NULL;
}

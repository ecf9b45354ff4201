/*
 * command_stats.h - the parts of viz stats: one run's figures, as text and as JSON.
 */
#ifndef COMMAND_STATS_H
#define COMMAND_STATS_H

#include "stats.h"

/* What is told of one recording. Everything in it is owned by command_stats.c. */
struct told_run {
    const char *path;
    const struct reader *reader;
    const struct stats *stats; /* at the reader's last step */
    char **waits;              /* per thread: what its longest wait was for, or NULL */
    bool ascii;
};

void command_stats_text(const struct told_run *run);

/* One JSON object, a line. Only where the library is built in. */
void command_stats_json(const struct told_run *run);

/* Whether it is something through which items go, and whether it is worth a word: what
   a process got by a fork and never used is not. */
bool command_stats_is_queue(enum object_type type);
bool command_stats_is_told(const struct model *model,
                           const struct model_object *object);

#endif

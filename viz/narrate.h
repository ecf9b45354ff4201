/*
 * narrate.h - a run as lines of text, for where there is no terminal.
 */
#ifndef NARRATE_H
#define NARRATE_H

#include "playback.h"

#include <stdio.h>

/* Prints a line of any bytes: what is no plain text in it is shown, not sent. With
   ascii, nothing beyond ASCII gets out; the same below. */
void narrate_line(struct text text, bool ascii, FILE *file);

/* Prints the model's latest step: number, time, sentence, source line. */
void narrate_step(const struct model *model, const struct reader *reader, bool ascii,
                  FILE *file);

/* Prints how the run ended, and what every thread and queue did. The reader must be at
   its end. */
void narrate_summary(const struct model *model, const struct reader *reader, bool ascii,
                     FILE *file);

#endif

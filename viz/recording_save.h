/*
 * recording_save.h - the recording that is shown, saved where the user asked for it.
 */
#ifndef VIZ_RECORDING_SAVE_H
#define VIZ_RECORDING_SAVE_H

#include "reader.h"

/* Copies what the reader reads into the current folder, under a name made of the
   program's, the seed and a number where that is taken. Says in words how it went. */
void recording_save(const struct reader *reader, struct text_buffer *words);

#endif

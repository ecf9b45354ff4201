/*
 * catalogue_source.h - what the opening comment of a program's source says of it.
 */
#ifndef CATALOGUE_SOURCE_H
#define CATALOGUE_SOURCE_H

#include "catalogue.h"

/* Reads the title, the line "Ends: N" and the line "Uses: the processor" from the file
   program->source. Where there are none, the title is empty and ends is -1. */
void catalogue_read_source(struct catalogue_program *program);

#endif

/*
 * invariants.h - what must be true of every trace, whatever the order of the threads.
 */
#ifndef INVARIANTS_H
#define INVARIANTS_H

#include "reader.h"

#include <stdio.h>

/* Checks the whole trace and writes a line for each broken invariant, at most a
   hundred. Returns how many were broken. Nothing is concluded across a lost step: an
   object is trusted again at its next event. */
unsigned invariants_check(const struct reader *reader, FILE *file);

#endif

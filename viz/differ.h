/*
 * differ.h - the lines in which two sources differ.
 */
#ifndef DIFFER_H
#define DIFFER_H

#include "text.h"

/* A text with the lines that only one of the two has, in order, "-" before those of a
   and
   "+" before those of b, each with its number and, where it helps, the lines around.
   The opening comments are left out, and lines that differ only in blanks. The caller
   frees it; NULL for want of memory. */
char *differ_lines(struct text a, struct text b);

#endif

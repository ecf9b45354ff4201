/*
 * say.h - printing, as Python's print.
 *
 * Each call is one write(2) to standard output, recorded before it is made: what was
 * printed is in the trace, in the same order, even if the program is killed. Nothing is
 * buffered, so never mix this with stdio on standard output. Control characters and
 * bytes that are not UTF-8 are shown, not sent (safe_text.h).
 */
#ifndef SAY_H
#define SAY_H

#include "trace.h"

/* Prints a line: the text and a newline, in one write. Blocks while nobody reads. */
#define say(...) say_at(HERE, __VA_ARGS__)
void say_at(const char *site, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Prints a part of a line, as it is. Whole lines made of pieces may tear. */
#define say_piece(...) say_piece_at(HERE, __VA_ARGS__)
void say_piece_at(const char *site, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif

/*
 * output_file.h - a file that somebody asked for: it is there complete or not at all.
 *
 * What is written goes to a file without a name in the same folder, which gets its name
 * at the end; so a run that is interrupted leaves nothing behind. Where the file system
 * has no such files it has a temporary name instead. Linux alone has them.
 */
#ifndef OUTPUT_FILE_H
#define OUTPUT_FILE_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

struct output_file {
    FILE *stream;
    char path[PATH_MAX]; /* where it will be, a symbolic link's target; "" for stdout */
    char temporary[PATH_MAX + 32]; /* its name until then, or one that is free */
    bool has_name;                 /* it is already called so */
    bool may_replace;              /* what is there at the end */
};

/* Opens a file that will be at the path, or standard output for "-". may_replace:
   whether a file that is there is replaced. False: why[] says what is wrong. */
bool output_open(struct output_file *output, const char *path, bool may_replace,
                 char *why, size_t size);

/* Closes it, and puts it at its path if all could be written. False: why[] says what is
   wrong, and the path is as it was. */
bool output_finish(struct output_file *output, char *why, size_t size);

#endif

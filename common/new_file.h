/*
 * new_file.h - a file that appears at its path in one step, complete or not at all.
 */
#ifndef NEW_FILE_H
#define NEW_FILE_H

#include <stdbool.h>

/* Opens a new file without a name in the path's folder, so that no half-made file is
   ever seen and none stays behind; where the file system has none such, one with a
   temporary name. Returns its descriptor, or -1 with errno. */
int new_file_open(const char *path);

/* Gives it the path, in place of what was there: who has that open keeps it. */
bool new_file_publish(int descriptor, const char *path);

#endif

/*
 * folder.h - folders of the file system: what is in them, as Python's os.walk tells.
 *
 * A name is looked up in a root: the current folder, or the kit's own. Real folders are
 * read, by the calling thread alone; nothing is shared and nothing is recorded.
 */
#ifndef FOLDER_H
#define FOLDER_H

#include <fcntl.h>
#include <stdbool.h>

/* The root for names that the user gave. */
enum { FOLDER_CURRENT = AT_FDCWD };

/* The kit's folder as a root, wherever the current folder is: the program stands
   somewhere below it. Where it is not found, no name is there. Open until the end. */
int folder_open_kit(void);

/* Whether there is something of that name, folder or not. */
bool folder_has(int root, const char *name);

/* Counts the files in a folder and in all below it. Links are not followed, except one
   that was named, and count for nothing; what cannot be read is left out, and so is
   what is no folder at all: then it is 0. Takes as long as the reading takes. */
long folder_count_files(int root, const char *name);

#endif

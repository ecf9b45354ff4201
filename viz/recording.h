/*
 * recording.h - recordings as files: where live runs go, which are kept, and copies.
 *
 * The last ten live runs are kept in $XDG_STATE_HOME/viz/runs, by default
 * ~/.local/state/viz/runs, so that a rare one is not lost. Their names sort by time.
 * Nothing here blocks on a program that is running.
 */
#ifndef VIZ_RECORDING_H
#define VIZ_RECORDING_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

enum { RECORDING_KEEP = 10 };

/* Where a live run is recorded. */
struct recording_place {
    char path[PATH_MAX];
    bool temporary; /* in a folder of its own, which recording_discard removes */
};

/* A fresh file name for a run of that program ("03_task_done_join/lesson"), in the
   folder of the kept runs, which is made where it is missing; the file itself is not.
   Where there can be no such folder, the place is temporary: call recording_discard in
   the end. False: there is no place at all, and why[] says what is wrong. */
bool recording_new_path(struct recording_place *place, const char *program, char *why,
                        size_t size);

/* Removes the recording, and the folder of a temporary one. */
void recording_discard(const struct recording_place *place);

/* Removes the oldest kept runs beyond that many, but none that is still written. */
void recording_prune(size_t keep);

/* The path of the newest kept run. False: why[] says that there is none. */
bool recording_newest(char *path, size_t path_size, char *why, size_t size);

/* Notes in the recording that its program was killed by that signal, so that a replay
   says so too. Does nothing where the run ended by itself or is still written. */
void recording_note_kill(const char *path, int signal_number);

/* Whether recording_keep could write there, as far as can be seen beforehand. False:
   why[] says what is wrong. */
bool recording_may_keep(const char *to, char *why, size_t size);

/* Copies a recording without holes to a path, which is replaced in one step: a reader
   of the old file keeps it. It must be a regular file or not exist. What is copied of a
   run that is still written are the steps until now. SIGXFSZ should be ignored, so that
   a file-size limit is an error like a full disk. False: to is untouched, and why[]
   says what is wrong, with the name of the file that it is wrong with. */
bool recording_keep(const char *from, const char *to, char *why, size_t size);

#endif

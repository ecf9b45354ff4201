/*
 * trace_file.h - the trace file as it grows on the disk.
 *
 * Creates it, maps it, allocates room before it is touched, and trims it at the end.
 * Used by trace.c alone. Nothing here blocks on another thread.
 */
#ifndef TRACE_FILE_H
#define TRACE_FILE_H

#include "trace_format.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct trace_file {
    char path[PATH_MAX];
    int descriptor; /* kept open: it carries the flock that says "a writer lives" */
    int appender;   /* writes at the end of the same file */
    pid_t creator;
    struct trace_header *header; /* the mapping; the rest point into it */
    struct trace_word *words;
    char *strings;
    struct trace_event *events;
};

/* Makes and maps a file without a name; trace_file_publish gives it its path, replacing
   what was there. False: why[] says in a few words what is wrong with the path. */
bool trace_file_create(struct trace_file *file, const char *path, char *why,
                       size_t size);
void trace_file_publish(struct trace_file *file);

/* Maps the file that another program made and that is open here. False: it is none. */
bool trace_file_adopt(struct trace_file *file, int descriptor);

/* How many words the file can have. */
size_t trace_file_words(const struct trace_file *file);

/* Each makes sure that there is room on the disk: for word number index, for the first
   bytes of the strings (where it must grow, by a chunk), for the first count events.
   False: there is no room, and the recording is over. */
bool trace_file_reserve_word(struct trace_file *file, size_t index);
bool trace_file_grow_strings(struct trace_file *file, uint64_t bytes, uint64_t chunk);
bool trace_file_grow_events(struct trace_file *file, uint64_t count);

/* Makes room for one more chunk of events, before it is needed. False: there is none.
 */
bool trace_file_append_events(struct trace_file *file);

static inline bool trace_file_reserve_strings(struct trace_file *file, uint64_t bytes,
                                              uint64_t chunk)
{
    /* acquire: pairs with the release that published the room */
    return bytes <= atomic_load_explicit(&file->header->string_space,
                                         memory_order_acquire) ||
           trace_file_grow_strings(file, bytes, chunk);
}

/* Replaces the file by one without holes that holds the first count events and the
   first strings bytes of the strings, which all must be complete. Only in the
   process that created it. A file too long to copy is cut instead, and only where
   all_ended says that nobody may touch the mapping any more. */
void trace_file_trim(struct trace_file *file, uint64_t count, uint64_t strings,
                     bool all_ended);

#endif

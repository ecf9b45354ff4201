/*
 * recording_differs.h - what a variant's source has that its lesson's has not.
 */
#ifndef RECORDING_DIFFERS_H
#define RECORDING_DIFFERS_H

#include "catalogue.h"
#include "reader.h"

/* A page of lines that differ, or why there is none. */
struct recording_differs {
    char *page;      /* the caller frees it; or NULL */
    const char *why; /* where it is NULL: a sentence for the user; never freed */
};

/* Of a program of the course, as both sources are on the disk. */
struct recording_differs recording_differs_of(const struct catalogue_program *program);

/* Of a recording: its own copy of its source, and the lesson's on the disk. */
struct recording_differs recording_differs_in(const struct reader *reader,
                                              const struct catalogue *catalogue);

#endif

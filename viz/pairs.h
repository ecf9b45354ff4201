/*
 * pairs.h - the pairs of programs that are worth comparing.
 */
#ifndef PAIRS_H
#define PAIRS_H

#include <stddef.h>

struct pair {
    const char *a, *b;  /* full names: "01_thread_result/join_each" */
    const char *differ; /* what differs, in a few words */
    const char *look;   /* what to look at, and what to say before the run */
};

extern const struct pair pairs[];
extern const size_t pair_count;

/* As short as one types it, "1/join_each"; "1" for the lesson itself. */
void pair_short_name(const char *full_name, char *name, size_t size);

#endif

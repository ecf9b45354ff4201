/*
 * lesson.h - what every lesson's main needs: options, start, outcome, finish.
 *
 *     static const struct lesson_use use = {.summary = "…", .workers = 5, …};
 *
 *     int main(int argc, char **argv)
 *     {
 *         struct lesson_options options = lesson_start(argc, argv, &use);
 *         …
 *         lesson_outcome(handled == options.tasks, "%d tasks handled", handled);
 *         return lesson_finish();
 *     }
 */
#ifndef LESSON_H
#define LESSON_H

#include "trace.h"

enum {
    LESSON_UNUSED = -1,    /* for an option that has no effect on this lesson */
    LESSON_BY_LINK = -2,   /* for delay: each link takes its own time (crawl.h) */
    LESSON_LONGEST = 4095, /* bytes of an argument */
};

/* What a lesson does, and the options' values where none are given. */
struct lesson_use {
    const char *summary;   /* one line for --help */
    const char *arguments; /* what plain arguments are, as "LINK…"; NULL: none taken */
    int workers;
    int tasks;
    int capacity; /* 0: unbounded */
    int delay;    /* milliseconds, or LESSON_BY_LINK */
};

struct lesson_options {
    int workers;
    int tasks;
    int capacity;
    int delay; /* milliseconds, or LESSON_BY_LINK where the lesson said so */
    uint64_t seed;
    char **arguments; /* the plain ones, NULL at the end; they live in argv */
    int argument_count;
};

/* Reads the command line, starts the trace where one is asked for, and makes the
   calling thread the run's main thread. Call it first. Bad input ends the program with
   one line and status 2; --help and --view do not return either. */
struct lesson_options lesson_start(int argc, char **argv, const struct lesson_use *use);

/* Declares the run's result; as_it_should false makes the program end with status 1. */
void lesson_outcome(bool as_it_should, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Joins the threads and processes that were not joined, ends the trace, and returns the
   exit status: 1 also where a process was killed. */
#define lesson_finish() lesson_finish_at(HERE)
int lesson_finish_at(const char *site);

#endif

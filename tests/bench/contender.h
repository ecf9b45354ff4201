/*
 * contender.h - the queues that are measured, behind one small table.
 *
 * Items are 8-byte integers that are never 0. Threads of the kit's queue are the kit's
 * threads, so that it knows how many want a processor; the others' are plain pthreads.
 */
#ifndef CONTENDER_H
#define CONTENDER_H

#include <stdbool.h>
#include <stdint.h>

struct contender {
    const char *name;
    bool traced;
    bool bounded; /* it can be */
    bool is_kit;
    void *(*create)(unsigned capacity); /* 0: unbounded */
    void (*put)(void *queue, uint64_t item);
    uint64_t (*get)(void *queue);
};

enum {
    CONTENDER_TEXTBOOK,
    CONTENDER_KIT,
    CONTENDER_TRACED,
    CONTENDER_GLIB,
    CONTENDERS
};

/* create is NULL where the contender is not there. */
extern const struct contender contenders[CONTENDERS];

/* Runs the function as many times, each in a thread of its own of the contender's kind,
   with the arguments 0, 1, 2 ...; returns when all have ended. */
void contender_run(const struct contender *contender, void (*run)(int index),
                   int threads);

#endif

/*
 * so_far_fold.h - what the files share that make the numbers of so_far.h.
 */
#ifndef SO_FAR_FOLD_H
#define SO_FAR_FOLD_H

#include "idle.h"
#include "so_far.h"
#include "vocabulary.h"

struct so_far_object {
    /* threads */
    enum trace_kind begun_kind; /* of the wait it is in, or TRACE_UNCOMMITTED */
    struct idle idle;
    uint64_t begun_ns;
    uint64_t open_line; /* of the output, that its last print left open; 0: none */
    bool hands_on;      /* it used a queue, a pipe or a pool */
    uint32_t task;      /* the future that it runs, or 0 */
    /* threads and futures */
    uint64_t finished; /* the step that finished its result; 0: none did */
    /* futures */
    bool is_computed, is_asked; /* it is done; somebody asked for it */
    bool is_handed_on;          /* its task handed on what came of it */
    /* queues and pipes */
    bool is_main_taking;   /* main takes from it, or has waited to */
    bool is_shared;        /* others than main do */
    uint64_t handed, took; /* results that were put, and that main took */
};

/* What is kept of that number; of one that cannot be, something that nobody keeps.
   Valid until the next call. */
struct so_far_object *so_far_object(struct so_far *so_far, uint32_t number);

/* What the step means for the results. */
void so_far_note_results(struct so_far *so_far, const struct reader *reader,
                         const struct trace_event *event, enum trace_kind kind);

/* The thread printed that text; whole: its newline was left out. */
void so_far_note_print(struct so_far *so_far, uint32_t thread, struct text text,
                       bool whole);

#endif

/*
 * so_far_fold.h - what the files share that make the numbers of so_far.h.
 */
#ifndef SO_FAR_FOLD_H
#define SO_FAR_FOLD_H

#include "so_far.h"
#include "vocabulary.h"

struct so_far_object {
    /* threads */
    enum trace_kind begun_kind; /* of the wait it is in, or TRACE_UNCOMMITTED */
    enum trace_kind last_kind;  /* of its latest step */
    uint64_t begun_ns;
    uint64_t open_line; /* of the output, that its last print left open; 0: none */
    bool hands_on;      /* it used a queue, a pipe or a pool */
    /* threads and futures */
    uint64_t finished; /* the step that finished its result; 0: none did */
    /* queues and pipes */
    bool is_shared;        /* others than main take from it, too */
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

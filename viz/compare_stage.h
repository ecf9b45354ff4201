/*
 * compare_stage.h - two runs that are compared: at one place, with all that the picture
 * of them is made of.
 */
#ifndef COMPARE_STAGE_H
#define COMPARE_STAGE_H

#include "compared.h"
#include "duet.h"
#include "findings.h"

/* What is kept of one of the two. */
struct stage_run {
    struct so_far_track track;
    struct scene *scene;
    char status[128]; /* how it ended */
    struct findings findings;
    const struct finding *finding; /* that explains how it differs, or NULL */
    char why[256];                 /* the same in words */
    bool is_told;                  /* it was before */
};

struct compare_stage {
    struct duet duet;
    struct stage_run runs[DUET_RUNS];
    struct comparison comparison; /* as compare_stage_fill made it */
    char status[128];
    char *differs;    /* the lines that differ, as differ.h has them; NULL: none does */
    uint64_t cell_ns; /* the scale that the user chose; 0: so that all fits */
};

/* The playbacks are borrowed; compare_stage_close leaves them open. */
void compare_stage_open(struct compare_stage *stage, struct playback *a,
                        struct playback *b);
void compare_stage_close(struct compare_stage *stage);

/* Reads what is new, and moves on with the clock; bounded work. True if the picture is
   another. */
bool compare_stage_update(struct compare_stage *stage, uint64_t clock_ns);

/* Reads all that there is. */
void compare_stage_read_all(struct compare_stage *stage);

/* Whether everything that is in the files was looked at. */
bool compare_stage_is_complete(const struct compare_stage *stage);

/* Makes stage->comparison what is so at the place; columns is the canvas's width. The
   hint, the choice and the scrolling in it stay as they are. */
void compare_stage_fill(struct compare_stage *stage, int columns);

/* Whether either run has a WHY at the place. */
bool compare_stage_tells_why(const struct compare_stage *stage);

/* Goes to where the finding went wrong that explains the chosen run, or else the other
   one; returns its step, or 0: nothing is told yet. */
uint64_t compare_stage_go_to_why(struct compare_stage *stage);

/* One zoom step of the timelines, to less time a cell (-1) or more (1). */
void compare_stage_zoom(struct compare_stage *stage, int direction);

#endif

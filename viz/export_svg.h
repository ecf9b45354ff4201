/*
 * export_svg.h - what the parts of the picture share.
 *
 * Private to export_svg*.c. The picture is written as the run is read: bars at once,
 * what lies above them and the depths of queues into memory, whose size is bounded by
 * the picture's, not by the run's.
 */
#ifndef EXPORT_SVG_H
#define EXPORT_SVG_H

#include "export_flows.h"
#include "findings.h"
#include "stats.h"

#include <stdio.h>

/* In pixels of the picture. */
enum {
    SVG_WIDTH = 1200,
    SVG_LEFT = 150, /* names */
    SVG_RIGHT = 20,
    SVG_PLOT = SVG_WIDTH - SVG_LEFT - SVG_RIGHT,
    SVG_HEAD = 92, /* title and time */
    SVG_ROW = 28,
    SVG_BAR = 20,
    SVG_STRIP = 44, /* a queue's depth */
    SVG_LINE = 18,  /* of text */
};

/* More of these would be a smear; what is left out is counted below the picture. */
enum {
    SVG_MOST_ROWS = 40,
    SVG_MOST_STRIPS = 8,
    SVG_MOST_ARROWS = 80,
    SVG_MOST_NOTES = 4
};

/* What a thread does for some time. */
struct doing {
    enum state state;
    uint64_t since_step, item;
    uint32_t task;
    char label[80];
};

/* A thread's row. Doings too short to be drawn are gathered until together they have
   some width; that is drawn as the longest of them. */
struct svg_row {
    struct doing now;
    double at;        /* where that began */
    double gathered;  /* where the short ones began; at, if there are none */
    double longest;   /* of them */
    enum state shown; /* its state */
    double print;     /* where the last print was marked */
};

/* A part of the picture that is kept in memory until those below it are written. */
struct svg_layer {
    FILE *file;
    char *bytes;
    size_t size;
};

/* A queue's depth over time, as a path in memory. */
struct svg_strip {
    uint32_t number, process;
    uint64_t depth; /* now */
    double at;      /* where the last point is: what changes close to it is one line */
    uint64_t low, high; /* depths since then */
    struct svg_layer path;
};

struct svg {
    const struct reader *reader;
    FILE *file;
    bool ascii;
    struct stats stats; /* of the whole run */
    struct model model; /* of the step that is drawn */
    struct flows flows;
    struct findings findings;
    const struct finding *notes[SVG_MOST_NOTES]; /* those that are shown */
    unsigned note_count;
    uint64_t end_ns; /* the right end; not 0 */
    uint64_t arrow;  /* arrows seen */
    uint64_t every;  /* so manieth is drawn */
    uint64_t report; /* the step that told why the run went wrong, or 0 */
    unsigned states; /* bits of those that are drawn, for the legend */
    unsigned rows, strip_count;
    unsigned hidden_strips;
    bool has_prints;
    struct svg_row *row;
    struct svg_strip strips[SVG_MOST_STRIPS];
    struct svg_layer above; /* what lies above the bars: short ones, marks, arrows */
    struct svg_layer words; /* and above those, what is written into the bars */
};

/* Opens a layer, which must stay where it is; writing it to the picture frees it. */
void svg_layer_open(struct svg_layer *layer);
void svg_layer_write(const struct svg *svg, struct svg_layer *layer);

/* Writes text as XML: at most so many cells of it, all of it safe. */
void svg_text(const struct svg *svg, FILE *file, struct text text, int cells);

/* The place of a moment, and of a row's middle. */
double svg_x(const struct svg *svg, uint64_t time_ns);
double svg_y(unsigned row);

/* Where the strips and what follows them begin. */
int svg_strips_top(const struct svg *svg);
int svg_notes_top(const struct svg *svg);

/* Chooses the findings that are shown: what went wrong, not what is only remarked. */
void svg_choose_notes(struct svg *svg);
void svg_mark_notes(struct svg *svg);

/* The number of a note, in a circle around that place. */
void svg_note(FILE *file, unsigned note, double x, double y);

/* Before the bars: the head, with the title, patterns, time, names. After them: the
   depths of queues, why it went wrong, the legend. */
void svg_begin(struct svg *svg);
void svg_finish(struct svg *svg);

/* The bars of a row up to the moment of the model's step, where the row's doing changes
   with it; and up to the end. */
void svg_row_change(struct svg *svg, unsigned row);
void svg_row_end(struct svg *svg, unsigned row);

/* Bars' looks, for the legend too. */
void svg_bar(FILE *file, enum state state, double x, double y, double width);

/* What the model's step adds above the bars and to the queues' depths. */
void svg_marks(struct svg *svg);

void svg_choose_strips(struct svg *svg);
void svg_strip_draw(const struct svg *svg, struct svg_strip *strip);
void svg_write_strips(struct svg *svg);

#endif

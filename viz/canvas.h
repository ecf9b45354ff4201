/*
 * canvas.h - a grid of styled cells, on which every view draws.
 *
 * A canvas knows no terminal: the same picture goes to the screen, to --dump as text,
 * and into tests as strings. Whatever text is put on it is made safe here: control
 * characters and bytes that are not UTF-8 are shown, never passed on, and wide and
 * combining characters keep to their cells.
 */
#ifndef CANVAS_H
#define CANVAS_H

#include "text.h"

#include <stdio.h>

/* What a cell is, not how it looks; the screen chooses colours. */
enum style {
    STYLE_PLAIN,
    STYLE_DIM,
    STYLE_BAR,  /* the title and the hints */
    STYLE_HEAD, /* the heading of a pane */
    STYLE_CHOSEN,
    STYLE_ALARM, /* what went wrong */
    STYLE_STRONG,
    STYLE_STATE,                    /* + enum state: a state's colour */
    STYLE_THREAD = STYLE_STATE + 9, /* + 0 … 5: a thread's colour */
    STYLES = STYLE_THREAD + 6
};

struct cell {
    char bytes[12]; /* UTF-8, NUL-terminated; empty: the right half of a wide one */
    unsigned char width; /* 1 or 2; 0 for a right half */
    unsigned char style;
};

struct canvas {
    int rows, columns;
    struct cell *cells;
};

/* Makes the canvas that size and blank; it may have been another size before. */
void canvas_reset(struct canvas *canvas, int rows, int columns);
void canvas_free(struct canvas *canvas);

/* Writes text from that cell on, at most width cells, on that row only. Returns the
   column after it. Outside the canvas nothing happens. */
int canvas_put(struct canvas *canvas, int row, int column, int width, enum style style,
               struct text text);

/* The same; where the text does not fit, its last cell is "…". */
int canvas_put_cut(struct canvas *canvas, int row, int column, int width,
                   enum style style, struct text text);
int canvas_print(struct canvas *canvas, int row, int column, int width,
                 enum style style, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* Fills cells of a row with one character. */
void canvas_fill(struct canvas *canvas, int row, int column, int width,
                 enum style style, const char *character);

/* Copies rows of another canvas, from its first on, to that place. What does not fit is
   cut off. */
void canvas_paste(struct canvas *canvas, int row, int column, const struct canvas *from,
                  int first, int rows);

/* How many cells the text takes on a canvas. */
int canvas_text_width(struct text text);

/* Takes the first part of the text that fits into width cells off it, up to a blank
   where there is one; at least a character. The blank goes too. */
struct text canvas_next_row(struct text *rest, int width);

/* A cell's characters, in ASCII where asked: lines become - | +, the rest "?" . */
const char *cell_text(const struct cell *cell, bool ascii);

/* Writes the canvas as lines of text, blanks at their ends left out. */
void canvas_write(const struct canvas *canvas, bool ascii, FILE *file);

#endif

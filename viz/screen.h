/*
 * screen.h - the terminal: a canvas in, keys out.
 *
 * However the program ends - normally, by an error, by a signal, by a crash - the
 * terminal is as it was before.
 */
#ifndef SCREEN_H
#define SCREEN_H

#include "display.h"

/* Whether viz was built with a screen at all; without, runs are shown as lines. */
bool screen_is_built(void);

/* Whether there is a terminal that can show the views. Changes nothing. False: why[]
   says what is missing. */
bool screen_check(char *why, size_t size);

/* Takes the terminal over, to look as the display asks for; false as screen_check, or
   where the terminal has not the colours. screen_close gives it back; it may be called
   twice. */
bool screen_open(const struct display *display, char *why, size_t size);
void screen_close(void);

/* The exit status that a signal asks for, 128 + its number; 0 if there was none. */
int screen_signal_status(void);

/* The terminal's size at this moment. */
void screen_size(int *rows, int *columns);

/* Shows the canvas; the terminal's cursor rests at the row's start. */
void screen_draw(const struct canvas *canvas, bool ascii, int cursor_row);

/* Forgets what the terminal shows, so that the next draw paints everything. */
void screen_forget(void);

/* The next key: a character, or a KEY_CODE_ of keys.h. Blocks for at most that many
   milliseconds and returns KEY_NONE if there was none. */
int screen_key(int timeout_ms);

/* What the mouse did, after KEY_CODE_MOUSE; row and column from 0. */
enum mouse_act { MOUSE_PRESS, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct mouse {
    enum mouse_act act;
    int row, column;
};

struct mouse screen_mouse(void);

#endif

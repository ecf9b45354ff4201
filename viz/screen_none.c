/* screen_none.c - in place of the screen where ncurses is not installed. */
#include "keys.h"
#include "screen.h"

bool screen_is_built(void)
{
    return false;
}

bool screen_check(char *why, size_t size)
{
    snprintf(why, size,
             "viz was built without its screen: install libncurses-dev, then make");
    return false;
}

bool screen_open(const struct display *display, char *why, size_t size)
{
    (void)display;
    return screen_check(why, size);
}

void screen_close(void)
{
}

int screen_signal_status(void)
{
    return 0;
}

void screen_size(int *rows, int *columns)
{
    *rows = *columns = 0;
}

void screen_draw(const struct canvas *canvas, bool ascii, int cursor_row)
{
    (void)canvas, (void)ascii, (void)cursor_row;
}

void screen_forget(void)
{
}

int screen_key(int timeout_ms)
{
    (void)timeout_ms;
    return KEY_CODE_CLOSED;
}

struct mouse screen_mouse(void)
{
    return (struct mouse){.act = MOUSE_PRESS};
}

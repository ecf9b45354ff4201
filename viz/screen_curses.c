/* screen_curses.c - the terminal by ncurses: the only file that includes it. */
#include "history.h"
#include "keys.h"
#include "screen.h"
#include "view.h"

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>
#undef columns /* a macro of term.h */

static SCREEN *screen;
static volatile sig_atomic_t asked_to_end;
static volatile sig_atomic_t continued; /* after it was stopped */
static attr_t looks[STYLES];
static struct mouse mouse;

static void on_end(int signal_number)
{
    asked_to_end = signal_number;
}

static void on_continue(int signal_number)
{
    (void)signal_number;
    continued = true;
}

/* A crash: the terminal first, then the signal's usual effect. */
static void on_crash(int signal_number)
{
    if (screen != NULL)
        endwin();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void catch_signals(void)
{
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    struct sigaction action = {.sa_handler = on_end}; /* no restart: reading ends */

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        sigaction(ends[i], &action, NULL);
    action.sa_handler = on_continue;
    sigaction(SIGCONT, &action, NULL);
    action.sa_handler = on_crash;
    for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++)
        sigaction(crashes[i], &action, NULL);
}

bool screen_is_built(void)
{
    return true;
}

bool screen_check(char *why, size_t size)
{
    const char *terminal = getenv("TERM");
    struct winsize window = {.ws_row = 0};
    int error;

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        snprintf(why, size, "this needs a terminal; --dump=80x24 prints one frame");
        return false;
    }
    if (setupterm(NULL, STDOUT_FILENO, &error) != OK) {
        snprintf(why, size, "the terminal type TERM=%s is not known; try TERM=xterm",
                 terminal == NULL ? "" : terminal);
        return false;
    }
    const char *place_cursor = tigetstr("cup");
    bool can_place = place_cursor != NULL && place_cursor != (char *)-1;
    del_curterm(cur_term);
    if (!can_place) {
        snprintf(why, size,
                 "the terminal TERM=%s cannot place its cursor; try TERM=xterm",
                 terminal);
        return false;
    }
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_row > 0 &&
        (window.ws_row < VIEW_LEAST_ROWS || window.ws_col < VIEW_LEAST_COLUMNS)) {
        snprintf(why, size, "the terminal is %dx%d; this needs at least %dx%d",
                 window.ws_col, window.ws_row, VIEW_LEAST_COLUMNS, VIEW_LEAST_ROWS);
        return false;
    }
    return true;
}

static attr_t attributes_of(unsigned attributes)
{
    static const struct {
        unsigned ours;
        attr_t theirs;
    } known[] = {{LOOK_BOLD, A_BOLD},
                 {LOOK_DIM, A_DIM},
                 {LOOK_REVERSE, A_REVERSE},
                 {LOOK_UNDERLINE, A_UNDERLINE}};
    attr_t all = A_NORMAL;

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if ((attributes & known[i].ours) != 0)
            all |= known[i].theirs;
    return all;
}

/* Fills looks[]; false if the terminal has not the colours that are asked for. */
static bool choose_looks(const struct display *display, char *why, size_t size)
{
    const char *no_color = getenv("NO_COLOR");
    int colours = display_colours(display, tigetnum("colors"),
                                  no_color != NULL && no_color[0] != '\0', why, size);

    if (colours > 0) { /* else not: it would paint white on black */
        start_color();
        use_default_colors();
    }
    for (short style = 0; colours >= 0 && style < STYLES; style++) {
        struct look look = palette_look(display->palette, (enum style)style, colours);
        looks[style] = attributes_of(look.attributes);
        if (colours > 0 && (look.text != LOOK_OWN || look.ground != LOOK_OWN)) {
            init_pair((short)(style + 1), look.text, look.ground);
            looks[style] |= COLOR_PAIR(style + 1);
        }
    }
    return colours >= 0;
}

bool screen_open(const struct display *display, char *why, size_t size)
{
    if (!screen_check(why, size))
        return false;
    screen = newterm(NULL, stdout, stdin);
    if (screen == NULL) {
        snprintf(why, size, "the terminal cannot be opened");
        return false;
    }
    atexit(screen_close);
    catch_signals();
    cbreak();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    set_escdelay(25);
    if (display->mouse) {
        mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
        mouseinterval(0); /* a press is told at once, not once it is no double click */
    }
    if (choose_looks(display, why, size))
        return true;
    screen_close();
    return false;
}

void screen_close(void)
{
    if (screen == NULL)
        return;
    if (tigetstr("rmcup") == NULL) { /* the picture would stay: leave a clean page */
        erase();
        refresh();
    }
    endwin();
    delscreen(screen);
    screen = NULL;
}

int screen_signal_status(void)
{
    return asked_to_end == 0 ? 0 : 128 + asked_to_end;
}

void screen_size(int *rows, int *columns)
{
    getmaxyx(stdscr, *rows, *columns);
}

void screen_draw(const struct canvas *canvas, bool ascii, int cursor_row)
{
    erase();
    for (int row = 0; row < canvas->rows; row++) {
        for (int column = 0; column < canvas->columns; column++) {
            const struct cell *cell = &canvas->cells[row * canvas->columns + column];
            if (cell->width == 0)
                continue;
            attrset((int)looks[cell->style]);
            mvaddstr(row, column, cell_text(cell, ascii));
        }
    }
    move(cursor_row < canvas->rows ? cursor_row : 0, 0);
    refresh();
}

void screen_forget(void)
{
    clearok(stdscr, TRUE);
}

/* Whether nobody is at the other end any more. */
static bool is_gone(void)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};

    return poll(&input, 1, 0) > 0 &&
           (input.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

struct mouse screen_mouse(void)
{
    return mouse;
}

/* Keeps what the mouse did; KEY_NONE where it was nothing that is of use. */
static int take_mouse(void)
{
    static const struct {
        mmask_t state;
        enum mouse_act act;
    } acts[] = {{BUTTON1_PRESSED, MOUSE_PRESS},
                {BUTTON4_PRESSED, MOUSE_WHEEL_UP},
                {BUTTON5_PRESSED, MOUSE_WHEEL_DOWN}};
    MEVENT event;

    if (getmouse(&event) != OK)
        return KEY_NONE;
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        if ((event.bstate & acts[i].state) == 0)
            continue;
        mouse = (struct mouse){acts[i].act, event.y, event.x};
        return KEY_CODE_MOUSE;
    }
    return KEY_NONE;
}

/* The viewer's own number of a key that the library reports. */
static int translate(int code)
{
    static const struct {
        int theirs, ours;
    } codes[] = {{KEY_UP, KEY_CODE_UP},          {KEY_DOWN, KEY_CODE_DOWN},
                 {KEY_LEFT, KEY_CODE_LEFT},      {KEY_RIGHT, KEY_CODE_RIGHT},
                 {KEY_PPAGE, KEY_CODE_PAGE_UP},  {KEY_NPAGE, KEY_CODE_PAGE_DOWN},
                 {KEY_HOME, KEY_CODE_HOME},      {KEY_END, KEY_CODE_END},
                 {KEY_ENTER, KEY_CODE_ENTER},    {KEY_BACKSPACE, KEY_CODE_BACKSPACE},
                 {127, KEY_CODE_BACKSPACE},      {8, KEY_CODE_BACKSPACE},
                 {KEY_RESIZE, KEY_CODE_RESIZED}, {'\r', KEY_CODE_ENTER},
                 {'\n', KEY_CODE_ENTER}};

    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (code == codes[i].theirs)
            return codes[i].ours;
    return code;
}

/* Stopped by whom and however long: the terminal may have any modes and any size. */
static void take_back(void)
{
    continued = false;
    endwin();
    refresh(); /* the modes, the keys and the mouse, and the whole picture */
}

int screen_key(int timeout_ms)
{
    if (asked_to_end)
        return KEY_CODE_CLOSED;
    timeout(timeout_ms);
    int code = getch();
    if (asked_to_end || (code == ERR && is_gone()))
        return KEY_CODE_CLOSED;
    if (continued) {
        take_back();
        return KEY_CODE_RESIZED;
    }
    if (code == ERR)
        return KEY_NONE;
    return code == KEY_MOUSE ? take_mouse() : translate(code);
}

/* session.c - one recording on the screen, with the keys; see session.h. */

#include "session.h"
#include "how_ended.h"
#include "keys.h"
#include "recording.h"
#include "screen.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FRAME_MS = 33, IDLE_MS = 1000, HELP_BYTES = 8192 };

struct session {
    struct playback *playback;
    const struct session_setup *setup;
    struct canvas canvas;
    struct scene scene;
    char status[128];
    char notice[256]; /* shown in place of the hints until the next key */
    char entry[32];   /* what is typed after ":" */
    bool entering;
    const char *page; /* an open page's text, or NULL */
    const char *page_title;
    int page_first, page_lines;
    char help[HELP_BYTES];
    bool dirty; /* the picture is out of date */
    bool left;  /* the user leaves, in this way: */
    enum session_end end;
};

static uint64_t clock_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static bool at_end(const struct playback *playback)
{
    return !playback->reader.live && playback->model.step == playback->reader.steps;
}

static void add_status(struct text_buffer *buffer, const struct playback *playback)
{
    uint64_t more = playback->history.model.step - playback->model.step;
    bool paused = playback->mode == PLAY_PAUSED;

    if (at_end(playback))
        how_ended_add(buffer, &playback->reader);
    else if (playback->reader.live && paused)
        text_add(buffer, "VIEW PAUSED, program runs on: +%" PRIu64, more);
    else if (paused)
        text_add(buffer, "PAUSED");
    else if (playback->mode == PLAY_FOLLOW)
        text_add(buffer, "LIVE");
    else if (playback->speed >= 0)
        text_add(buffer, "PLAYING %dx", 1 << playback->speed);
    else
        text_add(buffer, "PLAYING 1/%dx", 1 << -playback->speed);
    if (playback->reader.torn > 0)
        text_add(buffer, "  %" PRIu64 " LOST", playback->reader.torn);
    if (!playback->reader.live && playback->reader.lost + playback->reader.cut > 0)
        text_add(buffer, "  last %" PRIu64 " MISSING",
                 playback->reader.lost + playback->reader.cut);
}

void session_scene(struct scene *scene, const struct playback *playback, char *status,
                   size_t size)
{
    struct text_buffer words = {status, size, 0};

    status[0] = '\0';
    add_status(&words, playback);
    scene->reader = &playback->reader;
    scene->model = &playback->model;
    scene->history = &playback->history;
    scene->now_ns = playback->now_ns;
    scene->status = status;
    scene->alarm = at_end(playback) && !how_ended_well(&playback->reader);
    if (scene->chosen >= scene->model->thread_count)
        scene->chosen = 0;
    view_name_threads(scene);
}

static const char *hint(const struct session *session)
{
    if (session->notice[0] != '\0')
        return session->notice;
    if (!at_end(session->playback))
        return "space pause/play  . , step  > < change  g G ends  z zoom  ? help  q "
               "quit";
    return session->setup->can_run
               ? "g start  , back  space plays  ( slower  r again  v variant  d "
                 "differs  ?  q"
               : "g start  , back  space plays  ( slower  d differs  ? help  q quit";
}

static void draw(struct session *session)
{
    int rows, columns, cursor = 0;
    char prompt[80];

    screen_size(&rows, &columns);
    canvas_reset(&session->canvas, rows, columns);
    session_scene(&session->scene, session->playback, session->status,
                  sizeof session->status);
    snprintf(prompt, sizeof prompt, "go to step (141) or time (2.06s): %s_",
             session->entry);
    session->scene.hint = session->entering ? prompt : hint(session);
    if (rows < VIEW_LEAST_ROWS || columns < VIEW_LEAST_COLUMNS)
        view_too_small(&session->canvas);
    else if (session->page != NULL)
        session->page_lines =
            view_page(&session->canvas, session->page_title, text_of(session->page),
                      session->page_first, "up down  scroll    Esc q  back to the run");
    else {
        view_run(&session->canvas, &session->scene);
        cursor = session->scene.large ? 0 : 3 + (int)session->scene.chosen;
    }
    screen_draw(&session->canvas, session->setup->ascii, cursor);
    session->dirty = false;
}

static void open_page(struct session *session, const char *title, const char *page)
{
    session->page_title = title;
    session->page = page;
    session->page_first = 0;
}

static void save(struct session *session)
{
    char name[PATH_MAX], why[256];
    struct text program = reader_text(&session->playback->reader,
                                      session->playback->reader.layout.program);
    struct text_buffer words = {session->notice, sizeof session->notice, 0};
    size_t length = 0;

    for (size_t i = 0; i < program.length && length < 100; i++)
        name[length++] = program.bytes[i] == '/' ? '-' : program.bytes[i];
    snprintf(name + length, sizeof name - length, "-%" PRIu64 ".trace",
             session->playback->reader.layout.seed);
    if (recording_keep(session->setup->trace, name, why, sizeof why))
        text_add(&words, "saved as %s: viz replay %s", name, name);
    else
        text_add(&words, "not saved as %s: %s", name, why);
}

/* "141" is a step, "2.06s" or "2.06" a time. */
static void go_to_entry(struct session *session)
{
    char *end;
    double number = strtod(session->entry, &end);

    session->entering = false;
    if (end == session->entry || number < 0 ||
        (*end != '\0' && strcmp(end, "s") != 0)) {
        snprintf(session->notice, sizeof session->notice,
                 "'%s' is no step such as 141 and no time such as 2.06s",
                 session->entry);
        return;
    }
    if (*end == 's' || strchr(session->entry, '.') != NULL)
        playback_seek_time(session->playback, (uint64_t)(number * 1e9));
    else
        playback_seek(session->playback, (uint64_t)number);
}

static void type_entry(struct session *session, int key)
{
    size_t length = strlen(session->entry);

    if (key == KEY_CODE_ENTER)
        go_to_entry(session);
    else if (key_command(key) == COMMAND_CANCEL)
        session->entering = false;
    else if (key == KEY_CODE_BACKSPACE && length > 0)
        session->entry[length - 1] = '\0';
    else if (key > ' ' && key < 127 && length + 1 < sizeof session->entry)
        session->entry[length] = (char)key, session->entry[length + 1] = '\0';
}

static void scroll_page(struct session *session, int key)
{
    enum command command = key_command(key);
    int page = session->canvas.rows - 2;
    int last = session->page_lines > page ? session->page_lines - page : 0;

    if (command == COMMAND_CANCEL || command == COMMAND_QUIT ||
        command == COMMAND_HELP || command == COMMAND_DIFFERS) {
        session->page = NULL;
        return;
    }
    if (command == COMMAND_DOWN)
        session->page_first++;
    else if (command == COMMAND_UP)
        session->page_first--;
    else if (key == KEY_CODE_PAGE_DOWN || key == ' ')
        session->page_first += page;
    else if (key == KEY_CODE_PAGE_UP)
        session->page_first -= page;
    if (session->page_first > last)
        session->page_first = last;
    if (session->page_first < 0)
        session->page_first = 0;
}

static void choose_thread(struct session *session, int direction)
{
    unsigned count = session->scene.model->thread_count;

    if (direction < 0 && session->scene.chosen > 0)
        session->scene.chosen--;
    if (direction > 0 && session->scene.chosen + 1 < count)
        session->scene.chosen++;
}

/* The time a cell, one zoom step of 1, 2, 5, 10 away; from the fitted scale at first.
 */
static void zoom(struct session *session, int direction)
{
    static const unsigned steps[] = {1, 2, 5};
    uint64_t wide = session->scene.cell_ns;
    uint64_t cells = (uint64_t)(session->canvas.columns -
                                view_timeline_column(session->canvas.columns) - 2);

    if (wide == 0)
        wide = session->playback->now_ns / (cells > 0 ? cells : 1) + 1;
    uint64_t below = 1000, above = 1000;
    for (uint64_t unit = 1000; unit <= 100000000000; unit *= 10) {
        for (int i = 0; i < 3; i++) {
            if (unit * steps[i] < wide)
                below = unit * steps[i];
            if (above <= wide)
                above = unit * steps[i];
        }
    }
    session->scene.cell_ns = direction > 0 ? above : below;
}

static void leave(struct session *session, enum session_end end)
{
    session->left = true;
    session->end = end;
}

/* What may only be asked for once the program has ended. */
static void leave_if_over(struct session *session, enum session_end end)
{
    if (!session->setup->can_run)
        snprintf(session->notice, sizeof session->notice,
                 "this is a recording: viz run LESSON runs a program");
    else if (session->playback->reader.live)
        snprintf(session->notice, sizeof session->notice,
                 "the program still runs; q ends it");
    else
        leave(session, end);
}

static void show_differences(struct session *session)
{
    if (session->setup->differs != NULL)
        open_page(session, "LINES THAT DIFFER   - lesson.c   + this program",
                  session->setup->differs);
    else
        snprintf(session->notice, sizeof session->notice,
                 "nothing differs: this is the lesson itself; v runs its variants");
}

static void show_help(struct session *session)
{
    struct text_buffer buffer = {session->help, sizeof session->help, 0};

    view_add_help(&buffer);
    open_page(session, "HELP", session->help);
}

static void pause_or_play(struct session *session)
{
    struct playback *playback = session->playback;

    if (playback->mode != PLAY_PAUSED && !at_end(playback)) {
        playback->mode = PLAY_PAUSED;
        return;
    }
    if (at_end(playback))
        playback_seek(playback, 1);
    playback_play(playback, clock_ns());
}

static void do_move(struct session *session, enum command command)
{
    struct playback *playback = session->playback;

    switch (command) {
    case COMMAND_PAUSE:
        pause_or_play(session);
        break;
    case COMMAND_STEP:
        playback_step(playback, 1);
        break;
    case COMMAND_STEP_BACK:
        playback_step(playback, -1);
        break;
    case COMMAND_CHANGE:
        playback_change(playback, 1);
        break;
    case COMMAND_CHANGE_BACK:
        playback_change(playback, -1);
        break;
    case COMMAND_START:
        playback_seek(playback, 1);
        break;
    case COMMAND_END:
        playback_seek(playback, UINT64_MAX);
        break;
    case COMMAND_FOLLOW:
        playback->mode = PLAY_FOLLOW;
        break;
    case COMMAND_SLOWER:
        playback_set_speed(playback, playback->speed - 1, clock_ns());
        break;
    case COMMAND_FASTER:
        playback_set_speed(playback, playback->speed + 1, clock_ns());
        break;
    default:
        break;
    }
}

static void do_command(struct session *session, enum command command)
{
    struct scene *scene = &session->scene;

    switch (command) {
    case COMMAND_GO_TO:
        session->entering = true;
        session->entry[0] = '\0';
        break;
    case COMMAND_UP:
        choose_thread(session, -1);
        break;
    case COMMAND_DOWN:
        choose_thread(session, 1);
        break;
    case COMMAND_ZOOM_IN:
        zoom(session, -1);
        break;
    case COMMAND_ZOOM_OUT:
        zoom(session, 1);
        break;
    case COMMAND_ZOOM_PANE:
        scene->large = !scene->large;
        break;
    case COMMAND_NEXT_PANE:
        scene->pane = (scene->pane + 1) % PANES;
        break;
    case COMMAND_AGAIN:
        leave_if_over(session, SESSION_AGAIN);
        break;
    case COMMAND_VARIANT:
        leave_if_over(session, SESSION_VARIANT);
        break;
    case COMMAND_DIFFERS:
        show_differences(session);
        break;
    case COMMAND_SAVE:
        save(session);
        break;
    case COMMAND_HELP:
        show_help(session);
        break;
    case COMMAND_REDRAW:
        screen_forget();
        break;
    case COMMAND_QUIT:
        leave(session, SESSION_QUIT);
        break;
    default:
        do_move(session, command);
        break;
    }
}

static void handle_key(struct session *session, int key)
{
    session->dirty = true;
    session->notice[0] = '\0';
    if (key == KEY_CODE_CLOSED)
        leave(session, SESSION_CLOSED);
    else if (key == KEY_CODE_RESIZED)
        screen_forget();
    else if (session->entering)
        type_entry(session, key);
    else if (session->page != NULL)
        scroll_page(session, key);
    else if (key_command(key) != COMMAND_NONE)
        do_command(session, key_command(key));
    else if (key > ' ' && key < 127) {
        for (unsigned i = 0; i < session->scene.model->thread_count && i < VIEW_THREADS;
             i++)
            if (session->scene.keys[i] == key)
                session->scene.chosen = i;
    }
}

enum session_end session_run(struct playback *playback,
                             const struct session_setup *setup)
{
    struct session *session = calloc(1, sizeof *session);
    uint64_t drawn_ns = 0;

    if (session == NULL)
        return SESSION_CLOSED;
    session->playback = playback;
    session->setup = setup;
    session->dirty = true;
    while (!session->left) {
        uint64_t now = clock_ns();
        bool moving = playback_is_moving(playback);
        if (setup->tend != NULL)
            setup->tend(setup->context);
        session->dirty |= playback_update(playback, now);
        if (setup->from_start && drawn_ns == 0) {
            playback_seek(playback, 1);
            playback_play(playback, now);
        }
        /* a live run's naps count down, though nothing happens */
        if (session->dirty ||
            (moving && playback->mode == PLAY_FOLLOW && now - drawn_ns >= 100000000)) {
            draw(session);
            drawn_ns = now;
        }
        int key = screen_key(moving ? FRAME_MS : IDLE_MS);
        while (key != KEY_NONE && !session->left) {
            handle_key(session, key);
            key = screen_key(0);
        }
    }
    enum session_end end = session->end;
    canvas_free(&session->canvas);
    free(session);
    return end;
}

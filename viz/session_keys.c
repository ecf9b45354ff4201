/* session_keys.c - what each key does in a session; see session_state.h. */
#include "keys.h"
#include "recording.h"
#include "screen.h"
#include "session_state.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static void open_page(struct session *session, const char *title, const char *page)
{
    session->page_title = title;
    session->page = page;
    session->page_first = 0;
}

static void save(struct session *session)
{
    char name[PATH_MAX], why[256], open_file[64];
    struct text program = reader_text(&session->playback->reader,
                                      session->playback->reader.layout.program);
    struct text_buffer words = {session->notice, sizeof session->notice, 0};
    size_t length = 0;

    for (size_t i = 0; i < program.length && length < 100; i++)
        name[length++] = program.bytes[i] == '/' ? '-' : program.bytes[i];
    snprintf(name + length, sizeof name - length, "-%" PRIu64 ".trace",
             session->playback->reader.layout.seed);
    /* the file itself, which may have lost its name to newer runs */
    snprintf(open_file, sizeof open_file, "/proc/self/fd/%d",
             session->playback->reader.descriptor);
    if (recording_keep(open_file, name, why, sizeof why))
        text_add(&words, "saved as %s", name);
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
    struct scene *scene = &session->scene;

    if (scene->large && (scene->pane == PANE_SOURCE || scene->pane == PANE_OUTPUT)) {
        scene->scroll -= direction;
        if (scene->pane == PANE_OUTPUT && scene->scroll < 0)
            scene->scroll = 0;
        return;
    }
    scene->chosen = view_thread_beside(scene, scene->chosen, direction);
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

    if (playback->mode != PLAY_PAUSED && !playback_at_end(playback)) {
        playback->mode = PLAY_PAUSED;
        return;
    }
    if (playback_at_end(playback))
        playback_seek(playback, 1);
    playback_play(playback, session_clock());
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
        playback_set_speed(playback, playback->speed - 1, session_clock());
        break;
    case COMMAND_FASTER:
        playback_set_speed(playback, playback->speed + 1, session_clock());
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
        scene->scroll = 0;
        break;
    case COMMAND_NEXT_PANE:
        scene->pane = (scene->pane + 1) % PANES;
        scene->scroll = 0;
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

void session_obey(struct session *session, int key)
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
    else if (key == KEY_CODE_PAGE_UP || key == KEY_CODE_PAGE_DOWN)
        session->scene.scroll += key == KEY_CODE_PAGE_UP ? session->canvas.rows - 4
                                                         : 4 - session->canvas.rows;
    else if (key_command(key) != COMMAND_NONE)
        do_command(session, key_command(key));
    else if (key > ' ' && key < 127) {
        for (unsigned i = 0; i < session->scene.model->thread_count && i < VIEW_THREADS;
             i++)
            if (session->scene.keys[i] == key)
                session->scene.chosen = i;
    }
}

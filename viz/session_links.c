/* session_links.c - the pages of a session whose lines lead somewhere: details, what
   frees a thread, findings. */
#include "keys.h"
#include "session_state.h"

#include <inttypes.h>

/* A page is read while the view stands still. */
static void pause_for_page(struct session *session)
{
    struct playback *playback = session->playback;

    if (playback->mode == PLAY_PAUSED)
        return;
    if (!playback_at_end(playback) || playback->reader.live)
        snprintf(session->notice, sizeof session->notice,
                 "the view is paused for this page: space closes it and plays on");
    playback->mode = PLAY_PAUSED;
}

/* Of a run that is over the last step is no place to play on from. */
static void play_on(struct session *session)
{
    bool at_end = playback_at_end(session->playback);

    if (at_end && !session->playback->reader.live) {
        snprintf(session->notice, sizeof session->notice,
                 "this is the last step: Esc closes the page");
        return;
    }
    session->depth = 0;
    if (at_end)
        session_follow(session);
    else
        session_pause_or_play(session);
}

void session_open_link(struct session *session, struct link link)
{
    if (session->depth == SESSION_DEEPEST)
        return;
    pause_for_page(session);
    session->opened[session->depth] = link;
    session->places[session->depth++] = (struct page_place){0, 0};
    session->links_stale = true;
}

/* What is chosen in the chosen pane. */
void session_show_details(struct session *session)
{
    const struct scene *scene = &session->scene;
    const struct model_object *object = view_chosen_object(scene);

    if (scene->pane == PANE_QUEUES && object != NULL)
        session_open_link(session,
                          (struct link){LINK_OBJECT, object->process, object->number});
    else if (scene->pane == PANE_EVENTS)
        session_open_link(session, (struct link){LINK_EVENT, 0, scene->model->step});
    else
        session_open_link(session, (struct link){LINK_THREAD, 0, scene->chosen});
}

void session_show_freeing(struct session *session)
{
    session_open_link(session, (struct link){LINK_FREES, 0, session->scene.chosen});
}

void session_show_findings(struct session *session)
{
    session_open_link(session, (struct link){.kind = LINK_FINDINGS});
}

/* Scrolls so that the chosen line is to be seen. */
static void keep_in_sight(struct session *session, struct page_place *place)
{
    int row = view_links_row(&session->links, place->chosen, session->canvas.columns);
    int next =
        view_links_row(&session->links, place->chosen + 1, session->canvas.columns);
    int room = session->canvas.rows - 2;

    if (next > place->first + room)
        place->first = next - room;
    if (row < place->first)
        place->first = row;
}

static bool is_fresh(const struct session *session)
{
    const struct playback *playback = session->playback;

    return !session->links_stale &&
           (playback->reader.live || session->links_step == playback->model.step);
}

void session_fill_links(struct session *session)
{
    struct inquiry inquiry = {session->playback, &session->stats, &session->findings,
                              session->shows_later};

    if (session->depth == 0 || is_fresh(session))
        return;
    struct page_place *place = &session->places[session->depth - 1];
    session_count(session); /* of a live run, what is new is counted at once */
    details_fill(&session->links, &inquiry, session->opened[session->depth - 1]);
    session->links_stale = session->links_old = false;
    session->filled_clock = session_clock();
    session->links_step = session->playback->model.step;
    size_t chosen = page_next_link(&session->links, place->chosen, 1);
    if (chosen == session->links.count) /* the lines have become fewer */
        chosen = page_next_link(&session->links, session->links.count - 1, -1);
    place->chosen = chosen < session->links.count ? chosen : 0;
    keep_in_sight(session, place);
}

/* Goes to the step, and to the thread that is meant or to who acted, so that the source
   shows its line. */
static void jump(struct session *session, struct link link)
{
    uint64_t step = link.number;
    uint64_t before = session->playback->model.step;
    const struct reader *reader = &session->playback->reader;

    session->depth = 0;
    playback_seek(session->playback, step);
    uint32_t number =
        link.process != 0 ? link.process : reader_event(reader, step)->thread;
    int thread = model_thread_of(&session->playback->model, number);
    if (thread >= 0)
        session->scene.chosen = (unsigned)thread;
    snprintf(session->notice, sizeof session->notice,
             "step %" PRIu64 "   ' goes back to step %" PRIu64, step, before);
    session->came_from = before;
}

static void follow(struct session *session)
{
    const struct page_place *place = &session->places[session->depth - 1];
    struct link link = {.kind = LINK_NONE};

    if (place->chosen < session->links.count)
        link = session->links.lines[place->chosen].link;
    if (link.kind == LINK_STEP)
        jump(session, link);
    else if (link.kind != LINK_NONE)
        session_open_link(session, link);
    else
        session->depth--;
}

static void scroll(struct session *session, int rows)
{
    struct page_place *place = &session->places[session->depth - 1];
    int room = session->canvas.rows - 2;
    int most =
        view_links_row(&session->links, session->links.count, session->canvas.columns) -
        room;

    place->first += rows;
    if (place->first > most)
        place->first = most;
    if (place->first < 0)
        place->first = 0;
}

/* To the next line that leads somewhere; where there is none, the page scrolls. */
static void choose(struct session *session, int direction)
{
    struct page_place *place = &session->places[session->depth - 1];
    size_t next =
        page_next_link(&session->links, place->chosen + (size_t)direction, direction);

    if (next >= session->links.count) {
        scroll(session, direction);
        return;
    }
    place->chosen = next;
    keep_in_sight(session, place);
}

static void go_to_end(struct session *session, bool last)
{
    struct page_place *place = &session->places[session->depth - 1];

    place->chosen = last ? page_next_link(&session->links, session->links.count - 1, -1)
                         : page_next_link(&session->links, 0, 1);
    keep_in_sight(session, place);
}

void session_press_link(struct session *session, int row)
{
    struct page_place *place = &session->places[session->depth - 1];
    size_t line = 0;

    row += place->first - 1; /* of the page */
    while (line < session->links.count &&
           view_links_row(&session->links, line + 1, session->canvas.columns) <= row)
        line++;
    if (line >= session->links.count ||
        session->links.lines[line].link.kind == LINK_NONE)
        return;
    if (line == place->chosen) /* the second press */
        follow(session);
    else
        place->chosen = line;
}

void session_obey_links(struct session *session, int key)
{
    enum command command = key_command(key);

    if (command == COMMAND_QUIT)
        session->depth = 0;
    else if (command == COMMAND_CANCEL || command == COMMAND_STEP_BACK ||
             key == KEY_CODE_BACKSPACE)
        session->depth--;
    else if (command == COMMAND_UP || command == COMMAND_DOWN)
        choose(session, command == COMMAND_UP ? -1 : 1);
    else if (command == COMMAND_DETAILS || command == COMMAND_STEP)
        follow(session);
    else if (command == COMMAND_START || command == COMMAND_END)
        go_to_end(session, command == COMMAND_END);
    else if (command == COMMAND_FREES &&
             session->opened[session->depth - 1].kind == LINK_THREAD)
        session_open_link(
            session,
            (struct link){LINK_FREES, 0, session->opened[session->depth - 1].number});
    else if (command == COMMAND_PAUSE)
        play_on(session);
    else if (command == COMMAND_SHOW_END)
        session->shows_later = !session->shows_later;
    else if (key == KEY_CODE_PAGE_DOWN)
        scroll(session, session->canvas.rows - 2);
    else if (key == KEY_CODE_PAGE_UP)
        scroll(session, 2 - session->canvas.rows);
    session->links_stale = true;
}

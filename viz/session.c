/* session.c - one recording on the screen, with the keys; see session.h. */

#include "hints.h"
#include "screen.h"
#include "session_state.h"
#include "view_layout.h"
#include "view_tour.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    FRAME_MS = 30,
    PROGRESS_MS =
        100, /* between pictures of what changes by itself, though no step came */
    IDLE_MS = 1000,
};

uint64_t session_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static enum hint_state hint_state(const struct session *session)
{
    if (session->depth > 0)
        return HINT_PAGE;
    if (session->page != NULL)
        return HINT_TEXT;
    if (playback_at_end(session->playback))
        return session->setup->can_run ? HINT_CAN_RUN : HINT_ENDED;
    return session->playback->mode == PLAY_PAUSED ? HINT_STANDS : HINT_MOVES;
}

/* What the last row says: a question, how far a search is, an answer, or the hints. */
static void add_last_row(struct session *session, struct text_buffer *buffer)
{
    int room = session->canvas.columns - 2;

    if (session->prompt != PROMPT_NONE)
        session_add_prompt(session, buffer, room);
    else if (session->search.runs)
        session_add_progress(session, buffer);
    else if (session->notice[0] != '\0')
        text_add(buffer, "%s", session->notice);
    else
        hints_add(buffer, hint_state(session) | hints_gone(&session->scene),
                  session->scene.pane, room);
}

/* Where time has left what a report tells of, its pane is gone. */
static void leave_missing_pane(struct session *session)
{
    struct scene *scene = &session->scene;

    if (scene->pane != PANE_REPORT ||
        view_report_rows(scene, session->canvas.columns) > 0)
        return;
    scene->pane = PANE_THREADS;
    scene->large = false;
}

/* Returns the row of the chosen line. */
static int draw_links(struct session *session, const char *hints)
{
    struct page_place place;

    session_fill_links(session);
    place = session->places[session->depth - 1];
    view_links(&session->canvas, &session->links, place, hints);
    return 1 + view_links_row(&session->links, place.chosen, session->canvas.columns) -
           place.first;
}

static void draw(struct session *session)
{
    int rows, columns, cursor = 0;
    char line[512] = "";
    struct text_buffer words = {line, sizeof line, 0};

    screen_size(&rows, &columns);
    canvas_reset(&session->canvas, rows, columns);
    session_settle(session, session_clock());
    scene_fill(&session->scene, session->playback, session->status,
               sizeof session->status);
    leave_missing_pane(session);
    session->looking = session_fill_events(session, rows);
    add_last_row(session, &words);
    session->scene.hint = line;
    if (rows < VIEW_LEAST_ROWS || columns < VIEW_LEAST_COLUMNS)
        view_too_small(&session->canvas);
    else if (session->depth > 0)
        cursor = draw_links(session, line);
    else if (session->page != NULL) {
        session->page_lines =
            view_page(&session->canvas, session->page_title, text_of(session->page),
                      session->page_first, line);
        cursor = 1; /* the first line of the text */
    } else {
        view_run(&session->canvas, &session->scene);
        if (session->tour > 0)
            view_tour(&session->canvas, &session->scene, session->tour);
        cursor = session->prompt != PROMPT_NONE
                     ? rows - 1
                     : view_cursor_row(&session->scene, rows, columns);
    }
    screen_draw(&session->canvas, session->setup->ascii, cursor);
    session->dirty = false;
}

/* The place where the session begins. */
static void start(struct session *session, uint64_t now)
{
    struct playback *playback = session->playback;
    uint64_t at = session->setup->at;

    if (at > 0) {
        playback_seek(playback, at);
    } else if (session->setup->from_start) {
        playback_seek(playback, 1);
        playback_play(playback, now);
    }
}

/* Goes on with what takes long; true if there is more to do, or to draw. */
static bool go_on(struct session *session)
{
    session_search_on(session);
    session_count(session);
    if (session->looking) {
        session->looking = session_fill_events(session, session->canvas.rows);
        session->dirty |= !session->looking;
    }
    return session->search.runs || session->looking || session_is_counting(session);
}

/* Whether to draw now: what a key did is shown at once, all else 33 times a second. */
static bool is_due(const struct session *session, bool asked, uint64_t since_ns)
{
    const struct playback *playback = session->playback;
    uint64_t since_ms = since_ns / 1000000 + 1; /* waiting ends a little early */

    if (session->dirty)
        return asked || since_ms >= FRAME_MS;
    /* a live run's naps count down, though nothing happens */
    bool counts = playback->reader.live && playback->mode == PLAY_FOLLOW;
    return (counts || session->looking || session->search.runs) &&
           since_ms >= PROGRESS_MS;
}

/* How long to wait for a key, in milliseconds, in a round that began at that time. */
static int patience(struct session *session, uint64_t began_ns)
{
    if (go_on(session) || !playback_is_complete(session->playback))
        return 0;
    if (!session->dirty && !playback_is_moving(session->playback))
        return IDLE_MS;
    uint64_t passed_ms = (session_clock() - began_ns) / 1000000;
    return passed_ms < FRAME_MS ? FRAME_MS - (int)passed_ms : 1;
}

/* Obeys the keys that have come, waiting for the first of them; true if there was one.
 */
static bool obey_keys(struct session *session, int wait_ms)
{
    int key = screen_key(wait_ms);
    bool asked = key != KEY_NONE;

    while (key != KEY_NONE && !session->left) {
        session_obey(session, key);
        session_search_on(session); /* near hits are there before the next key */
        key = screen_key(0);
    }
    return asked;
}

enum session_end session_run(struct playback *playback,
                             const struct session_setup *setup)
{
    struct session *session = calloc(1, sizeof *session);
    uint64_t drawn_ns = 0;
    bool asked = true;

    if (session == NULL)
        return SESSION_CLOSED;
    session->playback = playback;
    session->setup = setup;
    if (setup->notice != NULL)
        snprintf(session->notice, sizeof session->notice, "%s", setup->notice);
    session->dirty = true;
    session->tour = setup->tour;
    while (!session->left) {
        uint64_t now = session_clock();
        if (setup->tend != NULL)
            setup->tend(setup->context);
        session->dirty |= playback_update(playback, now);
        if (drawn_ns == 0)
            start(session, now);
        if (is_due(session, asked, now - drawn_ns)) {
            draw(session);
            drawn_ns = now;
            asked = false;
        }
        asked |= obey_keys(session, patience(session, now));
    }
    enum session_end end = session->end;
    event_log_free(&session->log);
    search_free(&session->search);
    page_free(&session->links);
    stats_free(&session->stats);
    findings_free(&session->findings);
    canvas_free(&session->canvas);
    free(session);
    return end;
}

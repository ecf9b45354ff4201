/* compare_session.c - two runs on the screen, with the keys; see compare_session.h. */
#include "compare_session.h"
#include "compare_session_state.h"
#include "hints.h"
#include "screen.h"
#include "view_compare.h"

#include <stdlib.h>

enum { FRAME_MS = 33, PROGRESS_MS = 100, IDLE_MS = 1000 };

static unsigned hint_states(const struct compare_session *session)
{
    const struct compare_stage *stage = &session->stage;
    unsigned why = compare_stage_tells_why(stage) ? HINT_WHY : 0;

    if (stage->comparison.large_table)
        return HINT_TABLE;
    if (duet_at_end(&stage->duet))
        return why | (session->setup->can_run ? HINT_CAN_RUN : HINT_ENDED);
    return why | (stage->duet.mode == PLAY_PAUSED ? HINT_STANDS : HINT_MOVES);
}

/* What is typed, what was told, or which keys help. */
static void add_last_row(struct text_buffer *buffer,
                         const struct compare_session *session, int columns)
{
    bool on_clock = session->stage.duet.pace == DUET_ONE_CLOCK;

    if (session->entering)
        text_add(buffer, "%s%s_",
                 columns < 80 ? "go to (2.06s, 141, 50%): "
                 : on_clock
                     ? "go to a time (2.06s), step (141) or part of the time (50%): "
                     : "go to a time (2.06s), step (141) or part of the steps (50%): ",
                 session->entry);
    else if (session->notice[0] != '\0')
        text_add(buffer, "%s", session->notice);
    else
        hints_add_compare(buffer, hint_states(session), columns - 2);
}

/* The open page; where there is room, the lines that differ stand side by side. */
static void draw_page(struct compare_session *session)
{
    static const char back[] = "Esc q back   up down scroll";
    struct canvas *canvas = &session->canvas;
    int last = canvas->rows - 1;

    if (session->page != session->stage.differs ||
        canvas->columns < VIEW_COMPARE_WIDE) {
        session->page_lines =
            view_page(canvas, session->page_title, text_of(session->page),
                      session->page_first, back);
        return;
    }
    session->page_lines = view_compare_lines(canvas, &session->stage.comparison,
                                             (struct area){0, 0, last, canvas->columns},
                                             session->page_first);
    canvas_fill(canvas, last, 0, canvas->columns, STYLE_BAR, " ");
    canvas_put(canvas, last, 1, canvas->columns - 2, STYLE_BAR, text_of(back));
}

static void draw(struct compare_session *session)
{
    struct compare_stage *stage = &session->stage;
    int rows, columns, cursor = 0;
    char words[256] = "";
    struct text_buffer last_row = {words, sizeof words, 0};

    screen_size(&rows, &columns);
    canvas_reset(&session->canvas, rows, columns);
    compare_stage_fill(stage, columns);
    if (session->nothing_told && compare_stage_tells_why(stage))
        session->notice[0] = '\0';
    add_last_row(&last_row, session, columns);
    stage->comparison.hint = words;
    if (rows < VIEW_LEAST_ROWS || columns < VIEW_LEAST_COLUMNS)
        view_too_small(&session->canvas);
    else if (session->page != NULL) {
        draw_page(session);
        cursor = 1; /* the first line of the text */
    } else {
        view_compare(&session->canvas, &stage->comparison);
        cursor = session->entering
                     ? rows - 1
                     : view_compare_cursor_row(&stage->comparison, rows, columns);
    }
    screen_draw(&session->canvas, session->setup->ascii, cursor);
    session->dirty = false;
}

/* Whether to draw now: what a key did is shown at once, all else 30 times a second. */
static bool is_due(const struct compare_session *session, bool asked, uint64_t since_ns)
{
    const struct duet *duet = &session->stage.duet;
    uint64_t since_ms = since_ns / 1000000 + 1; /* waiting ends a little early */

    if (session->dirty)
        return asked || since_ms >= FRAME_MS;
    /* live runs' naps count down, though nothing happens */
    return duet_is_live(duet) && duet->mode == PLAY_FOLLOW && since_ms >= PROGRESS_MS;
}

/* How long to wait for a key, in milliseconds, in a round that began at that time. */
static int patience(const struct compare_session *session, uint64_t began_ns)
{
    if (!compare_stage_is_complete(&session->stage))
        return 0;
    if (!session->dirty && !duet_is_moving(&session->stage.duet))
        return IDLE_MS;
    uint64_t passed_ms = (session_clock() - began_ns) / 1000000;
    return passed_ms < FRAME_MS ? FRAME_MS - (int)passed_ms : 1;
}

/* Obeys the keys that have come, waiting for the first of them; true if there was one.
 */
static bool obey_keys(struct compare_session *session, int wait_ms)
{
    int key = screen_key(wait_ms);
    bool asked = key != KEY_NONE;

    while (key != KEY_NONE && !session->left) {
        compare_session_obey(session, key);
        key = screen_key(0);
    }
    return asked;
}

/* One round: what is new, the picture, a key. */
static void go_round(struct compare_session *session, uint64_t *drawn_ns, bool *asked)
{
    struct duet *duet = &session->stage.duet;
    uint64_t now = session_clock();

    if (session->setup->tend != NULL)
        session->setup->tend(session->setup->context);
    session->dirty |= compare_stage_update(&session->stage, now);
    if (*drawn_ns == 0 && session->setup->from_start) {
        duet_go_to_start(duet);
        duet_play(duet, now);
    }
    if (is_due(session, *asked, now - *drawn_ns)) {
        draw(session);
        *drawn_ns = now;
        *asked = false;
    }
    *asked |= obey_keys(session, patience(session, now));
}

enum session_end compare_session_run(struct playback *a, struct playback *b,
                                     const struct compare_setup *setup)
{
    struct compare_session *session = calloc(1, sizeof *session);
    uint64_t drawn_ns = 0;
    bool asked = true;

    if (session == NULL)
        return SESSION_CLOSED;
    compare_stage_open(&session->stage, a, b);
    session->setup = setup;
    session->dirty = true;
    while (!session->left)
        go_round(session, &drawn_ns, &asked);
    enum session_end end = session->end;
    compare_stage_close(&session->stage);
    canvas_free(&session->canvas);
    free(session);
    return end;
}

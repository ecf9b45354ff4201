/* compare_session_keys.c - what each key does in a comparison; see
   compare_session_state.h. */
#include "compare_session_state.h"
#include "keys.h"
#include "screen.h"
#include "view_compare.h"

#include <inttypes.h>
#include <stdio.h>

static void notify(struct compare_session *session, const char *notice)
{
    snprintf(session->notice, sizeof session->notice, "%s", notice);
}

typedef void action(struct compare_session *session, int direction);

/* Who goes back to see it again is not told the ends beforehand. */
static void go_to_start(struct compare_session *session)
{
    session->stage.comparison.show_ends = false;
    duet_go_to_start(&session->stage.duet);
}

static void pause_or_play(struct compare_session *session, int direction)
{
    struct duet *duet = &session->stage.duet;

    (void)direction;
    if (duet->mode != PLAY_PAUSED && !duet_at_end(duet)) {
        duet_pause(duet);
        return;
    }
    if (duet_at_end(duet))
        go_to_start(session);
    duet_play(duet, session_clock());
}

static void step(struct compare_session *session, int direction)
{
    duet_step(&session->stage.duet, direction);
}

static void step_of_chosen(struct compare_session *session, int direction)
{
    if (!duet_step_of(&session->stage.duet, session->stage.comparison.chosen,
                      direction))
        notify(session, direction > 0 ? "the chosen run has no further step"
                                      : "the chosen run has no step before");
}

static void change(struct compare_session *session, int direction)
{
    duet_change(&session->stage.duet, direction);
}

static void go_to_an_end(struct compare_session *session, int direction)
{
    if (direction < 0)
        go_to_start(session);
    else
        duet_go_to_end(&session->stage.duet);
}

static void follow(struct compare_session *session, int direction)
{
    (void)direction;
    duet_follow(&session->stage.duet);
}

static void set_speed(struct compare_session *session, int direction)
{
    struct duet *duet = &session->stage.duet;

    duet_set_speed(duet, duet->speed + direction, session_clock());
}

static void begin_entry(struct compare_session *session, int direction)
{
    (void)direction;
    session->entering = true;
    session->entry[0] = '\0';
}

void compare_session_scroll(struct compare_session *session, int direction)
{
    struct comparison *comparison = &session->stage.comparison;
    int *rows =
        comparison->large_table ? &comparison->table_scroll : &comparison->scroll;

    int most = view_compare_most_scroll(comparison, session->canvas.rows,
                                        session->canvas.columns);

    *rows += direction;
    if (*rows > most)
        *rows = most;
    if (*rows < 0)
        *rows = 0;
}

static void zoom(struct compare_session *session, int direction)
{
    compare_stage_zoom(&session->stage, direction);
}

static void fit(struct compare_session *session, int direction)
{
    (void)direction;
    session->stage.cell_ns = 0;
}

static void choose_other(struct compare_session *session, int direction)
{
    (void)direction;
    session->stage.comparison.chosen ^= 1;
}

static void change_pace(struct compare_session *session, int direction)
{
    struct duet *duet = &session->stage.duet;
    bool to_steps = duet->pace == DUET_ONE_CLOCK;

    (void)direction;
    duet_set_pace(duet, to_steps ? DUET_STEP_BY_STEP : DUET_ONE_CLOCK, session_clock());
    notify(session, to_steps
                        ? "step by step: both show the same step, whatever the time"
                        : "one clock: both show the same moment of their run");
}

static void show_ends(struct compare_session *session, int direction)
{
    struct comparison *comparison = &session->stage.comparison;

    (void)direction;
    if (duet_at_end(&session->stage.duet)) {
        notify(session, "these are the ends: both runs are shown to their last step");
        return;
    }
    comparison->show_ends = !comparison->show_ends;
    if (comparison->show_ends && duet_is_live(&session->stage.duet))
        notify(session, "what still runs has no end yet");
}

static void show_table(struct compare_session *session, int direction)
{
    struct comparison *comparison = &session->stage.comparison;

    (void)direction;
    comparison->large_table = !comparison->large_table;
    comparison->table_scroll = 0;
}

static void show_differences(struct compare_session *session, int direction)
{
    (void)direction;
    if (session->stage.differs != NULL)
        compare_session_open_page(session,
                                  "LINES THAT DIFFER   - only in A   + only in B",
                                  session->stage.differs);
    else
        notify(session, "no line differs: both have the same source");
}

/* The chosen run in the view of one run; the other follows it to where it was left. */
static void show_alone(struct compare_session *session, int direction)
{
    struct compare_stage *stage = &session->stage;
    unsigned run = stage->comparison.chosen;
    const struct session_setup setup = {
        .ascii = session->setup->ascii,
        .notice = run == 0 ? "run A alone; q goes back to the comparison"
                           : "run B alone; q goes back to the comparison",
        .why_no_differs = "q goes back to the comparison; d shows there what differs",
        .why_no_run = session->setup->can_run
                          ? "q goes back to the comparison; r runs there both again"
                          : NULL,
        .tend = session->setup->tend,
        .context = session->setup->context,
    };

    (void)direction;
    if (session_run(stage->duet.runs[run], &setup) == SESSION_CLOSED)
        compare_session_leave(session, SESSION_CLOSED);
    duet_take_place(&stage->duet, run);
    screen_forget();
}

static void go_to_why(struct compare_session *session, int direction)
{
    (void)direction;
    uint64_t at = compare_stage_go_to_why(&session->stage);
    session->nothing_told = at == 0;
    if (at == 0)
        notify(session, "nothing explains a difference up to here; E shows the ends");
    else
        snprintf(session->notice, sizeof session->notice,
                 "at the step that WHY tells of: %" PRIu64, at);
}

static void cancel(struct compare_session *session, int direction)
{
    (void)direction;
    session->stage.comparison.large_table = false;
}

static void redraw(struct compare_session *session, int direction)
{
    (void)session;
    (void)direction;
    screen_forget();
}

static void quit(struct compare_session *session, int direction)
{
    (void)direction;
    compare_session_leave(session, SESSION_QUIT);
}

static const struct {
    enum command command;
    action *act;
    int direction;
} actions[] = {
    {COMMAND_PAUSE, pause_or_play, 0},
    {COMMAND_STEP, step, 1},
    {COMMAND_STEP_BACK, step, -1},
    {COMMAND_OWN_STEP, step_of_chosen, 1},
    {COMMAND_OWN_STEP_BACK, step_of_chosen, -1},
    {COMMAND_CHANGE, change, 1},
    {COMMAND_CHANGE_BACK, change, -1},
    {COMMAND_START, go_to_an_end, -1},
    {COMMAND_END, go_to_an_end, 1},
    {COMMAND_FOLLOW, follow, 0},
    {COMMAND_GO_TO, begin_entry, 0},
    {COMMAND_SLOWER, set_speed, -1},
    {COMMAND_FASTER, set_speed, 1},
    {COMMAND_PACE, change_pace, 0},
    {COMMAND_SHOW_END, show_ends, 0},
    {COMMAND_DIFFERS, show_differences, 0},
    {COMMAND_TABLE, show_table, 0},
    {COMMAND_NEXT_PANE, choose_other, 0},
    {COMMAND_ZOOM_PANE, show_alone, 0},
    {COMMAND_FINDINGS, go_to_why, 0},
    {COMMAND_DOWN, compare_session_scroll, 1},
    {COMMAND_UP, compare_session_scroll, -1},
    {COMMAND_ZOOM_IN, zoom, -1},
    {COMMAND_ZOOM_OUT, zoom, 1},
    {COMMAND_FIT, fit, 0},
    {COMMAND_AGAIN, compare_session_again, 0},
    {COMMAND_SAVE, compare_session_save, 0},
    {COMMAND_HELP, compare_session_show_help, 0},
    {COMMAND_REDRAW, redraw, 0},
    {COMMAND_CANCEL, cancel, 0},
    {COMMAND_QUIT, quit, 0},
};

void compare_session_obey(struct compare_session *session, int key)
{
    enum command command = key_command_in(compare_keys, key);

    session->dirty = true;
    session->notice[0] = '\0';
    session->nothing_told = false;
    if (key == KEY_CODE_CLOSED)
        compare_session_leave(session, SESSION_CLOSED);
    else if (key == KEY_CODE_RESIZED)
        screen_forget();
    else if (key == KEY_CODE_MOUSE)
        compare_session_use_mouse(session, screen_mouse());
    else if (session->entering)
        compare_session_type(session, key);
    else if (session->page != NULL)
        compare_session_scroll_page(session, key);
    else
        for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
            if (actions[i].command == command)
                actions[i].act(session, actions[i].direction);
}

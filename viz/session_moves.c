/* session_moves.c - moving: through time, from thread to thread, from pane to pane. */
#include "session_state.h"
#include "view_layout.h"

void session_pause_or_play(struct session *session)
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

/* Says why nothing moved, where the step is still the one that was shown before. */
static void explain_standstill(struct session *session, uint64_t before, int direction,
                               const char *whose, const char *what)
{
    const struct playback *playback = session->playback;
    uint64_t end = direction > 0 ? playback->history.model.step : 1;
    struct text_buffer words = {session->notice, sizeof session->notice, 0};

    if (playback->model.step != before || session->notice[0] != '\0')
        return;
    if (before == end)
        text_add(&words, "this is the %s step%s", direction > 0 ? "last" : "first",
                 direction > 0 && playback->reader.live ? " so far" : "");
    else
        text_add(&words, "no %s %s%s", direction > 0 ? "later" : "earlier", what,
                 whose);
}

void session_step(struct session *session, int direction)
{
    uint64_t before = session->playback->model.step;

    if (session_step_filtered(session, direction))
        return;
    playback_step(session->playback, direction);
    explain_standstill(session, before, direction, "", "step");
}

void session_step_of_chosen(struct session *session, int direction)
{
    uint64_t before = session->playback->model.step;

    playback_step_of(session->playback, session->scene.chosen, direction);
    explain_standstill(session, before, direction, " of the chosen thread", "step");
}

void session_change(struct session *session, int direction)
{
    uint64_t before = session->playback->model.step;

    playback_change(session->playback, direction);
    explain_standstill(session, before, direction, "", "change of a thread's state");
}

void session_go_to_end(struct session *session, int direction)
{
    playback_seek(session->playback, direction > 0 ? UINT64_MAX : 1);
}

void session_follow(struct session *session)
{
    session->playback->mode = PLAY_FOLLOW;
}

void session_set_speed(struct session *session, int direction)
{
    playback_set_speed(session->playback, session->playback->speed + direction,
                       session_clock());
}

void session_change_beat(struct session *session)
{
    struct playback *playback = session->playback;

    playback_set_beat(playback, !playback->beat, session_clock());
    snprintf(
        session->notice, sizeof session->notice, "%s",
        playback->beat
            ? "space plays one step a second, ) faster; B again: the run's own pace"
            : "space plays at the run's own pace; B again: one step a beat");
}

static struct area pane_area(const struct session *session, enum pane pane)
{
    return view_layout(&session->scene, session->canvas.rows, session->canvas.columns)
        .panes[pane];
}

/* Whether the pane is shown alone and has lines out of sight. */
static bool is_scrolled(const struct scene *scene)
{
    return scene->large && (scene->pane == PANE_SOURCE || scene->pane == PANE_OUTPUT ||
                            scene->pane == PANE_REPORT);
}

/* Up is positive; the output ends with its last line, a report begins with its first.
 */
static void scroll_by(struct session *session, int rows)
{
    struct scene *scene = &session->scene;
    int below = view_report_rows(scene, session->canvas.columns) -
                pane_area(session, PANE_REPORT).rows;

    scene->scroll += rows;
    if (scene->pane == PANE_OUTPUT && scene->scroll < 0)
        scene->scroll = 0;
    if (scene->pane == PANE_REPORT && -scene->scroll > below)
        scene->scroll = -below;
    if (scene->pane == PANE_REPORT && scene->scroll > 0)
        scene->scroll = 0;
}

static void choose_object(struct scene *scene, int distance)
{
    int direction = distance < 0 ? -1 : 1;

    for (int i = 0; i < distance * direction; i++) {
        const struct model_object *object = view_object_beside(scene, direction);
        if (object == NULL)
            return;
        scene->object = object->number;
        scene->object_process = object->process;
    }
}

void session_choose(struct session *session, int direction)
{
    struct scene *scene = &session->scene;

    if (is_scrolled(scene))
        scroll_by(session, -direction);
    else if (scene->pane == PANE_QUEUES)
        choose_object(scene, direction);
    else if (scene->pane == PANE_EVENTS)
        session_step(session, direction);
    else
        scene->chosen = view_thread_beside(scene, scene->chosen, direction);
}

void session_zoom_pane(struct session *session)
{
    session->scene.large = !session->scene.large;
    session->scene.scroll = 0;
}

/* Whether the pane has a place, or had it if it were large. */
static bool has_place(const struct session *session, enum pane pane)
{
    const struct scene *scene = &session->scene;

    if (pane == PANE_REPORT)
        return view_report_rows(scene, session->canvas.columns) > 0;
    if (scene->large)
        return pane != (scene->shows_events ? PANE_OUTPUT : PANE_EVENTS);
    return pane_area(session, pane).rows > 0;
}

void session_next_pane(struct session *session)
{
    struct scene *scene = &session->scene;

    do
        scene->pane = (scene->pane + 1) % PANES;
    while (scene->pane != PANE_THREADS && !has_place(session, scene->pane));
    scene->scroll = 0;
}

/* Two rows stay in sight: those that tell of threads above and below. */
void session_scroll(struct session *session, int direction)
{
    struct scene *scene = &session->scene;
    enum pane pane = scene->pane == PANE_QUEUES ? PANE_QUEUES : PANE_THREADS;
    int page = pane_area(session, pane).rows - 3;

    page = direction * (page > 1 ? page : 1);
    if (is_scrolled(scene))
        scroll_by(session, -direction * (session->canvas.rows - 4));
    else if (scene->pane == PANE_QUEUES)
        choose_object(scene, page);
    else if (scene->pane != PANE_EVENTS)
        scene->chosen = view_thread_beside(scene, scene->chosen, page);
}

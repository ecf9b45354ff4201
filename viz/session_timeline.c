/* session_timeline.c - the keys of the time line and of the rows' order; see
   session_state.h. */
#include "session_state.h"
#include "view_timeline.h"

enum { ORDER_KEPT_MS = 1000 };

/* The time line as it was drawn last. */
static struct timeline shown(const struct session *session)
{
    return view_timeline(&session->scene,
                         (struct area){0, 0, 1, session->canvas.columns});
}

/* The next scale of 1, 2, 5, 10, … microseconds that is longer, or shorter. */
static uint64_t next_scale(uint64_t cell_ns, int direction)
{
    static const unsigned steps[] = {1, 2, 5};
    uint64_t shorter = 1000, longer = 1000;

    for (uint64_t unit = 1000; unit <= 100000000000; unit *= 10) {
        for (int i = 0; i < 3; i++) {
            if (unit * steps[i] < cell_ns)
                shorter = unit * steps[i];
            if (longer <= cell_ns)
                longer = unit * steps[i];
        }
    }
    return direction > 0 ? longer : shorter;
}

/* Ends the time line there; from the moment shown on it follows that. */
static void set_edge(struct session *session, uint64_t edge_ns)
{
    session->scene.edge_ns = edge_ns < session->scene.now_ns ? edge_ns : 0;
}

/* The moment shown stays where it is, or the middle where that was moved away. */
void session_zoom(struct session *session, int direction)
{
    struct timeline timeline = shown(session);
    uint64_t scale = next_scale(timeline.cell_ns, direction);
    uint64_t cells = (uint64_t)timeline.columns, half = cells / 2;
    uint64_t middle = (timeline.first + half) * timeline.cell_ns / scale;

    session->scene.cell_ns = scale;
    if (session->scene.edge_ns != 0)
        set_edge(session, ((middle > half ? middle - half : 0) + cells) * scale);
}

static void tell_span(struct session *session)
{
    struct timeline timeline = shown(session);
    uint64_t cells = (uint64_t)timeline.columns;
    double cell = (double)timeline.cell_ns / 1e9;
    uint64_t end = timeline.first + cells;

    if (end > timeline.now)
        snprintf(session->notice, sizeof session->notice,
                 "the time line shows %.6g s to now;  { earlier  * all so far",
                 (double)timeline.first * cell);
    else
        snprintf(session->notice, sizeof session->notice,
                 "the time line shows %.6g s to %.6g s;  { earlier  } later  * all so "
                 "far",
                 (double)timeline.first * cell, (double)end * cell);
}

/* Half of what is in sight comes in, half stays. */
void session_pan(struct session *session, int direction)
{
    struct timeline timeline = shown(session);
    uint64_t cells = (uint64_t)timeline.columns, half = (cells + 1) / 2;
    uint64_t end = timeline.first + cells;

    if (timeline.first == 0 && view_timeline_has_now(&timeline)) {
        snprintf(session->notice, sizeof session->notice,
                 "the time line shows all of the run so far;  + less time a cell");
        return;
    }
    if (direction > 0)
        end += half;
    else
        end = end > cells + half ? end - half : cells;
    set_edge(session, end * timeline.cell_ns);
    tell_span(session);
}

void session_fit(struct session *session)
{
    session->scene.cell_ns = 0;
    session->scene.edge_ns = 0;
    snprintf(session->notice, sizeof session->notice,
             "the time line shows all of the run so far");
}

void session_sort(struct session *session)
{
    static const char *const words[ROW_ORDERS] = {
        [ORDER_START] = "rows in the order in which the threads were started",
        [ORDER_STATE] = "rows by state: can go, sleeps, waits (longest first), ended",
        [ORDER_WAITING] = "rows by the time waited so far, which stands at their end",
    };
    struct scene *scene = &session->scene;

    scene->sorted = (scene->sorted + 1) % ROW_ORDERS;
    scene->ordered = 0; /* at once */
    snprintf(session->notice, sizeof session->notice, "%s", words[scene->sorted]);
}

void session_settle(struct session *session, uint64_t clock_ns)
{
    const struct playback *playback = session->playback;
    struct scene *scene = &session->scene;
    bool paused = playback->mode == PLAY_PAUSED;

    if (paused && playback->model.step != session->settled_step)
        scene->edge_ns = 0;
    session->settled_step = playback->model.step;
    scene->keep_order =
        !paused && playback_is_moving(playback) && scene->sorted != ORDER_START &&
        clock_ns - session->ordered_clock < (uint64_t)ORDER_KEPT_MS * 1000000;
    if (!scene->keep_order)
        session->ordered_clock = clock_ns;
}

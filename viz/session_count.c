/* session_count.c - what is gathered for an open page of a session, figures and
   findings, a bounded part at a time; when the page is made anew. */
#include "session_state.h"

/* Steps counted at once, so that a key never waits long. */
static const uint64_t most_counted = 30000, most_looked_at = 5000;

/* While a run is live its page is made anew so often, and in each frame so long is
   looked for findings: as much again arrives by the next one. */
static const uint64_t page_ns = 100000000, frame_ns = 30000000, looking_ns = 8000000;

/* What the open page shows. */
static enum link_kind kind_shown(const struct session *session)
{
    return session->depth > 0 ? session->opened[session->depth - 1].kind : LINK_NONE;
}

static bool counts_figures(const struct session *session)
{
    return details_have_figures(kind_shown(session)) &&
           session->stats.model.step != session->playback->model.step;
}

/* Whether there is more to look at, and in this frame time for it. */
static bool looks_for_findings(const struct session *session)
{
    return kind_shown(session) == LINK_FINDINGS && !session->findings.complete &&
           session->findings.steps < session->playback->reader.steps &&
           (!session->playback->reader.live ||
            session_clock() - session->looked_clock >= frame_ns);
}

bool session_is_counting(const struct session *session)
{
    return counts_figures(session) || looks_for_findings(session);
}

static void count_figures(struct session *session)
{
    struct stats *stats = &session->stats;
    uint64_t step = session->playback->model.step;

    if (stats->model.step > step)
        stats_free(stats);
    uint64_t most = stats->model.step + most_counted;
    stats_extend(stats, &session->playback->reader, step < most ? step : most);
    session->links_old |= stats->model.step == step;
}

/* The run is over, and all was looked at but what only the end tells. */
static bool is_to_end(const struct session *session)
{
    return kind_shown(session) == LINK_FINDINGS && !session->findings.complete &&
           !session->playback->reader.live;
}

/* Of a live run as much as a frame has time for, or the frames would come late. */
static void look_on(struct session *session)
{
    const struct reader *reader = &session->playback->reader;
    uint64_t begun = session_clock();

    while (findings_extend(&session->findings, reader, most_looked_at) && reader->live)
        if (session_clock() - begun >= looking_ns)
            break;
    session->looked_clock = begun;
    session->links_old |= session->findings.complete;
}

/* There is something new for the page; of a live run that is so all the time. */
static void make_anew(struct session *session)
{
    const struct playback *playback = session->playback;

    session->links_old |= session->links_step != playback->model.step;
    if (session->depth == 0 || !session->links_old ||
        (playback->reader.live && session_clock() - session->filled_clock < page_ns))
        return;
    session->links_stale = session->dirty = true;
}

void session_count(struct session *session)
{
    const struct findings *findings = &session->findings;
    uint64_t before = findings->steps;

    if (counts_figures(session))
        count_figures(session);
    if (looks_for_findings(session) || is_to_end(session))
        look_on(session);
    session->links_old |= findings->steps != before;
    make_anew(session);
}

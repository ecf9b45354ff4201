/* session_events.c - the events pane of a session: its filter, the search, stepping
   through what the filter lets through. */
#include "session_state.h"
#include "view_layout.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

static void notice(struct session *session, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void notice(struct session *session, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(session->notice, sizeof session->notice, format, arguments);
    va_end(arguments);
}

void session_toggle_events(struct session *session)
{
    struct scene *scene = &session->scene;

    scene->shows_events = !scene->shows_events;
    scene->pane = scene->shows_events ? PANE_EVENTS : PANE_THREADS;
    scene->scroll = 0;
}

bool session_fill_events(struct session *session, int rows)
{
    struct scene *scene = &session->scene;
    uint64_t step = scene->model->step;

    scene->filter = session->filter_words;
    if (!scene->shows_events)
        return false;
    bool more = event_log_fill(&session->log, session->playback, step, (size_t)rows);
    scene->events = session->log.lines;
    scene->event_count = event_log_until(&session->log, step);
    scene->looking = more;
    return more;
}

void session_set_filter(struct session *session)
{
    struct filter filter;
    char why[128];

    if (!filter_parse(&filter, session->entry, session->scene.keys,
                      session->scene.model->thread_count, why, sizeof why)) {
        notice(session, "%s", why);
        return;
    }
    event_log_set_filter(&session->log, &filter);
    memcpy(session->filter_words, session->entry, sizeof session->filter_words);
    if (filter.count == 0)
        session->filter_words[0] = '\0';
    if (filter.count > 0 && !session->scene.shows_events)
        session_toggle_events(session);
}

/* The filter counts while its pane is shown. */
static struct filter filter_now(const struct session *session)
{
    return session->scene.shows_events ? session->log.filter
                                       : (struct filter){.count = 0};
}

bool session_step_filtered(struct session *session, int direction)
{
    struct filter filter = filter_now(session);

    if (filter.count == 0)
        return false;
    session->is_search = session->has_wrapped = false;
    search_start(&session->search, &filter, session->playback->model.step, direction);
    return true;
}

void session_find_next(struct session *session, int direction)
{
    struct filter filter = filter_now(session);

    if (session->search_words[0] == '\0') {
        notice(session, "nothing was searched for yet: / asks what");
        return;
    }
    if (!filter_add_text(&filter, session->search_words)) {
        notice(session, "that is too long to search for");
        return;
    }
    session->is_search = true;
    session->has_wrapped = false;
    search_start(&session->search, &filter, session->playback->model.step, direction);
}

void session_find(struct session *session)
{
    if (session->entry[0] != '\0')
        memcpy(session->search_words, session->entry, sizeof session->search_words);
    session_find_next(session, 1);
}

void session_add_progress(const struct session *session, struct text_buffer *buffer)
{
    const struct search *search = &session->search;
    uint64_t last = session->playback->history.model.step;
    uint64_t whole = search->direction > 0 ? last - search->from : search->from;
    uint64_t done =
        search->direction > 0 ? search->at - search->from : search->from - search->at;

    text_add(buffer, "looking for '%s': %" PRIu64 " %% read   Esc cancels",
             session->is_search ? session->search_words : session->filter_words,
             whole > 0 ? done * 100 / whole : 100);
}

/* A search goes on from the other end, once. */
static bool wrap(struct session *session)
{
    struct search *search = &session->search;
    uint64_t last = session->playback->history.model.step;
    struct filter filter = search->filter;

    if (!session->is_search || session->has_wrapped)
        return false;
    session->has_wrapped = true;
    search_start(search, &filter, search->direction > 0 ? 0 : last + 1,
                 search->direction);
    return true;
}

static void tell_found(struct session *session, struct text_buffer *words)
{
    const struct search *search = &session->search;

    if (!session->is_search)
        return;
    text_add(words, "'%s' is at step %" PRIu64, session->search_words, search->at);
    if (session->has_wrapped)
        text_add(words, ", from the %s again", search->direction > 0 ? "start" : "end");
    text_add(words, "   n next  N looks back");
}

static void tell_nothing(struct session *session, struct text_buffer *words)
{
    const struct search *search = &session->search;

    if (session->is_search)
        text_add(words, "no '%s' in any step%s", session->search_words,
                 session->scene.shows_events && session->log.filter.count > 0
                     ? " that the filter lets through"
                     : "");
    else
        text_add(words, "nothing that the filter lets through %s step %" PRIu64,
                 search->direction > 0 ? "after" : "before", search->from);
}

void session_search_on(struct session *session)
{
    struct search *search = &session->search;
    struct text_buffer words = {session->notice, sizeof session->notice, 0};

    if (!search->runs)
        return;
    switch (search_go_on(search, session->playback)) {
    case SEARCH_GOES_ON:
        return;
    case SEARCH_FOUND:
        playback_seek(session->playback, search->at);
        tell_found(session, &words);
        break;
    default:
        if (wrap(session))
            return;
        tell_nothing(session, &words);
        break;
    }
    session->dirty = true;
}

/* search.c - the next step that a filter lets through; see search.h. */
#include "search.h"

/* Steps looked at in one slice; backwards the way to where it starts costs as well. */
static const uint64_t slice = 4096, slice_back = 8192;

void search_free(struct search *search)
{
    model_free(&search->model);
    search->runs = false;
}

void search_start(struct search *search, const struct filter *filter, uint64_t from,
                  int direction)
{
    search->filter = *filter;
    search->from = search->at = from;
    search->direction = direction;
    search->runs = true;
}

static bool look_on(struct search *search, const struct playback *playback)
{
    uint64_t last = playback->history.model.step;
    uint64_t end = last - search->at < slice ? last : search->at + slice;

    playback_model_at(playback, &search->model, search->at);
    while (search->at < end) {
        model_apply(&search->model, &playback->reader);
        search->at = search->model.step;
        if (event_log_has(&search->filter, playback, &search->model))
            return true;
    }
    return false;
}

/* The last one of the block before is the nearest. */
static bool look_back(struct search *search, const struct playback *playback)
{
    uint64_t start = search->at - 1 < slice_back ? 0 : search->at - 1 - slice_back,
             found = 0;

    playback_model_at(playback, &search->model, start);
    while (search->model.step + 1 < search->at) {
        model_apply(&search->model, &playback->reader);
        if (event_log_has(&search->filter, playback, &search->model))
            found = search->model.step;
    }
    search->at = found != 0 ? found : start + 1;
    return found != 0;
}

enum search_result search_go_on(struct search *search, const struct playback *playback)
{
    uint64_t last = playback->history.model.step;
    bool found = false;

    if (search->direction > 0 && search->at < last)
        found = look_on(search, playback);
    else if (search->direction < 0 && search->at > 1)
        found = look_back(search, playback);
    bool over = search->direction > 0 ? search->at >= last : search->at <= 1;
    search->runs = !found && !over;
    return found ? SEARCH_FOUND : over ? SEARCH_NOTHING : SEARCH_GOES_ON;
}

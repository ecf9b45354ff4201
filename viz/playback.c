/* playback.c - one recording and the place in it that is shown; see playback.h. */
#include "playback.h"
#include "playback_parts.h"

/* Steps read and gathered at once, so that a key never waits long. */
static const uint64_t most_steps = 32768;

bool playback_open(struct playback *playback, const char *path, char *why, size_t size)
{
    *playback = (struct playback){.mode = PLAY_FOLLOW, .snapshot_spacing = 1024};
    return reader_begin(&playback->reader, path, why, size);
}

void playback_close(struct playback *playback)
{
    reader_close(&playback->reader);
    history_free(&playback->history);
    model_free(&playback->model);
    playback_free_snapshots(playback);
}

static bool gather(struct playback *playback)
{
    uint64_t before = playback->history.model.step;

    while (playback->history.model.step - before < most_steps) {
        uint64_t spacing = playback->snapshot_spacing;
        uint64_t to_next = spacing - playback->history.model.step % spacing;
        if (!history_extend(&playback->history, &playback->reader, to_next))
            break;
        playback_keep_snapshot(playback);
    }
    return playback->history.model.step != before;
}

bool playback_is_complete(const struct playback *playback)
{
    return !playback->reader.more &&
           playback->history.model.step == playback->reader.steps;
}

double playback_progress(const struct playback *playback)
{
    if (playback_is_complete(playback))
        return 1;
    return (double)playback->history.model.step / (double)playback->reader.slots;
}

bool playback_at_end(const struct playback *playback)
{
    return !playback->reader.live && playback_is_complete(playback) &&
           playback->model.step == playback->reader.steps;
}

bool playback_is_moving(const struct playback *playback)
{
    return playback->reader.live || playback->mode == PLAY_PACE ||
           playback->mode == PLAY_BEAT || !playback_is_complete(playback);
}

/* The moment that a live run is at. */
static uint64_t live_time(const struct playback *playback, uint64_t clock_ns)
{
    uint64_t start = reader_start_ns(&playback->reader);
    uint64_t last = playback->model.time_ns;

    return start != 0 && clock_ns > start && clock_ns - start > last ? clock_ns - start
                                                                     : last;
}

static void follow(struct playback *playback, uint64_t clock_ns)
{
    if (playback->model.step != playback->history.model.step)
        playback_go_to(playback, playback->history.model.step);
    playback->now_ns =
        playback->reader.live ? live_time(playback, clock_ns) : playback->model.time_ns;
}

bool playback_update(struct playback *playback, uint64_t clock_ns)
{
    bool changed = reader_poll_some(&playback->reader, most_steps);

    changed |= gather(playback);
    if (playback->mode != PLAY_PAUSED) /* something else was asked for meanwhile */
        playback->wanted_step = playback->wanted_ns = 0;
    if (playback->wanted_step != 0)
        playback_seek(playback, playback->wanted_step);
    else if (playback->wanted_ns != 0)
        playback_seek_time(playback, playback->wanted_ns);
    else if (playback->mode == PLAY_FOLLOW)
        follow(playback, clock_ns);
    else
        changed |= playback_advance(playback, clock_ns);
    int status;
    enum reader_end end = reader_how_ended(&playback->reader, &status);
    if (end != READER_RUNNING && end != READER_ENDED && playback_at_end(playback))
        model_kill(&playback->model);
    return changed;
}

void playback_seek(struct playback *playback, uint64_t step)
{
    uint64_t last = playback->history.model.step;

    playback->mode = PLAY_PAUSED;
    playback->wanted_ns = 0;
    playback->wanted_step = step > last && !playback_is_complete(playback) ? step : 0;
    if (step < 1 && last > 0)
        step = 1;
    playback_go_to(playback, step < last ? step : last);
}

void playback_seek_time(struct playback *playback, uint64_t time_ns)
{
    uint64_t step = history_step_at(&playback->history, &playback->reader, time_ns);
    bool beyond = step > playback->history.model.step;

    playback_seek(playback, step);
    playback->wanted_step = 0;
    if (beyond && !playback_is_complete(playback))
        playback->wanted_ns = time_ns;
}

void playback_seek_percent(struct playback *playback, double percent)
{
    double slots = (double)playback->reader.slots;

    playback_seek(playback, percent >= 100 ? UINT64_MAX
                            : percent > 0  ? (uint64_t)(slots * percent / 100)
                                           : 1);
}

static void seek_if(struct playback *playback, uint64_t step)
{
    playback_seek(playback, step != 0 ? step : playback->model.step);
}

void playback_step(struct playback *playback, int direction)
{
    seek_if(playback,
            history_next_step(&playback->history, playback->model.step, direction));
}

void playback_step_of(struct playback *playback, unsigned thread, int direction)
{
    seek_if(playback, history_next_step_of(&playback->history, thread,
                                           playback->model.step, direction));
}

void playback_change(struct playback *playback, int direction)
{
    seek_if(playback,
            history_next_change(&playback->history, playback->model.step, direction));
}

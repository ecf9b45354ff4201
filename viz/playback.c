/* playback.c - one recording and the place in it that is shown; see playback.h. */
#include "playback.h"

/* Steps gathered at once, so that a key never waits long. */
static const uint64_t most_steps = 200000;

bool playback_open(struct playback *playback, const char *path, char *why, size_t size)
{
    *playback = (struct playback){.mode = PLAY_FOLLOW, .snapshot_spacing = 1024};
    return reader_open(&playback->reader, path, why, size);
}

void playback_close(struct playback *playback)
{
    reader_close(&playback->reader);
    history_free(&playback->history);
    model_free(&playback->model);
    for (unsigned i = 0; i < playback->snapshot_count; i++)
        model_free(&playback->snapshots[i]);
}

/* Keeps a copy of the history's model every so many steps; when there are too many,
   every other one goes. */
static void keep_snapshot(struct playback *playback)
{
    const struct model *model = &playback->history.model;
    uint64_t next = (playback->snapshot_count + 1) * playback->snapshot_spacing;

    if (model->step < next)
        return;
    if (playback->snapshot_count == PLAYBACK_SNAPSHOTS) {
        for (unsigned i = 0; i < PLAYBACK_SNAPSHOTS / 2; i++) {
            model_free(&playback->snapshots[2 * i]);
            playback->snapshots[i] = playback->snapshots[2 * i + 1];
        }
        for (unsigned i = PLAYBACK_SNAPSHOTS / 2; i < PLAYBACK_SNAPSHOTS; i++)
            playback->snapshots[i] = (struct model){.step = 0};
        playback->snapshot_count = PLAYBACK_SNAPSHOTS / 2;
        playback->snapshot_spacing *= 2;
        return;
    }
    model_copy(&playback->snapshots[playback->snapshot_count++], model);
}

static bool gather(struct playback *playback)
{
    uint64_t before = playback->history.model.step;

    while (playback->history.model.step - before < most_steps) {
        uint64_t spacing = playback->snapshot_spacing;
        uint64_t to_next = spacing - playback->history.model.step % spacing;
        if (!history_extend(&playback->history, &playback->reader, to_next))
            break;
        keep_snapshot(playback);
    }
    return playback->history.model.step != before;
}

/* The latest snapshot at or before the step, or NULL. */
static const struct model *snapshot_before(const struct playback *playback,
                                           uint64_t step)
{
    for (unsigned i = playback->snapshot_count; i > 0; i--)
        if (playback->snapshots[i - 1].step <= step)
            return &playback->snapshots[i - 1];
    return NULL;
}

void playback_model_at(const struct playback *playback, struct model *model,
                       uint64_t step)
{
    const struct model *snapshot = snapshot_before(playback, step);

    if (snapshot != NULL && (step < model->step || snapshot->step > model->step))
        model_copy(model, snapshot);
    model_seek(model, &playback->reader, step);
}

static void go_to(struct playback *playback, uint64_t step)
{
    playback_model_at(playback, &playback->model, step);
    playback->now_ns = playback->model.time_ns;
}

bool playback_is_complete(const struct playback *playback)
{
    return playback->history.model.step == playback->reader.steps;
}

bool playback_at_end(const struct playback *playback)
{
    return !playback->reader.live && playback->model.step == playback->reader.steps;
}

bool playback_is_moving(const struct playback *playback)
{
    return playback->reader.live || playback->mode == PLAY_PACE ||
           !playback_is_complete(playback);
}

/* The moment that a live run is at. */
static uint64_t live_time(const struct playback *playback, uint64_t clock_ns)
{
    uint64_t start = reader_start_ns(&playback->reader);
    uint64_t last = playback->model.time_ns;

    return start != 0 && clock_ns > start && clock_ns - start > last ? clock_ns - start
                                                                     : last;
}

static void advance_pace(struct playback *playback, uint64_t clock_ns)
{
    uint64_t passed = clock_ns - playback->pace_clock;
    uint64_t last = playback->history.model.step, step = playback->model.step;

    passed =
        playback->speed >= 0 ? passed << playback->speed : passed >> -playback->speed;
    uint64_t moment = playback->pace_ns + passed;
    while (step < last && reader_event(&playback->reader, step + 1)->time_ns <= moment)
        step++;
    model_seek(&playback->model, &playback->reader, step);
    playback->now_ns =
        moment > playback->model.time_ns ? moment : playback->model.time_ns;
    if (step < last || playback->reader.live)
        return;
    playback->now_ns = playback->model.time_ns;
    playback->mode = PLAY_PAUSED;
}

bool playback_update(struct playback *playback, uint64_t clock_ns)
{
    bool changed = reader_poll(&playback->reader);

    changed |= gather(playback);
    if (playback->mode == PLAY_PACE) {
        advance_pace(playback, clock_ns);
        changed = true;
    } else if (playback->mode == PLAY_FOLLOW) {
        if (playback->model.step != playback->history.model.step)
            go_to(playback, playback->history.model.step);
        if (playback->reader.live)
            playback->now_ns = live_time(playback, clock_ns);
        else
            playback->now_ns = playback->model.time_ns;
    }
    int status;
    enum reader_end end = reader_how_ended(&playback->reader, &status);
    if (end != READER_RUNNING && end != READER_ENDED && !playback->reader.live &&
        playback->model.step == playback->reader.steps)
        model_kill(&playback->model);
    return changed;
}

void playback_seek(struct playback *playback, uint64_t step)
{
    uint64_t last = playback->history.model.step;

    playback->mode = PLAY_PAUSED;
    if (step < 1 && last > 0)
        step = 1;
    go_to(playback, step < last ? step : last);
}

void playback_seek_time(struct playback *playback, uint64_t time_ns)
{
    uint64_t last = playback->history.model.step, step = 1;

    while (step < last && reader_event(&playback->reader, step)->time_ns < time_ns)
        step++;
    playback_seek(playback, step);
}

void playback_step(struct playback *playback, int direction)
{
    uint64_t next =
        history_next_step(&playback->history, playback->model.step, direction);

    playback_seek(playback, next != 0 ? next : playback->model.step);
}

void playback_change(struct playback *playback, int direction)
{
    uint64_t next =
        history_next_change(&playback->history, playback->model.step, direction);

    playback_seek(playback, next != 0 ? next : playback->model.step);
}

void playback_play(struct playback *playback, uint64_t clock_ns)
{
    if (playback->model.step == playback->history.model.step) {
        if (playback->reader.live)
            playback->mode = PLAY_FOLLOW;
        return;
    }
    playback->mode = PLAY_PACE;
    playback->pace_clock = clock_ns;
    playback->pace_ns = playback->now_ns;
}

void playback_set_speed(struct playback *playback, int speed, uint64_t clock_ns)
{
    playback->speed = speed < -10 ? -10 : speed > 6 ? 6 : speed;
    if (playback->mode == PLAY_PACE)
        playback_play(playback, clock_ns);
}

/* duet.c - two recordings that are shown at the same place; see duet.h. */
#include "duet.h"

static const uint64_t beat_ns = 500000000; /* step by step, playing takes one a beat */

static uint64_t step_at(const struct duet *duet, unsigned run, uint64_t time_ns)
{
    return moments_step_at(&duet->moments[run], &duet->runs[run]->reader, time_ns);
}

static uint64_t time_of(const struct duet *duet, unsigned run, uint64_t step)
{
    return moments_time_of(&duet->moments[run], &duet->runs[run]->reader, step);
}

static void look(struct duet *duet, unsigned run)
{
    moments_extend(&duet->moments[run], &duet->runs[run]->reader,
                   duet->runs[run]->history.model.step);
}

/* --- the place */

static uint64_t latest_time(const struct duet *duet)
{
    uint64_t a = duet->moments[0].peak, b = duet->moments[1].peak;

    return a > b ? a : b;
}

static uint64_t latest_step(const struct duet *duet)
{
    uint64_t a = duet->moments[0].steps, b = duet->moments[1].steps;

    return a > b ? a : b;
}

/* Where that run is, on the scale of the place. */
static uint64_t place_of(const struct duet *duet, unsigned run)
{
    uint64_t step = duet->runs[run]->model.step;

    return duet->pace == DUET_ONE_CLOCK ? time_of(duet, run, step) : step;
}

static uint64_t *place(struct duet *duet)
{
    return duet->pace == DUET_ONE_CLOCK ? &duet->now_ns : &duet->step;
}

/* The last step of a run that the place lets one see. */
static uint64_t shown_step(const struct duet *duet, unsigned run)
{
    uint64_t last = duet->moments[run].steps;

    if (duet->pace == DUET_ONE_CLOCK)
        return step_at(duet, run, duet->now_ns);
    return duet->step < last ? duet->step : last;
}

/* Moves both runs to the place. */
static void show(struct duet *duet)
{
    for (unsigned i = 0; i < DUET_RUNS; i++) {
        struct playback *run = duet->runs[i];
        playback_seek(run, shown_step(duet, i));
        if (duet->pace == DUET_ONE_CLOCK && !playback_at_end(run) &&
            duet->now_ns > run->now_ns)
            run->now_ns = duet->now_ns;
    }
}

static void go_to(struct duet *duet, uint64_t new_place)
{
    *place(duet) = new_place;
    show(duet);
}

void duet_begin(struct duet *duet, struct playback *a, struct playback *b)
{
    *duet = (struct duet){.runs = {a, b}, .mode = PLAY_PAUSED};
    if (a->reader.live || b->reader.live)
        duet->mode = PLAY_FOLLOW;
    for (unsigned i = 0; i < DUET_RUNS; i++) {
        duet->runs[i]->mode = PLAY_PAUSED;
        look(duet, i);
    }
    duet->step = 1;
    show(duet);
}

void duet_end(struct duet *duet)
{
    for (unsigned i = 0; i < DUET_RUNS; i++)
        moments_free(&duet->moments[i]);
}

bool duet_is_live(const struct duet *duet)
{
    return duet->runs[0]->reader.live || duet->runs[1]->reader.live;
}

bool duet_at_end(const struct duet *duet)
{
    return playback_at_end(duet->runs[0]) && playback_at_end(duet->runs[1]);
}

bool duet_is_complete(const struct duet *duet)
{
    return playback_is_complete(duet->runs[0]) && playback_is_complete(duet->runs[1]);
}

bool duet_is_moving(const struct duet *duet)
{
    return duet_is_live(duet) || duet->mode == PLAY_PACE || !duet_is_complete(duet);
}

/* The moment that both runs have come to: of those that are live the one that began
   later; of two that are over the end of the longer one. */
static uint64_t present(const struct duet *duet, uint64_t clock_ns)
{
    uint64_t moment = UINT64_MAX;

    for (unsigned i = 0; i < DUET_RUNS; i++) {
        const struct reader *reader = &duet->runs[i]->reader;
        uint64_t start = reader_start_ns(reader);
        uint64_t now =
            start != 0 && clock_ns > start ? clock_ns - start : duet->moments[i].peak;
        if (reader->live && now < moment)
            moment = now;
    }
    return moment != UINT64_MAX ? moment : latest_time(duet);
}

static uint64_t limit(const struct duet *duet, uint64_t clock_ns)
{
    return duet->pace == DUET_ONE_CLOCK ? present(duet, clock_ns) : latest_step(duet);
}

static void advance(struct duet *duet, uint64_t clock_ns)
{
    uint64_t passed = clock_ns - duet->pace_clock, end = limit(duet, clock_ns);

    passed = duet->speed >= 0 ? passed << duet->speed : passed >> -duet->speed;
    if (duet->pace == DUET_STEP_BY_STEP)
        passed /= beat_ns;
    uint64_t next = duet->pace_from + passed;
    *place(duet) = next < end ? next : end;
    if (next < end)
        return;
    if (duet_is_live(duet))
        duet->mode = PLAY_FOLLOW;
    else if (duet_is_complete(duet))
        duet->mode = PLAY_PAUSED;
}

bool duet_update(struct duet *duet, uint64_t clock_ns)
{
    bool changed = duet->mode == PLAY_PACE;

    for (unsigned i = 0; i < DUET_RUNS; i++) {
        changed |= playback_update(duet->runs[i], clock_ns);
        look(duet, i);
    }
    if (duet->mode == PLAY_PACE)
        advance(duet, clock_ns);
    else if (duet->mode == PLAY_FOLLOW)
        *place(duet) = limit(duet, clock_ns);
    if (changed || duet->mode == PLAY_FOLLOW)
        show(duet);
    if (duet->mode == PLAY_FOLLOW && !duet_is_live(duet) && duet_is_complete(duet))
        duet->mode = PLAY_PAUSED;
    return changed;
}

void duet_play(struct duet *duet, uint64_t clock_ns)
{
    if (duet_at_end(duet))
        return;
    duet->mode = PLAY_PACE;
    duet->pace_clock = clock_ns;
    duet->pace_from = *place(duet);
}

void duet_follow(struct duet *duet)
{
    if (duet_is_live(duet))
        duet->mode = PLAY_FOLLOW;
    else
        duet_go_to_end(duet);
}

void duet_pause(struct duet *duet)
{
    duet->mode = PLAY_PAUSED;
}

void duet_set_speed(struct duet *duet, int speed, uint64_t clock_ns)
{
    duet->speed = speed < -10 ? -10 : speed > 6 ? 6 : speed;
    if (duet->mode == PLAY_PACE)
        duet_play(duet, clock_ns);
}

/* --- going somewhere */

void duet_set_pace(struct duet *duet, enum duet_pace pace, uint64_t clock_ns)
{
    if (pace == duet->pace)
        return;
    duet->pace = pace;
    uint64_t a = place_of(duet, 0), b = place_of(duet, 1);
    go_to(duet, a < b ? a : b);
    if (duet->mode == PLAY_PACE)
        duet_play(duet, clock_ns);
}

void duet_take_place(struct duet *duet, unsigned run)
{
    duet->runs[run]->mode = PLAY_PAUSED;
    duet->mode = PLAY_PAUSED;
    go_to(duet, place_of(duet, run));
}

void duet_seek_time(struct duet *duet, uint64_t time_ns)
{
    uint64_t last = latest_time(duet);

    duet->mode = PLAY_PAUSED;
    duet->pace = DUET_ONE_CLOCK;
    go_to(duet, time_ns < last ? time_ns : last);
}

void duet_seek_step(struct duet *duet, uint64_t step)
{
    uint64_t last = latest_step(duet);

    duet->mode = PLAY_PAUSED;
    duet->pace = DUET_STEP_BY_STEP;
    go_to(duet, step < 1 ? 1 : step < last ? step : last);
}

/* One clock begins where both have a first step. */
void duet_go_to_start(struct duet *duet)
{
    uint64_t a = time_of(duet, 0, 1), b = time_of(duet, 1, 1);

    duet->mode = PLAY_PAUSED;
    go_to(duet, duet->pace == DUET_STEP_BY_STEP ? 1 : a > b ? a : b);
}

void duet_go_to_end(struct duet *duet)
{
    duet->mode = PLAY_PAUSED;
    go_to(duet, duet->pace == DUET_ONE_CLOCK ? latest_time(duet) : latest_step(duet));
}

typedef uint64_t next_step(const struct history *history, uint64_t step, int direction);

/* The place of the nearest such step of a run that is not at the present one; false if
   there is none. */
static bool next_place(struct duet *duet, unsigned run, int direction, next_step *next,
                       uint64_t *found)
{
    const struct history *history = &duet->runs[run]->history;
    uint64_t step = shown_step(duet, run), now = *place(duet);

    if (direction < 0)
        step++;
    while ((step = next(history, step, direction)) != 0) {
        *found = duet->pace == DUET_ONE_CLOCK ? time_of(duet, run, step) : step;
        if (direction > 0 ? *found > now : *found < now)
            return true;
    }
    return false;
}

static void move(struct duet *duet, int direction, next_step *next)
{
    uint64_t a, b;
    bool has_a = next_place(duet, 0, direction, next, &a);
    bool has_b = next_place(duet, 1, direction, next, &b);

    duet->mode = PLAY_PAUSED;
    if (has_a && has_b)
        go_to(duet, (a < b) == (direction > 0) ? a : b);
    else if (has_a || has_b)
        go_to(duet, has_a ? a : b);
}

void duet_step(struct duet *duet, int direction)
{
    move(duet, direction, history_next_step);
}

void duet_change(struct duet *duet, int direction)
{
    move(duet, direction, history_next_change);
}

/* duet.c - two recordings that are shown at the same place; see duet.h. */
#include "duet_parts.h"

static const uint64_t beat_ns = 500000000; /* step by step, playing takes one a beat */

/* The last step before the first one that is later than that; 0 if that is step 1. */
static uint64_t step_at(const struct duet *duet, unsigned run, uint64_t time_ns)
{
    const struct playback *playback = duet->runs[run];

    if (time_ns == UINT64_MAX)
        return playback->history.model.step;
    return history_step_at(&playback->history, &playback->reader, time_ns + 1) - 1;
}

uint64_t duet_time_of(const struct duet *duet, unsigned run, uint64_t step)
{
    const struct playback *playback = duet->runs[run];

    return history_time_of(&playback->history, &playback->reader, step);
}

/* --- the place */

/* A run as it is after the last step that was gathered. */
static const struct model *end_of(const struct duet *duet, unsigned run)
{
    return &duet->runs[run]->history.model;
}

uint64_t duet_latest_time(const struct duet *duet)
{
    uint64_t a = end_of(duet, 0)->time_ns, b = end_of(duet, 1)->time_ns;

    return a > b ? a : b;
}

uint64_t duet_latest_step(const struct duet *duet)
{
    uint64_t a = end_of(duet, 0)->step, b = end_of(duet, 1)->step;

    return a > b ? a : b;
}

/* Where that run is, on the scale of the place. */
static uint64_t place_of(const struct duet *duet, unsigned run)
{
    uint64_t step = duet->runs[run]->model.step;

    return duet->pace == DUET_ONE_CLOCK ? duet_time_of(duet, run, step) : step;
}

uint64_t *duet_place(struct duet *duet)
{
    return duet->pace == DUET_ONE_CLOCK ? &duet->now_ns : &duet->step;
}

/* The last step of a run that the place lets one see. */
uint64_t duet_shown_step(const struct duet *duet, unsigned run)
{
    uint64_t last = end_of(duet, run)->step;

    if (duet->pace == DUET_ONE_CLOCK)
        return step_at(duet, run, duet->now_ns);
    return duet->step < last ? duet->step : last;
}

/* Moves both runs to the place. */
static void show(struct duet *duet)
{
    for (unsigned i = 0; i < DUET_RUNS; i++) {
        struct playback *run = duet->runs[i];
        playback_seek(run, duet_shown_step(duet, i));
        if (duet->pace == DUET_ONE_CLOCK && !playback_at_end(run) &&
            duet->now_ns > run->now_ns)
            run->now_ns = duet->now_ns;
    }
}

void duet_go_to(struct duet *duet, uint64_t new_place)
{
    *duet_place(duet) = new_place;
    duet->wanted = 0;
    duet->wanted_percent = 0;
    show(duet);
}

void duet_begin(struct duet *duet, struct playback *a, struct playback *b)
{
    *duet = (struct duet){.runs = {a, b}, .mode = PLAY_PAUSED};
    if (a->reader.live || b->reader.live)
        duet->mode = PLAY_FOLLOW;
    for (unsigned i = 0; i < DUET_RUNS; i++)
        duet->runs[i]->mode = PLAY_PAUSED;
    duet->step = 1;
    show(duet);
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

double duet_progress(const struct duet *duet)
{
    const struct playback *a = duet->runs[0], *b = duet->runs[1];
    uint64_t slots = a->reader.slots + b->reader.slots;
    uint64_t steps = a->history.model.step + b->history.model.step;

    return duet_is_complete(duet) || slots == 0 ? 1 : (double)steps / (double)slots;
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
        uint64_t now = start != 0 && clock_ns > start ? clock_ns - start
                                                      : end_of(duet, i)->time_ns;
        if (reader->live && now < moment)
            moment = now;
    }
    return moment != UINT64_MAX ? moment : duet_latest_time(duet);
}

static uint64_t limit(const struct duet *duet, uint64_t clock_ns)
{
    return duet->pace == DUET_ONE_CLOCK ? present(duet, clock_ns)
                                        : duet_latest_step(duet);
}

static void advance(struct duet *duet, uint64_t clock_ns)
{
    uint64_t passed = clock_ns - duet->pace_clock, end = limit(duet, clock_ns);

    passed = duet->speed >= 0 ? passed << duet->speed : passed >> -duet->speed;
    if (duet->pace == DUET_STEP_BY_STEP)
        passed /= beat_ns;
    uint64_t next = duet->pace_from + passed;
    *duet_place(duet) = next < end ? next : end;
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

    for (unsigned i = 0; i < DUET_RUNS; i++)
        changed |= playback_update(duet->runs[i], clock_ns);
    if (duet->mode != PLAY_PAUSED) /* something else was asked for meanwhile */
        duet->wanted = 0, duet->wanted_percent = 0;
    if (duet->wanted != 0)
        duet_seek(duet, duet->wanted);
    else if (duet->wanted_percent > 0)
        duet_seek_percent(duet, duet->wanted_percent);
    else if (duet->mode == PLAY_PACE)
        advance(duet, clock_ns);
    else if (duet->mode == PLAY_FOLLOW)
        *duet_place(duet) = limit(duet, clock_ns);
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
    duet->pace_from = *duet_place(duet);
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

/* --- the pace, and a run that somebody has moved */

void duet_set_pace(struct duet *duet, enum duet_pace pace, uint64_t clock_ns)
{
    if (pace == duet->pace)
        return;
    bool is_back = pace == DUET_ONE_CLOCK && duet->step == duet->kept_step;
    duet->pace = pace;
    uint64_t a = place_of(duet, 0), b = place_of(duet, 1);
    bool is_first = (a < b) == (pace == DUET_ONE_CLOCK);
    duet_go_to(duet, is_back ? duet->kept_ns : is_first ? a : b);
    duet->kept_step = duet->step;
    duet->kept_ns = duet->now_ns;
    if (duet->mode == PLAY_PACE)
        duet_play(duet, clock_ns);
}

void duet_take_place(struct duet *duet, unsigned run)
{
    duet->runs[run]->mode = PLAY_PAUSED;
    duet->mode = PLAY_PAUSED;
    duet_go_to(duet, place_of(duet, run));
}

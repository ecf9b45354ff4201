/* playback_pace.c - going on with the clock; see playback_parts.h. */
#include "playback_parts.h"

/* After a long pause of the program itself, playing goes on where it was. */
enum { MOST_BEATS = 8 };

/* Whether more steps may come after those that were gathered. */
static bool may_grow(const struct playback *playback)
{
    return playback->reader.live || !playback_is_complete(playback);
}

static uint64_t times_speed(uint64_t time_ns, int speed)
{
    return speed >= 0 ? time_ns << speed : time_ns >> -speed;
}

/* At the run's own pace, times the speed. */
static bool advance_pace(struct playback *playback, uint64_t clock_ns)
{
    uint64_t passed = times_speed(clock_ns - playback->pace_clock, playback->speed);
    uint64_t moment = playback->pace_ns + passed;
    uint64_t next = history_step_at(&playback->history, &playback->reader, moment + 1);

    if (next - 1 > playback->model.step)
        playback_go_to(playback, next - 1);
    playback->now_ns =
        moment > playback->model.time_ns ? moment : playback->model.time_ns;
    if (next <= playback->history.model.step || may_grow(playback))
        return true;
    playback->now_ns = playback->model.time_ns;
    playback->mode = PLAY_PAUSED;
    return true;
}

/* One step a beat. */
static bool advance_beat(struct playback *playback, uint64_t clock_ns)
{
    uint64_t beat_ns = times_speed(1000000000, -playback->speed);
    uint64_t beats = (clock_ns - playback->pace_clock) / beat_ns;
    uint64_t step = playback->model.step, next = step;

    if (beats == 0)
        return false;
    playback->pace_clock += beats * beat_ns;
    for (uint64_t i = 0; i < beats && i < MOST_BEATS && next != 0; i++) {
        next = history_next_step(&playback->history, step, 1);
        step = next != 0 ? next : step;
    }
    playback_go_to(playback, step);
    if (next == 0 && !may_grow(playback))
        playback->mode = PLAY_PAUSED;
    return true;
}

bool playback_advance(struct playback *playback, uint64_t clock_ns)
{
    return playback->mode == PLAY_PACE   ? advance_pace(playback, clock_ns)
           : playback->mode == PLAY_BEAT ? advance_beat(playback, clock_ns)
                                         : false;
}

void playback_play(struct playback *playback, uint64_t clock_ns)
{
    playback->wanted_step = 0;
    playback->wanted_ns = 0;
    if (playback->model.step == playback->history.model.step &&
        playback_is_complete(playback)) {
        if (playback->reader.live)
            playback->mode = PLAY_FOLLOW;
        return;
    }
    playback->mode = playback->beat ? PLAY_BEAT : PLAY_PACE;
    playback->pace_clock = clock_ns;
    playback->pace_ns = playback->now_ns;
}

static void play_on_so(struct playback *playback, uint64_t clock_ns)
{
    if (playback->mode == PLAY_PACE || playback->mode == PLAY_BEAT)
        playback_play(playback, clock_ns);
}

void playback_set_speed(struct playback *playback, int speed, uint64_t clock_ns)
{
    playback->speed = speed < PLAYBACK_SLOWEST   ? PLAYBACK_SLOWEST
                      : speed > PLAYBACK_FASTEST ? PLAYBACK_FASTEST
                                                 : speed;
    play_on_so(playback, clock_ns);
}

void playback_set_beat(struct playback *playback, bool beat, uint64_t clock_ns)
{
    playback->beat = beat;
    play_on_so(playback, clock_ns);
}

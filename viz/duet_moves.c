/* duet_moves.c - going somewhere in two recordings at once; see duet.h. */
#include "duet_parts.h"

/* How far a run was read, on the scale of the place. */
static uint64_t read_to(const struct duet *duet, unsigned run)
{
    return duet->pace == DUET_ONE_CLOCK ? duet->runs[run]->history.model.time_ns
                                        : duet->runs[run]->history.model.step;
}

/* Whether more reading may bring steps up to that place. */
static bool is_still_read(const struct duet *duet, uint64_t at)
{
    for (unsigned i = 0; i < DUET_RUNS; i++)
        if (!playback_is_complete(duet->runs[i]) && read_to(duet, i) <= at)
            return true;
    return false;
}

void duet_seek(struct duet *duet, uint64_t new_place)
{
    uint64_t last =
        duet->pace == DUET_ONE_CLOCK ? duet_latest_time(duet) : duet_latest_step(duet);

    duet->mode = PLAY_PAUSED;
    duet_go_to(duet, new_place < last ? new_place : last);
    if (new_place > last && is_still_read(duet, new_place))
        duet->wanted = new_place;
}

void duet_seek_time(struct duet *duet, uint64_t time_ns)
{
    duet->pace = DUET_ONE_CLOCK;
    duet_seek(duet, time_ns);
}

void duet_seek_step(struct duet *duet, uint64_t step)
{
    duet->pace = DUET_STEP_BY_STEP;
    duet_seek(duet, step < 1 ? 1 : step);
}

static uint64_t part_of(uint64_t all, double percent)
{
    return percent >= 100 ? UINT64_MAX
           : percent > 0  ? (uint64_t)((double)all * percent / 100)
                          : 0;
}

void duet_seek_percent(struct duet *duet, double percent)
{
    if (duet->pace == DUET_ONE_CLOCK)
        duet_seek_time(duet, part_of(duet_latest_time(duet), percent));
    else
        duet_seek_step(duet, part_of(duet_latest_step(duet), percent));
    if (percent < 100 && !duet_is_complete(duet)) /* of more than is known yet */
        duet->wanted_percent = percent;
}

/* One clock begins where both have a first step. */
void duet_go_to_start(struct duet *duet)
{
    uint64_t a = duet_time_of(duet, 0, 1), b = duet_time_of(duet, 1, 1);

    duet->mode = PLAY_PAUSED;
    duet_go_to(duet, duet->pace == DUET_STEP_BY_STEP ? 1 : a > b ? a : b);
}

void duet_go_to_end(struct duet *duet)
{
    duet_seek(duet, UINT64_MAX);
}

typedef uint64_t next_step(const struct history *history, uint64_t step, int direction);

/* The place of the nearest such step of a run that is not at the present one; false if
   there is none. */
static bool next_place(struct duet *duet, unsigned run, int direction, next_step *next,
                       uint64_t *found)
{
    const struct history *history = &duet->runs[run]->history;
    uint64_t step = duet_shown_step(duet, run), now = *duet_place(duet);

    if (direction < 0)
        step++;
    while ((step = next(history, step, direction)) != 0) {
        *found = duet->pace == DUET_ONE_CLOCK ? duet_time_of(duet, run, step) : step;
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
        duet_go_to(duet, (a < b) == (direction > 0) ? a : b);
    else if (has_a || has_b)
        duet_go_to(duet, has_a ? a : b);
}

void duet_step(struct duet *duet, int direction)
{
    move(duet, direction, history_next_step);
}

bool duet_step_of(struct duet *duet, unsigned run, int direction)
{
    uint64_t there;

    duet->mode = PLAY_PAUSED;
    if (!next_place(duet, run, direction, history_next_step, &there))
        return false;
    duet_go_to(duet, there);
    return true;
}

void duet_change(struct duet *duet, int direction)
{
    move(duet, direction, history_next_change);
}

/*
 * roster_census.c - whether anybody is able to go on, by looking at each record; see
 * roster.h.
 *
 * To see each thread asleep is not enough: while we look, one that was seen asleep may
 * be woken by another, which sleeps when its turn comes. But that one has then gone to
 * sleep since we began, and each thread counts how often it does. So where all are seen
 * asleep, and nobody has gone to sleep or ended meanwhile, all of them sleep at once;
 * and only who is awake wakes another, or starts one.
 */
#include "roster.h"

static unsigned sum_of_turns(void)
{
    const struct roster_thread *record;
    unsigned sum = 0;

    for (unsigned i = 0; (record = roster_at(i)) != NULL; i++)
        sum += atomic_load(&record->turns);
    return sum;
}

/* Only who waits without a deadline sleeps until another acts. */
static bool is_blocked(const struct roster_thread *record)
{
    return atomic_load(&record->wake) == ROSTER_ASLEEP && !atomic_load(&record->timed);
}

static bool all_blocked(void)
{
    const struct roster_thread *record;

    for (unsigned i = 0; (record = roster_at(i)) != NULL; i++)
        if (atomic_load(&record->state) == ROSTER_ALIVE && !is_blocked(record))
            return false;
    return true;
}

bool roster_finds_able(void)
{
    unsigned before = sum_of_turns();

    return !all_blocked() || sum_of_turns() != before;
}

/* chance.c - random numbers that a seed brings back; see chance.h. */
#include "chance.h"
#include "roster.h"

static uint64_t run_seed; /* set before there is a second thread */
static _Thread_local uint64_t state;
static _Thread_local bool seeded;

void chance_set_seed(uint64_t seed)
{
    run_seed = seed;
}

/* The splitmix64 step: an odd stride, then a mixing of the bits. */
static uint64_t draw(void)
{
    state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t bits = state;
    bits = (bits ^ (bits >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    bits = (bits ^ (bits >> 27)) * UINT64_C(0x94D049BB133111EB);
    return bits ^ (bits >> 31);
}

int chance_below(int below)
{
    if (!seeded) {
        seeded = true;
        state = run_seed;
        state = draw() + roster_self()->number; /* far apart for neighbouring seeds */
    }
    return below < 1 ? 0 : (int)(draw() % (uint64_t)below);
}

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

uint64_t chance_seed(void)
{
    return run_seed;
}

/* The splitmix64 step: an odd stride, then a mixing of the bits. */
static uint64_t mix(uint64_t bits)
{
    bits += UINT64_C(0x9E3779B97F4A7C15);
    bits = (bits ^ (bits >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    bits = (bits ^ (bits >> 27)) * UINT64_C(0x94D049BB133111EB);
    return bits ^ (bits >> 31);
}

static uint64_t draw(void)
{
    uint64_t bits = mix(state);
    state += UINT64_C(0x9E3779B97F4A7C15);
    return bits;
}

int chance_below(int below)
{
    if (!seeded) {
        seeded = true;
        /* far apart for neighbouring seeds */
        state = mix(run_seed) + roster_self()->number;
    }
    return below < 1 ? 0 : (int)(draw() % (uint64_t)below);
}

void chance_start_anew(void)
{
    seeded = false;
}

uint64_t chance_of(const char *text, unsigned which)
{
    uint64_t bits = mix(mix(run_seed) + which); /* else the next seed's are these */

    for (; *text != '\0'; text++)
        bits = mix(bits ^ (unsigned char)*text);
    return bits;
}

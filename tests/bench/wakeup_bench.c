/*
 * wakeup_bench.c - the round trip between two threads that wake each other.
 *
 * One thread puts into a queue of one slot and takes from another; its partner answers.
 * On one processor each has to make room for the other; on two, a thread that sleeps
 * must be woken over there, unless it still looks.
 */
#include "contender.h"
#include "measure.h"
#include "recording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    const struct contender *contender;
    void *there, *back;
    bool spread; /* over two processors */
    uint64_t trips;
} game;

static void play(int index)
{
    if (game.spread)
        measure_pin(index);
    for (uint64_t i = 1; i <= game.trips; i++) {
        if (index == 0)
            game.contender->put(game.there, i);
        uint64_t got = game.contender->get(index == 0 ? game.back : game.there);
        if (got != i)
            measure_failed("an answer is not the one expected");
        if (index == 1)
            game.contender->put(game.back, i);
    }
}

/* In the round's own process. */
static int play_round(char **arguments)
{
    game.contender = &contenders[atoi(arguments[0])];
    game.spread = strcmp(arguments[1], "spread") == 0;
    game.trips = strtoull(arguments[2], NULL, 10);
    if (game.contender->traced)
        recording_start(4 * game.trips);
    game.there = game.contender->create(1);
    game.back = game.contender->create(1);
    struct sample begin = measure_begin();
    contender_run(game.contender, play, 2);
    struct sample sample = measure_end(begin, (double)game.trips);
    if (game.contender->traced)
        recording_check(4 * game.trips);
    measure_report(sample);
    return 0;
}

static void compare(const char *heading, int cpu, const char *where)
{
    struct series all[CONTENDER_TRACED + 1];
    char number[24];

    for (int i = 0; i < MEASURE_ROUNDS; i++) {
        for (int c = 0; c <= CONTENDER_TRACED; c++) {
            snprintf(number, sizeof number, "%d", c);
            all[c].rounds[i] = measure_round(
                cpu, (const char *[]){"round", number, where, "10000", NULL});
        }
    }
    measure_print_heading(heading, "CPU ns", "/textbook");
    for (int c = 0; c <= CONTENDER_TRACED; c++)
        measure_print(contenders[c].name, &all[c], &all[CONTENDER_TEXTBOOK], 0);
}

int main(int argc, char **argv)
{
    if (argc == 5)
        return play_round(argv + 2);
    puts("WAKE-UPS: round trip of two threads over two queues of one slot");
    compare("both on one processor", 0, "together");
    compare("on two processors", MEASURE_ANY_CPU, "spread");
    return 0;
}

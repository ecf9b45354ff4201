/*
 * queue_bench.c - the kit's queue, untraced and traced, against a textbook queue and
 * GLib's GAsyncQueue.
 *
 * One item costs one put and one get. Each producer puts as many items as each consumer
 * takes, and the sum of all items is checked. The put+get pair is one thread's, while
 * another waits for its end: as the only thread of a process it would be measured with
 * locks that the C library then makes cheap, which no concurrent program ever sees.
 */
#include "contender.h"
#include "measure.h"
#include "recording.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BOUND = 1024, ALONE = 0 };

/* One round: what its threads share. */
static struct {
    const struct contender *contender;
    void *queue;
    uint64_t items; /* each producer's and each consumer's */
    _Atomic uint64_t sum;
} game;

static void produce(void)
{
    for (uint64_t i = 1; i <= game.items; i++)
        game.contender->put(game.queue, i);
}

static void consume(void)
{
    uint64_t sum = 0;

    for (uint64_t i = 0; i < game.items; i++)
        sum += game.contender->get(game.queue);
    game.sum += sum;
}

static void play(int index)
{
    if (index % 2 == 0)
        produce();
    else
        consume();
}

static void play_alone(int index)
{
    uint64_t sum = 0;

    (void)index;
    for (uint64_t i = 1; i <= game.items; i++) {
        game.contender->put(game.queue, i);
        sum += game.contender->get(game.queue);
    }
    game.sum = sum;
}

/* In the round's own process. */
static int play_round(char **arguments)
{
    game.contender = &contenders[atoi(arguments[0])];
    unsigned capacity = (unsigned)atoi(arguments[1]);
    int threads = 2 * atoi(arguments[2]);
    uint64_t pairs = threads == 0 ? 1 : (uint64_t)threads / 2;
    game.items = strtoull(arguments[3], NULL, 10) / pairs;
    if (game.contender->traced)
        recording_start(2 * game.items * pairs);
    game.queue = game.contender->create(capacity);

    struct sample begin = measure_begin();
    if (threads == 0)
        contender_run(game.contender, play_alone, 1);
    else
        contender_run(game.contender, play, threads);
    struct sample sample = measure_end(begin, (double)(game.items * pairs));

    if (game.sum != pairs * (game.items * (game.items + 1) / 2))
        measure_failed("the items that came out are not those that went in");
    if (game.contender->traced)
        recording_check(2 * game.items * pairs);
    measure_report(sample);
    return 0;
}

static bool takes_part(const struct contender *contender, unsigned capacity)
{
    return contender->create != NULL && (capacity == 0 || contender->bounded);
}

/* Measures all contenders in turn. */
static void measure_all(struct series *all, unsigned capacity, int pairs, long items)
{
    char texts[4][24];
    const char *arguments[] = {"round", texts[0], texts[1], texts[2], texts[3], NULL};

    snprintf(texts[1], sizeof texts[1], "%u", capacity);
    snprintf(texts[2], sizeof texts[2], "%d", pairs);
    snprintf(texts[3], sizeof texts[3], "%ld", items);
    for (int i = 0; i < MEASURE_ROUNDS; i++) {
        for (int c = 0; c < CONTENDERS; c++) {
            snprintf(texts[0], sizeof texts[0], "%d", c);
            if (takes_part(&contenders[c], capacity))
                all[c].rounds[i] = measure_round(MEASURE_ANY_CPU, arguments);
        }
    }
}

/* The targets, as ratios to the contender that is compared with. */
struct targets {
    int compared_with;
    double untraced;
    double traced;
};

static void compare(const char *heading, unsigned capacity, int pairs, long items,
                    struct targets targets)
{
    struct series all[CONTENDERS];
    char against[32];

    if (contenders[targets.compared_with].create == NULL)
        targets = (struct targets){CONTENDER_TEXTBOOK, 0, 0};
    measure_all(all, capacity, pairs, items);
    const struct series *other = &all[targets.compared_with];
    snprintf(against, sizeof against, "/%s", contenders[targets.compared_with].name);
    measure_print_heading(heading, "CPU ns", against);
    for (int c = 0; c < CONTENDERS; c++)
        if (takes_part(&contenders[c], capacity))
            measure_print(contenders[c].name, &all[c], other,
                          c == CONTENDER_KIT      ? targets.untraced
                          : c == CONTENDER_TRACED ? targets.traced
                                                  : 0);
}

int main(int argc, char **argv)
{
    static const int pairs[] = {1, 2, 4, 8};
    const long items = 1000000;
    char heading[64];

    if (argc == 6 && strcmp(argv[1], "round") == 0)
        return play_round(argv + 2);
    puts("QUEUES: time per item (one put and one get)");
    if (contenders[CONTENDER_GLIB].create == NULL)
        puts("Built without GLib: GAsyncQueue is left out. To have it: apt-get install "
             "libglib2.0-dev pkg-config, then make clean bench.");
    compare("put+get pair, bounded 1024", BOUND, ALONE, 2 * items,
            (struct targets){CONTENDER_TEXTBOOK, 1.1, 0});
    compare("put+get pair, unbounded", 0, ALONE, 2 * items,
            (struct targets){CONTENDER_TEXTBOOK, 1.1, 0});
    for (int i = 0; i < 4; i++) {
        snprintf(heading, sizeof heading, "bounded 1024, %d:%d", pairs[i], pairs[i]);
        compare(heading, BOUND, pairs[i], items,
                (struct targets){CONTENDER_TEXTBOOK, 0, 1.0});
    }
    for (int i = 0; i < 4; i++) {
        snprintf(heading, sizeof heading, "unbounded, %d:%d", pairs[i], pairs[i]);
        compare(heading, 0, pairs[i], items, (struct targets){CONTENDER_GLIB, 0, 1.3});
    }
    return 0;
}

/*
 * bounded_bench.c - no measurement: the check that comes before them.
 *
 * A bounded queue could look fast by letting producers sleep until it is half empty.
 * Every put that waits says so in the trace, before it sleeps and while it holds the
 * queue's lock: in each such event the queue must be full, and in each get that waits
 * it must be empty. And a sleeper must be woken: a run that loses a wake-up never ends.
 */
#include "contender.h"
#include "measure.h"
#include "recording.h"
#include "trace_format.h"

#include <stdio.h>

enum { PAIRS = 4, ITEMS = 50000 };

static const struct contender *contender = &contenders[CONTENDER_TRACED];
static void *queue;

static void play(int index)
{
    for (uint64_t i = 1; i <= ITEMS; i++) {
        if (index % 2 == 0)
            contender->put(queue, i);
        else
            contender->get(queue);
    }
}

/* How many waits the trace has; ends the program where one was in vain. */
static void check_waits(const struct trace_header *h, uint32_t capacity)
{
    const struct trace_event *events =
        (const void *)((const char *)h + h->event_offset);
    uint64_t count = atomic_load(&h->next_event);
    unsigned long puts = 0, gets = 0;

    for (uint64_t i = 0; i < count; i++) {
        uint32_t kind = atomic_load(&events[i].kind);
        puts += kind == TRACE_QUEUE_PUT_BEGIN;
        gets += kind == TRACE_QUEUE_GET_BEGIN;
        if (kind == TRACE_QUEUE_PUT_BEGIN && events[i].depth != capacity)
            measure_failed("A PUT WAITED ALTHOUGH THERE WAS SPACE");
        if (kind == TRACE_QUEUE_GET_BEGIN && events[i].depth != 0)
            measure_failed("A GET WAITED ALTHOUGH THERE WAS AN ITEM");
    }
    printf("  capacity %4u: %7lu puts waited, each on a full queue; "
           "%7lu gets, each on an empty one\n",
           capacity, puts, gets);
}

static int play_round(const char *text)
{
    unsigned capacity = 0;

    if (sscanf(text, "%u", &capacity) != 1)
        measure_failed("the capacity is a number");
    recording_start(4 * PAIRS * ITEMS);
    queue = contender->create(capacity);
    contender_run(contender, play, 2 * PAIRS);
    recording_check(2 * PAIRS * ITEMS);
    check_waits(recording_map(), capacity);
    return 0;
}

int main(int argc, char **argv)
{
    static const char *const capacities[] = {"1", "16", "1024"};

    if (argc == 3)
        return play_round(argv[2]);
    puts("CHECK: a put waits only where there is no space (4:4 threads)");
    for (int i = 0; i < 3; i++)
        measure_run((const char *[]){"round", capacities[i], NULL});
    return 0;
}

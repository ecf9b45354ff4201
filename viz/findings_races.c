/*
 * findings_races.c - two accesses to a shared variable, one of them a write, that
 * nothing orders; see findings_watch.h.
 *
 * Not only a common lock orders them: who was started, joined or told by a queue, an
 * event or a condition comes after who started, ended or told. So what looks like a
 * race in this run and is none is not told; what only luck has ordered in this run is
 * not told either.
 */
#include "findings_clocks.h"
#include "findings_parts.h"
#include "memory.h"

#include <stdlib.h>

/* The latest accesses by each column's thread, at its time then. */
struct accesses {
    uint32_t times[CLOCK_COLUMNS];
    uint64_t steps[CLOCK_COLUMNS];
};

struct variable {
    struct accesses reads, writes;
};

struct races_seen {
    struct clocks clocks;
    struct pairs variables; /* by process and variable */
};

enum { MOST_VARIABLES = 4096 };

static struct races_seen *seen(struct findings_watch *watch)
{
    if (watch->races == NULL) {
        watch->races = grown(NULL, 1, sizeof *watch->races);
        *watch->races = (struct races_seen){
            .variables = {.size = sizeof(struct variable), .most = MOST_VARIABLES}};
    }
    return watch->races;
}

static void find_race(struct findings_watch *watch, uint64_t earlier)
{
    bool read_first = reader_kind(watch->reader, earlier) == TRACE_SHARED_LOAD;
    bool reads = watch->kind == TRACE_SHARED_LOAD;

    finding_add(watch,
                (struct finding){.kind = FINDING_DATA_RACE,
                                 .step = watch->step,
                                 .from = earlier,
                                 .thread = watch->event->thread,
                                 .object = watch->event->object},
                (struct finding_words){
                    .template = read_first
                                    ? "%w reads %o at step %a%l, %t writes it at "
                                      "step %b%k, and nothing orders the two"
                                : reads ? "%w writes %o at step %a%l, %t reads it at "
                                          "step %b%k, and nothing orders the two"
                                        : "%w writes %o at step %a%l, %t writes it at "
                                          "step %b%k, and nothing orders the two",
                    .other = reader_event(watch->reader, earlier)->thread,
                    .first = earlier,
                    .second = watch->step});
}

/* The latest of those accesses that the row knows nothing of; 0: there is none. */
static uint64_t unordered(const struct clocks *clocks, const struct accesses *accesses,
                          const struct clock_row *row, unsigned column)
{
    uint64_t latest = 0;

    for (unsigned i = 0; i < clocks->columns; i++)
        if (i != column && accesses->times[i] > row->times[i] &&
            accesses->steps[i] > latest)
            latest = accesses->steps[i];
    return latest;
}

static void look_at_access(struct findings_watch *watch, struct races_seen *races)
{
    bool writes = watch->kind == TRACE_SHARED_STORE;
    int column =
        watch->process == 0 ? -1 : clocks_column(&races->clocks, watch->event->thread);
    struct variable *variable =
        column < 0
            ? NULL
            : pairs_touch(&races->variables, watch->process, watch->event->object);

    if (variable == NULL)
        return;
    const struct clock_row *row = clocks_row(&races->clocks, watch->event->thread);
    unsigned own = (unsigned)column;
    uint64_t earlier = unordered(&races->clocks, &variable->writes, row, own);
    if (earlier == 0 && writes)
        earlier = unordered(&races->clocks, &variable->reads, row, own);
    struct accesses *accesses = writes ? &variable->writes : &variable->reads;
    accesses->times[own] = row->times[own];
    accesses->steps[own] = watch->step;
    if (earlier != 0)
        find_race(watch, earlier);
}

/* Whether nobody knows what the step orders: it was lost, or it waits on a condition
   and the step that told of its lock was. */
static bool orders_unknown(const struct findings_watch *watch)
{
    bool waits = watch->kind == TRACE_CONDITION_WAIT_BEGIN ||
                 watch->kind == TRACE_CONDITION_WAIT ||
                 watch->kind == TRACE_CONDITION_WAIT_FAILED;

    return watch->last_gap == watch->step ||
           (waits && watch->last_gap != 0 &&
            model_object_of(&watch->model, watch->event->object, watch->process)
                    ->holder == 0);
}

void races_look(struct findings_watch *watch)
{
    struct races_seen *races = seen(watch);

    if (orders_unknown(watch)) /* what came before it may be ordered by it */
        pairs_free(&races->variables);
    else if (watch->kind == TRACE_SHARED_LOAD || watch->kind == TRACE_SHARED_STORE)
        look_at_access(watch, races);
    else
        clocks_look(&races->clocks, watch);
}

void races_free(struct findings_watch *watch)
{
    if (watch->races == NULL)
        return;
    clocks_free(&watch->races->clocks);
    pairs_free(&watch->races->variables);
    free(watch->races);
}

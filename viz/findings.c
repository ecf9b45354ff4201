/* findings.c - looks for what is worth looking at, step by step; see findings.h. */
#include "findings.h"
#include "findings_parts.h"
#include "memory.h"

#include <stdlib.h>

/* Those who watch; each is told of every step, before the model knows it. */
static const struct {
    void (*look)(struct findings_watch *watch);
    void (*end)(struct findings_watch *watch); /* the run is over; NULL: nothing */
    void (*free)(struct findings_watch *watch);
} watchers[] = {
    {ending_look, ending_end, NULL},
    {queues_look, queues_end, queues_free},
    {tasks_look, tasks_end, tasks_free},
    {results_look, results_end, results_free},
    {waits_look, waits_end, waits_free},
    {polling_look, NULL, polling_free},
    {conditions_look, conditions_end, conditions_free},
    {output_look, NULL, output_free},
    {printers_look, NULL, printers_free},
    {starts_look, starts_end, starts_free},
    {looks_look, looks_end, looks_free},
    {updates_look, NULL, updates_free},
    {copies_look, copies_end, copies_free},
    {races_look, NULL, races_free},
};
enum { WATCHERS = sizeof watchers / sizeof watchers[0] };

static void look_at_next(struct findings_watch *watch)
{
    watch->step++;
    watch->event = reader_event(watch->reader, watch->step);
    watch->kind = reader_kind(watch->reader, watch->step);
    if (watch->kind == TRACE_UNCOMMITTED || watch->kind >= TRACE_KINDS)
        watch->last_gap = watch->step;
    watch->process = model_process_of(&watch->model, watch->event->thread);
    for (size_t i = 0; i < WATCHERS; i++)
        if (watchers[i].look != NULL)
            watchers[i].look(watch);
    model_apply(&watch->model, watch->reader);
}

/* What a killed run has left undone is no wonder: the parts know whether it ended by
   itself, and whether its end was recorded. */
static void tell_end(struct findings_watch *watch)
{
    int status;

    watch->is_whole = reader_how_ended(watch->reader, &status) == READER_ENDED &&
                      watch->model.over && watch->reader->lost == 0 &&
                      watch->reader->cut == 0;
    for (size_t i = 0; i < WATCHERS; i++)
        if (watchers[i].end != NULL)
            watchers[i].end(watch);
}

static void free_watch(struct findings *findings)
{
    if (findings->watch == NULL)
        return;
    for (size_t i = 0; i < WATCHERS; i++)
        if (watchers[i].free != NULL)
            watchers[i].free(findings->watch);
    model_free(&findings->watch->model);
    free(findings->watch);
    findings->watch = NULL;
}

bool findings_extend(struct findings *findings, const struct reader *reader,
                     uint64_t most)
{
    if (findings->complete)
        return false;
    if (findings->watch == NULL) {
        findings->watch = grown(NULL, 1, sizeof *findings->watch);
        *findings->watch = (struct findings_watch){.findings = findings};
    }
    struct findings_watch *watch = findings->watch;
    watch->findings = findings; /* either may have moved since the last time */
    watch->reader = reader;
    for (; most > 0 && findings->steps < reader->steps; most--, findings->steps++)
        look_at_next(watch);
    if (findings->steps >= reader->steps && !reader->live) {
        tell_end(watch);
        findings->complete = true;
    }
    if (watch->has_changed)
        finding_tell_more(findings);
    watch->has_changed = false;
    if (findings->complete)
        free_watch(findings);
    return findings->steps < reader->steps;
}

void findings_free(struct findings *findings)
{
    free_watch(findings);
    for (size_t i = 0; i < findings->count; i++)
        free(findings->list[i].more_known);
    free(findings->list);
    *findings = (struct findings){.count = 0};
}

/* Remarks come behind all that went wrong. */
static unsigned weight(const struct finding *finding)
{
    return (unsigned)finding->kind +
           (finding->severity == FINDING_REMARK ? FINDINGS : 0);
}

const struct finding *findings_main(const struct findings *findings)
{
    const struct finding *best = NULL;

    for (size_t i = 0; i < findings->count; i++)
        if (best == NULL || weight(&findings->list[i]) < weight(best))
            best = &findings->list[i];
    return best;
}

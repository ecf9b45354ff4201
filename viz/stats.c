/* stats.c - a run in figures: the steps one by one, and the threads; see stats.h. */
#include "stats.h"
#include "memory.h"
#include "stats_objects.h"

#include <stdlib.h>
#include <string.h>

static void free_objects(struct stats_object *objects, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(objects[i].put_waits.classes);
        free(objects[i].get_waits.classes);
    }
    free(objects);
}

void stats_free(struct stats *stats)
{
    free_objects(stats->objects, stats->object_room);
    free_objects(stats->copies, stats->copy_room);
    free(stats->threads);
    model_free(&stats->model);
    memset(stats, 0, sizeof *stats);
}

/* The array with room for that many, what is new all zero. */
static void *with_room(void *array, size_t count, size_t *room, size_t size)
{
    size_t before = *room;

    if (count <= before)
        return array;
    array = grown_for(array, count, room, size);
    memset((char *)array + before * size, 0, (*room - before) * size);
    return array;
}

static void make_room(struct stats *stats)
{
    const struct model *model = &stats->model;

    stats->threads = with_room(stats->threads, model->thread_count, &stats->thread_room,
                               sizeof *stats->threads);
    stats->objects = with_room(stats->objects, model->object_count, &stats->object_room,
                               sizeof *stats->objects);
    stats->copies = with_room(stats->copies, model->copy_count, &stats->copy_room,
                              sizeof *stats->copies);
}

/* The states that the threads had before a step, where the step may change those of
   many; NULL where it changes only that of who acts. */
struct before {
    enum state acting_state;
    enum state *states;
    unsigned count;
};

static bool changes_others(enum trace_kind kind)
{
    return kind == TRACE_THREAD_START || kind == TRACE_PROCESS_START ||
           kind == TRACE_PROCESS_END || kind == TRACE_PROCESS_KILLED;
}

static enum state state_of(const struct model *model, int thread)
{
    return thread < 0 ? STATE_NONE : model->threads[thread].state;
}

static struct before look_before(const struct model *model, enum trace_kind kind,
                                 int acting)
{
    struct before before = {state_of(model, acting), NULL, model->thread_count};

    if (!changes_others(kind) || before.count == 0)
        return before;
    before.states = grown(NULL, before.count, sizeof *before.states);
    for (unsigned i = 0; i < before.count; i++)
        before.states[i] = model->threads[i].state;
    return before;
}

/* The thread came into its state by this step. */
static void change_state(struct stats *stats, unsigned index, enum state before)
{
    struct stats_thread *thread = &stats->threads[index];
    uint64_t now = stats->model.time_ns;

    if (before == STATE_NONE)
        thread->start_ns = now;
    else
        thread->spent_ns[before] += now - thread->state_ns;
    thread->state_ns = now;
}

static void change_states(struct stats *stats, const struct before *before, int acting)
{
    const struct model *model = &stats->model;

    for (unsigned i = 0; before->states != NULL && i < model->thread_count; i++)
        if ((int)i != acting && model->threads[i].since_step == model->step)
            change_state(stats, i, i < before->count ? before->states[i] : STATE_NONE);
    if (acting >= 0 && model->threads[acting].since_step == model->step)
        change_state(stats, (unsigned)acting, before->acting_state);
}

/* A wait of the thread is over. */
static void end_wait(struct stats *stats, const struct reader *reader,
                     struct stats_thread *thread, const struct trace_event *event)
{
    uint64_t step = thread->begun;
    const struct trace_event *begun = reader_event(reader, step);
    uint64_t ns = event->time_ns > begun->time_ns ? event->time_ns - begun->time_ns : 0;

    thread->begun = 0;
    if (reader_kind(reader, step) == TRACE_NAP_BEGIN)
        return;
    if (thread->longest_step == 0 || ns > thread->longest_ns) {
        thread->longest_ns = ns;
        thread->longest_step = step;
    }
    stats_note_wait(stats, reader, step, ns);
}

static void note_thread(struct stats *stats, const struct reader *reader,
                        unsigned index, enum trace_kind kind)
{
    const struct trace_event *event = reader_event(reader, stats->model.step);
    struct stats_thread *thread = &stats->threads[index];
    enum phase phase = kind_info(kind)->phase;
    bool idle = idle_step(&thread->idle, event, kind) != IDLE_NOT;

    thread->idle_wakeups += idle;
    thread->prints += kind == TRACE_SAY || kind == TRACE_SAY_PIECE;
    if (thread->begun != 0 && (phase == PHASE_DONE || phase == PHASE_FAILED))
        end_wait(stats, reader, thread, event);
    if (phase == PHASE_BEGIN) {
        thread->begun = stats->model.step;
        thread->waits += kind != TRACE_NAP_BEGIN;
    }
    stats_note_object(stats, event, kind, thread, idle);
}

static void gather(struct stats *stats, const struct reader *reader)
{
    struct model *model = &stats->model;
    uint64_t step = model->step + 1;
    enum trace_kind kind = reader_kind(reader, step);
    uint32_t number =
        kind == TRACE_UNCOMMITTED ? 0 : reader_event(reader, step)->thread;
    struct before before = look_before(model, kind, model_thread_of(model, number));

    model_apply(model, reader);
    make_room(stats);
    int acting = model_thread_of(model, number);
    change_states(stats, &before, acting);
    if (acting >= 0)
        note_thread(stats, reader, (unsigned)acting, kind);
    free(before.states);
}

void stats_extend(struct stats *stats, const struct reader *reader, uint64_t until)
{
    if (until > reader->steps)
        until = reader->steps;
    while (stats->model.step < until)
        gather(stats, reader);
}

void stats_gather(struct stats *stats, const struct reader *reader, uint64_t until)
{
    if (until < stats->model.step)
        stats_free(stats);
    stats_extend(stats, reader, until);
}

uint64_t stats_spent(const struct stats *stats, unsigned thread, enum state state,
                     uint64_t now_ns)
{
    const struct stats_thread *figures = &stats->threads[thread];
    bool is_in_it = stats->model.threads[thread].state == state &&
                    state != STATE_ENDED && state != STATE_KILLED;
    uint64_t since =
        is_in_it && now_ns > figures->state_ns ? figures->state_ns : now_ns;

    return figures->spent_ns[state] + (now_ns - since);
}

uint64_t stats_longest_wait(const struct stats *stats, const struct reader *reader,
                            unsigned thread, uint64_t now_ns, uint64_t *step)
{
    const struct stats_thread *figures = &stats->threads[thread];
    enum state state = stats->model.threads[thread].state;
    uint64_t longest = figures->longest_ns;

    *step = figures->longest_step;
    if (state != STATE_WAIT && state != STATE_TIMED && state != STATE_LOCK)
        return longest;
    const struct trace_event *event = reader_event(reader, figures->begun);
    if (figures->begun == 0 || now_ns < event->time_ns ||
        (*step != 0 && now_ns - event->time_ns <= longest))
        return longest;
    *step = figures->begun;
    return now_ns - event->time_ns;
}

void stats_kill(struct stats *stats, const struct reader *reader)
{
    struct model *model = &stats->model;

    for (unsigned i = 0; i < model->thread_count; i++) {
        struct stats_thread *thread = &stats->threads[i];
        enum state state = model->threads[i].state;
        thread->longest_ns =
            stats_longest_wait(stats, reader, i, model->time_ns, &thread->longest_step);
        thread->spent_ns[state] = stats_spent(stats, i, state, model->time_ns);
        thread->state_ns = model->time_ns;
    }
    model_kill(model);
}

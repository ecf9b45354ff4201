/* history.c - what the whole recording says; see history.h. */
#include "history.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

/* A wait shorter than this cannot be seen on any time scale that a class looks at. */
static const uint64_t seen_ns = 200000;

enum {
    MOMENT_STEPS = 1024, /* between two times that are kept */
    MOST_THREAD = UINT16_MAX / MARK_THREAD
};

void history_free(struct history *history)
{
    for (unsigned i = 0; i < history->thread_room; i++)
        changes_free(&history->threads[i]);
    free(history->threads);
    free(history->begun);
    free(history->prints);
    free(history->marks);
    free(history->moments);
    model_free(&history->model);
    memset(history, 0, sizeof *history);
}

static void make_room_for_threads(struct history *history)
{
    unsigned count = history->model.thread_count;

    if (count <= history->thread_room)
        return;
    size_t room = history->thread_room, same = room;
    history->threads =
        grown_for(history->threads, count, &room, sizeof(struct changes));
    history->begun = grown_for(history->begun, count, &same, sizeof(uint64_t));
    memset(&history->threads[history->thread_room], 0,
           (room - history->thread_room) * sizeof(struct changes));
    memset(&history->begun[history->thread_room], 0,
           (room - history->thread_room) * sizeof(uint64_t));
    history->thread_room = (unsigned)room;
}

static void note_change(struct history *history, unsigned thread, uint64_t step)
{
    changes_add(&history->threads[thread], step, history->model.time_ns,
                history->model.threads[thread].state);
    history->marks[step] |= MARK_CHANGE;
}

/* A step changes who acts; some change others as well. */
static void note_changes(struct history *history, enum trace_kind kind, int acting)
{
    const struct model *model = &history->model;
    bool others = kind == TRACE_THREAD_START || kind == TRACE_PROCESS_START ||
                  kind == TRACE_PROCESS_END || kind == TRACE_PROCESS_KILLED;

    for (unsigned i = 0; others && i < model->thread_count; i++)
        if ((int)i != acting && model->threads[i].since_step == model->step)
            note_change(history, i, model->step);
    if (acting >= 0 && model->threads[acting].since_step == model->step)
        note_change(history, (unsigned)acting, model->step);
}

/* A wait is over: one that was too short to see is no stop, and neither are its two
   changes of state. */
static void note_wait(struct history *history, const struct reader *reader,
                      unsigned thread, uint64_t step)
{
    enum phase phase = kind_info(reader_kind(reader, step))->phase;
    const struct trace_event *event = reader_event(reader, step);

    if (phase == PHASE_BEGIN) {
        history->begun[thread] = step;
        return;
    }
    uint64_t begun = history->begun[thread];
    history->begun[thread] = 0;
    if (begun == 0 || (phase != PHASE_DONE && phase != PHASE_FAILED) ||
        event->time_ns - reader_event(reader, begun)->time_ns >= seen_ns)
        return;
    history->marks[begun] |= MARK_SHORT_WAIT;
    history->marks[begun] &= (uint16_t)~MARK_CHANGE;
    history->marks[step] &= (uint16_t)~MARK_CHANGE;
}

/* What is known of each step: who acted, and now and then the time. */
static void note_step(struct history *history, int acting)
{
    const struct model *model = &history->model;
    uint64_t step = model->step, moment = step / MOMENT_STEPS;
    int thread = acting < MOST_THREAD ? acting + 1 : MOST_THREAD;

    history->marks =
        grown_for(history->marks, step, &history->mark_room, sizeof *history->marks);
    history->marks[step] = (uint16_t)(thread * MARK_THREAD);
    if (step % MOMENT_STEPS != 0)
        return;
    history->moments = grown_for(history->moments, moment, &history->moment_room,
                                 sizeof *history->moments);
    history->moments[moment - 1] = model->time_ns;
}

static void gather(struct history *history, const struct reader *reader)
{
    struct model *model = &history->model;

    model_apply(model, reader);
    uint64_t step = model->step;
    make_room_for_threads(history);

    enum trace_kind kind = reader_kind(reader, step);
    if (kind == TRACE_SAY || kind == TRACE_SAY_PIECE || kind == TRACE_TOLD) {
        history->prints = grown_for(history->prints, history->print_count,
                                    &history->print_room, sizeof(uint64_t));
        history->prints[history->print_count++] = step;
    }
    const struct trace_event *event = reader_event(reader, step);
    if (kind == TRACE_DEADLOCK || kind == TRACE_MISUSE ||
        (kind == TRACE_OUTCOME && event->detail == 0))
        history->report = step;
    int acting = kind == TRACE_UNCOMMITTED ? -1 : model_thread_of(model, event->thread);
    note_step(history, acting);
    note_changes(history, kind, acting);
    if (acting >= 0)
        note_wait(history, reader, (unsigned)acting, step);
}

bool history_extend(struct history *history, const struct reader *reader, uint64_t most)
{
    uint64_t before = history->model.step;

    while (history->model.step < reader->steps && history->model.step - before < most)
        gather(history, reader);
    return history->model.step != before;
}

static uint64_t next_where(const struct history *history, uint64_t step, int direction,
                           unsigned mask, unsigned wanted)
{
    uint64_t last = history->model.step;

    for (;;) {
        if (direction > 0 ? step >= last : step <= 1)
            return 0;
        step = direction > 0 ? step + 1 : step - 1;
        if ((history->marks[step] & mask) == wanted)
            return step;
    }
}

uint64_t history_next_step(const struct history *history, uint64_t step, int direction)
{
    return next_where(history, step, direction, MARK_SHORT_WAIT, 0);
}

uint64_t history_next_change(const struct history *history, uint64_t step,
                             int direction)
{
    return next_where(history, step, direction, MARK_CHANGE, MARK_CHANGE);
}

uint64_t history_next_step_of(const struct history *history, unsigned thread,
                              uint64_t step, int direction)
{
    unsigned who = thread < MOST_THREAD ? thread + 1 : MOST_THREAD;

    return next_where(history, step, direction, UINT16_MAX & ~MARK_CHANGE,
                      who * MARK_THREAD);
}

/* The time that a step tells; a lost one tells none. */
static uint64_t time_of(const struct reader *reader, uint64_t step)
{
    enum trace_kind kind = reader_kind(reader, step);

    return kind == TRACE_UNCOMMITTED || kind >= TRACE_KINDS
               ? 0
               : reader_event(reader, step)->time_ns;
}

uint64_t history_step_at(const struct history *history, const struct reader *reader,
                         uint64_t time_ns)
{
    size_t low = 0, high = (size_t)(history->model.step / MOMENT_STEPS);

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (history->moments[middle] < time_ns)
            low = middle + 1;
        else
            high = middle;
    }
    uint64_t step = (uint64_t)low * MOMENT_STEPS + 1;
    while (step <= history->model.step && time_of(reader, step) < time_ns)
        step++;
    return step;
}

uint64_t history_time_of(const struct history *history, const struct reader *reader,
                         uint64_t step)
{
    uint64_t block = step / MOMENT_STEPS;
    uint64_t latest = block > 0 ? history->moments[block - 1] : 0;

    for (uint64_t i = block * MOMENT_STEPS + 1; i <= step; i++)
        if (time_of(reader, i) > latest)
            latest = time_of(reader, i);
    return latest;
}

size_t history_prints_until(const struct history *history, uint64_t step)
{
    size_t low = 0, high = history->print_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (history->prints[middle] <= step)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

enum state history_state_between(const struct history *history, unsigned thread,
                                 uint64_t step, uint64_t start_ns, uint64_t end_ns,
                                 unsigned *states)
{
    *states = 0;
    return thread < history->thread_room
               ? changes_between(&history->threads[thread], step, start_ns, end_ns,
                                 states)
               : STATE_NONE;
}

/* history.c - what the whole recording says; see history.h. */
#include "history.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

/* A wait shorter than this cannot be seen on any time scale that a class looks at. */
static const uint64_t seen_ns = 200000;

void history_free(struct history *history)
{
    for (unsigned i = 0; i < history->thread_room; i++)
        free(history->threads[i].list);
    free(history->threads);
    free(history->begun);
    free(history->prints);
    free(history->marks);
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
    struct changes *changes = &history->threads[thread];

    changes->list =
        grown_for(changes->list, changes->count, &changes->room, sizeof(struct change));
    changes->list[changes->count++] =
        (struct change){.step = step,
                        .time_ns = history->model.time_ns,
                        .state = history->model.threads[thread].state};
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
    history->marks[begun] &= (unsigned char)~MARK_CHANGE;
    history->marks[step] &= (unsigned char)~MARK_CHANGE;
}

static void gather(struct history *history, const struct reader *reader)
{
    struct model *model = &history->model;
    size_t mark_room = history->mark_room;

    model_apply(model, reader);
    uint64_t step = model->step;
    history->marks = grown_for(history->marks, step, &mark_room, 1);
    history->mark_room = mark_room;
    history->marks[step] = 0;
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
                           unsigned char mask, unsigned char wanted)
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

/* Index of the last change at or before that time; -1 if there is none. */
static ptrdiff_t change_at(const struct changes *changes, uint64_t time_ns)
{
    size_t low = 0, high = changes->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (changes->list[middle].time_ns <= time_ns)
            low = middle + 1;
        else
            high = middle;
    }
    return (ptrdiff_t)low - 1;
}

enum state history_state_between(const struct history *history, unsigned thread,
                                 uint64_t step, uint64_t start_ns, uint64_t end_ns,
                                 unsigned *states)
{
    uint64_t spent[STATES] = {0};
    enum state longest = STATE_NONE;

    *states = 0;
    if (thread >= history->thread_room)
        return STATE_NONE;
    const struct changes *changes = &history->threads[thread];
    ptrdiff_t first = change_at(changes, start_ns);
    /* between threads the time may run back a little: a later step, an earlier time */
    while (first >= 0 && changes->list[first].step > step)
        first--;
    for (size_t i = first < 0 ? 0 : (size_t)first; i < changes->count; i++) {
        const struct change *change = &changes->list[i];
        if (change->time_ns >= end_ns || change->step > step)
            break;
        uint64_t from = change->time_ns > start_ns ? change->time_ns : start_ns;
        uint64_t until = end_ns;
        if (i + 1 < changes->count && changes->list[i + 1].step <= step &&
            changes->list[i + 1].time_ns < end_ns)
            until = changes->list[i + 1].time_ns;
        /* + 1: a state of no length is still one */
        spent[change->state] += until > from ? until - from + 1 : 1;
    }
    for (int state = 1; state < STATES; state++) {
        if (spent[state] > spent[longest])
            longest = (enum state)state;
        if (spent[state] > 0)
            *states |= 1u << state;
    }
    return longest;
}

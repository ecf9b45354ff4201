/* so_far.c - what a run has come to up to a step; see so_far.h. */
#include "memory.h"
#include "so_far_fold.h"

#include <stdlib.h>
#include <string.h>

/* As in the model: a number that is further ahead of the steps comes from a damaged
   trace, and gets no memory. */
enum { NUMBERS_AHEAD = TRACE_THREADS };

struct so_far_object *so_far_object(struct so_far *so_far, uint32_t number)
{
    static struct so_far_object nothing;

    if (number == 0 || number >= so_far->step + NUMBERS_AHEAD) {
        nothing = (struct so_far_object){.finished = 0};
        return &nothing;
    }
    if (number >= so_far->object_count) {
        uint32_t count = number + 1 + number / 2;
        so_far->objects = grown(so_far->objects, count, sizeof *so_far->objects);
        memset(&so_far->objects[so_far->object_count], 0,
               (count - so_far->object_count) * sizeof *so_far->objects);
        so_far->object_count = count;
    }
    return &so_far->objects[number];
}

/* What the thread did last ends here: a wait for a lock, main's wait. */
static void end_wait(struct so_far *so_far, const struct trace_event *event,
                     struct so_far_object *thread)
{
    if (thread->begun_kind == TRACE_LOCK_ACQUIRE_BEGIN &&
        event->time_ns - thread->begun_ns > so_far->most_lock_ns &&
        event->time_ns > thread->begun_ns)
        so_far->most_lock_ns = event->time_ns - thread->begun_ns;
    if (event->thread == so_far->main && so_far->main_waits) {
        if (event->time_ns > so_far->wait_start)
            so_far->waited_ns += event->time_ns - so_far->wait_start;
        so_far->main_waits = false;
    }
}

static void begin_wait(struct so_far *so_far, const struct trace_event *event,
                       enum trace_kind kind)
{
    if (event->thread == so_far->main && kind != TRACE_NAP_BEGIN) {
        so_far->main_waits = true;
        so_far->wait_start = event->time_ns;
    }
}

static void note_waits(struct so_far *so_far, const struct trace_event *event,
                       enum trace_kind kind)
{
    enum phase phase = kind_info(kind)->phase;
    struct so_far_object *thread = so_far_object(so_far, event->thread);

    so_far->idle_wakeups += idle_step(&thread->idle, event, kind) != IDLE_NOT;
    end_wait(so_far, event, thread);
    thread->begun_kind = phase == PHASE_BEGIN ? kind : TRACE_UNCOMMITTED;
    thread->begun_ns = event->time_ns;
    if (phase == PHASE_BEGIN)
        begin_wait(so_far, event, kind);
}

static void note_counts(struct so_far *so_far, const struct trace_event *event,
                        enum trace_kind kind)
{
    uint64_t items = 0;

    switch (kind) {
    case TRACE_THREAD_START:
        so_far->threads++;
        break;
    case TRACE_PROCESS_START:
        so_far->processes++;
        break;
    case TRACE_SAY_PIECE:
        so_far->pieces++;
        break;
    case TRACE_QUEUE_PUT:
        so_far->put++;
        items = event->depth;
        break;
    case TRACE_PROCESS_QUEUE_PUT:
        so_far->put++;
        items = (uint64_t)event->depth + event->unfinished;
        break;
    case TRACE_PIPE_SEND:
        so_far->put++;
        break;
    case TRACE_QUEUE_GET:
    case TRACE_PROCESS_QUEUE_GET:
    case TRACE_PIPE_RECV:
        so_far->taken++;
        break;
    default:
        break;
    }
    if (items > so_far->most_items) {
        so_far->most_items = items;
        so_far->fullest = event->object;
    }
}

static void fold(struct so_far *so_far, const struct reader *reader)
{
    uint64_t step = ++so_far->step;
    const struct trace_event *event = reader_event(reader, step);
    enum trace_kind kind = reader_kind(reader, step);

    if (kind == TRACE_UNCOMMITTED) {
        so_far->gaps++;
        return;
    }
    if (event->time_ns > so_far->time_ns)
        so_far->time_ns = event->time_ns;
    if (so_far->main == 0) {
        so_far->main = event->thread;
        so_far->threads = so_far->processes = 1;
    }
    note_waits(so_far, event, kind);
    note_counts(so_far, event, kind);
    so_far_note_results(so_far, reader, event, kind);
    if (kind == TRACE_SAY || kind == TRACE_SAY_PIECE)
        so_far_note_print(so_far, event->thread, reader_text(reader, event->text),
                          kind == TRACE_SAY);
}

void so_far_extend(struct so_far *so_far, const struct reader *reader, uint64_t until)
{
    while (so_far->step < until && so_far->step < reader->steps)
        fold(so_far, reader);
}

void so_far_free(struct so_far *so_far)
{
    free(so_far->objects);
    *so_far = (struct so_far){.step = 0};
}

uint64_t so_far_main_waited(const struct so_far *so_far, uint64_t now_ns)
{
    uint64_t present = so_far->main_waits && now_ns > so_far->wait_start
                           ? now_ns - so_far->wait_start
                           : 0;

    return so_far->waited_ns + present;
}

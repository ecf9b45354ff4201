/* export_flows.c - the ways of items; see export_flows.h. */
#include "export_flows.h"
#include "memory.h"
#include "model.h"

#include <stdlib.h>

static bool has_bit(const unsigned char *bits, uint64_t step)
{
    return bits[step / 8] >> step % 8 & 1;
}

static void set_bit(unsigned char *bits, uint64_t step)
{
    bits[step / 8] |= (unsigned char)(1u << step % 8);
}

/* The kind that puts what this kind takes or sends on; TRACE_UNCOMMITTED for any
   other. */
static enum trace_kind put_for(enum trace_kind kind)
{
    switch (kind) {
    case TRACE_QUEUE_GET:
        return TRACE_QUEUE_PUT;
    case TRACE_PROCESS_QUEUE_GET:
    case TRACE_PROCESS_QUEUE_SEND:
        return TRACE_PROCESS_QUEUE_PUT;
    case TRACE_PIPE_RECV:
        return TRACE_PIPE_SEND;
    default:
        return TRACE_UNCOMMITTED;
    }
}

static bool is_put(enum trace_kind kind)
{
    return kind == TRACE_QUEUE_PUT || kind == TRACE_PROCESS_QUEUE_PUT ||
           kind == TRACE_PIPE_SEND;
}

/* The step that put what this one takes or sends on; 0 if that is not known, or if the
   item was already taken: a damaged trace may say so. */
static uint64_t start_of(const struct flows *flows, const struct reader *reader,
                         uint64_t step)
{
    const struct trace_event *event = reader_event(reader, step);
    enum trace_kind put = put_for(reader_kind(reader, step));
    uint64_t start = event->number;

    if (put == TRACE_UNCOMMITTED || start == 0 || start >= step ||
        reader_kind(reader, start) != put ||
        reader_event(reader, start)->object != event->object ||
        !has_bit(flows->open, start) || has_bit(flows->starts, start))
        return 0;
    return start;
}

static void note_step(struct flows *flows, const struct reader *reader, uint64_t step)
{
    enum trace_kind kind = reader_kind(reader, step);
    uint64_t start = start_of(flows, reader, step);

    if (is_put(kind) || (kind == TRACE_PROCESS_QUEUE_SEND && start != 0)) {
        set_bit(flows->open, step);
    } else if (start != 0) {
        set_bit(flows->starts, start);
        set_bit(flows->ends, step);
        flows->count++;
    }
}

struct flows flows_find(const struct reader *reader)
{
    size_t bytes = reader->steps / 8 + 1;
    struct flows flows = {.starts = need(calloc(bytes, 1)),
                          .ends = need(calloc(bytes, 1)),
                          .open = need(calloc(bytes, 1)),
                          .steps = reader->steps};
    struct model model = {.step = 0}; /* which threads are known is its to say */

    while (model.step < reader->steps) {
        model_apply(&model, reader);
        if (reader_kind(reader, model.step) != TRACE_UNCOMMITTED &&
            model_thread_of(&model, reader_event(reader, model.step)->thread) >= 0)
            note_step(&flows, reader, model.step);
    }
    model_free(&model);
    return flows;
}

void flows_free(struct flows *flows)
{
    free(flows->starts);
    free(flows->ends);
    free(flows->open);
    *flows = (struct flows){.count = 0};
}

enum flow_part flows_part(const struct flows *flows, const struct reader *reader,
                          uint64_t step)
{
    if (step == 0 || step > flows->steps)
        return FLOW_NONE;
    if (has_bit(flows->starts, step))
        return FLOW_START;
    if (has_bit(flows->ends, step))
        return FLOW_END;
    return reader_kind(reader, step) == TRACE_PROCESS_QUEUE_SEND &&
                   has_bit(flows->open, step) &&
                   has_bit(flows->starts, reader_event(reader, step)->number)
               ? FLOW_STEP
               : FLOW_NONE;
}

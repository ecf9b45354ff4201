/* export_flows.c - the ways of items; see export_flows.h. */
#include "export_flows.h"
#include "memory.h"

#include <stdlib.h>

static bool has_bit(const unsigned char *bits, uint64_t step)
{
    return bits[step / 8] >> step % 8 & 1;
}

static void set_bit(unsigned char *bits, uint64_t step)
{
    bits[step / 8] |= (unsigned char)(1u << step % 8);
}

/* The kind that puts what this kind takes; TRACE_UNCOMMITTED for one that takes
   nothing. */
static enum trace_kind put_for(enum trace_kind kind)
{
    switch (kind) {
    case TRACE_QUEUE_GET:
        return TRACE_QUEUE_PUT;
    case TRACE_PROCESS_QUEUE_GET:
        return TRACE_PROCESS_QUEUE_PUT;
    case TRACE_PIPE_RECV:
        return TRACE_PIPE_SEND;
    default:
        return TRACE_UNCOMMITTED;
    }
}

/* The step that put what this one takes; 0 if it takes nothing that is known. */
static uint64_t start_of(const struct reader *reader, uint64_t step)
{
    const struct trace_event *event = reader_event(reader, step);
    enum trace_kind put = put_for(reader_kind(reader, step));
    uint64_t start = event->number;

    if (put == TRACE_UNCOMMITTED || start == 0 || start >= step ||
        reader_kind(reader, start) != put ||
        reader_event(reader, start)->object != event->object)
        return 0;
    return start;
}

struct flows flows_find(const struct reader *reader)
{
    size_t bytes = reader->steps / 8 + 1;
    struct flows flows = {.starts = need(calloc(bytes, 1)),
                          .ends = need(calloc(bytes, 1)),
                          .steps = reader->steps};

    for (uint64_t step = 1; step <= reader->steps; step++) {
        uint64_t start = start_of(reader, step);
        if (start == 0 || has_bit(flows.starts, start)) /* damaged: taken twice */
            continue;
        set_bit(flows.starts, start);
        set_bit(flows.ends, step);
        flows.count++;
    }
    return flows;
}

void flows_free(struct flows *flows)
{
    free(flows->starts);
    free(flows->ends);
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
    uint64_t start = reader_event(reader, step)->number;
    bool is_sent = reader_kind(reader, step) == TRACE_PROCESS_QUEUE_SEND;
    return is_sent && start > 0 && start < step && has_bit(flows->starts, start)
               ? FLOW_STEP
               : FLOW_NONE;
}

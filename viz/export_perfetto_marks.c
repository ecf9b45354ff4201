/* export_perfetto_marks.c - what single steps show: puts and gets with their arrows,
   depths, prints; see export_perfetto.h. */
#include "export_perfetto.h"

#ifdef HAVE_JANSSON
static void write_flow(struct perfetto *perfetto, unsigned thread, enum flow_part part,
                       uint64_t id)
{
    static const char *const phases[] = {
        [FLOW_START] = "s", [FLOW_STEP] = "t", [FLOW_END] = "f"};
    json_t *event =
        perfetto_event(perfetto, phases[part], thread, text_of("item"), "flow");

    json_set_number(event, "id", id);
    if (part != FLOW_START) /* it ends in the slice that is open, not in the next */
        json_object_set_new(event, "bp", json_string("e"));
    perfetto_write(perfetto, event);
}

/* "put 'k' on tasks": the same words for the same act, so that they get one colour. */
static void add_operation(struct text_buffer *words, const struct perfetto *perfetto,
                          const struct trace_event *event, enum trace_kind kind)
{
    bool is_put = kind == TRACE_QUEUE_PUT || kind == TRACE_PROCESS_QUEUE_PUT;
    bool is_send = kind == TRACE_PIPE_SEND || kind == TRACE_PROCESS_QUEUE_SEND;

    text_add(words, is_put ? "put '" : is_send ? "send '" : "take '");
    text_add_text(words, reader_label(perfetto->reader, event));
    text_add(words, is_put || is_send ? "' on " : "' from ");
    text_add_text(words, model_name(&perfetto->model, perfetto->reader, event->object));
}

/* A slice without length for what is done with an item, so that an arrow has something
   to hold on to. */
static void write_operation(struct perfetto *perfetto, unsigned thread)
{
    const struct reader *reader = perfetto->reader;
    uint64_t step = perfetto->model.step;
    const struct trace_event *event = reader_event(reader, step);
    enum flow_part part = flows_part(&perfetto->flows, reader, step);
    char name[300] = "";
    struct text_buffer words = {name, sizeof name, 0};

    add_operation(&words, perfetto, event, reader_kind(reader, step));
    json_t *begin = perfetto_event(perfetto, "B", thread, text_of(name), "item");
    json_set_number(perfetto_arguments(perfetto, begin, step), "item_id",
                    event->number);
    json_incref(begin);
    perfetto_write(perfetto, begin);
    if (part != FLOW_NONE)
        write_flow(perfetto, thread, part, event->number);
    perfetto_end(perfetto, thread, begin);
}

/* How many items are where; what that is depends on the object. */
static json_t *counts_of(const struct perfetto *perfetto,
                         const struct model_object *object,
                         const struct trace_event *event)
{
    json_t *counts = json_object();

    if (object->type == OBJECT_PIPE)
        json_set_number(counts, "bytes", event->depth);
    else
        json_set_number(counts, "queued", event->depth);
    if (object->type == OBJECT_PROCESS_QUEUE)
        json_set_number(counts, "buffered", event->unfinished);
    else if (event->object < perfetto->reported_count &&
             perfetto->reported[event->object])
        json_set_number(counts, "unfinished", event->unfinished);
    return counts;
}

static bool changes_counts(enum trace_kind kind)
{
    enum phase phase = kind_info(kind)->phase;
    enum object_type type = kind_info(kind)->type;

    return (type == OBJECT_QUEUE || type == OBJECT_PIPE ||
            type == OBJECT_PROCESS_QUEUE) &&
           phase != PHASE_BEGIN && phase != PHASE_FAILED && kind_tells_counts(kind) &&
           kind != TRACE_PIPE_CLOSE && kind != TRACE_QUEUE_LOOK &&
           kind != TRACE_PROCESS_QUEUE_LOOK;
}

/* A counter belongs to the process whose object it is. */
static void write_counts(struct perfetto *perfetto, unsigned thread)
{
    const struct model *model = &perfetto->model;
    const struct trace_event *event = reader_event(perfetto->reader, model->step);
    const struct model_object *object =
        model_object_of(model, event->object, model->threads[thread].process);

    if (object->type == OBJECT_NONE)
        return;
    json_t *counter =
        perfetto_event(perfetto, "C", thread,
                       model_name(model, perfetto->reader, event->object), "depth");
    if (object->process != 0)
        json_set_number(counter, "pid", object->process);
    json_object_set_new(counter, "args", counts_of(perfetto, object, event));
    perfetto_write(perfetto, counter);
}

/* scope: "t" belongs to the thread, "g" to the whole run. */
static void write_instant(struct perfetto *perfetto, unsigned thread, const char *scope,
                          const char *category)
{
    const struct trace_event *event =
        reader_event(perfetto->reader, perfetto->model.step);
    json_t *instant = perfetto_event(
        perfetto, "i", thread, reader_text(perfetto->reader, event->text), category);

    json_object_set_new(instant, "s", json_string(scope));
    perfetto_arguments(perfetto, instant, perfetto->model.step);
    perfetto_write(perfetto, instant);
}

void perfetto_marks(struct perfetto *perfetto, unsigned thread)
{
    enum trace_kind kind = reader_kind(perfetto->reader, perfetto->model.step);

    if (kind_has_item(kind) && kind != TRACE_QUEUE_DROP)
        write_operation(perfetto, thread);
    if (changes_counts(kind))
        write_counts(perfetto, thread);
    if (kind == TRACE_SAY || kind == TRACE_SAY_PIECE)
        write_instant(perfetto, thread, "t", "print");
    else if (kind == TRACE_DEADLOCK || kind == TRACE_MISUSE || kind == TRACE_OUTCOME ||
             kind == TRACE_TOLD)
        write_instant(perfetto, thread, "g", "report");
}
#endif

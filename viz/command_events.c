/* command_events.c - viz events: the trace as JSON, one object a line. */
#include "command.h"
#include "json_text.h"
#include "model.h"

#include <stdio.h>

#ifdef HAVE_JANSSON
/* The counts that the events of a type tell: depth is told by all of these. */
static void add_counts(json_t *line, const struct model_object *object,
                       const struct trace_event *event, enum object_type type)
{
    static const struct {
        bool depth, capacity;
        const char *unfinished;
    } counts[OBJECT_TYPES] = {
        [OBJECT_QUEUE] = {true, true, "unfinished"},
        [OBJECT_PIPE] = {true, true, NULL},
        [OBJECT_PROCESS_QUEUE] = {true, true, "buffered"},
        [OBJECT_LIST] = {true, false, NULL},
    };

    if (counts[type].depth)
        json_set_number(line, "depth", event->depth);
    if (counts[type].unfinished != NULL)
        json_set_number(line, counts[type].unfinished, event->unfinished);
    if (counts[type].capacity)
        json_set_number(line, "capacity", object->capacity);
}

static void add_object(json_t *line, const struct model *model,
                       const struct reader *reader, const struct trace_event *event,
                       const struct kind_info *info)
{
    /* a process that ends is its own object */
    uint32_t number = info->type == OBJECT_PROCESS && event->object == 0
                          ? event->thread
                          : event->object;

    if (number == 0 || info->type == OBJECT_NONE)
        return;
    json_object_set_new(line, "object", json_text(model_name(model, reader, number)));
    json_object_set_new(line, "type", json_string(object_type_name(info->type)));
    if (kind_tells_counts(reader_kind(reader, model->step)))
        add_counts(line, model_object(model, number), event, info->type);
}

static void add_item(json_t *line, const struct model *model,
                     const struct reader *reader, const struct trace_event *event,
                     enum trace_kind kind)
{
    if (kind_has_item(kind)) {
        json_object_set_new(line, "item", json_text(reader_label(reader, event)));
        json_set_number(line, "item_id", event->number);
    } else if (kind == TRACE_LIST_APPEND || kind == TRACE_LIST_GET ||
               kind == TRACE_LIST_SET) {
        json_object_set_new(line, "item", json_text(reader_label(reader, event)));
        json_set_number(line, "index", event->number);
    } else if (kind_info(kind)->type == OBJECT_SHARED) {
        json_set_number(line, "value", event->number);
    } else if (kind == TRACE_POOL_NEXT) {
        json_object_set_new(
            line, "item",
            json_text(model_name(model, reader, (uint32_t)event->number)));
    }
}

static void add_site(json_t *line, const struct reader *reader,
                     const struct trace_event *event)
{
    struct text file;
    unsigned number;

    if (event->site == 0)
        return;
    text_split_site(reader_text(reader, event->site), &file, &number);
    json_object_set_new(line, "file", json_text(file));
    json_set_number(line, "line", number);
}

/* Whether the event's text is something else than the label of its item. */
static bool has_text(enum object_type type)
{
    return type != OBJECT_QUEUE && type != OBJECT_PIPE &&
           type != OBJECT_PROCESS_QUEUE && type != OBJECT_LIST;
}

static void add_text(json_t *line, const struct reader *reader,
                     const struct trace_event *event, enum trace_kind kind)
{
    if (kind_info(kind)->phase == PHASE_FAILED)
        json_object_set_new(line, "text", json_string(failure_name(event->detail)));
    else if (kind == TRACE_RUN_END || kind == TRACE_PROCESS_END)
        json_object_set_new(line, "text", json_sprintf("%d", (int)event->detail));
    else if (kind == TRACE_PROCESS_KILLED)
        json_object_set_new(line, "text",
                            event->detail != 0
                                ? json_sprintf("signal %d", (int)event->detail)
                                : json_sprintf("status %d", (int)event->number));
    else if (event->text != 0 && has_text(kind_info(kind)->type))
        json_object_set_new(line, "text", json_text(reader_text(reader, event->text)));
}

/* Who acts, and in which process. The kit itself tells of a process's death; of a lost
   step nobody knows. */
static void add_actor(json_t *line, const struct model *model,
                      const struct reader *reader, const struct trace_event *event,
                      enum trace_kind kind)
{
    struct text thread = text_of("?"), process = text_of("?");

    if (kind == TRACE_PROCESS_KILLED && event->thread == 0) {
        thread = text_of("kit");
        process = model_name(model, reader, event->object);
    } else if (kind != TRACE_UNCOMMITTED) {
        thread = model_name(model, reader, event->thread);
        process = model_name(model, reader, model_process_of(model, event->thread));
    }
    json_object_set_new(line, "thread", json_text(thread));
    json_object_set_new(line, "process", json_text(process));
}

static json_t *make_line(const struct model *model, const struct reader *reader)
{
    const struct trace_event *event = reader_event(reader, model->step);
    enum trace_kind kind = reader_kind(reader, model->step);
    const struct kind_info *info = kind_info(kind);
    bool torn = kind == TRACE_UNCOMMITTED;
    json_t *line = json_object();

    json_set_number(line, "step", model->step);
    json_set_number(line, "time_ns", torn ? model->time_ns : event->time_ns);
    add_actor(line, model, reader, event, kind);
    json_object_set_new(line, "event", json_string(info->name));
    if (torn)
        return line;
    add_object(line, model, reader, event, info);
    add_item(line, model, reader, event, kind);
    if (info->phase == PHASE_BEGIN)
        json_object_set_new(line, "wait", json_string(info->wait));
    add_site(line, reader, event);
    add_text(line, reader, event, kind);
    return line;
}

static int print_events(const struct reader *reader)
{
    struct model model = {.step = 0};

    while (model.step < reader->steps && !ferror(stdout)) {
        model_apply(&model, reader);
        json_t *line = make_line(&model, reader);
        json_dumpf(line, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
        putchar('\n');
        json_decref(line);
    }
    model_free(&model);
    return fflush(stdout) == 0 ? 0 : 1;
}
#else
static int print_events(const struct reader *reader)
{
    (void)reader;
    return command_refuse("%s", JSON_IS_MISSING);
}
#endif

int command_events(int argc, char **argv)
{
    struct reader reader;
    char why[256];

    if (argc != 2 || argv[1][0] == '-')
        return command_refuse("usage: viz events TRACE");
    if (!reader_open(&reader, argv[1], why, sizeof why))
        return command_refuse("cannot read '%s': %s", argv[1], why);
    int status = print_events(&reader);
    reader_close(&reader);
    return status;
}

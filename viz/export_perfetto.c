/* export_perfetto.c - a run in Chrome's trace format, written as it is read; see
   export_perfetto.h. */
#include "export_perfetto.h"
#include "export.h"

#ifdef HAVE_JANSSON
#include "how_ended.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

enum { WRITE_FLAGS = JSON_COMPACT | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(15) };

static json_t *json_of_time(uint64_t ns)
{
    return json_real((double)ns / 1000);
}

/* The track's moment, which its next event does not have; there is none after the last
   one that a damaged trace can tell. */
static uint64_t take_moment(struct track *track)
{
    return track->now_ns < UINT64_MAX ? track->now_ns++ : track->now_ns;
}

json_t *perfetto_event(struct perfetto *perfetto, const char *phase, unsigned index,
                       struct text name, const char *category)
{
    const struct model_thread *thread = &perfetto->model.threads[index];
    json_t *event = json_object();

    json_object_set_new(event, "ph", json_string(phase));
    json_object_set_new(event, "ts",
                        json_of_time(take_moment(&perfetto->tracks[index])));
    /* where its start was lost, nobody knows its process */
    json_set_number(event, "pid",
                    thread->process != 0 ? thread->process : thread->object);
    json_set_number(event, "tid", thread->object);
    json_object_set_new(event, "name", json_text(name));
    if (category != NULL)
        json_object_set_new(event, "cat", json_string(category));
    return event;
}

json_t *perfetto_arguments(const struct perfetto *perfetto, json_t *event,
                           uint64_t step)
{
    const struct reader *reader = perfetto->reader;
    uint32_t site = reader_event(reader, step)->site;
    json_t *arguments = json_object();

    json_set_number(arguments, "step", step);
    if (site != 0)
        json_object_set_new(arguments, "source",
                            json_text(text_base_name(reader_text(reader, site))));
    json_object_set_new(event, "args", arguments);
    return arguments;
}

void perfetto_write(struct perfetto *perfetto, json_t *event)
{
    char line[2048]; /* the library would write piece by piece */
    size_t length = json_dumpb(event, line, sizeof line, WRITE_FLAGS);

    fputs(perfetto->has_events ? ",\n" : "\n", perfetto->file);
    if (length <= sizeof line)
        fwrite(line, 1, length, perfetto->file);
    else
        json_dumpf(event, perfetto->file, WRITE_FLAGS);
    json_decref(event);
    perfetto->has_events = true;
}

void perfetto_end(struct perfetto *perfetto, unsigned thread, json_t *begun)
{
    json_object_set_new(begun, "ph", json_string("E"));
    json_object_set_new(begun, "ts",
                        json_of_time(take_moment(&perfetto->tracks[thread])));
    perfetto_write(perfetto, begun);
}

void perfetto_move(struct perfetto *perfetto, unsigned thread, uint64_t time_ns)
{
    struct track *track = &perfetto->tracks[thread];

    if (time_ns > track->now_ns)
        track->now_ns = time_ns;
}

static void write_name(struct perfetto *perfetto, unsigned index, const char *what,
                       json_t *name)
{
    bool is_order = strstr(what, "sort_index") != NULL;
    json_t *event = perfetto_event(perfetto, "M", index, text_of(what), NULL);
    json_t *arguments = json_object();

    json_object_set_new(arguments, is_order ? "sort_index" : "name", name);
    json_object_set_new(event, "args", arguments);
    perfetto_write(perfetto, event);
}

/* The first process is the program itself. */
static void write_names(struct perfetto *perfetto, unsigned index)
{
    const struct model_thread *thread = &perfetto->model.threads[index];
    const struct reader *reader = perfetto->reader;
    struct text name = model_name(&perfetto->model, reader, thread->object);
    bool is_process = thread->process == thread->object || thread->process == 0;

    if (is_process) {
        struct text program = reader_text(reader, reader->layout.program);
        write_name(perfetto, index, "process_name",
                   json_text(index == 0 ? program : name));
        write_name(perfetto, index, "process_sort_index", json_integer(index));
    }
    write_name(perfetto, index, "thread_name", json_text(name));
    write_name(perfetto, index, "thread_sort_index", json_integer(index));
}

/* Threads that this step has made known. */
static void add_tracks(struct perfetto *perfetto)
{
    unsigned count = perfetto->model.thread_count;

    while (perfetto->track_count < count) {
        unsigned index = perfetto->track_count++;
        perfetto->tracks = grown_for(perfetto->tracks, index, &perfetto->track_room,
                                     sizeof *perfetto->tracks);
        perfetto->tracks[index] = (struct track){.now_ns = 0};
        write_names(perfetto, index);
    }
}

static bool changes_others(enum trace_kind kind)
{
    return kind == TRACE_THREAD_START || kind == TRACE_PROCESS_START ||
           kind == TRACE_PROCESS_END || kind == TRACE_PROCESS_KILLED;
}

static void write_lost_step(struct perfetto *perfetto)
{
    if (perfetto->track_count == 0)
        return;
    perfetto_move(perfetto, 0, perfetto->model.time_ns);
    json_t *event = perfetto_event(
        perfetto, "i", 0, text_of("one step lost: killed while recording"), "report");
    json_object_set_new(event, "s", json_string("g"));
    perfetto_write(perfetto, event);
}

static void write_step(struct perfetto *perfetto)
{
    struct model *model = &perfetto->model;

    model_apply(model, perfetto->reader);
    const struct trace_event *event = reader_event(perfetto->reader, model->step);
    enum trace_kind kind = reader_kind(perfetto->reader, model->step);
    if (kind == TRACE_UNCOMMITTED) {
        write_lost_step(perfetto);
        return;
    }
    add_tracks(perfetto);
    int acting = model_thread_of(model, event->thread);
    for (unsigned i = 0; changes_others(kind) && i < model->thread_count; i++) {
        if ((int)i == acting || model->threads[i].since_step != model->step)
            continue;
        perfetto_move(perfetto, i, event->time_ns);
        perfetto_update(perfetto, i);
    }
    if (acting < 0)
        return;
    perfetto_move(perfetto, (unsigned)acting, event->time_ns);
    perfetto_update(perfetto, (unsigned)acting);
    perfetto_marks(perfetto, (unsigned)acting);
}

/* What was found at the model's step, as marks of its thread, or of the whole run. */
static void write_findings(struct perfetto *perfetto)
{
    const struct findings *findings = &perfetto->findings;

    while (perfetto->finding < findings->count && perfetto->track_count > 0 &&
           findings->list[perfetto->finding].step <= perfetto->model.step) {
        const struct finding *found = &findings->list[perfetto->finding++];
        int thread = model_thread_of(&perfetto->model, found->thread);
        unsigned track = thread < 0 ? 0 : (unsigned)thread;
        perfetto_move(perfetto, track, perfetto->model.time_ns);
        json_t *event = perfetto_event(perfetto, "i", track,
                                       text_of(finding_name(found->kind)), "finding");
        json_object_set_new(event, "s", json_string(thread < 0 ? "g" : "t"));
        json_t *arguments = perfetto_arguments(perfetto, event, found->step);
        json_object_set_new(arguments, "sentence", json_text(text_of(found->sentence)));
        json_set_number(arguments, "from", found->from);
        json_set_number(arguments, "to", found->to);
        perfetto_write(perfetto, event);
    }
}

/* Which queues' tasks are ever reported or joined: only those tell of unfinished ones.
 */
static void find_reported(struct perfetto *perfetto)
{
    size_t room = 0;

    for (uint64_t step = 1; step <= perfetto->reader->steps; step++) {
        enum trace_kind kind = reader_kind(perfetto->reader, step);
        uint32_t object = reader_event(perfetto->reader, step)->object;
        if ((kind != TRACE_QUEUE_TASK_DONE && kind != TRACE_QUEUE_JOIN_BEGIN &&
             kind != TRACE_QUEUE_JOIN) ||
            object > step + TRACE_THREADS) /* such a number cannot be */
            continue;
        perfetto->reported = grown_for(perfetto->reported, object, &room, 1);
        while (perfetto->reported_count <= object)
            perfetto->reported[perfetto->reported_count++] = 0;
        perfetto->reported[object] = 1;
    }
}

/* What is known of the run as a whole. */
static void write_end(struct perfetto *perfetto)
{
    const struct reader *reader = perfetto->reader;
    char words[128] = "";
    struct text_buffer ending = {words, sizeof words, 0};
    json_t *run = json_object();

    how_ended_add(&ending, reader);
    json_object_set_new(run, "program",
                        json_text(reader_text(reader, reader->layout.program)));
    json_set_number(run, "seed", reader->layout.seed);
    json_object_set_new(run, "ended", json_text(text_of(words)));
    json_set_number(run, "steps", perfetto->model.step);
    json_set_number(run, "lost_steps", perfetto->model.gaps);
    fputs("\n],\"displayTimeUnit\":\"ms\",\"otherData\":", perfetto->file);
    json_dumpf(run, perfetto->file, WRITE_FLAGS);
    fputs("}\n", perfetto->file);
    json_decref(run);
}

void export_perfetto(const struct reader *reader, bool ascii, FILE *file)
{
    struct perfetto perfetto = {
        .reader = reader, .file = file, .flows = flows_find(reader)};

    (void)ascii; /* the format is UTF-8 */
    find_reported(&perfetto);
    while (findings_extend(&perfetto.findings, reader, reader->steps))
        continue;
    fputs("{\"traceEvents\":[", file);
    while (perfetto.model.step < reader->steps && !ferror(file)) {
        write_step(&perfetto);
        write_findings(&perfetto);
    }
    for (unsigned i = 0; i < perfetto.track_count; i++) {
        perfetto_move(&perfetto, i, perfetto.model.time_ns);
        perfetto_close(&perfetto, i);
    }
    write_end(&perfetto);
    flows_free(&perfetto.flows);
    findings_free(&perfetto.findings);
    free(perfetto.tracks);
    free(perfetto.reported);
    model_free(&perfetto.model);
}
#else
void export_perfetto(const struct reader *reader, bool ascii, FILE *file)
{
    (void)reader, (void)ascii, (void)file; /* viz export has refused it */
}
#endif

/* command_stats_json.c - one run's figures as JSON; see command_stats.h. README.md
   tells of the keys. */
#include "command_stats.h"
#include "how_ended.h"
#include "json_text.h"
#include "sentence.h"

#include <stdio.h>

#ifdef HAVE_JANSSON
static json_t *json_name(const struct told_run *run, uint32_t number, uint32_t process)
{
    char name[256] = "";
    struct text_buffer words = {name, sizeof name, 0};

    sentence_add_name(&words, &run->stats->model, run->reader, number, process);
    return json_text(text_of(name));
}

static json_t *json_longest_wait(const struct told_run *run, unsigned thread)
{
    json_t *wait = json_object();
    uint64_t step, ns = stats_longest_wait(run->stats, run->reader, thread,
                                           run->stats->model.time_ns, &step);

    if (step == 0) {
        json_decref(wait);
        return json_null();
    }
    json_set_number(wait, "ns", ns);
    json_set_number(wait, "step", step);
    if (run->waits[thread] != NULL)
        json_object_set_new(wait, "waits", json_text(text_of(run->waits[thread])));
    return wait;
}

/* Of the states in which a thread lives: where the time went. */
static json_t *json_spent(const struct told_run *run, unsigned thread)
{
    static const char *const keys[STATES] = {
        [STATE_RUN] = "can_run",     [STATE_SLEEP] = "sleeps",
        [STATE_WAIT] = "waits",      [STATE_TIMED] = "waits_with_limit",
        [STATE_LOCK] = "waits_lock", [STATE_HELD] = "held"};
    json_t *spent = json_object();

    for (int state = STATE_RUN; state < STATE_ENDED; state++)
        json_set_number(spent, keys[state],
                        stats_spent(run->stats, thread, (enum state)state,
                                    run->stats->model.time_ns));
    return spent;
}

static json_t *json_thread(const struct told_run *run, unsigned index)
{
    const struct model_thread *thread = &run->stats->model.threads[index];
    const struct stats_thread *figures = &run->stats->threads[index];
    json_t *json = json_object();

    json_object_set_new(json, "thread",
                        json_name(run, thread->object, thread->process));
    json_object_set_new(
        json, "process",
        json_text(model_name(&run->stats->model, run->reader, thread->process)));
    json_object_set_new(json, "state", json_string(state_word(thread->state)));
    json_set_number(json, "start_ns", figures->start_ns);
    json_object_set_new(json, "spent_ns", json_spent(run, index));
    json_set_number(json, "times_waited", figures->waits);
    json_object_set_new(json, "longest_wait", json_longest_wait(run, index));
    json_set_number(json, "puts", figures->puts);
    json_set_number(json, "gets", figures->gets);
    json_set_number(json, "prints", figures->prints);
    json_set_number(json, "idle_wakeups", figures->idle_wakeups);
    return json;
}

static json_t *json_waits(const struct stats_waits *waits)
{
    json_t *json = json_object();

    json_set_number(json, "count", waits->count);
    json_set_number(json, "total_ns", waits->total_ns);
    json_set_number(json, "median_ns", stats_waits_within(waits, 50));
    json_set_number(json, "within_90_percent_ns", stats_waits_within(waits, 90));
    json_set_number(json, "longest_ns", waits->longest_ns);
    json_set_number(json, "longest_step", waits->longest_step);
    return json;
}

static json_t *json_queue(const struct told_run *run, const struct model_object *object)
{
    const struct stats_object *figures = stats_of(run->stats, object);
    json_t *json = json_object();

    json_object_set_new(json, "queue", json_name(run, object->number, object->process));
    json_object_set_new(json, "type", json_string(object_type_name(object->type)));
    json_set_number(json, "capacity", object->capacity);
    json_set_number(json, "puts", figures->puts);
    json_set_number(json, "gets", figures->gets);
    json_set_number(json, "failed_puts", figures->failed_puts);
    json_set_number(json, "failed_gets", figures->failed_gets);
    json_set_number(json, "largest_depth", figures->largest_depth);
    json_set_number(json, "largest_depth_step", figures->largest_step);
    json_object_set_new(json, "per_second", json_real(stats_per_second(figures)));
    json_object_set_new(json, "put_waits", json_waits(&figures->put_waits));
    json_object_set_new(json, "get_waits", json_waits(&figures->get_waits));
    return json;
}

static json_t *json_lock(const struct told_run *run, const struct model_object *object)
{
    const struct stats_object *figures = stats_of(run->stats, object);
    json_t *json = json_object();

    json_object_set_new(json, "lock", json_name(run, object->number, object->process));
    json_set_number(json, "acquisitions", figures->acquisitions);
    json_set_number(json, "held_ns", figures->held_ns);
    json_set_number(json, "longest_held_ns", figures->longest_held_ns);
    json_set_number(json, "longest_held_step", figures->longest_held_step);
    json_object_set_new(json, "waits", json_waits(&figures->get_waits));
    return json;
}

static void add_run(const struct told_run *run, json_t *json)
{
    const struct reader *reader = run->reader;
    char words[128] = "";
    struct text_buffer ending = {words, sizeof words, 0};
    int status;

    json_object_set_new(json, "trace", json_text(text_of(run->path)));
    json_object_set_new(json, "program",
                        json_text(reader_text(reader, reader->layout.program)));
    json_set_number(json, "seed", reader->layout.seed);
    how_ended_add(&ending, reader);
    json_object_set_new(json, "ended", json_text(text_of(words)));
    json_object_set_new(json, "exit_status",
                        reader_how_ended(reader, &status) == READER_ENDED
                            ? json_integer(status)
                            : json_null());
    json_set_number(json, "total_ns", run->stats->model.time_ns);
    json_set_number(json, "steps", run->stats->model.step);
    json_set_number(json, "lost_steps", run->stats->model.gaps);
    json_set_number(json, "missing_events", reader->lost + reader->cut);
}

void command_stats_json(const struct told_run *run)
{
    const struct model *model = &run->stats->model;
    const struct model_object *object = NULL;
    json_t *json = json_object(), *threads = json_array(), *queues = json_array(),
           *locks = json_array();

    add_run(run, json);
    for (unsigned i = 0; i < model->thread_count; i++)
        json_array_append_new(threads, json_thread(run, i));
    while ((object = model_next(model, object)) != NULL) {
        if (!command_stats_is_told(model, object))
            continue;
        if (command_stats_is_queue(object->type))
            json_array_append_new(queues, json_queue(run, object));
        else if (object->type == OBJECT_LOCK)
            json_array_append_new(locks, json_lock(run, object));
    }
    json_object_set_new(json, "threads", threads);
    json_object_set_new(json, "queues", queues);
    json_object_set_new(json, "locks", locks);
    json_dumpf(json, stdout,
               JSON_COMPACT | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(6));
    putchar('\n');
    json_decref(json);
}
#else
void command_stats_json(const struct told_run *run)
{
    (void)run;
}
#endif

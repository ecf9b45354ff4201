/* command_stats_text.c - one run's figures as lines of text; see command_stats.h. */
#include "canvas.h"
#include "command_stats.h"
#include "how_ended.h"
#include "narrate.h"
#include "sentence.h"

#include <inttypes.h>
#include <string.h>

enum { NAME_CELLS = 20, STATE_CELLS = 15 };

static void print(const struct told_run *run, const char *line)
{
    narrate_line(text_of(line), run->ascii, stdout);
}

static void add_seconds(struct text_buffer *buffer, uint64_t ns)
{
    text_add(buffer, "%.3f s", (double)ns / 1e9);
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

static void print_run(const struct told_run *run)
{
    const struct reader *reader = run->reader;
    const struct model *model = &run->stats->model;
    char line[600] = "";
    struct text_buffer words = {line, sizeof line, 0};

    text_add_text(&words, reader_text(reader, reader->layout.program));
    text_add(&words, ", seed %" PRIu64 " (%s)", reader->layout.seed, run->path);
    print(run, line);
    words.length = 0;
    how_ended_add(&words, reader);
    text_add(&words, "; total time ");
    add_seconds(&words, model->time_ns);
    text_add(&words, ", %" PRIu64 " steps", model->step);
    if (model->gaps > 0)
        text_add(&words, ", %" PRIu64 " of them lost: the figures are too small",
                 model->gaps);
    if (reader->lost + reader->cut > 0)
        text_add(&words, ", the last %" PRIu64 " events are missing",
                 reader->lost + reader->cut);
    print(run, line);
}

/* The states that some thread was in, other than those of its end. */
static unsigned seen_states(const struct stats *stats)
{
    unsigned seen = 0;

    for (unsigned i = 0; i < stats->model.thread_count; i++)
        for (int state = STATE_RUN; state < STATE_ENDED; state++)
            if (stats_spent(stats, i, (enum state)state, stats->model.time_ns) > 0)
                seen |= 1u << state;
    return seen;
}

static void print_thread_head(const struct told_run *run, unsigned states)
{
    static const char *const heads[STATES] = {
        [STATE_RUN] = "can run",         [STATE_SLEEP] = "sleeps, works",
        [STATE_WAIT] = "waits",          [STATE_TIMED] = "waits, limited",
        [STATE_LOCK] = "waits for lock", [STATE_HELD] = "held",
    };
    char line[200] = "";
    struct text_buffer words = {line, sizeof line, 0};

    text_add(&words, "%-*s", NAME_CELLS, "THREADS");
    for (int state = STATE_RUN; state < STATE_ENDED; state++)
        if (states & 1u << state)
            text_add(&words, "%*s", STATE_CELLS, heads[state]);
    print(run, line);
}

/* "   120.0 ms  33%" of the thread's life */
static void add_state(struct text_buffer *words, const struct stats *stats,
                      unsigned thread, enum state state)
{
    uint64_t now = stats->model.time_ns, life = 0;

    for (int i = STATE_RUN; i < STATE_ENDED; i++)
        life += stats_spent(stats, thread, (enum state)i, now);
    uint64_t spent = stats_spent(stats, thread, state, now);
    char percent[8] = "";
    if (life > 0)
        snprintf(percent, sizeof percent, "%3.0f%%",
                 (double)spent * 100 / (double)life);
    text_add(words, "%*.1f ms %4s", STATE_CELLS - 8, (double)spent / 1e6, percent);
}

static void print_states(const struct told_run *run, unsigned thread, unsigned states)
{
    const struct model_thread *shown = &run->stats->model.threads[thread];
    struct canvas row = {0, 0, NULL};
    char name[200] = "", line[200] = "";
    struct text_buffer who = {name, sizeof name, 0}, words = {line, sizeof line, 0};

    text_add_text(&who, model_name(&run->stats->model, run->reader, shown->object));
    sentence_add_whose(&who, &run->stats->model, run->reader, shown->object,
                       shown->process);
    for (int state = STATE_RUN; state < STATE_ENDED; state++)
        if (states & 1u << state)
            add_state(&words, run->stats, thread, (enum state)state);
    int columns = NAME_CELLS + STATE_CELLS * STATES;
    canvas_reset(&row, 1, columns);
    canvas_put_cut(&row, 0, 0, NAME_CELLS - 1, STYLE_PLAIN, text_of(name));
    canvas_put(&row, 0, NAME_CELLS, columns, STYLE_PLAIN, text_of(line));
    canvas_write(&row, run->ascii, stdout);
    canvas_free(&row);
}

/* A second row, where there is something to say. */
static void print_doings(const struct told_run *run, unsigned thread)
{
    const struct stats_thread *figures = &run->stats->threads[thread];
    char line[400] = "";
    struct text_buffer words = {line, sizeof line, 0};
    uint64_t step, longest = stats_longest_wait(run->stats, run->reader, thread,
                                                run->stats->model.time_ns, &step);

    if (step != 0) {
        text_add(&words, "    waited %" PRIu64 " time%s, longest ", figures->waits,
                 plural(figures->waits));
        text_add_duration(&words, longest);
        text_add(&words, " %s (from step %" PRIu64 ")",
                 run->waits[thread] != NULL ? run->waits[thread] : "", step);
        print(run, line);
    }
    words.length = 0;
    if (figures->puts + figures->gets + figures->prints + figures->idle_wakeups == 0)
        return;
    text_add(&words, "    %" PRIu64 " put%s, %" PRIu64 " get%s, %" PRIu64 " print%s",
             figures->puts, plural(figures->puts), figures->gets, plural(figures->gets),
             figures->prints, plural(figures->prints));
    if (figures->idle_wakeups > 0)
        text_add(&words, ", woken %" PRIu64 " time%s for nothing",
                 figures->idle_wakeups, plural(figures->idle_wakeups));
    print(run, line);
}

static void print_threads(const struct told_run *run)
{
    unsigned states = seen_states(run->stats);

    print_thread_head(run, states);
    for (unsigned i = 0; i < run->stats->model.thread_count; i++) {
        print_states(run, i, states);
        print_doings(run, i);
    }
}

/* "    19 gets, 5 timed out; 6 waits: median 0.12 s, 90% 0.31 s, longest 0.4 s (step
 * 9)"
 */
static void print_waits(const struct told_run *run, const char *what, uint64_t count,
                        const uint64_t *failed, const struct stats_waits *waits)
{
    char line[300] = "";
    struct text_buffer words = {line, sizeof line, 0};

    text_add(&words, "    %" PRIu64 " %s%s", count, what, plural(count));
    for (int reason = 0; failed != NULL && reason < STATS_REASONS; reason++)
        if (failed[reason] > 0)
            text_add(&words, ", %" PRIu64 " %s", failed[reason],
                     stats_ended_words(reason));
    if (waits->count > 0) {
        text_add(&words, "; %" PRIu64 " wait%s: median ", waits->count,
                 plural(waits->count));
        text_add_duration(&words, stats_waits_within(waits, 50));
        text_add(&words, ", 90%% ");
        text_add_duration(&words, stats_waits_within(waits, 90));
        text_add(&words, ", longest ");
        text_add_duration(&words, waits->longest_ns);
        text_add(&words, " (step %" PRIu64 ")", waits->longest_step);
    } else {
        text_add(&words, "; none waited");
    }
    print(run, line);
}

static void add_object(struct text_buffer *words, const struct told_run *run,
                       const struct model_object *object)
{
    text_add(words, "%s ",
             object->type == OBJECT_PROCESS_QUEUE ? "process queue"
                                                  : object_type_name(object->type));
    sentence_add_name(words, &run->stats->model, run->reader, object->number,
                      object->process);
    text_add(words, ": ");
}

static void print_queue(const struct told_run *run, const struct model_object *object)
{
    const struct stats_object *figures = stats_of(run->stats, object);
    const char *unit = object->type == OBJECT_PIPE ? " bytes" : "";
    double rate = stats_per_second(figures);
    char line[400] = "";
    struct text_buffer words = {line, sizeof line, 0};

    add_object(&words, run, object);
    text_add(&words, "at most %" PRIu64, figures->largest_depth);
    if (object->capacity > 0)
        text_add(&words, " of %" PRIu64, object->capacity);
    text_add(&words, "%s in it", unit);
    if (figures->largest_step != 0)
        text_add(&words, " (step %" PRIu64 ")", figures->largest_step);
    if (rate > 0)
        text_add(&words, ", %.*f through it a second", rate < 10 ? 1 : 0, rate);
    print(run, line);
    print_waits(run, "put", figures->puts, figures->puts_ended, &figures->put_waits);
    print_waits(run, "get", figures->gets, figures->gets_ended, &figures->get_waits);
}

static void print_lock(const struct told_run *run, const struct model_object *object)
{
    const struct stats_object *figures = stats_of(run->stats, object);
    char line[400] = "";
    struct text_buffer words = {line, sizeof line, 0};

    add_object(&words, run, object);
    text_add(&words, "held for ");
    text_add_duration(&words, figures->held_ns);
    text_add(&words, " in all, longest ");
    text_add_duration(&words, figures->longest_held_ns);
    if (figures->longest_held_step != 0)
        text_add(&words, " (step %" PRIu64 ")", figures->longest_held_step);
    if (figures->holder != 0) {
        text_add(&words, ", at the end by ");
        sentence_add_holder(&words, &run->stats->model, run->reader, object);
    }
    print(run, line);
    print_waits(run, "acquisition", figures->acquisitions, NULL, &figures->get_waits);
}

void command_stats_text(const struct told_run *run)
{
    const struct model *model = &run->stats->model;
    const struct model_object *object = NULL;
    bool has_head = false;

    print_run(run);
    print_threads(run);
    while ((object = model_next(model, object)) != NULL) {
        bool is_queue = command_stats_is_queue(object->type);
        if ((!is_queue && object->type != OBJECT_LOCK) ||
            !command_stats_is_told(model, object))
            continue;
        if (!has_head)
            print(run, "QUEUES AND LOCKS");
        has_head = true;
        (is_queue ? print_queue : print_lock)(run, object);
    }
}

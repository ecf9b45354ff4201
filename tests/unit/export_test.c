/*
 * export_test.c - a run in other programs' formats: slices that nest, arrows with two
 * ends, pictures that are XML whatever the names are.
 */
#include "../../viz/export.h"
#include "../../viz/export_flows.h"
#include "../../viz/json_text.h"
#include "made_family.h"
#include "made_run.h"

#include <math.h>

enum { MAIN = 1, WORKER, TASKS };

static struct made made;
static struct reader reader;
static char *out;
static size_t out_size;

/* A main thread, a worker and a queue: three steps. */
static int begin(void **state __attribute__((unused)))
{
    made = made_begin();
    made_run_start(&made);
    made_thread(&made, WORKER, "worker");
    made_queue(&made, TASKS, "tasks", 0);
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    free(out);
    out = NULL;
    if (reader.map != NULL)
        reader_close(&reader);
    reader = (struct reader){.map = NULL};
    made_free(&made);
    return 0;
}

static void make_long_run(uint64_t steps)
{
    made_free(&made);
    made = made_begin();
    made_by_chance(&made, steps, 6);
}

static void export_as(const char *format)
{
    FILE *file = open_memstream(&out, &out_size);

    if (reader.map == NULL)
        made_open(&made, &reader);
    export_find(format)->write(&reader, false, file);
    fclose(file);
}

TEST(a_format_is_known_by_its_name_and_by_its_files_ending)
{
    assert_string_equal(export_find("svg")->name, "svg");
    assert_null(export_find("png"));
    assert_string_equal(export_for("a.b/run.svg")->name, "svg");
    assert_string_equal(export_for("run.json")->name, "perfetto");
    assert_null(export_for(".svg"));
    assert_null(export_for("run"));
}

TEST(only_an_item_that_is_put_and_taken_has_a_way)
{
    uint64_t put = made_put(&made, MAIN, TASKS, 1, 1, "a");
    uint64_t left = made_put(&made, MAIN, TASKS, 2, 2, "b");
    uint64_t get = made_get(&made, WORKER, TASKS, put, 1, 2);
    uint64_t twice = made_get(&made, WORKER, TASKS, put, 1, 2);
    uint64_t early = made_step(&made, TRACE_QUEUE_GET, WORKER, TASKS);

    made.events[early - 1].number = early + 1;
    made_put(&made, MAIN, TASKS, 1, 1, "c");
    made_open(&made, &reader);
    struct flows flows = flows_find(&reader);
    assert_int_equal(flows.count, 1);
    assert_int_equal(flows_part(&flows, &reader, put), FLOW_START);
    assert_int_equal(flows_part(&flows, &reader, get), FLOW_END);
    assert_int_equal(flows_part(&flows, &reader, left), FLOW_NONE);
    assert_int_equal(flows_part(&flows, &reader, twice), FLOW_NONE);
    assert_int_equal(flows_part(&flows, &reader, early), FLOW_NONE);
    assert_int_equal(flows_part(&flows, &reader, 0), FLOW_NONE);
    assert_int_equal(flows_part(&flows, &reader, reader.steps + 1), FLOW_NONE);
    flows_free(&flows);
}

TEST(what_a_feeder_sends_is_on_its_way)
{
    uint64_t put = made_send(&made, TRACE_PROCESS_QUEUE_PUT, MAIN, 9, 0, 1, "x");
    uint64_t send = made_send(&made, TRACE_PROCESS_QUEUE_SEND, WORKER, 9, 1, 0, "x");
    uint64_t get = made_send(&made, TRACE_PROCESS_QUEUE_GET, WORKER, 9, 0, 0, "x");

    made.events[send - 1].number = put;
    made.events[get - 1].number = put;
    made_open(&made, &reader);
    struct flows flows = flows_find(&reader);
    assert_int_equal(flows_part(&flows, &reader, send), FLOW_STEP);
    assert_int_equal(flows_part(&flows, &reader, get), FLOW_END);
    flows_free(&flows);
}

#ifdef HAVE_JANSSON
enum { MOST_THREADS = 20, DEEPEST = 8 };

/* What one thread's events have shown so far. */
struct shown {
    const char *open[DEEPEST];
    int depth;
    double time;
};

static struct shown shown[MOST_THREADS];

static json_t *parse(void)
{
    json_error_t error;
    json_t *json = json_loadb(out, out_size, 0, &error);

    if (json == NULL)
        fail_msg("no JSON: line %d: %s", error.line, error.text);
    memset(shown, 0, sizeof shown);
    return json;
}

static const char *string_of(const json_t *event, const char *key)
{
    const char *string = json_string_value(json_object_get(event, key));

    return string == NULL ? "" : string;
}

static void look_at_event(const json_t *event, int *starts, int *ends)
{
    json_int_t thread = json_integer_value(json_object_get(event, "tid"));
    char phase = string_of(event, "ph")[0];
    double time = json_number_value(json_object_get(event, "ts"));

    *starts += phase == 's';
    *ends += phase == 'f';
    assert_in_range(thread, 1, MOST_THREADS - 1);
    if (strchr("BEstfi", phase) == NULL)
        return;
    struct shown *it = &shown[thread];
    if (it->time > 0)
        assert_true(time > it->time);
    it->time = time;
    if (phase == 'B') {
        assert_in_range(it->depth, 0, DEEPEST - 1);
        it->open[it->depth++] = string_of(event, "name");
    } else if (phase == 'E') {
        assert_true(it->depth > 0);
        assert_string_equal(it->open[--it->depth], string_of(event, "name"));
    } else if (phase != 'i') { /* an arrow needs a slice to hold on to */
        assert_true(it->depth > 0);
    }
}

/* Slices nest and all end, each thread's time moves on, arrows have two ends. */
static int check_events(const json_t *json)
{
    size_t index;
    json_t *event;
    int starts = 0, ends = 0;

    json_array_foreach(json_object_get(json, "traceEvents"), index, event)
        look_at_event(event, &starts, &ends);
    assert_int_equal(starts, ends);
    for (int i = 0; i < MOST_THREADS; i++)
        assert_int_equal(shown[i].depth, 0);
    return starts;
}

/* The first event of that phase and name; NULL if there is none. */
static json_t *find(const json_t *json, const char *phase, const char *name)
{
    size_t index;
    json_t *event;

    json_array_foreach(json_object_get(json, "traceEvents"), index,
                       event) if (strcmp(string_of(event, "ph"), phase) == 0 &&
                                  strcmp(string_of(event, "name"), name) ==
                                      0) return event;
    return NULL;
}

TEST(in_a_long_run_slices_nest_and_arrows_have_two_ends)
{
    make_long_run(3000);
    made.torn_at_end = true;
    export_as("perfetto");
    json_t *json = parse();
    made_open(&made, &reader);
    struct flows flows = flows_find(&reader);
    assert_int_equal(check_events(json), flows.count);
    assert_true(flows.count > 100);
    flows_free(&flows);
    json_decref(json);
}

TEST(all_at_one_moment_slices_still_nest)
{
    make_long_run(500);
    for (size_t i = 0; i < made.count; i++)
        made.events[i].time_ns = 7;
    export_as("perfetto");
    json_t *json = parse();
    check_events(json);
    json_decref(json);
}

TEST(threads_states_items_and_depths_have_names)
{
    uint64_t put = made_put(&made, MAIN, TASKS, 1, 1, "a");

    made_get(&made, WORKER, TASKS, put, 0, 1);
    made_step(&made, TRACE_QUEUE_TASK_DONE, WORKER, TASKS);
    made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
    made_say(&made, MAIN, "a \xff line");
    made_say(&made, MAIN,
             "\xc2\x9b"
             "31m \xe4\xb8\xad\xe6\x96\x87");
    export_as("perfetto");
    json_t *json = parse();
    check_events(json);
    assert_non_null(find(json, "M", "thread_name"));
    assert_non_null(find(json, "B", "works on a"));
    assert_non_null(find(json, "B", "waits for an item on tasks"));
    assert_non_null(find(json, "B", "put 'a' on tasks"));
    assert_non_null(find(json, "B", "take 'a' from tasks"));
    assert_non_null(find(json, "i", "a <ff> line"));
    assert_non_null(find(json, "i", "<9b>31m \xe4\xb8\xad\xe6\x96\x87"));
    /* since tasks are reported, they are counted from the start */
    json_t *counts = json_object_get(find(json, "C", "tasks"), "args");
    assert_non_null(json_object_get(counts, "unfinished"));
    json_decref(json);
}

TEST(times_are_in_microseconds_to_the_nanosecond)
{
    made.events[2].time_ns = 1234567891;
    export_as("perfetto");
    json_t *json = parse();
    double ts = json_number_value(json_object_get(find(json, "C", "tasks"), "ts"));
    assert_true(fabs(ts - 1234567.891) < 0.0001);
    json_decref(json);
}
#endif

TEST(whatever_the_names_are_the_picture_is_xml)
{
    made_thread(&made, 8, "<&>\"\x1b[31m\xff\xef\xbf\xbf");
    made_say(&made, MAIN, "]]> & </svg>");
    export_as("svg");
    assert_contains(out, "&lt;&amp;&gt;");
    assert_contains(out, "]]&gt; &amp; &lt;/svg&gt;");
    assert_null(strstr(out, "\x1b"));
    assert_null(strstr(out, "\xef\xbf\xbf"));
    assert_string_equal(out + out_size - 7, "</svg>\n");
}

static int count(const char *words)
{
    int found = 0;

    for (const char *at = strstr(out, words); at != NULL; at = strstr(at + 1, words))
        found++;
    return found;
}

TEST(the_picture_has_rows_an_arrow_a_print_and_only_the_states_that_occur)
{
    uint64_t put = made_put(&made, MAIN, TASKS, 1, 1, "letter");

    made_step(&made, TRACE_NAP_BEGIN, MAIN, 0);
    made_get(&made, WORKER, TASKS, put, 0, 1);
    made_say(&made, MAIN, "hello");
    made_step(&made, TRACE_NAP_BEGIN, WORKER, 0);
    made_run_end(&made, 0);
    made.events[made.count - 1].time_ns = 100 * MADE_MS;
    export_as("svg");
    assert_contains(out, ">worker</text>");
    assert_contains(out, "S letter</text>");
    assert_contains(out, "ENDED (0)");
    assert_int_equal(count("marker-end"), 2); /* and one in the legend */
    assert_contains(out, "<title>hello</title>");
    assert_contains(out, ">sleeps");
    assert_null(strstr(out, ">waits for a lock"));
}

TEST(the_picture_of_a_long_run_is_bounded_and_says_what_it_leaves_out)
{
    make_long_run(60000);
    export_as("svg");
    assert_in_range(out_size, 1, 3000000);
    assert_contains(out, "arrows, one in");
    assert_in_range(count("marker-end"), 40, 100);
    assert_contains(out, "at most 40 of 40");
}

TEST(more_threads_than_rows_are_counted)
{
    for (uint32_t i = 10; i < 60; i++)
        made_thread(&made, i, "one of many");
    export_as("svg");
    assert_contains(out, "12 more threads are not drawn");
}

TEST(who_was_killed_has_a_mark)
{
    export_as("svg"); /* the trace has no end, and nobody writes it */
    assert_contains(out, ">killed</text>");
    assert_contains(out, "class=\"killed\"");
}

TEST(the_text_has_a_line_for_each_step_and_the_ending)
{
    made_put(&made, MAIN, TASKS, 1, 1, "a");
    made_run_end(&made, 3);
    export_as("text");
    assert_contains(out, "main put 'a' on tasks");
    assert_contains(out, "ENDED (3): deadlock; 5 steps");
}

TEST(an_empty_trace_can_be_exported)
{
    made_free(&made);
    made = made_begin();
    for (const struct exporter *row = exporters; row->name != NULL; row++) {
        if (row->needs_json && !json_is_built())
            continue;
        export_as(row->name);
        assert_true(out_size > 0);
        free(out);
        out = NULL;
    }
}

#define EXPORT_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXPORT_TEST(a_format_is_known_by_its_name_and_by_its_files_ending),
        EXPORT_TEST(only_an_item_that_is_put_and_taken_has_a_way),
        EXPORT_TEST(what_a_feeder_sends_is_on_its_way),
#ifdef HAVE_JANSSON
        EXPORT_TEST(in_a_long_run_slices_nest_and_arrows_have_two_ends),
        EXPORT_TEST(all_at_one_moment_slices_still_nest),
        EXPORT_TEST(threads_states_items_and_depths_have_names),
        EXPORT_TEST(times_are_in_microseconds_to_the_nanosecond),
#endif
        EXPORT_TEST(whatever_the_names_are_the_picture_is_xml),
        EXPORT_TEST(
            the_picture_has_rows_an_arrow_a_print_and_only_the_states_that_occur),
        EXPORT_TEST(the_picture_of_a_long_run_is_bounded_and_says_what_it_leaves_out),
        EXPORT_TEST(more_threads_than_rows_are_counted),
        EXPORT_TEST(who_was_killed_has_a_mark),
        EXPORT_TEST(the_text_has_a_line_for_each_step_and_the_ending),
        EXPORT_TEST(an_empty_trace_can_be_exported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

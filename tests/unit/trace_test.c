/*
 * trace_test.c - what is recorded stands in the file, as it was and in order.
 *
 * Each case records in a child, and the test reads the file. How the file comes and
 * goes is in trace_file_test.c, want of room in trace_room_test.c, kills in
 * trace_kill_test.c.
 */
#include "recorded.h"
#include "support.h"
#include "trace.h"

static const struct trace_run run = {.program = "03_lesson/program",
                                     .options = "--workers 5",
                                     .source_name = "03_lesson/program.c",
                                     .source_text = "int main(void)\n{\n}\n",
                                     .seed = 42};

static void start(const char *file)
{
    char why[256];

    if (!trace_start(file, &run, why, sizeof why)) {
        fprintf(stderr, "%s\n", why);
        abort();
    }
    trace_attach(trace_new_object());
}

/* Runs the case, which must end well, and opens what it recorded. */
static struct recording record(const char *name)
{
    struct child_end end = child_run(name, path);

    assert_string_equal(end.err, "");
    assert_int_equal(end.status, 0);
    return recorded_open(path);
}

/* --- one event of each kind of content */

static const char literal[] = "file.c:7";

static void record_some(const char *file)
{
    start(file);
    trace(&(struct trace_entry){.kind = TRACE_QUEUE_INIT,
                                .object = 2,
                                .site = literal,
                                .number = 3,
                                .text = "tasks"});
    uint64_t put = trace(&(struct trace_entry){.kind = TRACE_QUEUE_PUT,
                                               .object = 2,
                                               .site = literal,
                                               .depth = 4,
                                               .unfinished = 5,
                                               .detail = 6,
                                               .label = "fifteen letters"});
    trace(&(struct trace_entry){.kind = TRACE_QUEUE_GET,
                                .object = 2,
                                .number = put,
                                .label = "sixteen letters!"});
    trace(&(struct trace_entry){
        .kind = TRACE_SAY, .text = "a line", .label = "not this"});
    trace(&(struct trace_entry){.kind = TRACE_SAY, .text = ""});
    trace_finish(7, true);
}

TEST(the_header_tells_of_the_run)
{
    struct recording recording = record("some");
    const struct trace_header *h = recording.header;

    assert_memory_equal(h->magic, TRACE_MAGIC, 8);
    assert_int_equal(h->version, TRACE_VERSION);
    assert_int_equal(h->event_size, 64);
    assert_int_equal(h->seed, 42);
    assert_in_range(h->start_realtime_s, time(NULL) - 60, time(NULL));
    assert_string_equal(text_of(&recording, h->program), run.program);
    assert_string_equal(text_of(&recording, h->options), run.options);
    assert_string_equal(text_of(&recording, h->source_name), run.source_name);
    assert_string_equal(text_of(&recording, h->source_text), run.source_text);
    assert_int_equal(h->ended, 1);
    assert_int_equal(h->exit_status, 7);
    assert_int_equal(h->full, 0);
    recorded_close(&recording);
}

TEST(an_event_has_all_that_was_told)
{
    struct recording recording = record("some");
    const struct trace_event *init = event_at(&recording, 0);
    const struct trace_event *put = event_at(&recording, 1);

    assert_int_equal(init->kind, TRACE_QUEUE_INIT);
    assert_int_equal(init->thread, 1);
    assert_int_equal(init->object, 2);
    assert_int_equal(init->number, 3);
    assert_string_equal(text_of(&recording, init->site), literal);
    assert_string_equal(text_of(&recording, init->text), "tasks");
    assert_int_equal(put->depth, 4);
    assert_int_equal(put->unfinished, 5);
    assert_int_equal(put->detail, 6);
    recorded_close(&recording);
}

TEST(a_call_sites_string_is_kept_once)
{
    struct recording recording = record("some");

    assert_int_equal(event_at(&recording, 0)->site, event_at(&recording, 1)->site);
    assert_int_equal(event_at(&recording, 2)->site, 0);
    recorded_close(&recording);
}

TEST(an_items_id_is_the_step_of_its_put)
{
    struct recording recording = record("some");

    assert_int_equal(event_at(&recording, 1)->number, 2);
    assert_int_equal(event_at(&recording, 2)->number, 2);
    recorded_close(&recording);
}

TEST(a_label_that_fits_stands_in_the_event_and_a_longer_one_is_its_text)
{
    struct recording recording = record("some");
    const struct trace_event *fits = event_at(&recording, 1);
    const struct trace_event *longer = event_at(&recording, 2);
    const struct trace_event *both = event_at(&recording, 3);

    assert_string_equal(fits->label, "fifteen letters");
    assert_int_equal(fits->text, 0);
    assert_string_equal(longer->label, "");
    assert_string_equal(text_of(&recording, longer->text), "sixteen letters!");
    assert_string_equal(text_of(&recording, both->text), "a line");
    assert_string_equal(both->label, "");
    recorded_close(&recording);
}

TEST(an_empty_text_is_a_text)
{
    struct recording recording = record("some");

    assert_int_not_equal(event_at(&recording, 4)->text, 0);
    assert_string_equal(text_of(&recording, event_at(&recording, 4)->text), "");
    recorded_close(&recording);
}

TEST(the_last_event_is_the_end_with_the_exit_status)
{
    struct recording recording = record("some");

    assert_int_equal(recording.slots, 6);
    assert_int_equal(kind_at(&recording, 5), TRACE_RUN_END);
    assert_int_equal(event_at(&recording, 5)->detail, 7);
    recorded_close(&recording);
}

TEST(without_a_trace_nothing_is_recorded_and_objects_still_get_numbers)
{
    assert_int_equal(trace(&(struct trace_entry){.kind = TRACE_NAP_END}), 0);
    assert_int_equal(trace_finish(0, true), 0);
    uint32_t first = trace_new_object();
    assert_int_equal(trace_new_object(), first + 1);
}

static const struct child_case cases[] = {{"some", record_some}, {NULL, NULL}};

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_header_tells_of_the_run),
        cmocka_unit_test(an_event_has_all_that_was_told),
        cmocka_unit_test(a_call_sites_string_is_kept_once),
        cmocka_unit_test(an_items_id_is_the_step_of_its_put),
        cmocka_unit_test(
            a_label_that_fits_stands_in_the_event_and_a_longer_one_is_its_text),
        cmocka_unit_test(an_empty_text_is_a_text),
        cmocka_unit_test(the_last_event_is_the_end_with_the_exit_status),
        cmocka_unit_test(
            without_a_trace_nothing_is_recorded_and_objects_still_get_numbers),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("trace", tests, make_path, remove_path);
}

/* export_damaged_test.c - what the exporters make of traces that cannot be. */
#include "../../viz/export.h"
#include "../../viz/export_flows.h"
#include "../../viz/json_text.h"
#include "made_family.h"

enum { MAIN = 1, WORKER, TASKS };

static struct made made;
static struct reader reader;

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
    reader_close(&reader);
    made_free(&made);
    return 0;
}

TEST(an_unknown_thread_has_no_part_in_a_way_and_what_was_taken_is_not_sent_on)
{
    uint64_t put = made_put(&made, TASKS, TASKS, 1, 1, "a"); /* no thread's number */
    uint64_t get = made_get(&made, WORKER, TASKS, put, 0, 1);
    uint64_t other = made_put(&made, MAIN, TASKS, 1, 1, "b");

    made_get(&made, UINT32_MAX, TASKS, other, 0, 1);
    put = made_send(&made, TRACE_PROCESS_QUEUE_PUT, MAIN, 9, 0, 1, "x");
    uint64_t taken = made_send(&made, TRACE_PROCESS_QUEUE_GET, WORKER, 9, 0, 0, "x");
    uint64_t send = made_send(&made, TRACE_PROCESS_QUEUE_SEND, WORKER, 9, 1, 0, "x");
    made.events[taken - 1].number = put;
    made.events[send - 1].number = put;
    made_open(&made, &reader);
    struct flows flows = flows_find(&reader);
    assert_int_equal(flows.count, 1);
    assert_int_equal(flows_part(&flows, &reader, get), FLOW_NONE);
    assert_int_equal(flows_part(&flows, &reader, other), FLOW_NONE);
    assert_int_equal(flows_part(&flows, &reader, taken), FLOW_END);
    assert_int_equal(flows_part(&flows, &reader, send), FLOW_NONE);
    flows_free(&flows);
}

/* Writes the run in every format, which must not become long. */
static void export_all(void)
{
    for (const struct exporter *row = exporters; row->name != NULL; row++) {
        char *out = NULL;
        size_t size = 0;
        if (row->needs_json && !json_is_built())
            continue;
        FILE *file = open_memstream(&out, &size);
        row->write(&reader, false, file);
        fclose(file);
        assert_in_range(size, 1, 100000);
        free(out);
    }
}

TEST(a_run_that_ends_at_the_last_moment_there_is_can_be_exported)
{
    made_say(&made, MAIN, "late");
    made_say(&made, MAIN, "later");
    made.events[3].time_ns = UINT64_MAX;
    made_open(&made, &reader);
    alarm(20); /* an endless loop ends here */
    export_all();
    alarm(0);
}

#define EXPORT_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXPORT_TEST(
            an_unknown_thread_has_no_part_in_a_way_and_what_was_taken_is_not_sent_on),
        EXPORT_TEST(a_run_that_ends_at_the_last_moment_there_is_can_be_exported),
    };

    return cmocka_run_group_tests_name("export_damaged", tests, NULL, NULL);
}

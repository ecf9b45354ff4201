/*
 * events_test.c - viz events: what it says of processes and of what they share, a line
 * of JSON for each step.
 */
#include "../../viz/command.h"
#include "good_family.h"

static char *lines;

/* Runs the command with its output into a string. */
static void read_events(void)
{
    int file = made_file(&made), out = memfd_create("events", MFD_CLOEXEC);
    char path[64], *arguments[] = {"events", path, NULL};
    int kept = dup(STDOUT_FILENO);

    snprintf(path, sizeof path, "%s", made_path(file));
    fflush(stdout);
    dup2(out, STDOUT_FILENO);
    int status = command_events(2, arguments);
    dup2(kept, STDOUT_FILENO);
    off_t size = lseek(out, 0, SEEK_END);
    lines = calloc((size_t)size + 1, 1);
    assert_non_null(lines);
    assert_int_equal(pread(out, lines, (size_t)size, 0), size);
    close(kept);
    close(out);
    close(file);
    assert_int_equal(status, 0);
}

static int begin(void **state __attribute__((unused)))
{
    lines = NULL;
    make_family();
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    free(lines);
    made_free(&made);
    return 0;
}

/* The line of a step has these words. */
static void assert_line(uint64_t step, const char *words)
{
    char start[64], line[1024];

    snprintf(start, sizeof start, "{\"step\":%llu,", (unsigned long long)step);
    const char *found = strstr(lines, start);
    assert_non_null(found);
    snprintf(line, sizeof line, "%.*s", (int)strcspn(found, "\n"), found);
    assert_contains(line, words);
}

TEST(each_step_names_its_process)
{
    read_events();
    assert_line(FORKS, "\"thread\":\"main\",\"process\":\"main\"");
    assert_line(FORKS, "\"event\":\"process_start\",\"object\":\"child\",\"type\":"
                       "\"process\"");
    assert_line(FEEDS, "\"thread\":\"feeder\",\"process\":\"child\"");
    assert_line(CHILD_ENDS, "\"thread\":\"child\",\"process\":\"child\"");
    assert_line(CHILD_ENDS, "\"text\":\"0\"");
}

TEST(a_death_is_told_by_the_kit)
{
    made_killed(&made, SERVER, 9, 137);
    made_killed(&made, SERVER, 0, 7);
    read_events();
    assert_line(made.count - 1, "\"thread\":\"kit\",\"process\":\"manager\",\"event\":"
                                "\"process_killed\",\"object\":\"manager\"");
    assert_line(made.count - 1, "\"text\":\"signal 9\"");
    assert_line(made.count, "\"text\":\"status 7\"");
}

TEST(a_message_has_an_id_and_a_pipe_its_bytes)
{
    read_events();
    assert_line(SENDS, "\"type\":\"pipe\",\"depth\":5000,\"capacity\":4096");
    assert_line(SENDS, "\"item\":\"hello\",\"item_id\":11");
    assert_line(RECEIVES, "\"item\":\"hello\",\"item_id\":11");
    assert_line(IS_FULL, "\"wait\":\"space\"");
    assert_line(WANTS_MESSAGE, "\"wait\":\"message\"");
}

TEST(a_process_queue_tells_what_is_buffered)
{
    read_events();
    assert_line(PUTS_SECOND, "\"type\":\"process_queue\",\"depth\":0,\"buffered\":2,"
                             "\"capacity\":3,\"item\":\"b\",\"item_id\":16");
    assert_line(FEEDS, "\"event\":\"process_queue_send\"");
    assert_line(FEEDS, "\"item_id\":15");
    assert_line(TAKES, "\"item_id\":15");
}

TEST(lists_variables_and_tasks_tell_theirs)
{
    read_events();
    assert_line(APPENDS_SECOND, "\"depth\":2,\"item\":\"y\",\"index\":1");
    assert_line(READS, "\"object\":\"counter\",\"type\":\"shared\",\"value\":100");
    assert_line(SUBMITS, "\"object\":\"task-0\",\"type\":\"future\"");
    assert_line(IS_HANDED, "\"object\":\"pool\",\"type\":\"pool\",\"item\":\"task-0\"");
    assert_line(WANTS_RESULT, "\"wait\":\"result\"");
}

TEST(a_request_is_text)
{
    read_events();
    assert_line(ASKS,
                "\"object\":\"manager\",\"type\":\"manager\",\"wait\":\"answer\"");
    assert_line(ASKS, "\"text\":\"pids.append('12')\"");
    assert_line(SERVES, "\"text\":\"pids.append('12')\"");
}

TEST(failures_have_their_names)
{
    at(RECEIVES)->kind = TRACE_PIPE_RECV_FAILED;
    at(RECEIVES)->detail = TRACE_BECAUSE_CLOSED;
    at(HAS_RESULT)->kind = TRACE_FUTURE_RESULT_FAILED;
    at(HAS_RESULT)->detail = TRACE_BECAUSE_RAISED;
    read_events();
    assert_line(RECEIVES, "\"text\":\"closed\"");
    assert_line(HAS_RESULT, "\"text\":\"failed\"");
}

#define EVENTS_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EVENTS_TEST(each_step_names_its_process),
        EVENTS_TEST(a_death_is_told_by_the_kit),
        EVENTS_TEST(a_message_has_an_id_and_a_pipe_its_bytes),
        EVENTS_TEST(a_process_queue_tells_what_is_buffered),
        EVENTS_TEST(lists_variables_and_tasks_tell_theirs),
        EVENTS_TEST(a_request_is_text),
        EVENTS_TEST(failures_have_their_names),
    };

#ifndef HAVE_JANSSON
    puts("viz events is not built");
    return 77;
#endif
    return cmocka_run_group_tests(tests, NULL, NULL);
}

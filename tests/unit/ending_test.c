/* ending_test.c - how a run ends badly: the words, the status, the event, once. */
#include "caller.h"
#include "ending.h"
#include "recorded.h"
#include "support.h"
#include "trace.h"

static void start_trace(const char *file)
{
    char why[256];
    struct trace_run run = {"program", "", "program.c", "", 0};

    if (file[0] != '\0' && !trace_start(file, &run, why, sizeof why))
        abort();
}

static void misuse(const char *file)
{
    start_trace(file);
    ending_misuse("file.c:12", "%s is used %d times", "it", 2);
}

static void failed(const char *file)
{
    start_trace(file);
    ending_failed("no memory is left", NULL);
}

static void deadlock(const char *file)
{
    start_trace(file);
    ending_deadlock("STUCK (deadlock): nobody can go on\n  x waits\n");
}

static bool misuse_too(struct caller *me)
{
    ending_misuse("file.c:1", "caller %d", me->item);
}

static void many_at_once(const char *file)
{
    struct caller callers[8];

    start_trace(file);
    for (int i = 0; i < 8; i++) {
        callers[i] = (struct caller){.item = i};
        caller_start(&callers[i], misuse_too);
    }
    for (int i = 0; i < 8; i++)
        caller_result(&callers[i]);
}

static const struct child_case cases[] = {
    {"misuse", misuse},     {"failed", failed},
    {"deadlock", deadlock}, {"many_at_once", many_at_once},
    {NULL, NULL},
};

/* Runs the case with a trace; tells of its event, and checks the end. */
static struct child_end check(const char *name, enum trace_kind kind, int status,
                              char *text, size_t size)
{
    struct child_end end = child_run(name, path);
    assert_int_equal(end.status, status);

    struct recording recording = recorded_open(path);
    assert_int_equal(recording.header->ended, 1);
    assert_int_equal(recording.header->exit_status, status);
    const struct trace_event *event = find_event(&recording, kind, 0);
    if (kind != TRACE_RUN_END)
        assert_int_equal(count_events(&recording, kind), 1);
    assert_non_null(event);
    snprintf(text, size, "%s", text_of(&recording, event->text));
    event = event_at(&recording, recording.slots - 1);
    assert_int_equal(atomic_load(&event->kind), TRACE_RUN_END);
    assert_int_equal(event->detail, status);
    recorded_close(&recording);
    return end;
}

TEST(misuse_says_where_and_what_in_one_line_and_ends_with_4)
{
    char text[100];
    struct child_end end = check("misuse", TRACE_MISUSE, 4, text, sizeof text);

    assert_string_equal(end.err, "MISUSE at file.c:12: it is used 2 times\n");
    assert_string_equal(end.out, "");
    assert_string_equal(text, "it is used 2 times");
}

TEST(an_exhausted_machine_ends_the_run_with_1)
{
    char text[100];
    struct child_end end = check("failed", TRACE_RUN_END, 1, text, sizeof text);

    assert_string_equal(end.err, "FAILED: no memory is left\n");
}

TEST(a_deadlock_ends_the_run_with_3_and_its_report_is_in_the_trace)
{
    char text[100];
    struct child_end end = check("deadlock", TRACE_DEADLOCK, 3, text, sizeof text);

    assert_string_equal(end.err, "STUCK (deadlock): nobody can go on\n  x waits\n");
    assert_string_equal(text, end.err);
}

TEST(of_many_threads_that_end_the_run_at_once_one_does)
{
    for (int i = 0; i < 20; i++) {
        char text[100];
        struct child_end end =
            check("many_at_once", TRACE_MISUSE, 4, text, sizeof text);
        assert_ptr_equal(strchr(end.err, '\n'), end.err + strlen(end.err) - 1);
    }
}

TEST(without_a_trace_the_ends_are_the_same)
{
    assert_int_equal(child_run("misuse", "").status, 4);
    assert_int_equal(child_run("failed", "").status, 1);
    assert_int_equal(child_run("deadlock", "").status, 3);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(misuse_says_where_and_what_in_one_line_and_ends_with_4),
        cmocka_unit_test(an_exhausted_machine_ends_the_run_with_1),
        cmocka_unit_test(a_deadlock_ends_the_run_with_3_and_its_report_is_in_the_trace),
        cmocka_unit_test(of_many_threads_that_end_the_run_at_once_one_does),
        cmocka_unit_test(without_a_trace_the_ends_are_the_same),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("ending", tests, make_path, remove_path);
}

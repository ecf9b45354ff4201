/*
 * trace_room_test.c - where there is no room left, the recording ends, the program goes
 * on, and what is lost is counted.
 *
 * A file-size limit plays the full disk: both are an error code of the same call.
 */
#include "caller.h"
#include "ending.h"
#include "recorded.h"
#include "support.h"
#include "trace.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>

static void limit_files_to(rlim_t bytes)
{
    struct rlimit limit = {bytes, bytes};

    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        abort();
}

static void start(const char *file)
{
    const struct trace_run run = {"program", "", "program.c", "", 0};
    char why[256];

    if (!trace_start(file, &run, why, sizeof why)) {
        printf("%s", why);
        exit(2);
    }
}

enum { EVENTS = 60000, THREADS = 4, ROOM = 600000 };

static void record_much(const char *file)
{
    limit_files_to(ROOM);
    start(file);
    for (unsigned i = 0; i < EVENTS; i++)
        trace(&(struct trace_entry){.kind = TRACE_NAP_END, .number = i});
    ending_close_trace(0, true);
    printf("went on");
}

static bool record_part(struct caller *me __attribute__((unused)))
{
    for (unsigned i = 0; i < EVENTS / THREADS; i++)
        trace(&(struct trace_entry){.kind = TRACE_NAP_END, .number = i});
    return true;
}

static void record_at_once(const char *file)
{
    struct caller threads[THREADS] = {{.item = 0}};

    limit_files_to(ROOM);
    start(file);
    for (int i = 0; i < THREADS; i++)
        caller_start(&threads[i], record_part);
    for (int i = 0; i < THREADS; i++)
        caller_result(&threads[i]);
    ending_close_trace(0, true);
    printf("went on");
}

static void record_texts(const char *file)
{
    char text[1001];

    limit_files_to(ROOM);
    start(file);
    memset(text, 'x', 1000);
    text[1000] = '\0';
    for (unsigned i = 0; i < 300; i++) /* more than a quarter of the room */
        trace(&(struct trace_entry){.kind = TRACE_SAY, .number = i, .text = text});
    ending_close_trace(0, true);
    printf("went on");
}

/* The argument is the limit, and then the file. */
static void start_in_little(const char *argument)
{
    char *file;

    limit_files_to(strtoul(argument, &file, 10));
    start(file + 1);
    trace(&(struct trace_entry){.kind = TRACE_NAP_END});
    ending_close_trace(0, true);
}

static const struct child_case cases[] = {
    {"much", record_much},
    {"at_once", record_at_once},
    {"texts", record_texts},
    {"little", start_in_little},
    {NULL, NULL},
};

/* The child went on to its end and said how many events are missing. */
static void check_loss(const char *name)
{
    struct child_end end = child_run(name, path);
    char expected[200];

    assert_int_equal(end.status, 0);
    assert_string_equal(end.out, "went on");
    struct recording recording = recorded_open(path);
    assert_int_equal(recording.header->full, 1);
    assert_int_equal(recording.header->ended, 1);
    uint64_t claimed = atomic_load(&recording.header->next_event);
    assert_true(claimed > EVENTS);
    assert_true(recording.size <= ROOM);
    assert_in_range(recording.slots, 1000, claimed - 1);
    snprintf(expected, sizeof expected,
             "trace: no room left: the recording lacks the last %d events\n",
             (int)(claimed - recording.slots));
    assert_string_equal(end.err, expected);
    for (uint64_t i = 0; i < recording.slots; i++)
        assert_int_not_equal(kind_at(&recording, i), TRACE_UNCOMMITTED);
    recorded_close(&recording);
}

TEST(a_program_goes_on_when_there_is_no_room_and_says_how_much_is_lost)
{
    check_loss("much");
}

TEST(many_threads_that_run_out_of_room_at_once_lose_only_the_end)
{
    for (int i = 0; i < 10; i++)
        check_loss("at_once");
}

TEST(texts_that_do_not_fit_are_marked_as_lost_and_that_is_said)
{
    struct child_end end = child_run("texts", path);
    unsigned kept = 0, lost = 0;

    assert_int_equal(end.status, 0);
    assert_string_equal(end.out, "went on");
    struct recording recording = recorded_open(path);
    assert_int_equal(recording.slots, 301); /* the events themselves are all there */
    for (uint64_t i = 0; i < 300; i++) {
        const struct trace_event *event = event_at(&recording, i);
        assert_int_equal(event->number, i);
        if (event->text == TRACE_TEXT_LOST)
            lost++;
        else if (strlen(text_of(&recording, event->text)) == 1000)
            kept++;
    }
    recorded_close(&recording);
    assert_int_equal(kept + lost, 300);
    assert_in_range(lost, 1, 299);
    assert_string_equal(end.err,
                        "trace: no room left: the recording lacks some of its texts\n");
}

TEST(a_trace_that_cannot_even_begin_is_refused_with_the_reason)
{
    static const int limits[] = {200, 4095, 4096, 5000, 10000, 20000, 40000};

    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        char argument[300];
        snprintf(argument, sizeof argument, "%d %s", limits[i], path);
        struct child_end end = child_run("little", argument);
        if (end.status == 0) { /* it could: then it says what it lost, or nothing */
            if (end.err[0] != '\0')
                assert_contains(end.err, "trace: no room left: the recording lacks");
            unlink(path);
        } else {
            assert_int_equal(end.status, 2);
            assert_string_equal(end.out, strerror(EFBIG));
        }
    }
}

#define WITH_PATH(test) cmocka_unit_test_setup_teardown(test, make_path, remove_path)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_PATH(a_program_goes_on_when_there_is_no_room_and_says_how_much_is_lost),
        WITH_PATH(many_threads_that_run_out_of_room_at_once_lose_only_the_end),
        WITH_PATH(texts_that_do_not_fit_are_marked_as_lost_and_that_is_said),
        WITH_PATH(a_trace_that_cannot_even_begin_is_refused_with_the_reason),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("trace_room", tests, NULL, NULL);
}

/*
 * lesson_test.c - what every lesson's main needs: options, the outcome, the finish.
 *
 * A case is a small lesson; its command line is the test's argument, split at spaces.
 */
#include "caller.h"
#include "chance.h"
#include "lesson.h"
#include "recorded.h"
#include "support.h"

#include <inttypes.h>

static const struct lesson_use use = {.summary = "A small lesson.",
                                      .workers = 5,
                                      .tasks = 19,
                                      .capacity = LESSON_UNUSED,
                                      .delay = 1000};
static const struct lesson_use use_with_arguments = {
    .summary = "Takes links.", .arguments = "LINK…", .workers = 1};

/* --- what the children do */

static struct lesson_options start(const char *line, const struct lesson_use *how)
{
    static char words[1000];
    static char *argv[50] = {(char *)(uintptr_t) "lesson"};
    int argc = 1;

    snprintf(words, sizeof words, "%s", line);
    for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " "))
        argv[argc++] = word;
    return lesson_start(argc, argv, how);
}

static void print_options(const char *line)
{
    struct lesson_options options = start(line, &use);

    printf("%d %d %d %d", options.workers, options.tasks, options.capacity,
           options.delay);
    exit(lesson_finish());
}

static void print_seed(const char *line)
{
    struct lesson_options options = start(line, &use);

    printf("%" PRIu64 " %d", options.seed, chance_below(1000000));
    exit(lesson_finish());
}

static void print_arguments(const char *line)
{
    struct lesson_options options = start(line, &use_with_arguments);

    printf("%d", options.argument_count);
    for (int i = 0; i < options.argument_count; i++)
        printf(" %s", options.arguments[i]);
    printf("%s", options.arguments[options.argument_count] == NULL ? "" : "?");
    exit(lesson_finish());
}

static void right_outcome(const char *line)
{
    start(line, &use);
    lesson_outcome(true, "%d tasks handled", 19);
    exit(lesson_finish());
}

static void wrong_outcome(const char *line)
{
    start(line, &use);
    lesson_outcome(false, "%d tasks handled", 18);
    exit(lesson_finish());
}

static bool write_late(struct caller *me)
{
    nap(30);
    me->item = 1;
    printf("done ");
    return true;
}

static void finish_with_threads(const char *line)
{
    static struct caller threads[3];

    start(line, &use);
    for (int i = 0; i < 3; i++)
        caller_start(&threads[i], write_late);
    int status = lesson_finish();
    exit(threads[0].item + threads[1].item + threads[2].item == 3 ? status : 10);
}

static const struct child_case cases[] = {
    {"options", print_options},
    {"seed", print_seed},
    {"arguments", print_arguments},
    {"right", right_outcome},
    {"wrong", wrong_outcome},
    {"threads", finish_with_threads},
    {NULL, NULL},
};

/* --- tests */

static void assert_prints(const char *name, const char *line, const char *expected)
{
    struct child_end end = child_run(name, line);

    assert_string_equal(end.err, "");
    assert_string_equal(end.out, expected);
    assert_int_equal(end.status, 0);
}

static void assert_bad_usage(const char *line, const char *why)
{
    struct child_end end = child_run("options", line);
    char expected[300];

    snprintf(expected, sizeof expected, "program: %s\n", why);
    assert_string_equal(end.err, expected);
    assert_string_equal(end.out, "");
    assert_int_equal(end.status, 2);
}

TEST(without_options_the_lessons_own_values_hold)
{
    assert_prints("options", "", "5 19 -1 1000");
}

TEST(options_are_read_in_both_spellings)
{
    assert_prints("options", "--workers 3 --tasks=7 --capacity 2 --delay=0", "3 7 2 0");
    assert_prints("options", "--workers 1000 --tasks 0", "1000 0 -1 1000");
}

TEST(the_last_of_two_values_holds)
{
    assert_prints("options", "--workers 3 --workers 4", "4 19 -1 1000");
}

TEST(numbers_out_of_range_are_bad_usage)
{
    assert_bad_usage("--workers 0", "--workers takes a number from 1 to 1000, not '0'");
    assert_bad_usage("--workers 1001",
                     "--workers takes a number from 1 to 1000, not '1001'");
    assert_bad_usage("--tasks -1",
                     "--tasks takes a number from 0 to 1000000, not '-1'");
    assert_bad_usage("--delay 99999999999999999999",
                     "--delay takes a number from 0 to 60000, not "
                     "'99999999999999999999'");
}

TEST(what_is_no_number_is_bad_usage)
{
    assert_bad_usage("--tasks many",
                     "--tasks takes a number from 0 to 1000000, not 'many'");
    assert_bad_usage("--tasks 7x",
                     "--tasks takes a number from 0 to 1000000, not '7x'");
    assert_bad_usage("--capacity=",
                     "--capacity takes a number from 0 to 1000000, not ''");
}

TEST(unknown_and_incomplete_options_and_needless_arguments_are_bad_usage)
{
    assert_bad_usage("--worker-count 3",
                     "no such option: --worker-count; --help lists them");
    assert_bad_usage("--workers", "--workers needs a value; --help lists the options");
    assert_bad_usage("-x", "no such option: -x; --help lists them");
    assert_bad_usage("-xy --tasks 1", "no such option: -x; --help lists them");
    assert_bad_usage("--help=yes", "no such option: --help=yes; --help lists them");
    assert_bad_usage("link", "it takes no argument such as 'link'; --help lists the "
                             "options");
}

TEST(arguments_are_handed_over_where_the_lesson_takes_them)
{
    assert_prints("arguments", "", "0");
    assert_prints("arguments", "a --workers 2 b -- --c", "3 a b --c");
}

TEST(help_tells_every_option_and_which_has_no_effect)
{
    struct child_end end = child_run("options", "--workers 3 --help");

    assert_int_equal(end.status, 0);
    assert_string_equal(end.err, "");
    assert_int_equal(
        strncmp(end.out, "Usage: program [OPTION]...\nA small lesson.\n", 40), 0);
    assert_contains(end.out, "--workers N");
    assert_contains(end.out, "1 to 1000, default 5");
    assert_contains(end.out, "items the task queue holds, 0: no limit; no effect here");
    assert_contains(end.out, "not the order of the threads");
    assert_contains(end.out, "--trace FILE");
    assert_contains(end.out, "--view");
    assert_contains(child_run("arguments", "--help").out, "[OPTION]... [LINK…]\n");
}

TEST(a_seed_brings_back_the_same_chances)
{
    struct child_end first = child_run("seed", "--seed 7");

    assert_int_equal(strncmp(first.out, "7 ", 2), 0);
    assert_prints("seed", "--seed 7", first.out);
}

TEST(without_a_seed_each_run_has_another)
{
    struct child_end first = child_run("seed", "");
    int others = 0;

    for (int i = 0; i < 10; i++)
        others += strcmp(child_run("seed", "").out, first.out) != 0;
    assert_true(others >= 5);
}

TEST(the_outcome_decides_the_exit_status)
{
    struct child_end wrong = child_run("wrong", "");

    assert_prints("right", "", "");
    assert_int_equal(wrong.status, 1);
    assert_string_equal(wrong.err, "WRONG RESULT: 18 tasks handled\n");
}

TEST(finish_waits_for_every_thread)
{
    assert_prints("threads", "", "done done done ");
}

TEST(a_trace_begins_with_the_run_and_tells_the_outcome)
{
    char line[300];

    snprintf(line, sizeof line, "--trace %s --seed 7 --workers 2", path);
    assert_prints("right", line, "");
    struct recording recording = recorded_open(path);
    const struct trace_event *start_event = event_at(&recording, 0);
    const struct trace_event *outcome = find_event(&recording, TRACE_OUTCOME, 0);

    assert_int_equal(start_event->kind, TRACE_RUN_START);
    assert_int_equal(start_event->thread, 1);
    assert_non_null(outcome);
    assert_int_equal(outcome->detail, 1);
    assert_string_equal(text_of(&recording, outcome->text), "19 tasks handled");
    assert_int_equal(recording.header->seed, 7);
    assert_string_equal(text_of(&recording, recording.header->options), line);
    recorded_close(&recording);

    unlink(path);
    setenv("VIZ_TRACE", path, 1); /* the variable does the same */
    assert_prints("right", "", "");
    unsetenv("VIZ_TRACE");
    assert_int_equal(access(path, F_OK), 0);
}

TEST(a_trace_that_cannot_be_written_is_bad_usage)
{
    assert_bad_usage("--trace /dev/null", "the trace file '/dev/null' cannot be "
                                          "written: it is not a regular file");
    assert_bad_usage("--trace /none/such/file",
                     "the trace file '/none/such/file' cannot "
                     "be written: No such file or directory");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_options_the_lessons_own_values_hold),
        cmocka_unit_test(options_are_read_in_both_spellings),
        cmocka_unit_test(the_last_of_two_values_holds),
        cmocka_unit_test(numbers_out_of_range_are_bad_usage),
        cmocka_unit_test(what_is_no_number_is_bad_usage),
        cmocka_unit_test(
            unknown_and_incomplete_options_and_needless_arguments_are_bad_usage),
        cmocka_unit_test(arguments_are_handed_over_where_the_lesson_takes_them),
        cmocka_unit_test(help_tells_every_option_and_which_has_no_effect),
        cmocka_unit_test(a_seed_brings_back_the_same_chances),
        cmocka_unit_test(without_a_seed_each_run_has_another),
        cmocka_unit_test(the_outcome_decides_the_exit_status),
        cmocka_unit_test(finish_waits_for_every_thread),
        cmocka_unit_test(a_trace_begins_with_the_run_and_tells_the_outcome),
        cmocka_unit_test(a_trace_that_cannot_be_written_is_bad_usage),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("lesson", tests, make_path, remove_path);
}

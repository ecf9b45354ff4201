/*
 * future_test.c - a future alone, without a pool: the test plays the worker.
 */
#include "caller.h"
#include "future.h"
#include "recorded.h"
#include "support.h"

static struct completions done_ones;
static struct future futures[4];

static int new_futures(void **state __attribute__((unused)))
{
    roster_self(); /* the main thread is object 1 */
    completions_init(&done_ones, "pool", trace_new_object());
    memset(futures, 0, sizeof futures);
    return 0;
}

static bool never_run(struct future *self __attribute__((unused)))
{
    return false;
}

__attribute__((format(printf, 2, 3))) static void submit(struct future *future,
                                                         const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    future_submit(future, &done_ones, never_run, HERE, format, arguments);
    va_end(arguments);
}

static void submit_some(int count)
{
    for (int i = 0; i < count; i++)
        submit(&futures[i], "task-%d", i);
}

static bool call_result(struct caller *me)
{
    return future_result(me->object);
}

static bool call_result_within_long(struct caller *me)
{
    return future_result_within(me->object, TOO_LONG_MS);
}

static bool call_next(struct caller *me)
{
    me->object = completions_next_at(&done_ones, HERE);
    return true;
}

TEST(who_asks_for_the_result_waits_until_the_task_is_done)
{
    struct caller askers[2] = {{.object = &futures[0]}, {.object = &futures[0]}};

    submit_some(1);
    caller_start(&askers[0], call_result);
    caller_start(&askers[1], call_result_within_long);
    until_waiting(&futures[0].monitor, &futures[0].askers, 2);
    future_begins(&futures[0], HERE);
    assert_false(future_is_done(&futures[0]));
    assert_false(atomic_load(&askers[0].returned));
    future_done(&futures[0], true, HERE);
    assert_true(caller_result(&askers[0]));
    assert_true(caller_result(&askers[1]));
    assert_true(future_is_done(&futures[0]));
    assert_true(future_result(&futures[0])); /* and once more */
}

TEST(a_failure_and_its_reason_reach_everybody_who_asks)
{
    struct caller asker = {.object = &futures[0]};

    submit_some(1);
    caller_start(&asker, call_result);
    until_waiting(&futures[0].monitor, &futures[0].askers, 1);
    assert_false(future_fail(&futures[0], "error %d", 404));
    future_done(&futures[0], false, HERE);
    assert_false(caller_result(&asker));
    assert_string_equal(futures[0].failure, "error 404");
    assert_false(future_result(&futures[0]));
    assert_false(future_result_within(&futures[0], 0));
}

TEST(a_failure_without_a_reason_says_that_there_is_none)
{
    submit_some(1);
    future_done(&futures[0], false, HERE);
    assert_false(future_result(&futures[0]));
    assert_string_equal(futures[0].failure, "it gave no reason");
}

TEST(a_task_that_noted_a_failure_and_yet_ended_well_has_none)
{
    submit_some(1);
    future_fail(&futures[0], "first attempt");
    future_done(&futures[0], true, HERE);
    assert_true(future_result(&futures[0]));
    assert_string_equal(futures[0].failure, "");
}

TEST(a_long_or_dangerous_reason_is_cut_between_characters_and_made_safe)
{
    char text[300] = "a";

    for (int i = 0; i < 60; i++) /* 3 bytes each, at 1, 4, 7 … 94 */
        strcat(text, "文");
    future_fail(&futures[0], "%s", text);
    assert_int_equal(strlen(futures[0].failure), 94);
    assert_int_equal(strncmp(futures[0].failure, text, 94), 0);
    future_fail(&futures[0], "\033[2J\xff");
    assert_string_equal(futures[0].failure, "\\x1b[2J\\xff");
}

static bool result_within(void *object, int ms)
{
    return future_result_within(object, ms);
}

TEST(result_gives_up_when_its_time_limit_is_over_and_says_that_it_is_not_done)
{
    submit_some(1);
    assert_gives_up_in_time(result_within, &futures[0]);
    assert_false(future_is_done(&futures[0]));
    assert_false(future_result_within(&futures[0], 0));
    future_done(&futures[0], true, HERE);
    assert_true(future_result_within(&futures[0], 0));
    assert_true(future_is_done(&futures[0]));
}

TEST(futures_are_handed_out_once_in_the_order_of_ending)
{
    submit_some(3);
    future_done(&futures[2], true, HERE);
    future_done(&futures[0], false, HERE);
    assert_ptr_equal(completions_next_at(&done_ones, HERE), &futures[2]);
    future_done(&futures[1], true, HERE);
    assert_ptr_equal(completions_next_at(&done_ones, HERE), &futures[0]);
    assert_ptr_equal(completions_next_at(&done_ones, HERE), &futures[1]);
    assert_null(completions_next_at(&done_ones, HERE));
    submit(&futures[3], "one more");
    future_done(&futures[3], true, HERE);
    assert_ptr_equal(completions_next_at(&done_ones, HERE), &futures[3]);
    assert_null(completions_next_at(&done_ones, HERE));
}

TEST(where_nothing_was_submitted_there_is_no_next)
{
    assert_null(completions_next_at(&done_ones, HERE));
}

TEST(next_waits_for_one_to_end)
{
    struct caller caller = {.object = NULL};

    submit_some(2);
    caller_start(&caller, call_next);
    until_waiting(&done_ones.monitor, &done_ones.waiters, 1);
    assert_false(atomic_load(&caller.returned));
    future_done(&futures[1], true, HERE);
    caller_result(&caller);
    assert_ptr_equal(caller.object, &futures[1]);
}

TEST(of_two_who_wait_for_the_last_one_gets_it_and_the_other_none)
{
    struct caller callers[2] = {{.object = NULL}, {.object = NULL}};

    submit_some(1);
    caller_start(&callers[0], call_next);
    caller_start(&callers[1], call_next);
    until_waiting(&done_ones.monitor, &done_ones.waiters, 2);
    future_done(&futures[0], true, HERE);
    caller_result(&callers[0]);
    caller_result(&callers[1]);
    assert_true((callers[0].object == &futures[0]) !=
                (callers[1].object == &futures[0]));
    assert_true((callers[0].object == NULL) != (callers[1].object == NULL));
}

/* --- unread failures, as a child, since they go to stderr */

/* Of four only the third is read. */
static void leave_unread(const char *argument __attribute__((unused)))
{
    new_futures(NULL);
    submit_some(3);
    submit(&futures[3], "\033c");
    future_done(&futures[0], true, HERE);
    for (int i = 1; i < 4; i++) {
        future_fail(&futures[i], "no answer %d", i);
        future_done(&futures[i], false, HERE);
    }
    while (completions_next_at(&done_ones, HERE) != NULL) /* is not reading */
        continue;
    future_is_done(&futures[1]); /* neither is this */
    future_result(&futures[2]);
    printf("%u\n", completions_tell_unread(&done_ones));
}

/* Asked too early, and then no more. */
static void ask_too_early(const char *argument __attribute__((unused)))
{
    new_futures(NULL);
    submit_some(1);
    future_result_within(&futures[0], 0);
    future_done(&futures[0], false, HERE);
    printf("%u\n", completions_tell_unread(&done_ones));
}

TEST(each_failure_whose_result_nobody_asked_for_is_told_in_a_line)
{
    struct child_end end = child_run("leave_unread", "");

    assert_string_equal(end.err, "UNREAD FAILURE: task-1 failed: no answer 1\n"
                                 "UNREAD FAILURE: \\x1bc failed: no answer 3\n");
    assert_string_equal(end.out, "2\n");
}

TEST(who_asked_before_it_was_done_has_not_read_it)
{
    struct child_end end = child_run("ask_too_early", "");

    assert_string_equal(end.err, "UNREAD FAILURE: task-0 failed: it gave no reason\n");
    assert_string_equal(end.out, "1\n");
}

/* --- misuse */

static void ask_unsubmitted(const char *argument __attribute__((unused)))
{
    future_result(&futures[0]);
}

static void look_at_unsubmitted(const char *argument __attribute__((unused)))
{
    future_is_done(&futures[0]);
}

static void submit_twice(const char *argument __attribute__((unused)))
{
    new_futures(NULL);
    submit_some(1);
    submit_some(1);
}

static void ask_for_negative_time(const char *argument __attribute__((unused)))
{
    new_futures(NULL);
    submit_some(1);
    future_result_within(&futures[0], -1);
}

static void submit_to_closed(const char *argument __attribute__((unused)))
{
    new_futures(NULL);
    completions_close(&done_ones, HERE);
    submit_some(1);
}

static void close_twice(const char *argument __attribute__((unused)))
{
    new_futures(NULL);
    completions_close(&done_ones, HERE);
    completions_close(&done_ones, HERE);
}

TEST(a_future_used_against_its_rules_is_misuse)
{
    assert_misuse("ask_unsubmitted", "future_result on a future that was not submitt");
    assert_misuse("look_at_unsubmitted", "future_is_done on a future that was not sub");
    assert_misuse("submit_twice", "task-0 is submitted to pool, and was submitted bef");
    assert_misuse("ask_for_negative_time", "a time limit must not be negative");
    assert_misuse("submit_to_closed", "task-0 is submitted to pool, which was shut do");
    assert_misuse("close_twice", "pool is shut down, and was shut down before");
}

/* --- deadlock */

static void nobody_runs_it(const char *argument __attribute__((unused)))
{
    new_futures(NULL);
    submit_some(1);
    future_result(&futures[0]);
}

static void nobody_ends(const char *argument __attribute__((unused)))
{
    new_futures(NULL);
    submit_some(1);
    completions_next_at(&done_ones, HERE);
}

static void assert_stuck_at(const char *name, const char *object)
{
    struct child_end end = child_run(name, "");

    assert_contains(end.err, "STUCK (deadlock): nobody can go on\n  main waits for ");
    assert_contains(end.err, object);
    assert_contains(end.err, ", future_test.c:");
    assert_int_equal(end.status, 3);
}

TEST(who_waits_for_a_task_that_nobody_runs_is_stuck)
{
    assert_stuck_at("nobody_runs_it", "task-0");
    assert_stuck_at("nobody_ends", "pool");
}

/* --- what is recorded */

static void record_some(const char *file)
{
    const struct trace_run run = {"test", "", "test.c", "", 0};
    char why[256];

    if (!trace_start(file, &run, why, sizeof why))
        abort();
    new_futures(NULL);
    submit_some(2);
    future_begins(&futures[1], HERE);
    future_result_within(&futures[1], 1);
    future_fail(&futures[1], "why not");
    future_done(&futures[1], false, HERE);
    future_result(&futures[1]);
    future_done(&futures[0], true, HERE);
    future_result(&futures[0]);
    for (int i = 0; i < 3; i++)
        completions_next_at(&done_ones, HERE);
    trace_finish(0, true);
}

TEST(every_operation_is_recorded_with_what_it_did)
{
    static const struct {
        enum trace_kind kind;
        uint32_t object;
        uint64_t number;
        uint32_t detail;
        const char *text;
    } expected[] = {
        {TRACE_FUTURE_SUBMIT, 3, 2, 0, "task-0"},
        {TRACE_FUTURE_SUBMIT, 4, 2, 0, "task-1"},
        {TRACE_FUTURE_RUN, 4, 0, 0, ""},
        {TRACE_FUTURE_RESULT_BEGIN, 4, MS, 0, ""},
        {TRACE_FUTURE_RESULT_FAILED, 4, 0, TRACE_BECAUSE_TIMEOUT, ""},
        {TRACE_FUTURE_DONE, 4, 0, 1, "why not"},
        {TRACE_FUTURE_RESULT_FAILED, 4, 0, TRACE_BECAUSE_RAISED, "why not"},
        {TRACE_FUTURE_DONE, 3, 0, 0, ""},
        {TRACE_FUTURE_RESULT, 3, 0, 0, ""},
        {TRACE_POOL_NEXT, 2, 4, 0, ""},
        {TRACE_POOL_NEXT, 2, 3, 0, ""},
        {TRACE_POOL_NEXT_FAILED, 2, 0, TRACE_BECAUSE_EMPTY, ""},
    };
    const size_t count = sizeof expected / sizeof expected[0];

    assert_int_equal(child_run("record_some", path).status, 0);
    struct recording recording = recorded_open(path);
    for (size_t i = 0; i < count; i++) {
        const struct trace_event *event = event_at(&recording, i);
        assert_int_equal(kind_at(&recording, i), expected[i].kind);
        assert_int_equal(event->thread, 1);
        assert_int_equal(event->object, expected[i].object);
        assert_int_equal(event->number, expected[i].number);
        assert_int_equal(event->detail, expected[i].detail);
        assert_string_equal(text_of(&recording, event->text), expected[i].text);
        assert_contains(text_of(&recording, event->site), "future_test.c:");
    }
    assert_int_equal(kind_at(&recording, count), TRACE_RUN_END);
    recorded_close(&recording);
    unlink(path);
}

static const struct child_case cases[] = {
    {"leave_unread", leave_unread},
    {"ask_too_early", ask_too_early},
    {"ask_unsubmitted", ask_unsubmitted},
    {"look_at_unsubmitted", look_at_unsubmitted},
    {"submit_twice", submit_twice},
    {"ask_for_negative_time", ask_for_negative_time},
    {"submit_to_closed", submit_to_closed},
    {"close_twice", close_twice},
    {"nobody_runs_it", nobody_runs_it},
    {"nobody_ends", nobody_ends},
    {"record_some", record_some},
    {NULL, NULL},
};

#define WITH_FUTURES(test) cmocka_unit_test_setup(test, new_futures)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_FUTURES(who_asks_for_the_result_waits_until_the_task_is_done),
        WITH_FUTURES(a_failure_and_its_reason_reach_everybody_who_asks),
        WITH_FUTURES(a_failure_without_a_reason_says_that_there_is_none),
        WITH_FUTURES(a_task_that_noted_a_failure_and_yet_ended_well_has_none),
        WITH_FUTURES(
            a_long_or_dangerous_reason_is_cut_between_characters_and_made_safe),
        WITH_FUTURES(
            result_gives_up_when_its_time_limit_is_over_and_says_that_it_is_not_done),
        WITH_FUTURES(futures_are_handed_out_once_in_the_order_of_ending),
        WITH_FUTURES(where_nothing_was_submitted_there_is_no_next),
        WITH_FUTURES(next_waits_for_one_to_end),
        WITH_FUTURES(of_two_who_wait_for_the_last_one_gets_it_and_the_other_none),
        cmocka_unit_test(each_failure_whose_result_nobody_asked_for_is_told_in_a_line),
        cmocka_unit_test(who_asked_before_it_was_done_has_not_read_it),
        cmocka_unit_test(a_future_used_against_its_rules_is_misuse),
        cmocka_unit_test(who_waits_for_a_task_that_nobody_runs_is_stuck),
        cmocka_unit_test(every_operation_is_recorded_with_what_it_did),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("future", tests, make_path, remove_path);
}

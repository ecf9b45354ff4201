/*
 * findings_test.c - the list of findings: in order, readable, the same however it was
 * made; and what the run says of itself.
 */
#include "found.h"

/* A line that ann begins and bob cuts. */
static uint64_t tear_line(void)
{
    does(TRACE_SAY_PIECE, ANN, 0);
    latest()->text = made_text(&made, "ann says");
    return made_say(&made, BOB, "bob says");
}

TEST(every_kind_has_a_name_and_a_reason)
{
    for (int kind = 0; kind < FINDINGS; kind++) {
        assert_true(strlen(finding_name((enum finding_kind)kind)) > 0);
        assert_true(strlen(finding_why((enum finding_kind)kind)) > 0);
        assert_true(finding_severity((enum finding_kind)kind) < FINDING_SEVERITIES);
        for (int other = 0; other < kind; other++)
            assert_string_not_equal(finding_name((enum finding_kind)kind),
                                    finding_name((enum finding_kind)other));
    }
    assert_string_equal(finding_severity_name(FINDING_REMARK), "remark");
}

TEST(a_run_in_which_nothing_went_wrong_has_no_findings)
{
    uint64_t put = made_put(&made, MAIN, TASKS, 1, 1, "a");

    made_get(&made, ANN, TASKS, put, 0, 1);
    made_say(&made, ANN, "a");
    end_with(0);
    assert_int_equal(findings.count, 0);
    assert_null(findings_main(&findings));
}

TEST(findings_stand_in_the_order_of_their_steps)
{
    uint64_t put = made_put(&made, MAIN, TASKS, 1, 1, "a");

    tear_line();
    end_with(0); /* only now the item that is left is found */
    assert_int_equal(findings.count, 2);
    assert_int_equal(findings.list[0].kind, FINDING_ITEMS_LEFT);
    assert_int_equal(findings.list[0].step, put);
    assert_int_equal(findings.list[1].kind, FINDING_TORN_LINE);
}

TEST(of_many_alike_a_few_are_listed_and_the_others_counted)
{
    for (int i = 0; i < 10; i++)
        tear_line();
    end_with(0);
    assert_int_equal(findings.count, 3);
    assert_int_equal(findings.list[2].more, 7);
    assert_string_equal(findings.list[2].sentence,
                        "bob prints into a line that ann had begun: ann says (and 7 "
                        "more like it)");
    assert_string_equal(findings.list[1].sentence,
                        "bob prints into a line that ann had begun: ann says");
}

/* How the last sentence ends at that step. */
static void assert_told_at(uint64_t step, const char *end)
{
    char sentence[200] = "", expected[200];
    struct text_buffer buffer = {sentence, sizeof sentence, 0};

    finding_add_sentence(&buffer, &findings.list[2], step);
    snprintf(expected, sizeof expected,
             "bob prints into a line that ann had begun: ann says%s", end);
    assert_string_equal(sentence, expected);
}

TEST(at_a_step_only_those_like_it_are_counted_that_are_known_by_then)
{
    uint64_t steps[10];

    for (int i = 0; i < 10; i++)
        steps[i] = tear_line();
    end_with(0);
    assert_told_at(steps[2], "");
    assert_told_at(steps[3], " (and 1 more like it)");
    assert_told_at(steps[8], " (and 6 more like it)");
    assert_told_at(steps[9] + 1, " (and 7 more like it)");
}

TEST(step_by_step_finds_the_same_as_all_at_once)
{
    struct findings slow = {.count = 0};

    made_put(&made, MAIN, TASKS, 1, 1, "a");
    for (int i = 0; i < 10; i++)
        tear_line();
    end_with(0);
    while (findings_extend(&slow, &reader, 1))
        continue;
    assert_int_equal(slow.count, findings.count);
    for (size_t i = 0; i < slow.count; i++)
        assert_string_equal(slow.list[i].sentence, findings.list[i].sentence);
    findings_free(&slow);
}

TEST(no_more_steps_are_looked_at_than_asked_for)
{
    made_run_end(&made, 0);
    made_open(&made, &reader);
    assert_true(findings_extend(&findings, &reader, 2));
    assert_int_equal(findings.steps, 2);
    assert_false(findings.complete);
    assert_false(findings_extend(&findings, &reader, 1000));
    assert_int_equal(findings.steps, reader.steps);
    assert_true(findings.complete);
}

TEST(a_long_sentence_is_cut_after_a_whole_character)
{
    char text[600] = "";

    for (int i = 0; i < 200; i++)
        strcat(text, "ä");
    does(TRACE_OUTCOME, MAIN, 0);
    latest()->text = made_text(&made, text);
    end_with(1);
    const struct finding *finding = found(FINDING_WRONG_OUTCOME);
    size_t length = strlen(finding->sentence);
    assert_true(length < sizeof finding->sentence - 25);
    assert_string_equal(finding->sentence + length - strlen("ä…"), "ä…");
}

TEST(the_main_finding_is_the_cause_not_the_end)
{
    uint64_t first = made_put(&made, MAIN, TASKS, 1, 1, "a");
    uint64_t get = made_get(&made, ANN, TASKS, first, 0, 1);

    does(TRACE_QUEUE_GET_BEGIN, ANN, TASKS);
    latest()->unfinished = 1;
    does(TRACE_QUEUE_JOIN_BEGIN, MAIN, TASKS);
    latest()->unfinished = 1;
    does(TRACE_DEADLOCK, MAIN, 0);
    end_with(3);
    assert_non_null(found(FINDING_DEADLOCK));
    assert_int_equal(findings_main(&findings)->kind, FINDING_NOT_REPORTED);
    assert_int_equal(findings_main(&findings)->step, get);
}

TEST(remarks_come_behind_what_went_wrong)
{
    make(TRACE_POOL_INIT, 30, 1, "pool");
    make(TRACE_FUTURE_SUBMIT, 31, 30, "task");
    does(TRACE_FUTURE_RUN, ANN, 31);
    does(TRACE_FUTURE_DONE, ANN, 31);
    latest()->detail = 0;
    tear_line();
    end_with(0);
    assert_int_equal(findings.list[0].severity, FINDING_REMARK);
    assert_int_equal(findings_main(&findings)->kind, FINDING_TORN_LINE);
}

/* --- what the run says of itself */

TEST(a_deadlock_says_who_waits_for_what)
{
    does(TRACE_QUEUE_GET_BEGIN, ANN, TASKS);
    does(TRACE_QUEUE_GET_BEGIN, BOB, TASKS);
    uint64_t last = does(TRACE_THREAD_JOIN_BEGIN, MAIN, ANN);
    does(TRACE_DEADLOCK, MAIN, 0);
    latest()->text =
        made_text(&made, "STUCK (deadlock): nobody can go on\n"
                         "  main waits for ann to end (join), lesson.c:9\n"
                         "      held by nobody, which took it at lesson.c:3\n"
                         "  ann waits for an item on tasks, lesson.c:4\n"
                         "  bob waits for an item on tasks, lesson.c:4\n"
                         "  cid (process child) waits for space on out (half written)\n"
                         "      open for reading in main, ann, bob, cid\n");
    end_with(3);
    assert_int_equal(found(FINDING_DEADLOCK)->thread, MAIN);
    assert_found(
        FINDING_DEADLOCK, last,
        "nobody can go on: main waits for ann to end (join; held by nobody); "
        "ann and bob wait for an item on tasks; cid (process child) waits for "
        "space on out (half written; open for reading in main, ann and 2 more)");
}

TEST(a_report_that_was_lost_or_is_damaged_is_a_deadlock_all_the_same)
{
    static const char *const reports[] = {
        "", "\n\n", " waits for ", "  x waits for ,:", "      , which\n  waits for\n"};

    for (size_t i = 0; i < sizeof reports / sizeof reports[0]; i++) {
        does(TRACE_DEADLOCK, MAIN, 0);
        latest()->text = made_text(&made, reports[i]);
    }
    end_with(3);
    assert_non_null(found(FINDING_DEADLOCK));
}

TEST(the_programs_own_verdict_is_told)
{
    uint64_t good = does(TRACE_OUTCOME, MAIN, 0);

    latest()->detail = 1;
    uint64_t bad = does(TRACE_OUTCOME, MAIN, 0);
    latest()->text = made_text(&made, "2 of 3");
    end_with(1);
    assert_int_not_equal(good, bad);
    assert_found(FINDING_WRONG_OUTCOME, bad,
                 "the program says that it went wrong: 2 of 3");
}

TEST(a_message_that_nobody_can_receive_is_told)
{
    make(TRACE_PIPE_INIT, 30, 4096, "out");
    fails(TRACE_PIPE_SEND_FAILED, ANN, 30, TRACE_BECAUSE_TIMEOUT);
    uint64_t lost = fails(TRACE_PIPE_SEND_FAILED, BOB, 30, TRACE_BECAUSE_CLOSED);
    end_with(1);
    assert_int_equal(findings.count, 1);
    assert_found(FINDING_UNDELIVERED, lost,
                 "bob could not send on out: nobody has its other end open");
}

TEST(a_process_that_is_killed_is_told_unless_the_run_is_over)
{
    does(TRACE_PROCESS_START, MAIN, 40);
    latest()->text = made_text(&made, "child");
    uint64_t kill = made_add(
        &made,
        (struct trace_event){.kind = TRACE_PROCESS_KILLED, .object = 40, .detail = 9});
    does(TRACE_DEADLOCK, MAIN, 0);
    made_add(&made, (struct trace_event){
                        .kind = TRACE_PROCESS_KILLED, .object = 41, .detail = 9});
    end_with(3);
    assert_found(FINDING_KILLED, kill, "process child was killed by signal 9 (Killed)");
    assert_int_equal(found(FINDING_KILLED)->more, 0);
    assert_int_equal(findings.count, 2);
}

TEST(a_crash_of_the_run_is_told_and_a_kill_on_purpose_is_not)
{
    atomic_store(&made.header.killed_by, 11);
    look();
    assert_non_null(found(FINDING_KILLED));
    end_run(NULL);
    begin_run(NULL);
    atomic_store(&made.header.killed_by, 15);
    look();
    assert_nothing(FINDING_KILLED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOUND_TEST(every_kind_has_a_name_and_a_reason),
        FOUND_TEST(a_run_in_which_nothing_went_wrong_has_no_findings),
        FOUND_TEST(findings_stand_in_the_order_of_their_steps),
        FOUND_TEST(of_many_alike_a_few_are_listed_and_the_others_counted),
        FOUND_TEST(at_a_step_only_those_like_it_are_counted_that_are_known_by_then),
        FOUND_TEST(step_by_step_finds_the_same_as_all_at_once),
        FOUND_TEST(no_more_steps_are_looked_at_than_asked_for),
        FOUND_TEST(a_long_sentence_is_cut_after_a_whole_character),
        FOUND_TEST(the_main_finding_is_the_cause_not_the_end),
        FOUND_TEST(remarks_come_behind_what_went_wrong),
        FOUND_TEST(a_deadlock_says_who_waits_for_what),
        FOUND_TEST(a_report_that_was_lost_or_is_damaged_is_a_deadlock_all_the_same),
        FOUND_TEST(the_programs_own_verdict_is_told),
        FOUND_TEST(a_message_that_nobody_can_receive_is_told),
        FOUND_TEST(a_process_that_is_killed_is_told_unless_the_run_is_over),
        FOUND_TEST(a_crash_of_the_run_is_told_and_a_kill_on_purpose_is_not),
    };

    return cmocka_run_group_tests_name("findings", tests, NULL, NULL);
}

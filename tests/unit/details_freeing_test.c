/*
 * details_freeing_test.c - what frees a thread is followed from who waits to who could
 * help; findings are told once they are reached.
 */
#include "made_family.h"
#include "opened.h"

enum { CHILD = 20, PIPE };

TEST(a_join_is_freed_by_who_owes_a_report)
{
    make_work();
    make_report();
    open_page(8, LINK_FREES, 0);
    line_with("every task of tasks must be reported done");
    assert_leads("worker-0 took 'k' at step 6, and has not reported it", LINK_STEP, 6);
    assert_leads("worker-0: S works on 'k'", LINK_THREAD, 1);
    assert_false(has_line("step 10"));
    open_page(8, LINK_FREED, 0);
    assert_leads("step 10 frees it", LINK_STEP, 10);
}

TEST(who_only_could_help_makes_no_circle)
{
    make_work();
    made_step(&made, TRACE_NAP_END, WORKER, 0);
    made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
    made.events[made.count - 1].unfinished = 1;
    made_put(&made, PRINTER, TASKS, 1, 2, "later");
    made_say(&made, PRINTER, "the end");
    open_page(10, LINK_FREES, 1);
    line_with("something must be put on tasks");
    assert_leads("main has put on it, last at step 5, lesson.c:109", LINK_STEP, 5);
    line_with("every task of tasks must be reported done");
    line_with("worker-0 took 'k' at step 6");
    line_with("worker-0 (asks for the next one without a report) (see above)");
    assert_false(has_line("circle"));
    assert_false(has_line("printer")); /* that is yet to come */
    open_page(10, LINK_FREED, 1);
    assert_leads("step 11 frees it: printer put 'later'", LINK_STEP, 11);
    open_page(10, LINK_FREED, 0);
    line_with("nothing: it waits until the run ends");
}

TEST(of_two_tasks_that_were_taken_the_one_that_was_not_reported_is_named)
{
    made_put(&made, MAIN, TASKS, 1, 1, "q");
    made_put(&made, MAIN, TASKS, 2, 2, "l");
    made_get(&made, WORKER, TASKS, 5, 1, 2);
    made_get(&made, WORKER, TASKS, 6, 0, 2);
    made_step(&made, TRACE_QUEUE_TASK_DONE, WORKER, TASKS);
    made.events[made.count - 1].unfinished = 1;
    made_step(&made, TRACE_QUEUE_JOIN_BEGIN, MAIN, TASKS);
    made.events[made.count - 1].unfinished = 1;
    made_say(&made, PRINTER, "the end");
    open_page(10, LINK_FREES, 0);
    assert_leads("worker-0 took 'q' at step 7", LINK_STEP, 7);
    assert_false(has_line("'l' at"));
}

/* 5: main makes a pipe; 6: it forks a child. */
static void make_pipe(void)
{
    made_object(&made, TRACE_PIPE_INIT, MAIN, PIPE, 65536, "out");
    made_fork(&made, MAIN, CHILD, "child");
}

static void wait_at(enum trace_kind kind, uint32_t thread, uint32_t object)
{
    made_step(&made, kind, thread, object);
    made.events[made.count - 1].number = TRACE_NO_LIMIT;
}

static void close_end(uint32_t thread, bool writing)
{
    made_step(&made, TRACE_PIPE_CLOSE, thread, PIPE);
    made.events[made.count - 1].detail = writing;
}

TEST(a_join_and_a_full_pipe_are_a_circle)
{
    make_pipe();
    close_end(CHILD, false);
    wait_at(TRACE_PIPE_WRITE_BEGIN, CHILD, PIPE);
    made_step(&made, TRACE_THREAD_END, WORKER, 0);
    made_step(&made, TRACE_THREAD_END, PRINTER, 0);
    wait_at(TRACE_PROCESS_JOIN_BEGIN, MAIN, CHILD);
    made_say(&made, MAIN, "the end");
    open_page(11, LINK_FREES, 0);
    line_with("process child must end");
    line_with("something must be received from out");
    line_with("main (has its reading end open) (so this is a circle)");
    assert_false(has_line("nobody"));
}

TEST(who_has_a_writing_end_open_itself_is_told)
{
    make_pipe();
    wait_at(TRACE_PIPE_RECV_BEGIN, MAIN, PIPE);
    made_step(&made, TRACE_PROCESS_END, CHILD, 0);
    made_step(&made, TRACE_THREAD_END, WORKER, 0);
    made_step(&made, TRACE_THREAD_END, PRINTER, 0);
    open_page(7, LINK_FREES, 0);
    line_with("child (has its writing end open): R");
    line_with("main itself has its writing end open");
    open_page(10, LINK_FREES, 0);
    line_with("main itself has its writing end open, and cannot close it");
    assert_false(has_line("child"));
}

TEST(after_the_verdict_nothing_is_promised_for_later)
{
    wait_at(TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
    made_step(&made, TRACE_DEADLOCK, WORKER, 0);
    open_page(5, LINK_FREES, 1);
    line_with("LATER IN THIS RUN");
    open_page(6, LINK_FREES, 1);
    line_with("must be put on tasks, or it must be shut down");
    assert_false(has_line("LATER"));
}

TEST(what_nobody_has_done_yet_is_said)
{
    made_step(&made, TRACE_EVENT_INIT, MAIN, FLAG);
    made.events[made.count - 1].text = made_text(&made, "stop");
    made_step(&made, TRACE_EVENT_WAIT_BEGIN, WORKER, FLAG);
    made_say(&made, PRINTER, "the end");
    open_page(6, LINK_FREES, 1);
    line_with("the flag 'stop' must be set");
    line_with("nobody has set it yet");
    open_page(6, LINK_FREES, 0);
    line_with("nothing has to");
}

TEST(findings_are_told_once_they_are_reached_or_asked_for)
{
    made_step(&made, TRACE_SAY_PIECE, WORKER, 0);
    made.events[made.count - 1].text = made_text(&made, "half a ");
    made_step(&made, TRACE_SAY_PIECE, PRINTER, 0);
    made.events[made.count - 1].text = made_text(&made, "line\n");
    made_step(&made, TRACE_RUN_END, MAIN, 0);
    open_page(5, LINK_FINDINGS, 0);
    line_with("nothing stands out up to this step");
    line_with("E shows all");
    assert_false(has_line("torn"));
    later = true;
    open_page(5, LINK_FINDINGS, 0);
    assert_int_equal(line_with("torn line")->link.kind, LINK_STEP);
    assert_contains(line_with("torn line")->text, ", which comes later");
    later = false;
    open_page(7, LINK_FINDINGS, 0);
    line_with("torn line");
    assert_false(has_line("comes later"));
    line_with(finding_why(FINDING_TORN_LINE));
}

TEST(a_wrong_result_promises_no_findings_that_are_not_there)
{
    made_step(&made, TRACE_OUTCOME, MAIN, 0);
    made.events[made.count - 1].text = made_text(&made, "0 of 3");
    made_run_end(&made, 1);
    open_page(6, LINK_FINDINGS, 0);
    line_with("wrong result");
    line_with("compare the source with the lesson's (d)");
    assert_false(has_line("other findings"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(a_join_is_freed_by_who_owes_a_report),
        PAGE_TEST(who_only_could_help_makes_no_circle),
        PAGE_TEST(of_two_tasks_that_were_taken_the_one_that_was_not_reported_is_named),
        PAGE_TEST(a_join_and_a_full_pipe_are_a_circle),
        PAGE_TEST(who_has_a_writing_end_open_itself_is_told),
        PAGE_TEST(after_the_verdict_nothing_is_promised_for_later),
        PAGE_TEST(what_nobody_has_done_yet_is_said),
        PAGE_TEST(findings_are_told_once_they_are_reached_or_asked_for),
        PAGE_TEST(a_wrong_result_promises_no_findings_that_are_not_there),
    };

    return cmocka_run_group_tests_name("details_freeing", tests, NULL, NULL);
}

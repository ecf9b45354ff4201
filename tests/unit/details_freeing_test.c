/*
 * details_freeing_test.c - what frees a thread is followed from who waits to who could
 * help; findings are told once they are reached.
 */
#include "opened.h"

TEST(a_join_is_freed_by_who_owes_a_report)
{
    make_work();
    make_report();
    open_page(8, LINK_FREES, 0);
    line_with("every task of tasks must be reported done");
    assert_leads("worker-0 (took 1, not reported): S works on 'k'", LINK_THREAD, 1);
    assert_false(has_line("step 10"));
    open_page(8, LINK_FREED, 0);
    assert_leads("step 10 frees it", LINK_STEP, 10);
}

TEST(who_waits_for_what_is_followed_until_it_is_a_circle)
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
    line_with("worker-0 (took 1, not reported) (so this is a circle)");
    assert_false(has_line("printer")); /* that is yet to come */
    open_page(10, LINK_FREED, 1);
    assert_leads("step 11 frees it: printer put 'later'", LINK_STEP, 11);
    open_page(10, LINK_FREED, 0);
    line_with("nothing: it waits until the run ends");
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
    assert_contains(line_with("torn line")->text, ", later");
    later = false;
    open_page(7, LINK_FINDINGS, 0);
    line_with("torn line");
    assert_false(has_line(", later"));
    line_with(finding_why(FINDING_TORN_LINE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(a_join_is_freed_by_who_owes_a_report),
        PAGE_TEST(who_waits_for_what_is_followed_until_it_is_a_circle),
        PAGE_TEST(what_nobody_has_done_yet_is_said),
        PAGE_TEST(findings_are_told_once_they_are_reached_or_asked_for),
    };

    return cmocka_run_group_tests_name("details_freeing", tests, NULL, NULL);
}

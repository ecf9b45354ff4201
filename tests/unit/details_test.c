/*
 * details_test.c - the pages of details say what is so at the step, lead where it comes
 * from, and tell nothing of what comes later.
 */
#include "../../viz/view_links.h"
#include "made_family.h"
#include "opened.h"

TEST(a_thread_says_what_it_works_on_and_leads_to_who_put_it)
{
    make_work();
    make_report();
    open_page(7, LINK_THREAD, 1);
    assert_contains(page.title, "THREAD worker-0");
    line_with("S works on 'k'");
    assert_leads("works on 'k', put by main at step 5, lesson.c:109", LINK_STEP, 5);
    assert_leads("since step 7", LINK_STEP, 7);
    assert_leads("the life of 'k'", LINK_ITEM, 5);
    assert_false(has_line("what frees it"));
}

TEST(a_thread_that_waits_leads_to_when_it_began)
{
    make_work();
    make_report();
    open_page(8, LINK_THREAD, 0);
    assert_leads("since step 8, lesson.c:111", LINK_STEP, 8);
    assert_leads("what frees it", LINK_FREES, 0);
    open_page(11, LINK_THREAD, 0);
    assert_false(has_line("what frees it"));
    assert_leads("its longest wait: 3.0 ms for 'tasks.join', from step 8", LINK_STEP,
                 8);
}

TEST(a_thread_has_its_time_in_each_state)
{
    make_work();
    make_report();
    open_page(9, LINK_THREAD, 1);
    assert_contains(line_with("S sleeps")->text, "2.0 ms  29 %");
    assert_contains(line_with("R can run")->text, "5.0 ms  71 %");
    line_with("1 take");
    assert_false(has_line("waits")); /* it never did */
    assert_leads("started by main at step 2", LINK_STEP, 2);
}

TEST(a_lock_that_is_held_leads_to_when_it_was_taken)
{
    made_step(&made, TRACE_LOCK_INIT, MAIN, LOCK);
    made.events[made.count - 1].text = made_text(&made, "door");
    made_step(&made, TRACE_LOCK_ACQUIRE, WORKER, LOCK);
    made_step(&made, TRACE_LOCK_ACQUIRE_BEGIN, MAIN, LOCK);
    made_step(&made, TRACE_LOCK_RELEASE, WORKER, LOCK);
    open_page(7, LINK_THREAD, 1);
    assert_leads("holds 'door' since step 6", LINK_STEP, 6);
    open_page(7, LINK_FREES, 0);
    line_with("the lock 'door' must be given back");
    assert_leads("it was taken by worker-0 at step 6", LINK_STEP, 6);
    assert_leads("worker-0: R", LINK_THREAD, 1);
    open_page(7, LINK_FREED, 0);
    assert_leads("step 8 frees it: worker-0 gives the lock 'door' back", LINK_STEP, 8);
    open_page(7, LINK_OBJECT, LOCK);
    assert_leads("taken by worker-0 at step 6", LINK_STEP, 6);
    assert_leads("main: L wants lock 'door'", LINK_THREAD, 0);
}

/* The lock as that process has it. */
static void open_lock_of(uint32_t process)
{
    struct inquiry inquiry = {&playback, &stats, &findings, later};

    details_fill(&page, &inquiry, (struct link){LINK_OBJECT, process, LOCK});
}

TEST(a_lock_that_was_held_at_a_fork_says_so)
{
    enum { CHILD = 20 };

    made_object(&made, TRACE_LOCK_INIT, MAIN, LOCK, 0, "door");
    made_step(&made, TRACE_LOCK_ACQUIRE, WORKER, LOCK);
    made_fork(&made, MAIN, CHILD, "child");
    made_step(&made, TRACE_LOCK_ACQUIRE_BEGIN, CHILD, LOCK);
    open_page(8, LINK_OBJECT, LOCK);
    line_with("acquired 1 time,");
    open_lock_of(CHILD);
    line_with("taken by worker-0 at step 6, before the fork");
    line_with("never acquired by this process: it was held when that began");
}

TEST(a_queue_tells_its_items_its_figures_and_who_waits)
{
    make_work();
    made_put(&made, MAIN, TASKS, 1, 2, "later");
    open_page(8, LINK_OBJECT, TASKS);
    line_with("0 queued + 1 taken = 1 unfinished");
    assert_leads("main: W waits for tasks.join", LINK_THREAD, 0);
    line_with("1 put, 1 taken");
    assert_leads("most in it: 1, first at step 5", LINK_STEP, 5);
    assert_false(has_line("NEXT OUT"));
    assert_false(has_line("later"));
    open_page(9, LINK_OBJECT, TASKS);
    assert_leads("'later' by main at step 9", LINK_ITEM, 9);
}

TEST(waits_for_an_item_have_their_median_and_a_histogram)
{
    for (int i = 0; i < 9; i++) {
        made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
        made_put(&made, MAIN, TASKS, 1, 1, "a");
        made_get(&made, WORKER, TASKS, made.count, 0, 1);
    }
    open_page(made.count, LINK_OBJECT, TASKS);
    line_with("9 waits for an item: half of them within 2.0 ms, 9 of 10 within 2.0 ms");
    assert_contains(line_with("1 to 10 ms")->text, " 9  ####");
    line_with("the longest, 2.0 ms, began with worker-0 at step");
}

TEST(an_item_has_a_life_up_to_the_step)
{
    make_work();
    make_report();
    open_page(5, LINK_ITEM, 5);
    assert_contains(page.title, "ITEM 'k' of tasks");
    assert_leads("put by main at step 5, lesson.c:109", LINK_STEP, 5);
    line_with("still there");
    open_page(8, LINK_ITEM, 5);
    assert_leads("taken by worker-0 at step 6, after 1.0 ms", LINK_STEP, 6);
    line_with("not yet reported");
    open_page(11, LINK_ITEM, 5);
    assert_leads("reported as done by worker-0 at step 10, after 4.0 ms", LINK_STEP,
                 10);
    assert_false(has_line("still there"));
    assert_leads("its queue", LINK_OBJECT, TASKS);
}

/* The worker took 'k' at step 6 and takes another before it reports one. */
TEST(a_report_is_of_the_task_that_was_taken_last)
{
    make_work();
    made_put(&made, MAIN, TASKS, 1, 2, "l");
    made_get(&made, WORKER, TASKS, 9, 0, 2);
    made_step(&made, TRACE_QUEUE_TASK_DONE, WORKER, TASKS); /* 11 */
    made.events[made.count - 1].unfinished = 1;
    made_step(&made, TRACE_QUEUE_TASK_DONE, WORKER, TASKS);
    open_page(11, LINK_ITEM, 9);
    assert_leads("reported as done by worker-0 at step 11", LINK_STEP, 11);
    open_page(11, LINK_ITEM, 5);
    line_with("not yet reported as done");
    assert_leads("its taker took another one first, at step 10", LINK_STEP, 10);
    assert_leads("reported one at step 11: that one, or this", LINK_STEP, 11);
    open_page(12, LINK_ITEM, 5);
    assert_leads("reported as done, with what was taken later, by worker-0 at step 12",
                 LINK_STEP, 12);
}

TEST(a_step_leads_to_its_thread_object_and_item)
{
    make_work();
    open_page(6, LINK_EVENT, 6);
    line_with("worker-0 took 'k' from tasks");
    line_with("event queue_get");
    assert_leads("worker-0: R", LINK_THREAD, 1);
    assert_leads("queue tasks", LINK_OBJECT, TASKS);
    assert_leads("the life of 'k'", LINK_ITEM, 5);
}

TEST(a_page_of_what_is_not_there_yet_says_so)
{
    make_work();
    open_page(1, LINK_THREAD, 2);
    line_with("not there yet");
    open_page(3, LINK_ITEM, 5);
    line_with("not there yet");
    open_page(1, LINK_OBJECT, 77);
    line_with("not there yet");
}

/* Every page of everything, at any step of runs by chance. */
TEST(every_page_can_be_made_at_every_step)
{
    made_free(&made);
    made = made_begin();
    made_by_chance(&made, 900, 3);
    for (uint64_t step = 1; step < 900; step += 13)
        for (enum link_kind kind = LINK_EVENT; kind <= LINK_FREED; kind++)
            for (uint64_t number = 0; number < 24; number += 3) {
                open_page(step, kind, number);
                assert_true(page.count > 0);
                for (size_t i = 0; i < page.count; i++)
                    if (page.lines[i].link.kind == LINK_STEP && kind != LINK_FREED)
                        assert_in_range(page.lines[i].link.number, 1, step);
            }
}

TEST(links_are_chosen_one_after_the_other)
{
    static const struct link step = {LINK_STEP, 0, 1}, none = {.kind = LINK_NONE};

    page_add(&page, none, "a heading");
    page_add(&page, step, "one");
    page_add(&page, none, "between");
    page_add(&page, step, "two");
    assert_int_equal(page_next_link(&page, 0, 1), 1);
    assert_int_equal(page_next_link(&page, 2, 1), 3);
    assert_int_equal(page_next_link(&page, 4, 1), page.count);
    assert_int_equal(page_next_link(&page, 2, -1), 1);
    assert_int_equal(page_next_link(&page, 0, -1), page.count);
}

TEST(a_long_line_goes_on_and_data_cannot_write_to_the_terminal)
{
    static const struct link step = {LINK_STEP, 0, 1};
    size_t size;
    FILE *file = open_memstream(&picture, &size);

    page_add(&page, step, "%s",
             "a line \033[31m that is longer than sixty columns and so it goes on in "
             "the next one");
    page_add(&page, step, "the second");
    assert_int_equal(view_links_row(&page, 1, 60), 2);
    canvas_reset(&canvas, 16, 60);
    assert_int_equal(view_links(&canvas, &page, (struct page_place){1, 0}, "hint"), 3);
    canvas_write(&canvas, false, file);
    fclose(file);
    assert_contains(row(2), " - a line ^[[31m that is longer");
    assert_contains(row(4), " > the second");
    assert_contains(row(16), "hint");
    assert_null(strchr(picture, '\033'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(a_thread_says_what_it_works_on_and_leads_to_who_put_it),
        PAGE_TEST(a_thread_that_waits_leads_to_when_it_began),
        PAGE_TEST(a_thread_has_its_time_in_each_state),
        PAGE_TEST(a_lock_that_is_held_leads_to_when_it_was_taken),
        PAGE_TEST(a_lock_that_was_held_at_a_fork_says_so),
        PAGE_TEST(a_queue_tells_its_items_its_figures_and_who_waits),
        PAGE_TEST(waits_for_an_item_have_their_median_and_a_histogram),
        PAGE_TEST(an_item_has_a_life_up_to_the_step),
        PAGE_TEST(a_report_is_of_the_task_that_was_taken_last),
        PAGE_TEST(a_step_leads_to_its_thread_object_and_item),
        PAGE_TEST(a_page_of_what_is_not_there_yet_says_so),
        PAGE_TEST(every_page_can_be_made_at_every_step),
        PAGE_TEST(links_are_chosen_one_after_the_other),
        PAGE_TEST(a_long_line_goes_on_and_data_cannot_write_to_the_terminal),
    };

    return cmocka_run_group_tests_name("details", tests, NULL, NULL);
}

/*
 * view_order_test.c - the rows sorted: by start, by state, by the time waited;
 * processes stay together, and nothing changes places without a reason.
 */
#include "made_family.h"

#include "drawn.h"

static void begin_nap(uint32_t thread)
{
    made_step(&made, TRACE_NAP_BEGIN, thread, 0);
    made.events[made.count - 1].number = 60000ull * MADE_MS;
}

static void assert_rows(unsigned first, unsigned second, unsigned third)
{
    assert_int_equal(scene.order[0], first);
    assert_int_equal(scene.order[1], second);
    assert_int_equal(scene.order[2], third);
}

TEST(by_state_who_can_go_stands_first_and_who_waits_longest_before_those_that_wait)
{
    made_step(&made, TRACE_QUEUE_GET_BEGIN, PRINTER, TASKS); /* 5 */
    made_step(&made, TRACE_QUEUE_GET_BEGIN, MAIN, TASKS);    /* 6 */
    begin_nap(WORKER);                                       /* 7 */
    made_put(&made, WORKER, TASKS, 1, 1, "e");               /* 8 */
    open_run();
    scene.sorted = ORDER_STATE;
    draw_at(4);
    assert_rows(0, 1, 2); /* all can go: as they were started */
    draw_at(5);
    assert_rows(0, 1, 2);
    draw_at(6);
    assert_rows(1, 2, 0);
    draw_at(7);
    assert_rows(1, 2, 0);
    draw_at(8); /* the printer was woken */
    assert_rows(1, 2, 0);
    assert_contains(row(5), " p printer  R woken");
    assert_contains(row(3), " THREADS   by state ──");
    scene.sorted = ORDER_START;
    draw_at(8);
    assert_rows(0, 1, 2);
}

TEST(by_state_who_ended_stands_last)
{
    made_step(&made, TRACE_THREAD_END, WORKER, 0);
    made_step(&made, TRACE_QUEUE_GET_BEGIN, MAIN, TASKS);
    begin_nap(PRINTER);
    open_run();
    scene.sorted = ORDER_STATE;
    draw_at(5);
    assert_rows(0, 2, 1);
    draw_at(7);
    assert_rows(2, 0, 1);
}

TEST(by_waiting_all_waits_count_and_the_rows_tell_them)
{
    made_step(&made, TRACE_QUEUE_GET_BEGIN, PRINTER, TASKS); /* at 4 ms */
    made_put(&made, WORKER, TASKS, 1, 1, "a");               /* 5 ms */
    made_get(&made, PRINTER, TASKS, 6, 0, 1);                /* 6 ms: it waited 2 */
    made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);  /* 7 ms */
    made_say(&made, MAIN, "a");                              /* 8 ms */
    made_say(&made, MAIN, "b");                              /* 9 ms */
    made_say(&made, MAIN, "c");                              /* 10 ms */
    open_run();
    scene.sorted = ORDER_WAITING;
    draw_at(9);
    assert_rows(2, 1, 0);
    assert_contains(row(4), "2.0 ms │");
    assert_contains(row(5), "1.0 ms │");
    assert_contains(row(6), " 0 us │");
    draw_at(10); /* the same: the printer was started later */
    assert_rows(1, 2, 0);
    draw_at(11);
    assert_rows(1, 2, 0);
    assert_contains(row(4), "3.0 ms │");
    assert_columns_keep();
}

TEST(the_chosen_thread_stays_chosen)
{
    made_step(&made, TRACE_QUEUE_GET_BEGIN, MAIN, TASKS);
    made_say(&made, WORKER, "more");
    open_run();
    scene.sorted = ORDER_STATE;
    draw_at(5);
    assert_contains(row(6), ">m main");
    assert_int_equal(view_thread_beside(&scene, 0, -1), 2);
    assert_int_equal(view_thread_beside(&scene, 0, -99), 1);
    assert_int_equal(view_thread_beside(&scene, 0, 99), 0);
}

TEST(rows_that_are_kept_change_only_when_a_thread_is_new)
{
    made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS); /* 5 */
    made_thread(&made, 50, "late");                         /* 6 */
    made_say(&made, PRINTER, "more");
    open_run();
    scene.sorted = ORDER_STATE;
    draw_at(4);
    scene.keep_order = true;
    draw_at(5);
    assert_rows(0, 1, 2);
    draw_at(6);
    assert_int_equal(scene.ordered, 4);
    assert_rows(0, 2, 3);
    draw_at(5);
    assert_rows(0, 2, 1);
}

TEST(processes_stay_together_and_stand_where_their_best_thread_would)
{
    enum { CHILD = 60, FEEDER };
    made_fork(&made, MAIN, CHILD, "child"); /* 5 */
    made_add(&made, (struct trace_event){.kind = TRACE_THREAD_START,
                                         .thread = CHILD,
                                         .object = FEEDER,
                                         .text = made_text(&made, "feeder")});
    made_step(&made, TRACE_QUEUE_GET_BEGIN, PRINTER, TASKS); /* 7 */
    made_step(&made, TRACE_QUEUE_GET_BEGIN, CHILD, TASKS);   /* 8 */
    made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);  /* 9 */
    made_step(&made, TRACE_QUEUE_GET_BEGIN, MAIN, TASKS);    /* 10 */
    made_step(&made, TRACE_QUEUE_GET_BEGIN, FEEDER, TASKS);  /* 11 */
    open_run();
    scene.sorted = ORDER_STATE;
    draw_at(9);
    assert_rows(0, 2, 1); /* main can go; the printer waited longest */
    assert_int_equal(scene.order[3], 3);
    draw_at(10); /* of the child the feeder can still go */
    assert_rows(3, 4, 0);
    assert_contains(row(4), " child ");
    assert_contains(row(5), "└ feeder ");
    assert_contains(row(7), "└ printer ");
    draw_at(11); /* all wait, the printer longest */
    assert_rows(0, 2, 1);
    assert_columns_keep();
}

TEST(every_thread_has_one_row_whatever_the_order)
{
    made_free(&made);
    made = made_begin();
    made_by_chance(&made, 400, 7);
    open_run();
    for (uint64_t step = 10; step <= 400; step += 13) {
        scene.sorted = (enum row_order)(step % ROW_ORDERS);
        draw_at(step);
        bool seen[RUN_THREADS] = {false};
        for (unsigned i = 0; i < scene.model->thread_count; i++) {
            assert_false(seen[scene.order[i]]);
            seen[scene.order[i]] = true;
            assert_int_equal(view_row_of(&scene, scene.order[i]), i);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VIEW_TEST(
            by_state_who_can_go_stands_first_and_who_waits_longest_before_those_that_wait),
        VIEW_TEST(by_state_who_ended_stands_last),
        VIEW_TEST(by_waiting_all_waits_count_and_the_rows_tell_them),
        VIEW_TEST(the_chosen_thread_stays_chosen),
        VIEW_TEST(rows_that_are_kept_change_only_when_a_thread_is_new),
        VIEW_TEST(processes_stay_together_and_stand_where_their_best_thread_would),
        VIEW_TEST(every_thread_has_one_row_whatever_the_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

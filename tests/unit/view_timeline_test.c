/*
 * view_timeline_test.c - a thread's states over time: what each cell of the time line
 * says, and which thread and which time lie where in the picture.
 */
#include "drawn.h"

/* The threads pane where 80x24 has it. */
static const struct area pane = {2, 0, 4, 80};

TEST(each_row_of_the_pane_is_its_threads)
{
    open_run();
    draw_at(4);
    assert_int_equal(view_thread_at_row(&scene, pane, 2), -1); /* the heading */
    assert_int_equal(view_thread_at_row(&scene, pane, 3), 0);
    assert_int_equal(view_thread_at_row(&scene, pane, 5), 2);
    assert_int_equal(view_thread_at_row(&scene, pane, 6), -1);
    assert_int_equal(view_thread_at_row(&scene, pane, 1), -1);
    assert_int_equal(view_thread_at_row(&scene, pane, -5), -1);
}

TEST(a_row_that_tells_of_others_is_no_threads)
{
    for (uint32_t i = 0; i < 40; i++)
        made_thread(&made, 100 + i, "worker");
    open_run();
    scene.chosen = 20;
    scene.large = true;
    draw(80, 24);
    const struct area large = {2, 0, 21, 80};
    assert_contains(row(4), " above");
    assert_int_equal(view_thread_at_row(&scene, large, 3), -1);
    assert_contains(row(23), " below");
    assert_int_equal(view_thread_at_row(&scene, large, 22), -1);
    assert_int_equal(view_row_at_thread(&scene, large, 0), -1);
    for (int i = 5; i < 23; i++) {
        int thread = view_thread_at_row(&scene, large, i - 1);
        assert_in_range(thread, 1, 41);
        assert_int_equal(row(i)[0], thread == 20 ? '>' : ' ');
        assert_int_equal(view_row_at_thread(&scene, large, (unsigned)thread), i - 1);
    }
}

TEST(each_column_of_the_time_line_is_its_time)
{
    open_run();
    scene.cell_ns = MADE_MS;
    draw_at(4); /* at 3 ms */
    int first = view_timeline_column(80) + 1;
    assert_true(view_time_at_column(&scene, pane, first - 1) == VIEW_NO_TIME);
    assert_true(view_time_at_column(&scene, pane, first) == 0);
    assert_true(view_time_at_column(&scene, pane, first + 2) == 2 * MADE_MS);
    assert_true(view_time_at_column(&scene, pane, first + 3) == 3 * MADE_MS);
    assert_true(view_time_at_column(&scene, pane, first + 4) == VIEW_NO_TIME);
    assert_true(view_time_at_column(&scene, pane, 500) == VIEW_NO_TIME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VIEW_TEST(each_row_of_the_pane_is_its_threads),
        VIEW_TEST(a_row_that_tells_of_others_is_no_threads),
        VIEW_TEST(each_column_of_the_time_line_is_its_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

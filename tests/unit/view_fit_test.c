/*
 * view_fit_test.c - every row of a picture keeps its columns, whatever the size of the
 * screen and whatever the trace has in it.
 */
#include "drawn.h"

TEST(labels_names_and_lines_of_any_kind_keep_the_columns)
{
    static const char *const odd[] = {
        "中文标签很长很长",
        "\033[2J\033[31mred",
        "e\xcc\x81\xcc\x81\xcc\x81",
        "\xff\xfe\x80",
        "a\tb\r\n\x07",
        "\xe2\x80\xae"
        "txt",
        "😀😀😀",
        "%s%n%d",
        "\xc2\x9b"
        "31m",
        "a very long label that is longer than a label in an event can be 中",
    };

    for (uint32_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        made_put(&made, MAIN, TASKS, i + 1, i + 1, odd[i]);
        made_say(&made, WORKER, odd[i]);
        made_thread(&made, 100 + i, odd[i]);
        made_queue(&made, 200 + i, odd[i], 0);
        made_add(&made, (struct trace_event){.kind = TRACE_SAY_PIECE,
                                             .thread = 100 + i,
                                             .site = made_text(&made, odd[i]),
                                             .text = made_text(&made, odd[i])});
    }
    made.header.program = made_text(&made, odd[0]);
    made.header.source_name = made_text(&made, odd[1]);
    made.header.source_text = made_text(&made, "int 中;\n\033[1m\xff\n\tx\n");
    open_run();
    for (uint64_t step = 1; step <= made.count; step++) {
        playback_seek(&playback, step);
        for (int pane = 0; pane <= PANES; pane++) {
            scene.large = pane < PANES;
            scene.pane = (enum pane)(pane % PANES);
            scene.chosen = (unsigned)step % 3;
            draw(60 + (int)step * 3, 16 + (int)step / 2);
            if (!scene.large || scene.pane == PANE_THREADS)
                assert_columns_keep();
            assert_null(strchr(picture, '\033'));
        }
    }
}

TEST(every_size_has_a_whole_picture)
{
    made_free(&made);
    made = made_begin();
    made_by_chance(&made, 500, 31);
    open_run();
    for (int columns = VIEW_LEAST_COLUMNS; columns <= 200; columns += 7) {
        for (int rows = VIEW_LEAST_ROWS; rows <= 60; rows += 4) {
            draw(columns, rows);
            assert_columns_keep();
            assert_contains(picture, " THREADS ");
            assert_contains(picture, " QUEUES ");
            assert_contains(picture, " SOURCE ");
            assert_contains(picture, " OUTPUT ");
        }
    }
    draw(VIEW_LEAST_COLUMNS - 1, 24);
    assert_string_equal(row(1), "needs 60x16; this is 59x24");
}

TEST(threads_that_do_not_fit_are_counted)
{
    for (uint32_t i = 0; i < 60; i++)
        made_thread(&made, 100 + i, "worker");
    open_run();
    draw(80, 24);
    assert_columns_keep();
    assert_contains(picture, " below, 5");
    assert_contains(picture, " killed ");
    scene.chosen = 62;
    draw(80, 24);
    assert_contains(picture, " above, ");
}

TEST(threads_that_ended_make_room_for_those_that_have_not)
{
    for (uint32_t i = 0; i < 30; i++)
        made_thread(&made, 100 + i, "worker");
    for (uint32_t i = 0; i < 29; i++)
        made_step(&made, TRACE_THREAD_END, 100 + i, 0);
    made_step(&made, TRACE_QUEUE_GET_BEGIN, 129, TASKS);
    made_say(&made, MAIN, "so far");
    open_run();
    draw_at(made.count - 1);
    assert_contains(picture, " ended, not shown ");
    assert_contains(picture, " W waits for an item on tasks");
    assert_null(strstr(picture, " below"));
    scene.chosen = 4; /* one that ended is shown where it is chosen */
    draw_at(made.count - 1);
    char chosen[] = {'\n', '>', scene.keys[4], '\0'};
    assert_contains(strstr(picture, chosen), " worker   E ended");
    assert_contains(picture, " W waits for an item on tasks");
    assert_columns_keep();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VIEW_TEST(labels_names_and_lines_of_any_kind_keep_the_columns),
        VIEW_TEST(every_size_has_a_whole_picture),
        VIEW_TEST(threads_that_do_not_fit_are_counted),
        VIEW_TEST(threads_that_ended_make_room_for_those_that_have_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

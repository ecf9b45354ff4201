/*
 * view_test.c - the views as strings: the panes stand where they should and say what is
 * so, and the same scene gives the same picture.
 */
#include "drawn.h"

TEST(title_sentence_and_hint_have_their_rows)
{
    made_put(&made, MAIN, TASKS, 1, 1, "e");
    made_say(&made, PRINTER, "bye");
    open_run();
    draw_at(5);
    assert_contains(row(1), " 3 made  PAUSED");
    assert_contains(row(1), " step 5  0.00");
    assert_contains(row(1), " s  seed 5");
    assert_contains(row(2), "main put 'e' on tasks");
    assert_contains(row(3), " THREADS ");
    assert_contains(row(24), "the hint");
}

TEST(a_step_has_its_line_where_it_is_in_the_programs_source)
{
    made.header.source_name = made_text(&made, "03_made/lesson.c");
    made_put(&made, MAIN, TASKS, 1, 1, "e");
    made.events[made.count - 1].site = made_text(&made, "lessons/03_made/lesson.c:56");
    made_put(&made, MAIN, TASKS, 2, 2, "f");
    made.events[made.count - 1].site = made_text(&made, "common/pool.c:25");
    open_run();
    draw_at(5);
    assert_contains(row(2), "main put 'e' on tasks");
    assert_string_equal(row(2) + strlen(row(2)) - 4, " :56");
    assert_int_equal(strlen(row(2)), 79);
    draw_at(6);
    assert_contains(row(2), "main put 'f' on tasks");
    assert_null(strstr(row(2), "25"));
}

TEST(a_row_has_key_name_state_and_what_it_waits_for)
{
    made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
    made_say(&made, MAIN, "more");
    open_run();
    draw_at(5);
    assert_contains(row(4), ">m main");
    assert_contains(row(5), " 0 worker-0 W waits for an item on tasks");
    assert_contains(row(6), " p printer");
    scene.chosen = 1;
    draw_at(5);
    assert_contains(row(4), " m main");
    assert_contains(row(5), ">0 worker-0");
}

TEST(a_queue_shows_its_items_from_the_next_one_out_and_counts_the_rest)
{
    made_put(&made, MAIN, TASKS, 1, 1, "first");
    made_put(&made, MAIN, TASKS, 2, 2, "second");
    for (uint32_t i = 3; i <= 40; i++)
        made_put(&made, MAIN, TASKS, i, i, "more");
    open_run();
    draw_at(6);
    assert_contains(picture, " tasks     < first *second ");
    assert_contains(picture, "2 queued, no limit");
    draw_at(44);
    assert_contains(picture, "< first second … +3"); /* 30-odd are not shown */
    assert_contains(picture, " … *more   more put by main  40 queued");
}

TEST(unfinished_tasks_are_shown_once_they_are_counted)
{
    made_put(&made, MAIN, TASKS, 1, 1, "a");
    made_get(&made, WORKER, TASKS, 5, 0, 1);
    made_put(&made, MAIN, TASKS, 1, 2, "b");
    made_step(&made, TRACE_QUEUE_JOIN_BEGIN, MAIN, TASKS);
    made.events[made.count - 1].depth = 1;
    made.events[made.count - 1].unfinished = 2;
    open_run();
    draw_at(7);
    assert_null(strstr(picture, "unfinished"));
    draw_at(8);
    assert_contains(picture, "1 queued + 1 taken = 2 unfinished");
}

TEST(a_threads_letter_does_not_depend_on_later_threads)
{
    char early[3];

    for (uint32_t i = 0; i < 60; i++)
        made_thread(&made, 100 + i, "worker-0");
    open_run();
    draw_at(4);
    memcpy(early, scene.keys, 3);
    assert_int_equal(early[1], '0');
    draw_at(made.count);
    assert_memory_equal(scene.keys, early, 3);
    for (unsigned i = 0; i < 63; i++)
        for (unsigned j = 0; j < i; j++)
            assert_true(scene.keys[i] == '\0' || scene.keys[i] != scene.keys[j]);
}

TEST(lines_are_marked_with_their_writers_and_pieces_of_two_are_torn)
{
    made_say(&made, PRINTER, "whole");
    made_add(&made, (struct trace_event){.kind = TRACE_SAY_PIECE,
                                         .thread = WORKER,
                                         .text = made_text(&made, "half ")});
    made_add(&made, (struct trace_event){.kind = TRACE_SAY_PIECE,
                                         .thread = PRINTER,
                                         .text = made_text(&made, "other\n")});
    open_run();
    draw(80, 24);
    assert_contains(picture, "│ p  whole");
    assert_contains(picture, "│ 0p!half other");
}

TEST(lines_that_are_too_long_go_on_in_the_next_row)
{
    made_say(&made, PRINTER, "this is a line that needs two rows");
    for (int i = 0; i < 20; i++)
        made_say(&made, WORKER, "short");
    made_say(&made, PRINTER, "and so is the very last one of them");
    open_run();
    draw_at(5);
    assert_contains(picture, "│ p  this is a line that\n");
    assert_contains(picture, "│    needs two rows\n");
    draw_at(made.count);
    assert_contains(picture, "│ p  and so is the very\n");
    assert_contains(row(23), "│    last one of them");
}

TEST(the_same_scene_gives_the_same_picture_from_wherever_it_was_reached)
{
    made_free(&made);
    made = made_begin();
    made_by_chance(&made, 3000, 32);
    open_run();
    for (uint64_t step = 7; step < 3000; step += 311) {
        draw_at(step);
        char *before = picture;
        picture = NULL;
        draw_at(3000 - step);
        draw_at(step);
        assert_string_equal(picture, before);
        free(before);
    }
}

TEST(a_title_that_does_not_fit_loses_the_seed_then_words_then_the_folders_end)
{
    made.header.program = made_text(&made, "13_a_folder_of_a_long_name/and_a_variant");
    made_run_end(&made, 0);
    open_run();
    draw(120, 24);
    assert_contains(row(1), "_long_name/and_a_variant  ENDED (0): as it should be");
    assert_contains(row(1), "  seed ");
    draw(88, 24);
    assert_contains(row(1), "_long_name/and_a_variant  ENDED (0): as it should be");
    assert_null(strstr(row(1), "seed"));
    draw(80, 24);
    assert_contains(row(1), " 13 a_folder_of_a_long_name/and_a_variant  ENDED (0)  ");
    draw(60, 24);
    assert_contains(row(1), "…/and_a_variant  ENDED (0) ");
    assert_contains(row(1), " 13 a_fold");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VIEW_TEST(title_sentence_and_hint_have_their_rows),
        VIEW_TEST(a_step_has_its_line_where_it_is_in_the_programs_source),
        VIEW_TEST(a_row_has_key_name_state_and_what_it_waits_for),
        VIEW_TEST(a_queue_shows_its_items_from_the_next_one_out_and_counts_the_rest),
        VIEW_TEST(unfinished_tasks_are_shown_once_they_are_counted),
        VIEW_TEST(a_threads_letter_does_not_depend_on_later_threads),
        VIEW_TEST(lines_are_marked_with_their_writers_and_pieces_of_two_are_torn),
        VIEW_TEST(lines_that_are_too_long_go_on_in_the_next_row),
        VIEW_TEST(the_same_scene_gives_the_same_picture_from_wherever_it_was_reached),
        VIEW_TEST(
            a_title_that_does_not_fit_loses_the_seed_then_words_then_the_folders_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

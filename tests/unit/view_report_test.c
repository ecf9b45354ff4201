/*
 * view_report_test.c - why a run ended is told once it is over or stuck, and leaves
 * room for the source.
 */
#include "../../viz/view_layout.h"
#include "drawn.h"

static void outcome(void)
{
    made_add(&made, (struct trace_event){.kind = TRACE_OUTCOME,
                                         .thread = MAIN,
                                         .text = made_text(&made, "0 results of 20")});
}

static void deadlock(int lines)
{
    char text[1000] = "STUCK (deadlock): nobody can go on\n";
    struct text_buffer words = {text, sizeof text, strlen(text)};

    for (int i = 0; i < lines; i++)
        text_add(&words, "  line %d of the report\n", i);
    made_add(&made, (struct trace_event){.kind = TRACE_DEADLOCK,
                                         .thread = MAIN,
                                         .text = made_text(&made, text)});
    made_run_end(&made, 3);
}

TEST(an_outcome_is_a_reason_only_once_the_run_is_over)
{
    outcome();
    made_say(&made, MAIN, "still at work");
    uint64_t last = made_run_end(&made, 1);
    open_run();
    draw_at(last - 1);
    assert_null(strstr(picture, "WHY IT ENDED"));
    assert_non_null(strstr(picture, "SOURCE"));
    draw_at(last);
    assert_non_null(strstr(picture, "WHY IT ENDED"));
    assert_non_null(strstr(picture, "0 results of 20"));
}

TEST(a_long_report_leaves_the_source_half_of_the_rows_and_says_what_is_hidden)
{
    deadlock(20);
    open_run();
    for (int rows = 18; rows < 50; rows++) {
        draw(80, rows);
        struct layout layout = view_layout(&scene, rows, 80);
        int all = view_report_rows(&scene, 80), shown = layout.panes[PANE_REPORT].rows;
        assert_int_equal(all, 22);
        assert_true(layout.panes[PANE_SOURCE].rows >= 3);
        assert_true(shown == all || shown - 1 <= layout.panes[PANE_SOURCE].rows ||
                    layout.panes[PANE_SOURCE].rows == 5);
        assert_true(shown == all || strstr(picture, "(Tab and z: large)") != NULL);
        assert_true(shown < all || strstr(picture, "(Tab and z: large)") == NULL);
    }
}

TEST(a_large_report_scrolls_to_its_last_line)
{
    deadlock(25);
    open_run();
    scene.pane = PANE_REPORT;
    scene.large = true;
    draw(80, 24);
    assert_non_null(strstr(picture, "STUCK (deadlock)"));
    assert_non_null(strstr(picture, "+6 lines"));
    assert_null(strstr(picture, "line 24"));
    scene.scroll = -6;
    draw(80, 24);
    assert_null(strstr(picture, "STUCK (deadlock)"));
    assert_non_null(strstr(picture, "line 24"));
    assert_null(strstr(picture, "lines"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VIEW_TEST(an_outcome_is_a_reason_only_once_the_run_is_over),
        VIEW_TEST(
            a_long_report_leaves_the_source_half_of_the_rows_and_says_what_is_hidden),
        VIEW_TEST(a_large_report_scrolls_to_its_last_line),
    };

    return cmocka_run_group_tests_name("why it ended", tests, NULL, NULL);
}

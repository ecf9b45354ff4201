/*
 * view_output_test.c - of prints without newlines, however many, the last ones are
 * seen, and no more of them are laid out than fill the pane.
 */
#include "drawn.h"

enum { PIECES = 20000 };

static void print_piece(const char *text)
{
    made_add(&made, (struct trace_event){.kind = TRACE_SAY_PIECE,
                                         .thread = MAIN,
                                         .text = made_text(&made, text)});
}

TEST(of_a_line_without_end_the_last_pieces_are_drawn)
{
    for (int i = 0; i < PIECES; i++)
        print_piece(".");
    print_piece("@");
    made_run_end(&made, 0);
    open_run();
    draw_at(playback.reader.steps);
    assert_non_null(strchr(picture, '@'));
    draw_at(playback.reader.steps - 2);
    assert_null(strchr(picture, '@'));
    assert_non_null(strstr(picture, ".........."));
}

TEST(a_line_without_end_fills_the_pane_and_lines_after_it_follow)
{
    for (int i = 0; i < 20000; i++)
        print_piece("\u4e2d");
    print_piece("\n");
    made_say(&made, MAIN, "the next line");
    made_run_end(&made, 0);
    open_run();
    draw(80, 24);
    char *next = strstr(picture, "the next line");
    assert_non_null(next);
    int wide = 0;
    for (char *at = picture; at < next; at++)
        wide += strncmp(at, "\u4e2d", 3) == 0;
    assert_true(wide >= 10 && wide < 2000);
}

#define OUTPUT_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OUTPUT_TEST(of_a_line_without_end_the_last_pieces_are_drawn),
        OUTPUT_TEST(a_line_without_end_fills_the_pane_and_lines_after_it_follow),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

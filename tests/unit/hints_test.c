/*
 * hints_test.c - the last row: it fits, it always says how to get help and how to
 * leave, and it changes with what can be done.
 */
#include "../../viz/hints.h"
#include "support.h"

static char hints[512];

static const char *hints_for(unsigned state, enum pane pane, int columns)
{
    struct text_buffer buffer = {hints, sizeof hints, 0};

    hints[0] = '\0';
    hints_add(&buffer, state, pane, columns);
    return hints;
}

static const enum hint_state runs[] = {HINT_MOVES, HINT_STANDS, HINT_ENDED,
                                       HINT_CAN_RUN};

TEST(hints_fit_and_tell_of_help_and_quit_at_every_width)
{
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++)
        for (int pane = 0; pane < PANES; pane++)
            for (int columns = VIEW_LEAST_COLUMNS - 2; columns < 220; columns++) {
                hints_for(runs[i], (enum pane)pane, columns);
                assert_true((int)strlen(hints) <= columns);
                assert_contains(hints, "? help");
                assert_contains(hints, "q quit");
            }
}

TEST(hints_of_a_comparison_fit_and_are_never_cut)
{
    static const unsigned states[] = {HINT_MOVES,
                                      HINT_STANDS,
                                      HINT_ENDED,
                                      HINT_TABLE,
                                      HINT_CAN_RUN | HINT_WHY,
                                      HINT_STANDS | HINT_WHY};

    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        for (int columns = VIEW_LEAST_COLUMNS - 2; columns < 220; columns++) {
            struct text_buffer buffer = {hints, sizeof hints, 0};
            hints_add_compare(&buffer, states[i], columns);
            assert_true((int)strlen(hints) <= columns);
            assert_contains(hints, "? help");
            assert_contains(hints, "q quit");
            if ((states[i] & HINT_WHY) != 0)
                assert_contains(hints, "f to where WHY began");
        }
}

TEST(hints_are_for_the_pane_and_for_what_the_run_does)
{
    assert_contains(hints_for(HINT_MOVES, PANE_THREADS, 78), "space pause");
    assert_contains(hints_for(HINT_STANDS, PANE_THREADS, 78), "b why it waits");
    assert_null(strstr(hints_for(HINT_STANDS, PANE_OUTPUT, 200), "why it waits"));
    assert_null(
        strstr(hints_for(HINT_STANDS | HINT_GONE, PANE_THREADS, 200), "why it waits"));
    assert_contains(hints_for(HINT_STANDS, PANE_EVENTS, 78), "& filter");
    assert_contains(hints_for(HINT_STANDS, PANE_EVENTS, 78), "/ search");
    assert_contains(hints_for(HINT_STANDS, PANE_QUEUES, 78), "Enter details");
    assert_contains(hints_for(HINT_PAGE, PANE_QUEUES, 58), "Esc back");
}

TEST(after_the_end_the_hints_say_how_to_go_on)
{
    hints_for(HINT_CAN_RUN, PANE_THREADS, 78);
    assert_contains(hints, "g start");
    assert_contains(hints, "r again");
    assert_contains(hints, "v variant");
    assert_contains(hints, "d differs");
    assert_null(strstr(hints_for(HINT_ENDED, PANE_THREADS, 200), "r again"));
    assert_contains(hints_for(HINT_CAN_RUN, PANE_THREADS, 200), "( slower");
}

TEST(what_does_not_fit_is_left_out_by_weight_and_never_cut)
{
    const char *wide = hints_for(HINT_STANDS, PANE_THREADS, 200);
    char all[512];

    snprintf(all, sizeof all, "  %s  ", wide);
    for (int columns = 20; columns < 120; columns++) {
        char part[512];
        struct text rest = text_of(hints_for(HINT_STANDS, PANE_THREADS, columns));
        while (rest.length > 0) { /* each hint is one of all */
            const char *end = strstr(rest.bytes, "  ");
            size_t length = end == NULL ? rest.length : (size_t)(end - rest.bytes);
            snprintf(part, sizeof part, "  %.*s  ", (int)length, rest.bytes);
            assert_contains(all, part);
            rest = text_part(rest, length + 2, rest.length);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hints_fit_and_tell_of_help_and_quit_at_every_width),
        cmocka_unit_test(hints_of_a_comparison_fit_and_are_never_cut),
        cmocka_unit_test(hints_are_for_the_pane_and_for_what_the_run_does),
        cmocka_unit_test(after_the_end_the_hints_say_how_to_go_on),
        cmocka_unit_test(what_does_not_fit_is_left_out_by_weight_and_never_cut),
    };

    return cmocka_run_group_tests_name("hints", tests, NULL, NULL);
}

/*
 * findings_output_test.c - findings about what is printed, and about threads that were
 * there one after the other.
 */
#include "found.h"

static void piece(uint32_t thread, const char *text)
{
    does(TRACE_SAY_PIECE, thread, 0);
    latest()->text = made_text(&made, text);
}

TEST(a_line_with_pieces_of_two_is_torn)
{
    piece(ANN, "one ");
    piece(BOB, "two");
    uint64_t cut = made.count;
    piece(ANN, "\n");
    end_with(0);
    assert_found(FINDING_TORN_LINE, cut,
                 "bob prints into a line that ann had begun: one ");
    assert_int_equal(found(FINDING_TORN_LINE)->to, cut + 1);
}

TEST(pieces_of_one_are_a_whole_line)
{
    piece(ANN, "one ");
    does(TRACE_NAP_BEGIN, BOB, 0);
    piece(ANN, "two\nthree");
    piece(ANN, "\n");
    made_say(&made, BOB, "four");
    piece(BOB, "");
    made_say(&made, ANN, "");
    made_say(&made, ANN, "five\nsix");
    piece(BOB, "\n");
    end_with(0);
    assert_nothing(FINDING_TORN_LINE);
}

TEST(the_newline_that_comes_late_tears_no_second_line)
{
    piece(ANN, "one");
    made_say(&made, BOB, "two");
    piece(ANN, "\n");
    end_with(0);
    assert_int_equal(findings.count, 1);
}

TEST(what_the_kit_says_on_stderr_tears_nothing)
{
    piece(ANN, "one");
    does(TRACE_TOLD, BOB, 0);
    latest()->text = made_text(&made, "STUCK");
    piece(ANN, "\n");
    end_with(0);
    assert_nothing(FINDING_TORN_LINE);
}

TEST(the_newline_may_be_the_step_that_was_lost)
{
    piece(ANN, "one");
    tear();
    made_say(&made, BOB, "two");
    end_with(0);
    assert_nothing(FINDING_TORN_LINE);
}

/* --- printers */

/* Bob takes lines from the queue and prints them, so many. */
static void print_lines(int count)
{
    for (int i = 0; i < count; i++) {
        uint64_t put = made_put(&made, ANN, TASKS, 1, 1, "a line");
        made_get(&made, BOB, TASKS, put, 0, 1);
        made_say(&made, BOB, "a line");
    }
}

TEST(who_prints_while_the_printer_has_lines_overtakes_them)
{
    print_lines(3);
    uint64_t put = made_put(&made, ANN, TASKS, 1, 1, "late");
    uint64_t says = made_say(&made, MAIN, "finished");
    made_get(&made, BOB, TASKS, put, 0, 1);
    end_with(0);
    assert_found(
        FINDING_OVERTAKEN, says,
        "main prints for itself, and overtakes what stands in tasks for bob to print");
}

TEST(who_overtakes_the_first_lines_is_told_once_the_printer_is_known)
{
    uint64_t put = made_put(&made, ANN, TASKS, 1, 1, "early");
    uint64_t says = made_say(&made, MAIN, "ready");

    made_say(&made, BOB, "I print");
    made_get(&made, BOB, TASKS, put, 0, 1);
    made_say(&made, BOB, "early");
    made_say(&made, MAIN, "what else");
    print_lines(2);
    end_with(0);
    assert_int_equal(findings.count, 1);
    assert_int_equal(found(FINDING_OVERTAKEN)->step, says);
    assert_int_equal(found(FINDING_OVERTAKEN)->from, put);
}

TEST(where_the_printer_has_nothing_left_anybody_may_print)
{
    print_lines(3);
    made_say(&made, MAIN, "finished");
    end_with(0);
    assert_int_equal(findings.count, 0);
}

TEST(a_thread_that_says_something_of_its_items_is_no_printer)
{
    for (int i = 0; i < 5; i++) {
        uint64_t put = made_put(&made, ANN, TASKS, 1, 1, "an item");
        made_get(&made, BOB, TASKS, put, 0, 1);
        made_say(&made, BOB, "bob got an item");
    }
    uint64_t put = made_put(&made, ANN, TASKS, 1, 1, "late");
    made_say(&made, MAIN, "finished");
    made_get(&made, BOB, TASKS, put, 0, 1);
    end_with(0);
    assert_int_equal(findings.count, 0);
}

/* --- one at a time */

static void start_and_join(uint32_t thread)
{
    made_thread(&made, thread, "next");
    does(TRACE_THREAD_JOIN_BEGIN, ANN, thread);
    does(TRACE_THREAD_END, thread, 0);
    does(TRACE_THREAD_JOIN, ANN, thread);
}

/* Ann starts threads; main has started two at once. */
static void let_ann_start_two(bool at_once)
{
    uint64_t first = made.count;

    if (at_once)
        made_thread(&made, 50, "next");
    start_and_join(40);
    start_and_join(41);
    for (uint64_t i = first; i < made.count; i++)
        if (atomic_load(&made.events[i].kind) == TRACE_THREAD_START)
            made.events[i].thread = ANN;
}

TEST(threads_that_were_never_there_together_are_told)
{
    let_ann_start_two(false);
    end_with(0);
    assert_string_equal(found(FINDING_ONE_AT_A_TIME)->sentence,
                        "ann started 2 threads, and waited for each to end before it "
                        "started the next");
}

TEST(threads_that_were_there_together_are_not)
{
    let_ann_start_two(true);
    end_with(0);
    assert_nothing(FINDING_ONE_AT_A_TIME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOUND_TEST(a_line_with_pieces_of_two_is_torn),
        FOUND_TEST(pieces_of_one_are_a_whole_line),
        FOUND_TEST(the_newline_that_comes_late_tears_no_second_line),
        FOUND_TEST(what_the_kit_says_on_stderr_tears_nothing),
        FOUND_TEST(the_newline_may_be_the_step_that_was_lost),
        FOUND_TEST(who_prints_while_the_printer_has_lines_overtakes_them),
        FOUND_TEST(who_overtakes_the_first_lines_is_told_once_the_printer_is_known),
        FOUND_TEST(where_the_printer_has_nothing_left_anybody_may_print),
        FOUND_TEST(a_thread_that_says_something_of_its_items_is_no_printer),
        FOUND_TEST(threads_that_were_never_there_together_are_told),
        FOUND_TEST(threads_that_were_there_together_are_not),
    };

    return cmocka_run_group_tests_name("findings of output", tests, NULL, NULL);
}

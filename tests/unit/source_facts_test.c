/* source_facts_test.c - what can be told of a program from its source text. */
#include "../../viz/source_facts.h"
#include "support.h"

static void assert_title(const char *source, const char *expected)
{
    struct text title = source_title(text_of(source));

    if (!text_equal(title, text_of(expected)))
        fail_msg("the title is '%.*s', not '%s'", (int)title.length, title.bytes,
                 expected);
}

TEST(the_title_is_what_follows_the_lessons_number_without_the_full_stop)
{
    assert_title("/*\n * Lesson 1: a thread that keeps its result.\n */\n",
                 "a thread that keeps its result");
    assert_title("/*\n * Lesson 12, no_big_lock: threads as C has them.\n */\n",
                 "threads as C has them");
    assert_title("/* made */\nint main(void)", "made");
    assert_title("/*\n *\n * A program of mine\n */", "A program of mine");
}

TEST(where_there_is_no_opening_comment_there_is_no_title)
{
    assert_title("", "");
    assert_title("int main(void)\n", "");
    assert_title("/*", "");
    assert_title("/*\n */\n", "");
    assert_title("/* Lesson", "Lesson");
}

TEST(lines_of_code_are_those_that_are_neither_empty_nor_a_comment)
{
    assert_int_equal(source_code_lines(text_of("")), 0);
    assert_int_equal(source_code_lines(text_of("/*\n * x\n */\n\n  \n// y\n")), 0);
    assert_int_equal(source_code_lines(text_of("int a; /* x\n y */\nint b; // z\n")),
                     2);
    assert_int_equal(source_code_lines(text_of("/* x */ int c;\n}\n")), 2);
}

TEST(a_comment_sign_in_a_string_begins_no_comment)
{
    assert_int_equal(source_code_lines(text_of("say(\"/*\");\nint a;\n/**/\n")), 2);
    assert_int_equal(source_code_lines(text_of("say(\"\\\"/*\");\nint a;\n")), 2);
    assert_int_equal(source_code_lines(text_of("say(\"not closed\nint a;\n")), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            the_title_is_what_follows_the_lessons_number_without_the_full_stop),
        cmocka_unit_test(where_there_is_no_opening_comment_there_is_no_title),
        cmocka_unit_test(lines_of_code_are_those_that_are_neither_empty_nor_a_comment),
        cmocka_unit_test(a_comment_sign_in_a_string_begins_no_comment),
    };

    return cmocka_run_group_tests_name("source_facts", tests, NULL, NULL);
}

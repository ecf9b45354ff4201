/*
 * differ_test.c - the lines in which two sources differ.
 */
#include "../../viz/differ.h"
#include "support.h"

static void assert_differs(const char *a, const char *b, const char *expected)
{
    char *page = differ_lines(text_of(a), text_of(b));

    assert_non_null(page);
    assert_string_equal(page, expected);
    free(page);
}

TEST(equal_sources_have_no_differences)
{
    assert_differs("a\nb\n", "a\nb\n", "");
    assert_differs("", "", "");
}

TEST(opening_comments_are_left_out)
{
    assert_differs("/*\n * one\n */\na\n", "/*\n * two\n * more\n */\na\n", "");
}

TEST(lines_that_differ_only_in_blanks_are_left_out)
{
    assert_differs("int  a;\n    b();\n", "int a;\n\tb ();\n", "");
    assert_differs("a\n", "ab\n",
                   "-    1  a\n"
                   "+    1  ab\n");
}

TEST(a_line_that_is_new_has_a_plus_its_number_and_its_neighbours)
{
    assert_differs("a\nb\n", "a\nnew\nb\n",
                   "     1  a\n"
                   "+    2  new\n"
                   "     3  b\n\n");
}

TEST(a_line_that_is_gone_has_a_minus_and_its_old_number)
{
    assert_differs("a\nold\nb\n", "a\nb\n",
                   "     1  a\n"
                   "-    2  old\n"
                   "     2  b\n\n");
}

TEST(a_changed_line_is_gone_and_new)
{
    assert_differs("x\n", "y\n", "-    1  x\n+    1  y\n");
}

TEST(numbers_are_those_of_the_whole_file)
{
    assert_differs("/*\n */\na\n", "/*\n */\na\nb\n", "     3  a\n+    4  b\n");
}

TEST(the_fewest_lines_are_told)
{
    char *page =
        differ_lines(text_of("a\nb\nc\nd\ne\n"), text_of("b\nc\nx\nd\ne\nf\n"));
    unsigned marks = 0;

    assert_non_null(page);
    for (struct text rest = text_of(page), line; text_next_line(&rest, &line);)
        marks += line.length > 0 && (line.bytes[0] == '+' || line.bytes[0] == '-');
    assert_int_equal(marks, 3); /* a goes; x and f come */
    free(page);
}

TEST(a_source_without_an_end_of_its_comment_or_its_last_line_is_read)
{
    assert_differs("/* a\n", "/* b", "-    1  /* a\n+    1  /* b\n");
    assert_differs("", "x", "+    1  x\n");
}

TEST(very_long_sources_do_no_harm)
{
    size_t size = 20000;
    char *a = malloc(size + 1), *b = malloc(size + 1);

    assert_true(a != NULL && b != NULL);
    for (size_t i = 0; i < size; i++) {
        a[i] = i % 2 == 0 ? 'a' : '\n';
        b[i] = i % 4 == 0 ? 'b' : i % 2 == 0 ? 'a' : '\n';
    }
    a[size] = b[size] = '\0';
    char *page = differ_lines(text_of(a), text_of(b));
    assert_non_null(page);
    free(page);
    free(a);
    free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_sources_have_no_differences),
        cmocka_unit_test(opening_comments_are_left_out),
        cmocka_unit_test(lines_that_differ_only_in_blanks_are_left_out),
        cmocka_unit_test(a_line_that_is_new_has_a_plus_its_number_and_its_neighbours),
        cmocka_unit_test(a_line_that_is_gone_has_a_minus_and_its_old_number),
        cmocka_unit_test(a_changed_line_is_gone_and_new),
        cmocka_unit_test(numbers_are_those_of_the_whole_file),
        cmocka_unit_test(the_fewest_lines_are_told),
        cmocka_unit_test(
            a_source_without_an_end_of_its_comment_or_its_last_line_is_read),
        cmocka_unit_test(very_long_sources_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

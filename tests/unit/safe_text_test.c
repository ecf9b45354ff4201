/* safe_text_test.c - anybody's text is shown, and no terminal takes it for a command.
 */
#include "safe_text.h"
#include "support.h"

static void assert_shown(const char *from, const char *expected)
{
    char to[256];

    safe_text(to, sizeof to, from);
    assert_string_equal(to, expected);
}

TEST(harmless_text_stays_as_it_is)
{
    assert_shown("", "");
    assert_shown("plain text, 100 % ~", "plain text, 100 % ~");
    assert_shown("a\tb\nc", "a\tb\nc");
    assert_shown("é 中文 … 😀", "é 中文 … 😀");
    assert_shown("\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf"); /* the last character */
}

TEST(on_a_line_newlines_and_tabs_are_shown_too)
{
    char to[64];

    safe_line(to, sizeof to, "a\tb\nc\x1b");
    assert_string_equal(to, "a\\x09b\\x0ac\\x1b");
}

TEST(characters_that_turn_the_direction_or_show_nothing_are_shown)
{
    assert_shown("x\xe2\x80\xaey", "x\\xe2\\x80\\xaey");
    assert_shown("\xef\xbb\xbfz", "\\xef\\xbb\\xbfz");
}

TEST(control_characters_are_shown)
{
    assert_shown("\x1b[31m", "\\x1b[31m");
    assert_shown("\x01\x7f\r\b", "\\x01\\x7f\\x0d\\x08");
    assert_shown("\xc2\x9b"
                 "31m",
                 "\\xc2\\x9b31m");        /* a control character of two bytes */
    assert_shown("\xc2\xa0", "\xc2\xa0"); /* the first behind them */
}

TEST(bytes_that_are_not_utf_8_are_shown)
{
    assert_shown("\xff\xfe", "\\xff\\xfe");
    assert_shown("a\x80z", "a\\x80z");
    assert_shown("\xe4\xb8", "\\xe4\\xb8");              /* cut at the end */
    assert_shown("\xe4\xb8z", "\\xe4\\xb8z");            /* cut before a letter */
    assert_shown("\xf0\x9f\x98中", "\\xf0\\x9f\\x98中"); /* cut before another */
    assert_shown("\xed\xa0\x80", "\\xed\\xa0\\x80");     /* half a pair of UTF-16 */
    assert_shown("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"); /* beyond the last */
    assert_shown("\xf8\x88\x80\x80\x80", "\\xf8\\x88\\x80\\x80\\x80");
}

TEST(characters_that_are_longer_than_need_be_are_shown_as_bytes)
{
    assert_shown("\xc0\x9b", "\\xc0\\x9b"); /* an escape, in two bytes */
    assert_shown("\xc1\xbf", "\\xc1\\xbf");
    assert_shown("\xe0\x80\x9b", "\\xe0\\x80\\x9b");
    assert_shown("\xf0\x80\x80\x9b", "\\xf0\\x80\\x80\\x9b");
}

TEST(what_does_not_fit_is_left_out_and_nothing_is_cut_in_two)
{
    static const char from[] = "a中\x1bz", whole[] = "a中\\x1bz";
    char to[16];

    for (size_t size = 1; size <= sizeof to; size++) {
        memset(to, '#', sizeof to);
        safe_text(to, size, from);
        size_t length = strlen(to);
        assert_true(length < size);
        assert_memory_equal(to, whole, length);
        assert_true(length == 0 || length == 1 || length == 4 || length == 8 ||
                    length == 9);
        for (size_t i = size; i < sizeof to; i++)
            assert_int_equal(to[i], '#');
    }
    assert_string_equal(to, whole);
}

TEST(four_times_the_length_and_one_byte_always_suffice)
{
    char from[256], *to = malloc(255 * 4 + 1);

    for (int i = 0; i < 255; i++)
        from[i] = (char)(i % 2 ? 0x80 + i / 2 : 1 + i % 31);
    from[255] = '\0';
    safe_text(to, 255 * 4 + 1, from);
    size_t shown = 0;
    for (int i = 0; i < 255; i++)
        shown += from[i] == '\n' || from[i] == '\t' ? 1 : 4;
    assert_int_equal(strlen(to), shown);
    free(to);
}

TEST(whatever_the_bytes_are_what_comes_out_is_safe_and_stays)
{
    char from[64], once[256], twice[1024];
    uint32_t bits = 1;

    for (int round = 0; round < 20000; round++) {
        for (size_t i = 0; i < sizeof from - 1; i++) {
            bits = bits * 1664525 + 1013904223;
            from[i] = (char)(bits >> 24 ? bits >> 24 : 1);
        }
        from[sizeof from - 1] = '\0';
        safe_text(once, sizeof once, from);
        for (const char *at = once; *at != '\0'; at++)
            assert_true((unsigned char)*at >= ' ' || *at == '\n' || *at == '\t');
        safe_text(twice, sizeof twice, once);
        assert_string_equal(twice, once);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(harmless_text_stays_as_it_is),
        cmocka_unit_test(on_a_line_newlines_and_tabs_are_shown_too),
        cmocka_unit_test(characters_that_turn_the_direction_or_show_nothing_are_shown),
        cmocka_unit_test(control_characters_are_shown),
        cmocka_unit_test(bytes_that_are_not_utf_8_are_shown),
        cmocka_unit_test(characters_that_are_longer_than_need_be_are_shown_as_bytes),
        cmocka_unit_test(what_does_not_fit_is_left_out_and_nothing_is_cut_in_two),
        cmocka_unit_test(four_times_the_length_and_one_byte_always_suffice),
        cmocka_unit_test(whatever_the_bytes_are_what_comes_out_is_safe_and_stays),
    };

    return cmocka_run_group_tests_name("safe_text", tests, NULL, NULL);
}

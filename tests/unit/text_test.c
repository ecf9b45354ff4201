/*
 * text_test.c - pieces of text: cutting, decoding, and the buffer that never overflows.
 */
#include "../../viz/text.h"
#include "support.h"

static void assert_text(struct text text, const char *expected)
{
    assert_int_equal(text.length, strlen(expected));
    assert_memory_equal(text.bytes, expected, text.length);
}

TEST(a_part_is_cut_to_the_text)
{
    assert_text(text_part(text_of("hello"), 1, 3), "el");
    assert_text(text_part(text_of("hello"), 3, 99), "lo");
    assert_text(text_part(text_of("hello"), 99, 120), "");
    assert_text(text_part(text_of("hello"), 4, 2), "");
    assert_text(text_part(text_of("hello"), 0, SIZE_MAX), "hello");
}

TEST(lines_come_one_by_one_without_their_newlines)
{
    struct text rest = text_of("one\n\ntwo\nend"), line;

    assert_true(text_next_line(&rest, &line));
    assert_text(line, "one");
    assert_true(text_next_line(&rest, &line));
    assert_text(line, "");
    assert_true(text_next_line(&rest, &line));
    assert_text(line, "two");
    assert_true(text_next_line(&rest, &line));
    assert_text(line, "end");
    assert_false(text_next_line(&rest, &line));
}

TEST(a_newline_at_the_end_begins_no_line)
{
    struct text rest = text_of("one\n"), line;

    assert_true(text_next_line(&rest, &line));
    assert_false(text_next_line(&rest, &line));
}

TEST(a_base_name_follows_the_last_slash)
{
    assert_text(text_base_name(text_of("/a/b/c.c")), "c.c");
    assert_text(text_base_name(text_of("c.c")), "c.c");
    assert_text(text_base_name(text_of("a/")), "");
    assert_text(text_base_name(text_of("")), "");
}

TEST(texts_are_equal_byte_by_byte)
{
    assert_true(text_equal(text_of("ab"), text_of("ab")));
    assert_false(text_equal(text_of("ab"), text_of("abc")));
    assert_false(text_equal(text_of("ab"), text_of("ac")));
    assert_true(text_equal(text_of(""), (struct text){NULL, 0}));
    assert_false(text_equal((struct text){"a\0b", 3}, (struct text){"a\0c", 3}));
}

static void assert_site(const char *site, const char *file, unsigned line)
{
    struct text got;
    unsigned number = 99;

    text_split_site(text_of(site), &got, &number);
    assert_text(got, file);
    assert_int_equal(number, line);
}

TEST(a_site_is_a_file_and_a_line)
{
    assert_site("lessons/03/lesson.c:38", "lesson.c", 38);
    assert_site("lesson.c:1", "lesson.c", 1);
    assert_site("lesson.c", "lesson.c", 0);
    assert_site("a:b:7", "a:b", 7);
    assert_site(":", "", 0);
    assert_site("", "", 0);
    assert_site("x.c:12z", "x.c", 12);
}

TEST(a_line_number_of_any_length_does_not_overflow)
{
    struct text file;
    unsigned line;

    text_split_site(text_of("x.c:99999999999999999999999999"), &file, &line);
    assert_in_range(line, 1000000, 99999999);
}

static void assert_decodes(const char *bytes, size_t length, int32_t point, size_t size)
{
    size_t got;

    assert_int_equal(text_decode((struct text){bytes, length}, &got), point);
    assert_int_equal(got, size);
}

TEST(utf8_is_decoded)
{
    assert_decodes("a", 1, 'a', 1);
    assert_decodes("\0", 1, 0, 1);
    assert_decodes("é", 2, 0xe9, 2);
    assert_decodes("中", 3, 0x4e2d, 3);
    assert_decodes("😀", 4, 0x1f600, 4);
    assert_decodes("\xf4\x8f\xbf\xbf", 4, 0x10ffff, 4);
}

TEST(what_is_no_utf8_is_one_bad_byte)
{
    assert_decodes("\xff", 1, -1, 1);
    assert_decodes("\x80", 1, -1, 1);
    assert_decodes("\xe4\xb8", 2, -1, 1);         /* cut */
    assert_decodes("\xe4\xb8z", 3, -1, 1);        /* broken off */
    assert_decodes("\xc0\xaf", 2, -1, 1);         /* a slash, too long */
    assert_decodes("\xe0\x80\x80", 3, -1, 1);     /* too long */
    assert_decodes("\xed\xa0\x80", 3, -1, 1);     /* a surrogate */
    assert_decodes("\xf4\x90\x80\x80", 4, -1, 1); /* beyond Unicode */
    assert_decodes("\xf8\x88\x80\x80", 4, -1, 1);
}

TEST(a_buffer_is_filled_piece_by_piece_and_cut_at_its_end)
{
    char bytes[8] = "";
    struct text_buffer buffer = {bytes, sizeof bytes, 0};

    text_add(&buffer, "%s%d", "ab", 1);
    text_add_text(&buffer, text_of("cd"));
    assert_string_equal(bytes, "ab1cd");
    text_add(&buffer, "%s", "efghij");
    assert_string_equal(bytes, "ab1cdef");
    assert_int_equal(buffer.length, 7);
    text_add(&buffer, "x");
    text_add_text(&buffer, text_of("y"));
    assert_string_equal(bytes, "ab1cdef");
    assert_int_equal(buffer.length, 7);
}

static void assert_duration(uint64_t ns, const char *expected)
{
    char bytes[32] = "";
    struct text_buffer buffer = {bytes, sizeof bytes, 0};

    text_add_duration(&buffer, ns);
    assert_string_equal(bytes, expected);
}

TEST(durations_are_in_a_unit_that_is_read_at_a_glance)
{
    assert_duration(0, "0 us");
    assert_duration(340000, "340 us");
    assert_duration(999999, "999 us");
    assert_duration(1000000, "1.0 ms");
    assert_duration(610000000, "0.61 s");
    assert_duration(61000000000, "61.00 s");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_is_cut_to_the_text),
        cmocka_unit_test(lines_come_one_by_one_without_their_newlines),
        cmocka_unit_test(a_newline_at_the_end_begins_no_line),
        cmocka_unit_test(a_base_name_follows_the_last_slash),
        cmocka_unit_test(texts_are_equal_byte_by_byte),
        cmocka_unit_test(a_site_is_a_file_and_a_line),
        cmocka_unit_test(a_line_number_of_any_length_does_not_overflow),
        cmocka_unit_test(utf8_is_decoded),
        cmocka_unit_test(what_is_no_utf8_is_one_bad_byte),
        cmocka_unit_test(a_buffer_is_filled_piece_by_piece_and_cut_at_its_end),
        cmocka_unit_test(durations_are_in_a_unit_that_is_read_at_a_glance),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

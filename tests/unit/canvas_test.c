/*
 * canvas_test.c - the grid of cells: what is put on it keeps its columns, and nothing
 * that would do something to a terminal gets out of it.
 */
#include "../../viz/canvas.h"
#include "support.h"

static struct canvas canvas;

static int make_canvas(void **state __attribute__((unused)))
{
    canvas = (struct canvas){0, 0, NULL};
    canvas_reset(&canvas, 3, 12);
    return 0;
}

static int free_canvas(void **state __attribute__((unused)))
{
    canvas_free(&canvas);
    return 0;
}

static void assert_shows(bool ascii, const char *expected)
{
    char *text;
    size_t size;
    FILE *file = open_memstream(&text, &size);

    assert_non_null(file);
    canvas_write(&canvas, ascii, file);
    fclose(file);
    assert_string_equal(text, expected);
    free(text);
}

static int put(int row, int column, int width, const char *text)
{
    return canvas_put(&canvas, row, column, width, STYLE_PLAIN, text_of(text));
}

TEST(text_is_put_where_it_is_asked_for)
{
    assert_int_equal(put(0, 2, 10, "ab"), 4);
    assert_int_equal(canvas_print(&canvas, 2, 0, 12, STYLE_STRONG, "%d-%s", 7, "x"), 3);
    assert_shows(false, "  ab\n\n7-x\n");
    assert_int_equal(canvas.cells[2 * 12].style, STYLE_STRONG);
    assert_int_equal(canvas.cells[2].style, STYLE_PLAIN);
}

TEST(text_is_cut_at_its_width_and_at_the_edge)
{
    assert_int_equal(put(0, 0, 3, "abcdef"), 3);
    assert_int_equal(put(1, 9, 10, "abcdef"), 12);
    assert_int_equal(put(2, 0, 0, "abc"), 0);
    assert_shows(false, "abc\n         abc\n\n");
}

TEST(where_asked_for_a_cut_is_marked)
{
    canvas_put_cut(&canvas, 0, 0, 6, STYLE_PLAIN, text_of("abcdef"));
    canvas_put_cut(&canvas, 1, 0, 5, STYLE_PLAIN, text_of("abcdef"));
    canvas_put_cut(&canvas, 2, 0, 4, STYLE_PLAIN, text_of("a中文"));
    assert_shows(false, "abcdef\nabcd…\na中…\n");
}

TEST(outside_the_canvas_nothing_happens)
{
    put(-1, 0, 5, "ab");
    put(3, 0, 5, "ab");
    put(0, -1, 5, "ab");
    put(0, 12, 5, "ab");
    put(0, 500, 5, "ab");
    put(1, 5, -3, "ab");
    canvas_fill(&canvas, 7, 0, 12, STYLE_BAR, "x");
    canvas_fill(&canvas, 0, -5, 5, STYLE_BAR, "x");
    assert_shows(false, "\n\n\n");
}

TEST(wide_characters_take_two_cells)
{
    assert_int_equal(canvas_text_width(text_of("a中文b")), 6);
    assert_int_equal(put(0, 0, 12, "a中文b"), 6);
    put(0, 6, 6, "|");
    assert_shows(false, "a中文b|\n\n\n");
    assert_int_equal(canvas.cells[1].width, 2);
    assert_int_equal(canvas.cells[2].width, 0);
}

TEST(a_wide_character_that_does_not_fit_is_left_out_whole)
{
    assert_int_equal(put(0, 0, 2, "a中"), 1);
    assert_int_equal(put(1, 11, 5, "中"), 11);
    assert_shows(false, "a\n\n\n");
}

TEST(overwriting_half_a_wide_character_leaves_no_other_half)
{
    put(0, 0, 12, "中文字");
    put(0, 1, 1, "x"); /* on the right half of the first */
    put(0, 4, 1, "y"); /* on the left half of the last */
    assert_shows(false, " x文y\n\n\n");
    put(1, 0, 12, "中文");
    put(1, 1, 2, "字"); /* over a right and a left half */
    assert_shows(false, " x文y\n 字\n\n");
    put(2, 0, 12, "ab");
    put(2, 0, 12, "中");
    put(2, 0, 1, "c");
    assert_shows(false, " x文y\n 字\nc\n");
}

TEST(a_fill_over_wide_characters_leaves_no_halves)
{
    put(0, 0, 12, "中文字");
    canvas_fill(&canvas, 0, 1, 4, STYLE_PLAIN, "-");
    assert_shows(false, " ----\n\n\n");
}

TEST(however_it_is_overwritten_every_row_keeps_its_columns)
{
    static const char *const pieces[] = {"a", "中", "文字", "e\xcc\x81", "\033", "xyz"};
    unsigned random = 1;

    for (int i = 0; i < 5000; i++) {
        random = random * 1103515245 + 12345;
        put((int)(random >> 16) % 3, (int)(random >> 18) % 12, (int)(random >> 20) % 5,
            pieces[(random >> 24) % 6]);
        for (int row = 0; row < 3; row++) {
            int total = 0;
            for (int column = 0; column < 12; column++) {
                const struct cell *cell = &canvas.cells[row * 12 + column];
                total += cell->width;
                if (cell->width == 2)
                    assert_int_equal(cell[1].width, 0);
                assert_int_equal(cell->bytes[0] == '\0', cell->width == 0);
            }
            assert_int_equal(total, 12);
        }
    }
}

TEST(combining_characters_share_the_cell_before)
{
    assert_int_equal(canvas_text_width(text_of("e\xcc\x81x")), 2);
    assert_int_equal(put(0, 0, 12, "e\xcc\x81x"), 2);
    assert_int_equal(put(1, 0, 12, "中\xcc\x81x"), 3);
    assert_shows(false, "e\xcc\x81x\n中\xcc\x81x\n\n");
}

TEST(any_number_of_combining_characters_does_no_harm)
{
    char text[2001] = "e";

    for (int i = 0; i < 999; i++)
        memcpy(text + 1 + 2 * i, "\xcc\x81", 3);
    assert_int_equal(put(0, 0, 12, text), 1);
    assert_true(strlen(canvas.cells[0].bytes) < sizeof canvas.cells[0].bytes);
    assert_int_equal(put(1, 0, 12, "\xcc\x81"), 0); /* nothing to stand on */
}

TEST(control_characters_are_shown_and_never_sent)
{
    assert_int_equal(put(0, 0, 12, "\033[31m"), 6);
    put(1, 0, 12, "a\tb\r\n\x7f");
    put(2, 0, 12, "\xc2\x9b" /* the other escape */ "2J");
    assert_shows(false, "^[[31m\na^Ib^M^J^?\n<9b>2J\n");
}

TEST(characters_that_turn_or_hide_text_are_shown)
{
    put(0, 0, 12,
        "a\xe2\x80\xae"
        "b"); /* right-to-left override */
    put(1, 0, 12,
        "a\xe2\x80\x8b"
        "b"); /* zero width space */
    put(2, 0, 12,
        "\xef\xbb\xbf"
        "b"); /* byte order mark */
    assert_shows(false, "a<202e>b\na<200b>b\n<feff>b\n");
}

TEST(an_escaped_character_is_not_cut_in_two)
{
    assert_int_equal(put(0, 0, 2, "a\033"), 1);
    assert_int_equal(put(1, 0, 4, "a\xff"), 1);
    assert_shows(false, "a\na\n\n");
}

TEST(bytes_that_are_no_utf8_are_shown)
{
    put(0, 0, 12, "a\xff\xc3");
    put(1, 0, 12, "\xe4\xb8");
    assert_shows(false, "a<ff><c3>\n<e4><b8>\n\n");
}

TEST(whatever_the_bytes_only_text_gets_out)
{
    char bytes[64];
    unsigned random = 7;

    for (int i = 0; i < 2000; i++) {
        for (size_t j = 0; j < sizeof bytes; j++) {
            random = random * 1103515245 + 12345;
            bytes[j] = (char)(random >> 16);
        }
        canvas_put(&canvas, i % 3, 0, 12, STYLE_PLAIN,
                   (struct text){bytes, sizeof bytes});
        for (int cell = 0; cell < 36; cell++) {
            struct text text = text_of(canvas.cells[cell].bytes);
            for (size_t at = 0, size; at < text.length; at += size) {
                int32_t point = text_decode(text_part(text, at, text.length), &size);
                assert_true(point >= 0x20 && (point < 0x7f || point >= 0xa0));
            }
        }
    }
}

TEST(in_ascii_lines_stay_lines_and_the_rest_keeps_its_width)
{
    put(0, 0, 12, "─│┬┴┼└ é中…");
    assert_shows(true, "-|++++ ???.\n\n\n");
}

TEST(a_new_size_is_blank)
{
    put(0, 0, 12, "中文");
    canvas_reset(&canvas, 2, 5);
    assert_shows(false, "\n\n");
    put(1, 0, 99, "abcdefg");
    assert_shows(false, "\nabcde\n");
    canvas_reset(&canvas, 2, 5);
    assert_shows(false, "\n\n");
    canvas_reset(&canvas, 0, 0);
    put(0, 0, 5, "x");
    assert_shows(false, "");
}

TEST(a_canvas_is_pasted_into_another_and_cut_at_its_edge)
{
    struct canvas small = {0, 0, NULL};

    canvas_reset(&small, 2, 4);
    canvas_put(&small, 0, 0, 4, STYLE_HEAD, text_of("left"));
    canvas_put(&small, 1, 0, 4, STYLE_BAR, text_of("中文"));
    put(0, 0, 12, "............");
    put(1, 0, 12, "............");
    canvas_paste(&canvas, 0, 3, &small, 0, 2);
    assert_shows(false, "...left.....\n...中文.....\n\n");
    assert_int_equal(canvas.cells[12 + 3].style, STYLE_BAR);
    canvas_paste(&canvas, 1, 9, &small, 1, 9); /* 文 does not fit whole */
    assert_shows(false, "...left.....\n...中文..中\n\n");
    canvas_paste(&canvas, 2, 13, &small, 0, 1);
    canvas_paste(&canvas, 3, 0, &small, 0, 1);
    canvas_paste(&canvas, -1, 0, &small, 0, 2);
    assert_shows(false, "中文eft.....\n...中文..中\n\n");
    canvas_free(&small);
}

TEST(pasting_over_half_a_wide_character_leaves_no_other_half)
{
    struct canvas small = {0, 0, NULL};

    canvas_reset(&small, 1, 2);
    canvas_put(&small, 0, 0, 2, STYLE_PLAIN, text_of("ab"));
    put(0, 0, 12, "中文中");
    canvas_paste(&canvas, 0, 1, &small, 0, 1);
    assert_shows(false, " ab 中\n\n\n");
    canvas_free(&small);
}

#define CANVAS_TEST(name)                                                              \
    cmocka_unit_test_setup_teardown(name, make_canvas, free_canvas)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CANVAS_TEST(text_is_put_where_it_is_asked_for),
        CANVAS_TEST(text_is_cut_at_its_width_and_at_the_edge),
        CANVAS_TEST(where_asked_for_a_cut_is_marked),
        CANVAS_TEST(outside_the_canvas_nothing_happens),
        CANVAS_TEST(wide_characters_take_two_cells),
        CANVAS_TEST(a_wide_character_that_does_not_fit_is_left_out_whole),
        CANVAS_TEST(overwriting_half_a_wide_character_leaves_no_other_half),
        CANVAS_TEST(a_fill_over_wide_characters_leaves_no_halves),
        CANVAS_TEST(however_it_is_overwritten_every_row_keeps_its_columns),
        CANVAS_TEST(combining_characters_share_the_cell_before),
        CANVAS_TEST(any_number_of_combining_characters_does_no_harm),
        CANVAS_TEST(control_characters_are_shown_and_never_sent),
        CANVAS_TEST(characters_that_turn_or_hide_text_are_shown),
        CANVAS_TEST(an_escaped_character_is_not_cut_in_two),
        CANVAS_TEST(bytes_that_are_no_utf8_are_shown),
        CANVAS_TEST(whatever_the_bytes_only_text_gets_out),
        CANVAS_TEST(in_ascii_lines_stay_lines_and_the_rest_keeps_its_width),
        CANVAS_TEST(a_new_size_is_blank),
        CANVAS_TEST(a_canvas_is_pasted_into_another_and_cut_at_its_edge),
        CANVAS_TEST(pasting_over_half_a_wide_character_leaves_no_other_half),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * view_menu_test.c - the course as a list: the chosen entry is in sight, the cursor
 * rests on it, and what is in a row is what is drawn there.
 */
#include "../../viz/view_menu.h"
#include "support.h"

enum { COUNT = 50, COLUMNS = 80, ROWS = 24 };

static struct menu_entry entries[COUNT];
static char names[COUNT][8];
static struct canvas canvas;

static int begin(void **state __attribute__((unused)))
{
    for (int i = 0; i < COUNT; i++) {
        snprintf(names[i], sizeof names[i], "%d", i);
        entries[i] = (struct menu_entry){names[i], "title", "", false};
    }
    canvas = (struct canvas){0, 0, NULL};
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    canvas_free(&canvas);
    return 0;
}

/* The number that is drawn as the name in that row, -1 for none; its mark. */
static int drawn_in(int row, bool *chosen)
{
    const struct cell *cells = &canvas.cells[row * canvas.columns];
    char digits[3] = {cells[2].bytes[0], cells[3].bytes[0], '\0'};

    *chosen = cells[0].bytes[0] == '>';
    return cells[2].bytes[0] >= '0' && cells[2].bytes[0] <= '9' ? atoi(digits) : -1;
}

static void assert_found(int rows, size_t count, size_t chosen)
{
    int marks = 0;

    canvas_reset(&canvas, rows, COLUMNS);
    view_menu(&canvas, entries, count, chosen, "hint");
    for (int row = 0; row < rows; row++) {
        bool is_chosen;
        int drawn = drawn_in(row, &is_chosen);
        size_t found = view_menu_at(rows, count, chosen, row);
        assert_int_equal(found, drawn >= 0 ? (size_t)drawn : count);
        marks += is_chosen;
        if (is_chosen)
            assert_int_equal(view_menu_row(rows, chosen), row);
    }
    assert_int_equal(marks, 1);
}

TEST(every_entry_is_found_in_its_row_and_the_chosen_one_is_in_sight)
{
    for (size_t chosen = 0; chosen < COUNT; chosen++) {
        assert_found(ROWS, COUNT, chosen);
        assert_found(16, COUNT, chosen);
        assert_found(60, COUNT, chosen);
    }
    assert_found(ROWS, 3, 2);
    assert_found(ROWS, 1, 0);
}

TEST(outside_and_where_there_is_no_room_there_is_nothing)
{
    assert_int_equal(view_menu_at(ROWS, COUNT, 0, -1), COUNT);
    assert_int_equal(view_menu_at(ROWS, COUNT, 0, ROWS), COUNT);
    assert_int_equal(view_menu_at(1, COUNT, 40, 0), COUNT);
    assert_int_equal(view_menu_row(1, 40), 0);
    assert_int_equal(view_menu_row(0, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            every_entry_is_found_in_its_row_and_the_chosen_one_is_in_sight, begin, end),
        cmocka_unit_test(outside_and_where_there_is_no_room_there_is_nothing),
    };

    return cmocka_run_group_tests_name("view_menu", tests, NULL, NULL);
}

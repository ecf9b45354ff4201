/* monitor_io_test.c - sleeping until a moment, and writing all there is to write. */
#include "caller.h"
#include "support.h"

#include <signal.h>

TEST(a_sleep_ends_at_its_deadline_not_before_and_not_much_later)
{
    uint64_t least = UINT64_MAX;

    for (int i = 0; i < 5; i++) {
        uint64_t deadline = deadline_after(30);
        monitor_sleep(deadline);
        uint64_t now = clock_now();
        assert_true(now >= deadline);
        least = now - deadline < least ? now - deadline : least;
    }
    assert_true(least < NOT_MUCH_MS * (uint64_t)MS);
}

enum { MUCH = 300000 }; /* more than a pipe holds */

static bool read_slowly(struct caller *me)
{
    char bytes[7777];
    ssize_t length;

    while ((length = read(me->item, bytes, sizeof bytes)) > 0)
        *(ssize_t *)me->object += length;
    return length == 0;
}

TEST(all_bytes_are_written_even_where_the_reader_is_slow)
{
    static char bytes[MUCH];
    int ends[2];
    ssize_t count = 0;

    assert_int_equal(pipe(ends), 0);
    struct caller reader = {.item = ends[0], .object = &count};
    caller_start(&reader, read_slowly);
    assert_true(monitor_write(ends[1], bytes, sizeof bytes));
    close(ends[1]);
    assert_true(caller_result(&reader));
    assert_int_equal(count, MUCH);
    close(ends[0]);
}

TEST(a_write_that_fails_says_so)
{
    int ends[2];

    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    assert_false(monitor_write(ends[1], "x", 1));
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sleep_ends_at_its_deadline_not_before_and_not_much_later),
        cmocka_unit_test(all_bytes_are_written_even_where_the_reader_is_slow),
        cmocka_unit_test(a_write_that_fails_says_so),
    };

    return cmocka_run_group_tests_name("monitor_io", tests, NULL, NULL);
}

/* clock_test.c - the time never runs back, and a deadline is where it should be. */
#include "support.h"

TEST(the_time_never_runs_back)
{
    uint64_t before = clock_now();

    for (int i = 0; i < 100000; i++) {
        uint64_t now = clock_now();
        assert_true(now >= before);
        before = now;
    }
}

TEST(the_time_is_that_of_the_monotonic_clock)
{
    struct timespec kernel;

    uint64_t before = clock_now();
    clock_gettime(CLOCK_MONOTONIC, &kernel);
    uint64_t after = clock_now();
    uint64_t between =
        (uint64_t)kernel.tv_sec * UINT64_C(1000000000) + (uint64_t)kernel.tv_nsec;
    assert_true(before <= between && between <= after);
}

TEST(a_deadline_is_that_many_milliseconds_from_now)
{
    uint64_t before = clock_now();
    uint64_t deadline = deadline_after(1500);
    uint64_t after = clock_now();

    assert_true(deadline >= before + UINT64_C(1500) * MS);
    assert_true(deadline <= after + UINT64_C(1500) * MS);
}

TEST(a_deadline_of_zero_milliseconds_is_now)
{
    uint64_t deadline = deadline_after(0);

    assert_true(deadline <= clock_now());
}

TEST(a_deadline_too_far_away_to_count_is_as_late_as_can_be_and_not_never)
{
    assert_true(deadline_after(UINT64_MAX) == DEADLINE_NEVER - 1);
    assert_true(deadline_after(UINT64_MAX / MS) == DEADLINE_NEVER - 1);
}

TEST(the_kernel_gets_the_same_moment)
{
    struct timespec moment = deadline_timespec(UINT64_C(12345678901));

    assert_int_equal(moment.tv_sec, 12);
    assert_int_equal(moment.tv_nsec, 345678901);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_time_never_runs_back),
        cmocka_unit_test(the_time_is_that_of_the_monotonic_clock),
        cmocka_unit_test(a_deadline_is_that_many_milliseconds_from_now),
        cmocka_unit_test(a_deadline_of_zero_milliseconds_is_now),
        cmocka_unit_test(
            a_deadline_too_far_away_to_count_is_as_late_as_can_be_and_not_never),
        cmocka_unit_test(the_kernel_gets_the_same_moment),
    };

    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}

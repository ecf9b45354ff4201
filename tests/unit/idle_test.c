/* idle_test.c - what counts as waking up for nothing. */
#include "../../viz/idle.h"
#include "support.h"

static struct idle idle;

static int begin(void **state __attribute__((unused)))
{
    idle = (struct idle){.woken_by = 0};
    return 0;
}

static enum idle_kind does(enum trace_kind kind, uint32_t object, uint32_t detail)
{
    struct trace_event event = {.object = object, .detail = detail};

    return idle_step(&idle, &event, kind);
}

TEST(a_wait_that_its_time_limit_ends_was_for_nothing)
{
    does(TRACE_QUEUE_GET_BEGIN, 5, 0);
    assert_int_equal(does(TRACE_QUEUE_GET_FAILED, 5, TRACE_BECAUSE_TIMEOUT),
                     IDLE_ASKED);
    does(TRACE_QUEUE_GET_BEGIN, 5, 0);
    assert_int_equal(does(TRACE_QUEUE_GET_FAILED, 5, TRACE_BECAUSE_SHUTDOWN), IDLE_NOT);
    does(TRACE_QUEUE_GET_BEGIN, 5, 0);
    assert_int_equal(does(TRACE_QUEUE_GET, 5, 0), IDLE_NOT);
}

TEST(a_look_that_finds_nothing_was_for_nothing_after_a_nap_only)
{
    assert_int_equal(does(TRACE_QUEUE_GET_FAILED, 5, TRACE_BECAUSE_EMPTY), IDLE_NOT);
    does(TRACE_NAP_BEGIN, 0, 0);
    does(TRACE_NAP_END, 0, 0);
    assert_int_equal(does(TRACE_QUEUE_GET_FAILED, 5, TRACE_BECAUSE_EMPTY), IDLE_ASKED);
    assert_int_equal(does(TRACE_QUEUE_GET_FAILED, 5, TRACE_BECAUSE_EMPTY), IDLE_NOT);
}

TEST(who_is_woken_looks_and_waits_for_the_same_again_was_woken_for_nothing)
{
    does(TRACE_CONDITION_WAIT_BEGIN, 6, 0);
    does(TRACE_CONDITION_WAIT, 6, 0);
    does(TRACE_SHARED_LOAD, 7, 0);
    assert_int_equal(does(TRACE_CONDITION_WAIT_BEGIN, 6, 0), IDLE_WOKEN);
    does(TRACE_CONDITION_WAIT, 6, 0);
    does(TRACE_SHARED_STORE, 7, 0);
    assert_int_equal(does(TRACE_CONDITION_WAIT_BEGIN, 6, 0), IDLE_NOT);
    does(TRACE_CONDITION_WAIT, 6, 0);
    assert_int_equal(does(TRACE_CONDITION_WAIT_BEGIN, 8, 0), IDLE_NOT);
}

#define IDLE_TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IDLE_TEST(a_wait_that_its_time_limit_ends_was_for_nothing),
        IDLE_TEST(a_look_that_finds_nothing_was_for_nothing_after_a_nap_only),
        IDLE_TEST(
            who_is_woken_looks_and_waits_for_the_same_again_was_woken_for_nothing),
    };

    return cmocka_run_group_tests_name("idle", tests, NULL, NULL);
}

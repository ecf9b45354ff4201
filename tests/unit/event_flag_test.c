/* event_flag_test.c - a flag to wait for, as Python's threading.Event. */
#include "caller.h"
#include "event_flag.h"
#include "support.h"

static struct event_flag flag;

static int new_flag(void **state __attribute__((unused)))
{
    event_flag_init(&flag, "flag");
    return 0;
}

static int end_flag(void **state __attribute__((unused)))
{
    event_flag_destroy(&flag);
    return 0;
}

static bool call_wait(struct caller *me __attribute__((unused)))
{
    event_flag_wait(&flag);
    return true;
}

static bool call_wait_within_long(struct caller *me __attribute__((unused)))
{
    return event_flag_wait_within(&flag, TOO_LONG_MS);
}

TEST(a_new_flag_is_not_set_and_set_and_clear_change_it)
{
    assert_false(event_flag_is_set(&flag));
    event_flag_set(&flag);
    assert_true(event_flag_is_set(&flag));
    event_flag_set(&flag); /* once more changes nothing */
    assert_true(event_flag_is_set(&flag));
    event_flag_clear(&flag);
    assert_false(event_flag_is_set(&flag));
    event_flag_clear(&flag);
    assert_false(event_flag_is_set(&flag));
}

TEST(waiting_for_a_set_flag_returns_at_once)
{
    event_flag_set(&flag);
    event_flag_wait(&flag);
    assert_true(event_flag_wait_within(&flag, 0));
    assert_true(event_flag_is_set(&flag)); /* a wait does not clear it */
}

TEST(setting_the_flag_lets_all_who_wait_go)
{
    struct caller waiters[4] = {{.item = 0}};

    for (int i = 0; i < 4; i++)
        caller_start(&waiters[i], i % 2 == 0 ? call_wait : call_wait_within_long);
    until_waiting(&flag.monitor, &flag.waiters, 4);
    for (int i = 0; i < 4; i++)
        assert_false(atomic_load(&waiters[i].returned));
    event_flag_set(&flag);
    for (int i = 0; i < 4; i++)
        assert_true(caller_result(&waiters[i]));
}

TEST(who_waited_goes_on_although_the_flag_is_cleared_again_at_once)
{
    for (int round = 0; round < 100; round++) {
        struct caller waiter = {.item = 0};

        caller_start(&waiter, round % 2 == 0 ? call_wait : call_wait_within_long);
        until_waiting(&flag.monitor, &flag.waiters, 1);
        event_flag_set(&flag);
        event_flag_clear(&flag);
        assert_true(caller_result(&waiter));
    }
}

static bool wait_within(void *object, int ms)
{
    return event_flag_wait_within(object, ms);
}

static bool wait_within_nothing(void *object)
{
    return event_flag_wait_within(object, 0);
}

TEST(a_wait_gives_up_when_its_time_limit_is_over_not_before_and_not_much_later)
{
    assert_gives_up_in_time(wait_within, &flag);
    assert_true(wait_list_is_empty(&flag.waiters));
}

TEST(a_limit_of_zero_never_waits)
{
    assert_gives_up_at_once(wait_within_nothing, &flag);
}

struct box {
    struct caller caller;
    int content; /* written before the flag is set, read after the wait */
};

static bool read_box(struct caller *me)
{
    event_flag_wait(&flag);
    return ((struct box *)me)->content == 42;
}

TEST(what_was_done_before_set_is_seen_after_wait)
{
    struct box box = {.content = 0};

    caller_start(&box.caller, read_box);
    box.content = 42; /* ThreadSanitizer sees where this is no order */
    event_flag_set(&flag);
    assert_true(caller_result(&box.caller));
}

static void destroy_waited(const char *argument __attribute__((unused)))
{
    struct caller waiter = {.item = 0};

    new_flag(NULL);
    caller_start(&waiter, call_wait);
    until_waiting(&flag.monitor, &flag.waiters, 1);
    event_flag_destroy(&flag);
}

static void negative_limit(const char *argument __attribute__((unused)))
{
    new_flag(NULL);
    event_flag_wait_within(&flag, -1);
}

static const struct child_case cases[] = {
    {"destroy_waited", destroy_waited},
    {"negative_limit", negative_limit},
    {NULL, NULL},
};

TEST(destroying_a_flag_for_which_a_thread_waits_is_misuse)
{
    assert_misuse("destroy_waited", "event_flag_destroy on flag, for which caller");
}

TEST(a_negative_time_limit_is_misuse)
{
    assert_misuse("negative_limit", "must not be negative");
}

#define WITH_FLAG(test) cmocka_unit_test_setup_teardown(test, new_flag, end_flag)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_FLAG(a_new_flag_is_not_set_and_set_and_clear_change_it),
        WITH_FLAG(waiting_for_a_set_flag_returns_at_once),
        WITH_FLAG(setting_the_flag_lets_all_who_wait_go),
        WITH_FLAG(who_waited_goes_on_although_the_flag_is_cleared_again_at_once),
        WITH_FLAG(
            a_wait_gives_up_when_its_time_limit_is_over_not_before_and_not_much_later),
        WITH_FLAG(a_limit_of_zero_never_waits),
        WITH_FLAG(what_was_done_before_set_is_seen_after_wait),
        cmocka_unit_test(destroying_a_flag_for_which_a_thread_waits_is_misuse),
        cmocka_unit_test(a_negative_time_limit_is_misuse),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("event_flag", tests, NULL, NULL);
}

/* thread_test.c - threads start, end, are joined, and what they leave behind is seen.
 */
#include "caller.h"
#include "event_flag.h"
#include "support.h"

static struct event_flag go;

static int new_flag(void **state __attribute__((unused)))
{
    event_flag_init(&go, "go");
    return 0;
}

static bool wait_to_go(struct caller *me)
{
    event_flag_wait(&go);
    me->item = 42; /* read after the join */
    return true;
}

static bool join_the_other(struct caller *me)
{
    struct caller *other = me->object;

    thread_join(&other->thread);
    return other->item == 42;
}

static bool join_the_other_within_long(struct caller *me)
{
    struct caller *other = me->object;

    return thread_join_within(&other->thread, TOO_LONG_MS) && other->item == 42;
}

TEST(join_waits_for_the_end_and_what_the_thread_did_is_seen)
{
    struct caller thread = {.item = 0};
    struct caller joiners[2] = {{.object = &thread}, {.object = &thread}};

    caller_start(&thread, wait_to_go);
    caller_start(&joiners[0], join_the_other);
    caller_start(&joiners[1], join_the_other_within_long);
    until_waiting(&thread.thread.monitor, &thread.thread.joiners, 2);
    assert_false(atomic_load(&joiners[0].returned));
    event_flag_set(&go);
    assert_true(caller_result(&joiners[0]));
    assert_true(caller_result(&joiners[1]));
    assert_int_equal(thread.item, 42);
}

static bool do_nothing(struct caller *me __attribute__((unused)))
{
    return true;
}

TEST(a_thread_may_be_joined_more_than_once)
{
    struct caller thread = {.item = 0};

    caller_start(&thread, do_nothing);
    thread_join(&thread.thread);
    thread_join(&thread.thread);
    assert_true(thread_join_within(&thread.thread, 0));
}

static bool join_within(void *object, int ms)
{
    return thread_join_within(object, ms);
}

TEST(join_gives_up_when_its_time_limit_is_over_not_before_and_not_much_later)
{
    struct caller thread = {.item = 0};

    caller_start(&thread, wait_to_go);
    assert_gives_up_in_time(join_within, &thread.thread);
    event_flag_set(&go);
    assert_true(caller_result(&thread));
}

TEST(join_all_waits_for_every_thread_that_was_not_joined)
{
    struct caller threads[8] = {{.item = 0}};

    for (int i = 0; i < 8; i++)
        caller_start(&threads[i], wait_to_go);
    event_flag_set(&go);
    thread_join(&threads[3].thread);
    thread_join_all_at(HERE);
    for (int i = 0; i < 8; i++)
        assert_int_equal(threads[i].item, 42);
    thread_join_all_at(HERE); /* none is left */
}

TEST(a_thread_has_the_name_it_was_given_cut_to_its_room)
{
    struct thread thread = {.object = 0};
    struct caller caller = {.item = 0};

    caller.call = do_nothing;
    thread_start(&caller.thread, caller_run, "worker-%d", 7);
    assert_string_equal(caller.thread.name, "worker-7");
    thread_join(&caller.thread);

    caller = (struct caller){.call = do_nothing};
    thread_start(&caller.thread, caller_run, "%040d", 7);
    assert_int_equal(strlen(caller.thread.name), sizeof thread.name - 1);
    thread_join(&caller.thread);
}

TEST(thousands_of_threads_may_come_and_go)
{
    for (int i = 0; i < 5000; i++) { /* more than there are records at once */
        struct caller thread = {.item = 0};
        caller_start(&thread, do_nothing);
        assert_true(caller_result(&thread));
    }
}

TEST(a_nap_is_as_long_as_asked_not_shorter_and_not_much_longer)
{
    uint64_t least = UINT64_MAX;

    for (int i = 0; i < 5; i++) {
        uint64_t start = clock_now();
        nap(50);
        uint64_t took = clock_now() - start;
        assert_true(took >= UINT64_C(50) * MS);
        least = took < least ? took : least;
    }
    assert_true(least < (50 + NOT_MUCH_MS) * (uint64_t)MS);
}

/* --- misuse */

static void join_unstarted(const char *argument __attribute__((unused)))
{
    struct thread thread = {.object = 0};

    thread_join(&thread);
}

static void start_twice(const char *argument __attribute__((unused)))
{
    struct caller thread = {.item = 0};

    caller_start(&thread, do_nothing);
    thread_join(&thread.thread);
    thread_start(&thread.thread, caller_run, "again");
}

static bool join_itself(struct caller *me)
{
    thread_join(&me->thread);
    return true;
}

static void join_self(const char *argument __attribute__((unused)))
{
    struct caller thread = {.item = 0};

    caller_start(&thread, join_itself);
    caller_result(&thread);
}

static void negative_join(const char *argument __attribute__((unused)))
{
    struct caller thread = {.item = 0};

    new_flag(NULL);
    caller_start(&thread, wait_to_go);
    thread_join_within(&thread.thread, -1);
}

static void negative_nap(const char *argument __attribute__((unused)))
{
    nap(-1);
}

static const struct child_case cases[] = {
    {"join_unstarted", join_unstarted}, {"start_twice", start_twice},
    {"join_self", join_self},           {"negative_join", negative_join},
    {"negative_nap", negative_nap},     {NULL, NULL},
};

TEST(joining_what_was_not_started_is_misuse)
{
    assert_misuse("join_unstarted", "a thread that was not started");
}

TEST(starting_twice_is_misuse)
{
    assert_misuse("start_twice", "thread_start on caller, which was started before");
}

TEST(joining_oneself_is_misuse)
{
    assert_misuse("join_self", "thread_join on caller by itself");
}

TEST(a_negative_time_is_misuse)
{
    assert_misuse("negative_join", "must not be negative");
    assert_misuse("negative_nap", "must not be negative");
}

#define WITH_FLAG(test) cmocka_unit_test_setup(test, new_flag)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_FLAG(join_waits_for_the_end_and_what_the_thread_did_is_seen),
        cmocka_unit_test(a_thread_may_be_joined_more_than_once),
        WITH_FLAG(
            join_gives_up_when_its_time_limit_is_over_not_before_and_not_much_later),
        WITH_FLAG(join_all_waits_for_every_thread_that_was_not_joined),
        cmocka_unit_test(a_thread_has_the_name_it_was_given_cut_to_its_room),
        cmocka_unit_test(thousands_of_threads_may_come_and_go),
        cmocka_unit_test(a_nap_is_as_long_as_asked_not_shorter_and_not_much_longer),
        cmocka_unit_test(joining_what_was_not_started_is_misuse),
        cmocka_unit_test(starting_twice_is_misuse),
        cmocka_unit_test(joining_oneself_is_misuse),
        cmocka_unit_test(a_negative_time_is_misuse),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("thread", tests, NULL, NULL);
}

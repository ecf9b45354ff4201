/*
 * queue_limit_test.c - how long a queue's put and get wait: not at all, or for so long.
 */
#include "caller.h"
#include "queue.h"
#include "support.h"

static struct queue queue;

static int new_bounded_queue(void **state __attribute__((unused)))
{
    queue_init(&queue, "queue", 2, sizeof(int), NULL);
    return 0;
}

static int end_queue(void **state __attribute__((unused)))
{
    queue_destroy(&queue);
    return 0;
}

static void fill(void)
{
    while (queue_put_nowait(&queue, &(int){0}))
        continue;
}

static bool get_within(void *item, int ms)
{
    return queue_get_within(&queue, item, ms);
}

static bool put_within(void *item, int ms)
{
    return queue_put_within(&queue, item, ms);
}

static bool get_nowait(void *item)
{
    return queue_get_nowait(&queue, item);
}

static bool put_nowait(void *item)
{
    return queue_put_nowait(&queue, item);
}

static bool get_within_nothing(void *item)
{
    return queue_get_within(&queue, item, 0);
}

static bool put_within_nothing(void *item)
{
    return queue_put_within(&queue, item, 0);
}

TEST(get_gives_up_when_its_time_limit_is_over_not_before_and_not_much_later)
{
    int item;

    assert_gives_up_in_time(get_within, &item);
    assert_true(wait_list_is_empty(&queue.not_empty));
}

TEST(put_gives_up_when_its_time_limit_is_over_not_before_and_not_much_later)
{
    int item = 0;

    fill();
    assert_gives_up_in_time(put_within, &item);
    assert_true(wait_list_is_empty(&queue.not_full));
}

TEST(get_nowait_and_a_limit_of_zero_never_wait)
{
    int item;

    assert_gives_up_at_once(get_nowait, &item);
    assert_gives_up_at_once(get_within_nothing, &item);
}

TEST(put_nowait_and_a_limit_of_zero_never_wait)
{
    int item = 0;

    fill();
    assert_gives_up_at_once(put_nowait, &item);
    assert_gives_up_at_once(put_within_nothing, &item);
}

TEST(a_limit_of_zero_takes_what_is_there)
{
    int item = 5;

    assert_true(queue_put_within(&queue, &item, 0));
    item = 0;
    assert_true(queue_get_within(&queue, &item, 0));
    assert_int_equal(item, 5);
}

static bool call_get_within_short(struct caller *me)
{
    return queue_get_within(&queue, &me->item, 1);
}

TEST(an_item_that_comes_when_the_limit_is_just_over_is_got_or_stays)
{
    for (int i = 0; i < 300; i++) {
        struct caller getter = {.item = -1};
        int item;

        caller_start(&getter, call_get_within_short);
        uint64_t moment = deadline_after(1);
        while (clock_now() < moment)
            continue;
        queue_put(&queue, &i);
        if (caller_result(&getter)) {
            assert_int_equal(getter.item, i);
            assert_false(queue_get_nowait(&queue, &item));
        } else {
            assert_true(queue_get_nowait(&queue, &item));
            assert_int_equal(item, i);
        }
    }
}

/* --- misuse */

static void child_queue(unsigned capacity)
{
    queue_init(&queue, "tasks", capacity, sizeof(int), NULL);
}

static void negative_get(const char *argument __attribute__((unused)))
{
    int item;

    child_queue(0);
    queue_get_within(&queue, &item, -1);
}

static void negative_put(const char *argument __attribute__((unused)))
{
    child_queue(0);
    queue_put_within(&queue, &(int){0}, -1); /* also where there is space */
}

static const struct child_case cases[] = {
    {"negative_get", negative_get},
    {"negative_put", negative_put},
    {NULL, NULL},
};

TEST(a_negative_time_limit_is_misuse)
{
    assert_misuse("negative_get", "must not be negative");
    assert_misuse("negative_put", "must not be negative");
}

#define WITH_QUEUE(test)                                                               \
    cmocka_unit_test_setup_teardown(test, new_bounded_queue, end_queue)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_QUEUE(
            get_gives_up_when_its_time_limit_is_over_not_before_and_not_much_later),
        WITH_QUEUE(
            put_gives_up_when_its_time_limit_is_over_not_before_and_not_much_later),
        WITH_QUEUE(get_nowait_and_a_limit_of_zero_never_wait),
        WITH_QUEUE(put_nowait_and_a_limit_of_zero_never_wait),
        WITH_QUEUE(a_limit_of_zero_takes_what_is_there),
        WITH_QUEUE(an_item_that_comes_when_the_limit_is_just_over_is_got_or_stays),
        cmocka_unit_test(a_negative_time_limit_is_misuse),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("queue_limit", tests, NULL, NULL);
}

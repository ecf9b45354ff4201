/*
 * queue_wait_test.c - when a queue's put and get wait, and who is let go.
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

static bool call_put(struct caller *me)
{
    return queue_put(&queue, &me->item);
}

static bool call_get(struct caller *me)
{
    return queue_get(&queue, &me->item);
}

static bool call_put_within_long(struct caller *me)
{
    return queue_put_within(&queue, &me->item, TOO_LONG_MS);
}

static bool call_get_within_long(struct caller *me)
{
    return queue_get_within(&queue, &me->item, TOO_LONG_MS);
}

static void check_get_waits(bool (*call)(struct caller *me))
{
    struct caller getter = {.item = 0};

    caller_start(&getter, call);
    until_waiting(&queue.monitor, &queue.not_empty, 1);
    assert_false(atomic_load(&getter.returned));
    queue_put(&queue, &(int){7});
    assert_true(caller_result(&getter));
    assert_int_equal(getter.item, 7);
}

TEST(get_waits_until_there_is_an_item)
{
    check_get_waits(call_get);
}

TEST(get_with_a_time_limit_returns_as_soon_as_there_is_an_item)
{
    check_get_waits(call_get_within_long);
}

static void check_put_waits(bool (*call)(struct caller *me))
{
    struct caller putter = {.item = 9};
    int item;

    fill();
    caller_start(&putter, call);
    until_waiting(&queue.monitor, &queue.not_full, 1);
    assert_false(atomic_load(&putter.returned));
    assert_int_equal(queue_qsize(&queue), 2);
    queue_get(&queue, &item);
    assert_true(caller_result(&putter));
    queue_get(&queue, &item);
    queue_get(&queue, &item);
    assert_int_equal(item, 9);
}

TEST(put_waits_until_there_is_space)
{
    check_put_waits(call_put);
}

TEST(put_with_a_time_limit_returns_as_soon_as_there_is_space)
{
    check_put_waits(call_put_within_long);
}

TEST(who_waited_longest_gets_the_next_item)
{
    struct caller getters[4];

    for (unsigned i = 0; i < 4; i++) {
        getters[i] = (struct caller){.item = -1};
        caller_start(&getters[i], call_get);
        until_waiting(&queue.monitor, &queue.not_empty, i + 1);
    }
    for (int i = 0; i < 4; i++) {
        queue_put(&queue, &i);
        assert_true(caller_result(&getters[i]));
        assert_int_equal(getters[i].item, i);
    }
}

TEST(one_put_lets_one_getter_go)
{
    struct caller getters[3];

    for (unsigned i = 0; i < 3; i++) {
        getters[i] = (struct caller){.item = -1};
        caller_start(&getters[i], call_get);
        until_waiting(&queue.monitor, &queue.not_empty, i + 1);
    }
    queue_put(&queue, &(int){0});
    assert_true(caller_result(&getters[0]));
    until_waiting(&queue.monitor, &queue.not_empty, 2);
    assert_false(atomic_load(&getters[1].returned));
    assert_false(atomic_load(&getters[2].returned));
    for (int i = 1; i < 3; i++) {
        queue_put(&queue, &(int){0});
        caller_result(&getters[i]);
    }
}

/* --- misuse */

static void child_queue(unsigned capacity)
{
    queue_init(&queue, "tasks", capacity, sizeof(int), NULL);
}

static void destroy_waited(const char *argument __attribute__((unused)))
{
    struct caller getter = {.item = 0};

    child_queue(0);
    caller_start(&getter, call_get);
    until_waiting(&queue.monitor, &queue.not_empty, 1);
    queue_destroy(&queue);
}

static const struct child_case cases[] = {
    {"destroy_waited", destroy_waited},
    {NULL, NULL},
};

TEST(destroying_a_queue_in_which_a_thread_waits_is_misuse)
{
    assert_misuse("destroy_waited", "queue_destroy on tasks, in which caller still");
}

#define WITH_QUEUE(test)                                                               \
    cmocka_unit_test_setup_teardown(test, new_bounded_queue, end_queue)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_QUEUE(get_waits_until_there_is_an_item),
        WITH_QUEUE(get_with_a_time_limit_returns_as_soon_as_there_is_an_item),
        WITH_QUEUE(put_waits_until_there_is_space),
        WITH_QUEUE(put_with_a_time_limit_returns_as_soon_as_there_is_space),
        WITH_QUEUE(who_waited_longest_gets_the_next_item),
        WITH_QUEUE(one_put_lets_one_getter_go),
        cmocka_unit_test(destroying_a_queue_in_which_a_thread_waits_is_misuse),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("queue_wait", tests, NULL, NULL);
}

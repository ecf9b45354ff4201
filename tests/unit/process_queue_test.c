/*
 * process_queue_test.c - queues between processes: what arrives, who waits, who ends.
 *
 * What needs other processes runs in a child, a fresh start of this program, which ends
 * with 0 where all was as it should be. Where nobody can go on it would end with 3.
 */
#include "caller.h"
#include "process_queue_case.h"

/* --- in one process */

static int new_queue(void **state __attribute__((unused)))
{
    process_queue_init(&queue, "queue", 2, sizeof(int), NULL);
    return 0;
}

static int end_queue(void **state __attribute__((unused)))
{
    process_queue_close(&queue);
    return 0;
}

static bool is_not_empty(void *object)
{
    return !process_queue_empty(object);
}

static bool call_put(struct caller *me)
{
    process_queue_put(&queue, &me->item);
    return true;
}

static bool call_get(struct caller *me)
{
    return process_queue_get(&queue, &me->item);
}

TEST(put_waits_while_the_queue_is_full)
{
    struct caller putter = {.item = 9};
    int item;

    process_queue_put(&queue, &(int){1});
    process_queue_put(&queue, &(int){2});
    caller_start(&putter, call_put);
    until_waiting(queue.in.channel->monitor, queue.not_full, 1);
    assert_false(atomic_load(&putter.returned));
    for (int expected = 1; expected <= 2; expected++) {
        process_queue_get(&queue, &item);
        assert_int_equal(item, expected);
    }
    assert_true(caller_result(&putter));
    process_queue_get(&queue, &item);
    assert_int_equal(item, 9);
}

TEST(one_get_lets_one_putter_go)
{
    struct caller putters[3];
    int item;

    process_queue_put(&queue, &(int){1});
    process_queue_put(&queue, &(int){2});
    for (unsigned i = 0; i < 3; i++) {
        putters[i] = (struct caller){.item = (int)i};
        caller_start(&putters[i], call_put);
        until_waiting(queue.in.channel->monitor, queue.not_full, i + 1);
    }
    process_queue_get(&queue, &item);
    assert_true(caller_result(&putters[0]));
    until_waiting(queue.in.channel->monitor, queue.not_full, 2);
    assert_false(atomic_load(&putters[1].returned));
    for (int i = 0; i < 4; i++)
        process_queue_get(&queue, &item);
    caller_result(&putters[1]);
    caller_result(&putters[2]);
}

TEST(get_waits_until_there_is_an_item)
{
    struct caller getter = {.item = 0};

    caller_start(&getter, call_get);
    until_waiting(queue.in.channel->monitor, &queue.in.channel->waiting[CHANNEL_READ],
                  1);
    assert_false(atomic_load(&getter.returned));
    process_queue_put(&queue, &(int){7});
    assert_true(caller_result(&getter));
    assert_int_equal(getter.item, 7);
}

static bool nowait(void *object)
{
    return process_queue_get_nowait(object, &(int){0});
}

static bool within(void *object, int ms)
{
    return process_queue_get_within(object, &(int){0}, ms);
}

TEST(get_nowait_from_an_empty_queue_does_not_wait)
{
    assert_gives_up_at_once(nowait, &queue);
    process_queue_put(&queue, &(int){1});
    look_until(is_not_empty, &queue);
    assert_true(nowait(&queue));
}

TEST(get_within_gives_up_in_time)
{
    int item;

    assert_gives_up_in_time(within, &queue);
    process_queue_put(&queue, &(int){5});
    assert_true(process_queue_get_within(&queue, &item, TOO_LONG_MS));
    assert_int_equal(item, 5);
}

/* The feeder is quicker once in a while; in a thousand puts it is not quicker each
 * time.
 */
TEST(right_after_a_put_the_queue_may_look_empty_but_does_not_stay_so)
{
    int looked_empty = 0, item;

    for (int i = 0; i < 1000; i++) {
        process_queue_put(&queue, &i);
        looked_empty += process_queue_empty(&queue);
        look_until(is_not_empty, &queue);
        process_queue_get(&queue, &item);
        assert_int_equal(item, i);
    }
    assert_true(looked_empty > 0);
    assert_true(process_queue_empty(&queue));
}

static void put_many(struct thread *self __attribute__((unused)))
{
    for (int i = 0; i < 1000; i++)
        process_queue_put(&queue, &(int){1});
}

TEST(threads_of_one_process_may_put_first_and_at_once)
{
    struct thread putters[4] = {{.object = 0}};
    int sum = 0, item;

    for (int i = 0; i < 4; i++)
        thread_start(&putters[i], put_many, "putter-%d", i);
    for (int i = 0; i < 4000; i++) {
        process_queue_get(&queue, &item);
        sum += item;
    }
    for (int i = 0; i < 4; i++)
        thread_join(&putters[i]);
    assert_int_equal(sum, 4000);
    assert_true(process_queue_empty(&queue));
}

/* --- between processes; each of the following acts in a child */

static void once_each(const char *capacity)
{
    struct process producers[PRODUCERS] = {{.object = 0}};
    struct process consumers[CONSUMERS] = {{.object = 0}};

    got = shared(sizeof(int[PRODUCERS][EACH]));
    process_queue_init(&queue, "queue", (unsigned)atoi(capacity), sizeof(struct item),
                       NULL);
    for (int i = 0; i < CONSUMERS; i++)
        process_start(&consumers[i], consume, "consumer-%d", i);
    for (int i = 0; i < PRODUCERS; i++)
        process_start(&producers[i], produce, "%d", i);
    for (int i = 0; i < PRODUCERS; i++)
        join_well(&producers[i]);
    for (int i = 0; i < CONSUMERS; i++)
        process_queue_put(&queue, &(struct item){.producer = NO_MORE});
    for (int i = 0; i < CONSUMERS; i++)
        join_well(&consumers[i]);
    for (int i = 0; i < PRODUCERS; i++)
        for (int number = 0; number < EACH; number++)
            MUST(got[i][number] == 1);
    MUST(process_queue_empty(&queue));
    process_finish_at(HERE);
}

static void too_large(const char *argument __attribute__((unused)))
{
    process_queue_init(&queue, "tasks", 0, PROCESS_QUEUE_ITEM + 1, NULL);
}

static void put_closed(const char *argument __attribute__((unused)))
{
    process_queue_init(&queue, "tasks", 0, sizeof(int), NULL);
    process_queue_close(&queue);
    process_queue_put(&queue, &(int){1});
}

static void get_closed(const char *argument __attribute__((unused)))
{
    process_queue_init(&queue, "tasks", 0, sizeof(int), NULL);
    process_queue_close(&queue);
    process_queue_get(&queue, &(int){1});
}

static const struct child_case cases[] = {
    {"once_each", once_each},
    {"too_large", too_large},
    {"put_closed", put_closed},
    {"get_closed", get_closed},
    {NULL, NULL},
};

TEST(each_item_arrives_once_and_a_producers_items_in_their_order)
{
    assert_well("once_each", "0");
    assert_well("once_each", "1");
    assert_well("once_each", "7");
}

TEST(misuse_is_told)
{
    assert_misuse("too_large", "an item has 4089 bytes, and 4088 are the most");
    assert_misuse("put_closed", "process_queue_put on tasks, which this process has");
    assert_misuse("get_closed", "process_queue_get on tasks, which this process has");
}

#define WITH_QUEUE(test) cmocka_unit_test_setup_teardown(test, new_queue, end_queue)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_QUEUE(put_waits_while_the_queue_is_full),
        WITH_QUEUE(one_get_lets_one_putter_go),
        WITH_QUEUE(get_waits_until_there_is_an_item),
        WITH_QUEUE(get_nowait_from_an_empty_queue_does_not_wait),
        WITH_QUEUE(get_within_gives_up_in_time),
        WITH_QUEUE(right_after_a_put_the_queue_may_look_empty_but_does_not_stay_so),
        WITH_QUEUE(threads_of_one_process_may_put_first_and_at_once),
        cmocka_unit_test(each_item_arrives_once_and_a_producers_items_in_their_order),
        cmocka_unit_test(misuse_is_told),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("process_queue", tests, NULL, NULL);
}

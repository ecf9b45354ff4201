/*
 * queue_test.c - what a queue holds: order, bounds, sizes. The model is Python's
 * queue.Queue. Waiting is in queue_wait_test.c and queue_limit_test.c, task_done and
 * join in queue_join_test.c, the end in queue_shutdown_test.c.
 */
#include "queue.h"
#include "support.h"
#include "thread.h"

static struct queue *new_queue(unsigned capacity, size_t item_size)
{
    struct queue *queue = calloc(1, sizeof *queue);

    assert_non_null(queue);
    queue_init(queue, "queue", capacity, item_size, NULL);
    return queue;
}

static void free_queue(struct queue *queue)
{
    queue_destroy(queue);
    free(queue);
}

TEST(what_goes_in_first_comes_out_first)
{
    struct queue *queue = new_queue(0, sizeof(int));

    for (int i = 0; i < 100; i++)
        assert_true(queue_put(queue, &i));
    for (int i = 0; i < 100; i++) {
        int item;
        assert_true(queue_get(queue, &item));
        assert_int_equal(item, i);
    }
    free_queue(queue);
}

/* Items of one size, each filled with a pattern of its own. */
static void check_size(size_t size)
{
    struct queue *queue = new_queue(0, size);
    unsigned char item[1001], expected[1001];

    for (int i = 0; i < 50; i++) {
        memset(item, i + 1, size);
        assert_true(queue_put(queue, item));
    }
    for (int i = 0; i < 50; i++) {
        memset(item, 0xEE, sizeof item);
        memset(expected, 0xEE, sizeof expected);
        memset(expected, i + 1, size);
        assert_true(queue_get(queue, item));
        assert_memory_equal(item, expected, sizeof item); /* and nothing beyond it */
    }
    free_queue(queue);
}

TEST(items_of_any_size_come_out_as_they_went_in)
{
    check_size(1);
    check_size(3);
    check_size(8);
    check_size(1000);
}

TEST(an_item_is_copied_in)
{
    struct queue *queue = new_queue(0, sizeof(int));
    int item = 1;

    queue_put(queue, &item);
    item = 2;
    queue_get(queue, &item);
    assert_int_equal(item, 1);
    free_queue(queue);
}

TEST(an_unbounded_queue_grows_and_keeps_the_order_wherever_its_ring_wraps)
{
    for (int before = 0; before <= 16; before++) {
        struct queue *queue = new_queue(0, sizeof(int));
        int in = 0, out = 0, item;

        for (int i = 0; i < before; i++, in++) /* move the first item's slot */
            queue_put(queue, &in);
        for (int i = 0; i < before; i++, out++) {
            queue_get(queue, &item);
            assert_int_equal(item, out);
        }
        for (int i = 0; i < 1000; i++) { /* grows while it is full and wrapped */
            for (int j = 0; j < 3; j++, in++)
                queue_put(queue, &in);
            queue_get(queue, &item);
            assert_int_equal(item, out++);
        }
        while (out < in) {
            queue_get(queue, &item);
            assert_int_equal(item, out++);
        }
        assert_true(queue_empty(queue));
        free_queue(queue);
    }
}

TEST(a_bounded_queue_takes_as_many_as_its_capacity_and_no_more)
{
    for (unsigned capacity = 1; capacity <= 40; capacity++) {
        struct queue *queue = new_queue(capacity, sizeof(int));
        int item = 0;

        for (unsigned round = 0; round < 3; round++) {
            for (unsigned i = 0; i < capacity; i++)
                assert_true(queue_put_nowait(queue, &item));
            assert_false(queue_put_nowait(queue, &item));
            assert_int_equal(queue_qsize(queue), capacity);
            for (unsigned i = 0; i < capacity; i++)
                assert_true(queue_get_nowait(queue, &item));
            assert_false(queue_get_nowait(queue, &item));
        }
        free_queue(queue);
    }
}

TEST(capacity_zero_means_no_bound)
{
    struct queue *queue = new_queue(0, 1);

    for (int i = 0; i < 100000; i++)
        assert_true(queue_put_nowait(queue, "x"));
    assert_int_equal(queue_qsize(queue), 100000);
    assert_false(queue_full(queue));
    free_queue(queue);
}

TEST(a_failed_get_leaves_the_callers_item_as_it_was)
{
    struct queue *queue = new_queue(0, sizeof(int));
    int item = 42;

    assert_false(queue_get_nowait(queue, &item));
    assert_int_equal(item, 42);
    assert_false(queue_get_within(queue, &item, 1));
    assert_int_equal(item, 42);
    queue_shutdown(queue);
    assert_false(queue_get(queue, &item));
    assert_int_equal(item, 42);
    free_queue(queue);
}

TEST(a_failed_put_leaves_the_queue_as_it_was)
{
    struct queue *queue = new_queue(1, sizeof(int));
    int item = 1, other = 2;

    queue_put(queue, &item);
    assert_false(queue_put_nowait(queue, &other));
    assert_false(queue_put_within(queue, &other, 1));
    assert_int_equal(queue->unfinished, 1);
    assert_int_equal(queue_qsize(queue), 1);
    queue_get(queue, &item);
    assert_int_equal(item, 1);
    free_queue(queue);
}

TEST(qsize_empty_and_full_tell_what_is_so)
{
    struct queue *queue = new_queue(2, 1);
    char item;

    assert_int_equal(queue_qsize(queue), 0);
    assert_true(queue_empty(queue));
    assert_false(queue_full(queue));
    queue_put(queue, "a");
    assert_int_equal(queue_qsize(queue), 1);
    assert_false(queue_empty(queue));
    assert_false(queue_full(queue));
    queue_put(queue, "b");
    assert_int_equal(queue_qsize(queue), 2);
    assert_true(queue_full(queue));
    queue_get(queue, &item);
    assert_false(queue_full(queue));
    free_queue(queue);
}

TEST(a_queue_that_still_has_items_may_be_destroyed)
{
    struct queue *queue = new_queue(0, 1);

    queue_put(queue, "a");
    free_queue(queue);
}

TEST(labels_tell_an_item_in_words)
{
    char text[8];
    const char *string = "a long string";

    queue_label_char(text, sizeof text, "q");
    assert_string_equal(text, "q");
    queue_label_int(text, sizeof text, &(int){-12});
    assert_string_equal(text, "-12");
    queue_label_text(text, sizeof text, "abcdefghij");
    assert_string_equal(text, "abcdefg");
    queue_label_string(text, sizeof text, &string);
    assert_string_equal(text, "a long ");
}

/* --- many threads */

enum { PUTTERS = 3, GETTERS = 3, EACH = 3000 };

struct member {
    struct thread thread;
    struct queue *queue;
    int id;
    int count;
    bool in_order;
    unsigned char *seen; /* one byte an item */
};

static void put_many(struct thread *self)
{
    struct member *me = (struct member *)self;

    for (int i = 0; i < EACH; i++)
        queue_put(me->queue, &(int){me->id * EACH + i});
}

static void get_many(struct thread *self)
{
    struct member *me = (struct member *)self;
    int item, last[PUTTERS] = {-1, -1, -1};

    me->in_order = true;
    while (queue_get(me->queue, &item)) {
        int from = item / EACH;
        me->in_order = me->in_order && item > last[from];
        last[from] = item;
        me->seen[item]++; /* ThreadSanitizer sees an item that two threads got */
        me->count++;
    }
}

static void pass_through(unsigned capacity)
{
    struct member putters[PUTTERS], getters[GETTERS];
    struct queue *queue = new_queue(capacity, sizeof(int));
    unsigned char seen[PUTTERS * EACH] = {0};
    int count = 0;

    for (int i = 0; i < PUTTERS; i++) {
        putters[i] = (struct member){.queue = queue, .id = i};
        thread_start(&putters[i].thread, put_many, "putter-%d", i);
        getters[i] = (struct member){.queue = queue, .seen = seen};
        thread_start(&getters[i].thread, get_many, "getter-%d", i);
    }
    for (int i = 0; i < PUTTERS; i++)
        thread_join(&putters[i].thread);
    queue_shutdown(queue);
    for (int i = 0; i < GETTERS; i++) {
        thread_join(&getters[i].thread);
        assert_true(getters[i].in_order);
        count += getters[i].count;
    }
    assert_int_equal(count, PUTTERS * EACH);
    for (int i = 0; i < PUTTERS * EACH; i++)
        assert_int_equal(seen[i], 1);
    free_queue(queue);
}

TEST(between_many_threads_each_item_is_got_once_and_in_its_putters_order)
{
    pass_through(0);
    pass_through(1);
    pass_through(64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_in_first_comes_out_first),
        cmocka_unit_test(items_of_any_size_come_out_as_they_went_in),
        cmocka_unit_test(an_item_is_copied_in),
        cmocka_unit_test(
            an_unbounded_queue_grows_and_keeps_the_order_wherever_its_ring_wraps),
        cmocka_unit_test(a_bounded_queue_takes_as_many_as_its_capacity_and_no_more),
        cmocka_unit_test(capacity_zero_means_no_bound),
        cmocka_unit_test(a_failed_get_leaves_the_callers_item_as_it_was),
        cmocka_unit_test(a_failed_put_leaves_the_queue_as_it_was),
        cmocka_unit_test(qsize_empty_and_full_tell_what_is_so),
        cmocka_unit_test(a_queue_that_still_has_items_may_be_destroyed),
        cmocka_unit_test(labels_tell_an_item_in_words),
        cmocka_unit_test(
            between_many_threads_each_item_is_got_once_and_in_its_putters_order),
    };

    return cmocka_run_group_tests_name("queue", tests, NULL, NULL);
}

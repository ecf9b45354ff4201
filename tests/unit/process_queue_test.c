/*
 * process_queue_test.c - queues between processes: what arrives, who waits, who ends.
 *
 * What needs other processes runs in a child, a fresh start of this program, which ends
 * with 0 where all was as it should be. Where nobody can go on it would end with 3.
 */
#include "caller.h"
#include "feeder.h"
#include "process.h"
#include "process_queue.h"
#include "support.h"

#include <signal.h>

enum { PRODUCERS = 3, CONSUMERS = 3, EACH = 2000, NO_MORE = -1 };

/* In a process that is no test: ends it, and thereby the case, where it is not so. */
#define MUST(condition)                                                                \
    ((condition)                                                                       \
         ? (void)0                                                                     \
         : (fprintf(stderr, "line %d: not so: %s\n", __LINE__, #condition), _exit(1)))

struct item {
    int producer;
    int number;
};

/* One that takes a page of the pipe. */
struct page {
    int number;
    char rest[PROCESS_QUEUE_ITEM - sizeof(int)];
};

enum { PIPE_PAGES = 16 };

static struct process_queue queue;

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

static void *shared(size_t size)
{
    void *memory =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    MUST(memory != MAP_FAILED);
    return memory;
}

static void join_well(struct process *process)
{
    process_join(process);
    MUST(process->exit_status == 0);
}

static void wait_for_waiters(enum channel_side side, unsigned count)
{
    until_waiting(queue.in.channel->monitor, &queue.in.channel->waiting[side], count);
}

static _Atomic int (*got)[EACH]; /* how often, by producer and number */

static void produce(struct process *self)
{
    struct item item = {.producer = self->name[0] - '0'};

    for (item.number = 0; item.number < EACH; item.number++)
        process_queue_put(&queue, &item);
}

static void consume(struct process *self __attribute__((unused)))
{
    int last[PRODUCERS] = {-1, -1, -1};
    struct item item;

    while (process_queue_get(&queue, &item) && item.producer != NO_MORE) {
        MUST(item.number > last[item.producer]);
        last[item.producer] = item.number;
        atomic_fetch_add(&got[item.producer][item.number], 1);
    }
}

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

static void put_pages(struct process *self)
{
    struct page page = {.number = 0};

    for (int count = atoi(self->name); page.number < count; page.number++)
        process_queue_put(&queue, &page);
}

static void get_pages(int from, int count)
{
    struct page page;

    for (int i = from; i < from + count; i++) {
        process_queue_get(&queue, &page);
        MUST(page.number == i);
    }
}

static void end_after_writing(const char *argument __attribute__((unused)))
{
    struct process putter = {.object = 0};
    int pages = 3 * PIPE_PAGES;

    process_queue_init(&queue, "queue", 0, sizeof(struct page), NULL);
    process_start(&putter, put_pages, "%d", pages);
    wait_for_waiters(CHANNEL_WRITE, 1);
    MUST(!process_join_within(&putter, 20));
    get_pages(0, PIPE_PAGES);
    wait_for_waiters(CHANNEL_WRITE, 1);
    MUST(!process_join_within(&putter, 20));
    get_pages(PIPE_PAGES, PIPE_PAGES);
    join_well(&putter); /* the last pages fit */
    get_pages(2 * PIPE_PAGES, PIPE_PAGES);
    process_finish_at(HERE);
}

static void join_first(const char *argument __attribute__((unused)))
{
    struct process putter = {.object = 0};

    process_queue_init(&queue, "results", 0, sizeof(struct page), NULL);
    process_start(&putter, put_pages, "%d", PIPE_PAGES + 1);
    process_join(&putter);
}

/* The parent's feeder is none of the child's. */
static bool feeder_is_idle(void *unused __attribute__((unused)))
{
    struct roster_thread *record;

    for (unsigned i = 0; (record = roster_at(i)) != NULL; i++)
        if (strcmp(record->name, "feeder") == 0)
            return atomic_load(&record->in) != NULL;
    return false;
}

static void both_put(const char *argument __attribute__((unused)))
{
    struct process child = {.object = 0};
    struct item item = {.producer = 1};
    int from[2] = {0, 0};

    process_queue_init(&queue, "queue", 0, sizeof(struct item), NULL);
    process_queue_put(&queue, &item);
    process_queue_get(&queue, &item);
    look_until(feeder_is_idle, NULL); /* a sanitizer's allocator is not fork's friend */
    process_start(&child, produce, "0");
    for (item.number = 0; item.number < EACH; item.number++)
        process_queue_put(&queue, &item);
    for (int i = 0; i < 2 * EACH; i++) {
        process_queue_get(&queue, &item);
        MUST(item.number == from[item.producer]++);
    }
    join_well(&child);
    process_finish_at(HERE);
}

/* --- kills */

static void kill_one(struct process *process)
{
    kill(process->pid, SIGKILL);
    /* with a limit: that it will die is nothing that the kit could know */
    MUST(process_join_within(process, TOO_LONG_MS));
    MUST(process->exit_status == 128 + SIGKILL);
}

static void killed_waiting(const char *argument __attribute__((unused)))
{
    struct process consumers[CONSUMERS] = {{.object = 0}};
    struct item item = {.producer = 0};

    got = shared(sizeof(int[PRODUCERS][EACH]));
    process_queue_init(&queue, "queue", 0, sizeof(struct item), NULL);
    for (int i = 0; i < CONSUMERS; i++)
        process_start(&consumers[i], consume, "consumer-%d", i);
    wait_for_waiters(CHANNEL_READ, CONSUMERS);
    kill_one(&consumers[1]);
    for (item.number = 0; item.number < EACH; item.number++)
        process_queue_put(&queue, &item);
    for (int i = 1; i < CONSUMERS; i++)
        process_queue_put(&queue, &(struct item){.producer = NO_MORE});
    join_well(&consumers[0]);
    join_well(&consumers[2]);
    for (int number = 0; number < EACH; number++)
        MUST(got[0][number] == 1);
    process_finish_at(HERE);
}

/* Sixteen pages of forty are in the pipe; the others die with their process. */
static void killed_with_a_buffer(const char *argument __attribute__((unused)))
{
    struct process putter = {.object = 0};
    struct page page = {.number = PIPE_PAGES};

    process_queue_init(&queue, "queue", 40, sizeof(struct page), NULL);
    process_start(&putter, put_pages, "40");
    wait_for_waiters(CHANNEL_WRITE, 1);
    while (feeder_buffered(&queue) < 40 - PIPE_PAGES)
        sched_yield();
    kill_one(&putter);
    for (; page.number < 40; page.number++)
        process_queue_put(&queue, &page); /* there must be space for them */
    get_pages(0, 40);
    MUST(process_queue_empty(&queue));
    process_finish_at(HERE);
}

static void no_producer_left(const char *argument __attribute__((unused)))
{
    struct process consumer = {.object = 0}, producer = {.object = 0};

    process_queue_init(&queue, "queue", 0, sizeof(struct item), NULL);
    process_start(&producer, consume, "producer"); /* it never comes to put */
    process_start(&consumer, consume, "consumer");
    wait_for_waiters(CHANNEL_READ, 2);
    kill_one(&producer);
    process_join(&consumer);
}

static void consume_all(struct process *self __attribute__((unused)))
{
    struct item item;

    while (process_queue_get(&queue, &item) && item.producer != NO_MORE)
        continue;
}

/* Kills one of four in the middle of what it does; the others must come to their end.
 */
static void kill_in_the_middle(int round)
{
    struct process processes[4] = {{.object = 0}};

    process_queue_init(&queue, "queue", round % 3 == 0 ? 0 : 5, sizeof(struct item),
                       NULL);
    process_start(&processes[0], produce, "0");
    process_start(&processes[1], produce, "1");
    process_start(&processes[2], consume_all, "consumer-0");
    process_start(&processes[3], consume_all, "consumer-1");
    for (volatile int i = 0; i < 100000 * (round % 23); i++)
        continue; /* so that the kill hits now here, now there */
    kill(processes[round % 4].pid, SIGKILL);
    for (int i = 0; i < 4; i++) {
        process_join(&processes[i]);
        if (i == 1)
            for (int more = 0; more < 2; more++)
                process_queue_put(&queue, &(struct item){.producer = NO_MORE});
    }
    process_queue_close(&queue);
}

static void killed_in_the_middle(const char *rounds)
{
    for (int round = 0; round < atoi(rounds); round++)
        kill_in_the_middle(round);
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
    {"end_after_writing", end_after_writing},
    {"join_first", join_first},
    {"both_put", both_put},
    {"killed_waiting", killed_waiting},
    {"killed_with_a_buffer", killed_with_a_buffer},
    {"no_producer_left", no_producer_left},
    {"killed_in_the_middle", killed_in_the_middle},
    {"too_large", too_large},
    {"put_closed", put_closed},
    {"get_closed", get_closed},
    {NULL, NULL},
};

static void assert_well(const char *name, const char *argument)
{
    struct child_end end = child_run(name, argument);

    if (end.status != 0)
        fail_msg("%s %s ends with %d: %s", name, argument, end.status, end.err);
}

TEST(each_item_arrives_once_and_a_producers_items_in_their_order)
{
    assert_well("once_each", "0");
    assert_well("once_each", "1");
    assert_well("once_each", "7");
}

TEST(a_process_ends_when_its_feeder_has_written_all)
{
    assert_well("end_after_writing", "");
}

TEST(joining_before_getting_is_found_within_a_second)
{
    uint64_t least = UINT64_MAX;

    for (int i = 0; i < 5; i++) {
        uint64_t start = clock_now();
        struct child_end end = child_run("join_first", "");
        assert_int_equal(end.status, 3);
        assert_contains(end.err, "waits for process 17 to end (join)");
        assert_contains(end.err, "waits for space in the pipe of results");
        least = end.at - start < least ? end.at - start : least;
    }
    assert_true(least < 1000 * (uint64_t)MS);
}

/* Not with ThreadSanitizer: in the child the C library gives a new thread the place of
   the parent's feeder, and the sanitizer takes it for the same thread started twice. */
TEST(a_child_forked_after_the_first_put_has_a_feeder_of_its_own)
{
#ifdef __SANITIZE_THREAD__
    skip();
#endif
    assert_well("both_put", "");
}

TEST(a_consumer_killed_while_it_waits_takes_nothing_with_it)
{
    assert_well("killed_waiting", "");
}

TEST(what_a_killed_process_had_in_its_buffer_takes_no_space)
{
    assert_well("killed_with_a_buffer", "");
}

TEST(who_waits_for_a_killed_producer_is_told_to_be_stuck)
{
    struct child_end end = child_run("no_producer_left", "");

    assert_int_equal(end.status, 3);
    assert_contains(end.err, "KILLED: process producer");
    assert_contains(end.err, "consumer waits for an item on queue");
}

TEST(whoever_is_killed_in_the_middle_of_something_the_others_go_on)
{
    assert_well("killed_in_the_middle", "24");
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
        cmocka_unit_test(a_process_ends_when_its_feeder_has_written_all),
        cmocka_unit_test(joining_before_getting_is_found_within_a_second),
        cmocka_unit_test(a_child_forked_after_the_first_put_has_a_feeder_of_its_own),
        cmocka_unit_test(a_consumer_killed_while_it_waits_takes_nothing_with_it),
        cmocka_unit_test(what_a_killed_process_had_in_its_buffer_takes_no_space),
        cmocka_unit_test(who_waits_for_a_killed_producer_is_told_to_be_stuck),
        cmocka_unit_test(whoever_is_killed_in_the_middle_of_something_the_others_go_on),
        cmocka_unit_test(misuse_is_told),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("process_queue", tests, NULL, NULL);
}

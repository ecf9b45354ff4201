/*
 * feeder_test.c - what a feeder has not yet written: who waits for it, and what becomes
 * of it where a process is killed.
 */
#include "feeder.h"
#include "process_queue_case.h"

#include <signal.h>

/* One that takes a page of the pipe. */
struct page {
    int number;
    char rest[PROCESS_QUEUE_ITEM - sizeof(int)];
};

enum { PIPE_PAGES = 16 };

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

static const struct child_case cases[] = {
    {"end_after_writing", end_after_writing},
    {"join_first", join_first},
    {"both_put", both_put},
    {"killed_waiting", killed_waiting},
    {"killed_with_a_buffer", killed_with_a_buffer},
    {"no_producer_left", no_producer_left},
    {"killed_in_the_middle", killed_in_the_middle},
    {NULL, NULL},
};

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

    if (end.status != 3)
        fail_msg("exit status %d:\n%s", end.status, end.err);
    assert_contains(end.err, "KILLED: process producer");
    assert_contains(end.err, "consumer waits for an item on queue");
}

TEST(whoever_is_killed_in_the_middle_of_something_the_others_go_on)
{
    assert_well("killed_in_the_middle", "24");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_process_ends_when_its_feeder_has_written_all),
        cmocka_unit_test(joining_before_getting_is_found_within_a_second),
        cmocka_unit_test(a_child_forked_after_the_first_put_has_a_feeder_of_its_own),
        cmocka_unit_test(a_consumer_killed_while_it_waits_takes_nothing_with_it),
        cmocka_unit_test(what_a_killed_process_had_in_its_buffer_takes_no_space),
        cmocka_unit_test(who_waits_for_a_killed_producer_is_told_to_be_stuck),
        cmocka_unit_test(whoever_is_killed_in_the_middle_of_something_the_others_go_on),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("feeder", tests, NULL, NULL);
}

/*
 * process_fork_test.c - what a fork does to the threads of the parent and to what they
 * were in the middle of: a lock that one of them holds stays held in the copy, and
 * nothing else of the kit is harmed on either side.
 */
#include "event_flag.h"
#include "family.h"
#include "lock.h"

static struct queue queue;
static atomic_bool over;

/* Is nearly always inside some monitor. */
static bool hammer(struct caller *me)
{
    while (!atomic_load(&over)) {
        queue_put(&queue, &me->item);
        queue_get_within(&queue, &me->item, 1);
    }
    return true;
}

static void use_the_copy(struct process *self __attribute__((unused)))
{
    int item;

    for (int i = 0; i < 10; i++)
        queue_put(&queue, &i);
    check(queue_get_nowait(&queue, &item));
}

static void busy(const char *argument __attribute__((unused)))
{
    struct caller threads[3] = {{.item = 0}};

    queue_init(&queue, "queue", 0, sizeof(int), NULL);
    for (int i = 0; i < 3; i++)
        caller_start(&threads[i], hammer);
    for (int i = 0; i < 100; i++) {
        struct process child = {.run = NULL};
        process_start(&child, use_the_copy, "child");
        check(process_join_within(&child, TOO_LONG_MS));
        check(child.exit_status == 0);
    }
    atomic_store(&over, true);
    for (int i = 0; i < 3; i++)
        caller_result(&threads[i]);
}

/* In the copy of the queue nobody waits: the parent's thread does so in the parent.
   (ThreadSanitizer knows the parent's threads still, and cannot have new ones where
   their stacks were.) */
static void put_and_wait_there(struct process *self __attribute__((unused)))
{
    check(wait_list_is_empty(&queue.not_empty));
    queue_put(&queue, &(int){1});
    check(queue_get_nowait(&queue, &(int){0}));
#ifndef __SANITIZE_THREAD__
    struct caller getters[2] = {{.object = &queue}, {.object = &queue}};

    caller_start(&getters[0], get_one);
    caller_start(&getters[1], get_one);
    until_waiting(&queue.monitor, &queue.not_empty, 2);
    queue_put(&queue, &(int){2});
    queue_put(&queue, &(int){3});
    caller_result(&getters[0]);
    caller_result(&getters[1]);
    check(getters[0].item + getters[1].item == 5);
#endif
    queue_destroy(&queue);
}

static void waiting(const char *argument __attribute__((unused)))
{
    queue_init(&queue, "queue", 0, sizeof(int), NULL);
    for (int i = 0; i < 20; i++) {
        struct caller getters[2] = {{.object = &queue}, {.object = &queue}};
        struct process child = {.run = NULL};
        caller_start(&getters[0], get_one);
        caller_start(&getters[1], get_one);
        until_waiting(&queue.monitor, &queue.not_empty, 2);
        process_start(&child, put_and_wait_there, "child");
        process_join(&child);
        check(child.exit_status == 0);
        check(!atomic_load(&getters[0].returned) && !atomic_load(&getters[1].returned));
        queue_put(&queue, &(int){4});
        queue_put(&queue, &(int){5});
        caller_result(&getters[0]);
        caller_result(&getters[1]);
        check(getters[0].item + getters[1].item == 9);
    }
}

/* A lock that a thread holds at the fork. */
static struct lock lock;
static struct event_flag held, forked;

static bool hold(struct caller *me __attribute__((unused)))
{
    lock_acquire(&lock);
    event_flag_set(&held);
    event_flag_wait(&forked);
    lock_release(&lock);
    return true;
}

static void take_the_copy(struct process *self __attribute__((unused)))
{
    check(!lock_acquire_nowait(&lock));
    lock_acquire(&lock);
}

static void locked(const char *argument __attribute__((unused)))
{
    struct process child = {.run = NULL};
    struct caller holder = {.item = 0};

    lock_init(&lock, "lock");
    event_flag_init(&held, "held");
    event_flag_init(&forked, "forked");
    caller_start(&holder, hold);
    event_flag_wait(&held);
    process_start(&child, take_the_copy, "child");
    event_flag_set(&forked);
    caller_result(&holder);
    check(lock_acquire_nowait(&lock)); /* here it is free again */
    lock_release(&lock);
    process_join(&child);
}

static const struct child_case cases[] = {
    {"busy", busy},
    {"waiting", waiting},
    {"locked", locked},
    {NULL, NULL},
};

TEST(what_a_thread_of_the_parent_was_in_the_middle_of_does_not_stop_the_child)
{
    assert_went_well("busy", "");
}

TEST(a_child_wakes_nobody_of_the_parent_and_its_own_are_woken)
{
    assert_went_well("waiting", "");
}

TEST(a_lock_that_was_held_at_the_fork_stays_held_in_the_child_and_its_holder_is_named)
{
    for (int i = 0; i < 10; i++) {
        struct child_end end = child_run("locked", "");
        assert_contains(end.err, "\n  child waits for lock lock, process_fork_test.c:");
        assert_contains(end.err, "\n      held by caller (process main), which took it "
                                 "at process_fork_test.c:");
        assert_int_equal(end.status, 3);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            what_a_thread_of_the_parent_was_in_the_middle_of_does_not_stop_the_child),
        cmocka_unit_test(a_child_wakes_nobody_of_the_parent_and_its_own_are_woken),
        cmocka_unit_test(
            a_lock_that_was_held_at_the_fork_stays_held_in_the_child_and_its_holder_is_named),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("process_fork", tests, NULL, NULL);
}

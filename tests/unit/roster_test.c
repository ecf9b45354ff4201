/* roster_test.c - who takes part in the run, who can go on, and who owes a report. */
#include "caller.h"
#include "queue.h"
#include "roster.h"
#include "support.h"

static const struct roster_thread *find(const char *name)
{
    struct roster_thread *thread;

    for (unsigned i = 0; (thread = roster_at(i)) != NULL; i++)
        if (atomic_load(&thread->state) == ROSTER_ALIVE &&
            strcmp(thread->name, name) == 0)
            return thread;
    return NULL;
}

TEST(the_first_thread_is_main_and_object_1)
{
    assert_string_equal(roster_self()->name, "main");
    assert_int_equal(roster_self()->number, 1);
    assert_ptr_equal(roster_self(), roster_self());
}

static bool be_there(struct caller *me)
{
    const struct roster_thread *myself = roster_self();

    return myself == find("caller") && myself->number == me->thread.object;
}

TEST(a_thread_is_in_the_roster_from_its_start_to_its_join)
{
    struct caller thread = {.item = 0};

    assert_null(find("caller"));
    caller_start(&thread, be_there);
    assert_true(caller_result(&thread));
    assert_null(find("caller"));
}

TEST(records_are_used_again)
{
    unsigned used = 0;

    for (int i = 0; i < 100; i++) {
        struct caller thread = {.item = 0};
        caller_start(&thread, be_there);
        caller_result(&thread);
    }
    while (roster_at(used) != NULL)
        used++;
    assert_in_range(used, 2, 4);
}

static void *be_a_stranger(void *name)
{
    snprintf(name, ROSTER_NAME, "%s", roster_self()->name);
    roster_leave();
    return NULL;
}

TEST(a_thread_that_the_kit_did_not_start_gets_a_record_with_its_number)
{
    pthread_t stranger;
    char name[ROSTER_NAME];

    assert_int_equal(pthread_create(&stranger, NULL, be_a_stranger, name), 0);
    pthread_join(stranger, NULL);
    assert_int_equal(strncmp(name, "thread-", 7), 0);
}

static int balance_of(const struct roster_thread *thread, uint32_t queue)
{
    for (int i = 0; i < ROSTER_DEBTS; i++)
        if (thread->debts[i].queue == queue)
            return thread->debts[i].balance;
    return 0;
}

TEST(what_is_taken_and_not_reported_is_owed)
{
    struct queue queue;
    int item = 0;

    queue_init(&queue, "tasks", 0, sizeof item, NULL);
    for (int i = 0; i < 3; i++)
        queue_put(&queue, &i);
    assert_int_equal(balance_of(roster_self(), queue.object), 0);
    queue_get(&queue, &item);
    queue_get(&queue, &item);
    assert_int_equal(balance_of(roster_self(), queue.object), 2);
    queue_task_done(&queue);
    assert_int_equal(balance_of(roster_self(), queue.object), 1);
    queue_task_done(&queue);
    assert_int_equal(balance_of(roster_self(), queue.object), 0);
    queue_destroy(&queue);
}

TEST(more_queues_than_there_is_room_for_do_no_harm)
{
    for (uint32_t queue = 1000; queue < 1000 + 3 * ROSTER_DEBTS; queue++)
        roster_took(queue, HERE);
    for (uint32_t queue = 1000; queue < 1000 + 3 * ROSTER_DEBTS; queue++) {
        assert_in_range(balance_of(roster_self(), queue), 0, 1);
        roster_reported(queue);
        assert_int_equal(balance_of(roster_self(), queue), 0);
    }
    roster_reported(5000); /* never took one */
}

/* --- counts; each in a child, where nobody else takes part */

static void last_one_sleeps(const char *argument __attribute__((unused)))
{
    struct roster_thread *me = roster_self();
    struct roster_thread *other = roster_add("other", 9);

    if (roster_sleeps(me, false)) /* the other still can go on */
        exit(10);
    if (!roster_sleeps(other, false)) /* now nobody can */
        exit(11);
    roster_wakes(me, false);
    if (!roster_sleeps(me, false))
        exit(12);
    roster_free(other);
}

static void a_timed_sleeper_can_go_on(const char *argument __attribute__((unused)))
{
    struct roster_thread *me = roster_self();
    struct roster_thread *other = roster_add("other", 9);

    if (roster_sleeps(me, true) || roster_sleeps(other, false))
        exit(10);
    roster_wakes(me, true);
    if (!roster_sleeps(me, false))
        exit(11);
}

static void crowd(const char *argument __attribute__((unused)))
{
    int threads = 0;

    roster_self();
    if (roster_crowded())
        exit(10); /* one thread, and at least one processor */
    while (!roster_crowded() && threads < ROSTER_THREADS - 2)
        roster_add("other", (uint32_t)++threads + 10);
    if (!roster_crowded())
        exit(11);
    roster_sleeps(roster_self(), true); /* who naps wants no processor */
    if (roster_crowded())
        exit(12);
}

static void too_many(const char *argument __attribute__((unused)))
{
    for (uint32_t i = 0; i < ROSTER_THREADS; i++)
        roster_add("thread", i + 1);
    printf("%d fit", ROSTER_THREADS);
    fflush(stdout);
    roster_add("one more", ROSTER_THREADS + 1);
}

static const struct child_case cases[] = {
    {"last", last_one_sleeps},
    {"timed", a_timed_sleeper_can_go_on},
    {"crowd", crowd},
    {"too_many", too_many},
    {NULL, NULL},
};

TEST(when_the_last_that_can_go_on_sleeps_that_is_told)
{
    assert_int_equal(child_run("last", "").status, 0);
}

TEST(who_sleeps_with_a_time_limit_can_go_on)
{
    assert_int_equal(child_run("timed", "").status, 0);
}

TEST(it_is_crowded_when_more_want_a_processor_than_there_are)
{
    assert_int_equal(child_run("crowd", "").status, 0);
}

TEST(one_thread_too_many_ends_the_program_with_words)
{
    struct child_end end = child_run("too_many", "");

    assert_int_equal(end.status, 1);
    assert_string_equal(end.out, "4096 fit");
    assert_string_equal(end.err, "FAILED: more than 4096 threads at once\n");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_thread_is_main_and_object_1),
        cmocka_unit_test(a_thread_is_in_the_roster_from_its_start_to_its_join),
        cmocka_unit_test(records_are_used_again),
        cmocka_unit_test(
            a_thread_that_the_kit_did_not_start_gets_a_record_with_its_number),
        cmocka_unit_test(what_is_taken_and_not_reported_is_owed),
        cmocka_unit_test(more_queues_than_there_is_room_for_do_no_harm),
        cmocka_unit_test(when_the_last_that_can_go_on_sleeps_that_is_told),
        cmocka_unit_test(who_sleeps_with_a_time_limit_can_go_on),
        cmocka_unit_test(it_is_crowded_when_more_want_a_processor_than_there_are),
        cmocka_unit_test(one_thread_too_many_ends_the_program_with_words),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("roster", tests, NULL, NULL);
}

/*
 * monitor_shared_test.c - monitors of several processes: one process at a time is
 * inside, a wake-up crosses to another, and a kill anywhere leaves the others going.
 */
#include "family.h"

#include <signal.h>

/* What the monitor guards. */
static struct guarded {
    struct wait_list list;
    int count;
    int tickets; /* who waits takes one */
} * guarded;
static struct monitor *monitor;

__attribute__((constructor)) static void make_guarded(void)
{
    guarded = shared_memory_take(sizeof *guarded);
    monitor = monitor_new_shared();
}

static const struct wait_reason why = {.name = "a ticket"};

static void take_ticket(void)
{
    monitor_enter(monitor);
    while (guarded->tickets == 0)
        monitor_wait(monitor, &guarded->list, DEADLINE_NEVER, &why);
    guarded->tickets--;
    guarded->count++;
    monitor_leave(monitor);
}

static void give_tickets(int tickets)
{
    monitor_enter(monitor);
    guarded->tickets += tickets;
    while (tickets-- > 0)
        monitor_wake_one(monitor, &guarded->list);
    monitor_leave(monitor);
}

static void until_that_many_wait(unsigned count)
{
    until_waiting(monitor, &guarded->list, count);
}

/* --- healthy */

enum { CHILDREN = 4, TIMES = 20000 };

static void count_up(struct process *self __attribute__((unused)))
{
    for (int i = 0; i < TIMES; i++) {
        monitor_enter(monitor);
        guarded->count++;
        monitor_leave(monitor);
    }
}

static void counts(const char *argument __attribute__((unused)))
{
    struct process children[CHILDREN] = {{.run = NULL}};

    for (int i = 0; i < CHILDREN; i++)
        process_start(&children[i], count_up, "child-%d", i);
    for (int i = 0; i < CHILDREN; i++)
        process_join(&children[i]);
    check(guarded->count == CHILDREN * TIMES);
}

static void wait_once(struct process *self __attribute__((unused)))
{
    take_ticket();
}

static void wakes(const char *argument __attribute__((unused)))
{
    struct process children[CHILDREN] = {{.run = NULL}};

    for (int i = 0; i < CHILDREN; i++)
        process_start(&children[i], wait_once, "child-%d", i);
    until_that_many_wait(CHILDREN);
    give_tickets(1);
    until_that_many_wait(CHILDREN - 1);
    give_tickets(CHILDREN - 1);
    for (int i = 0; i < CHILDREN; i++)
        process_join(&children[i]);
    check(guarded->count == CHILDREN);
}

/* --- killed */

static void die_inside(struct process *self __attribute__((unused)))
{
    monitor_enter(monitor);
    atomic_store(&shared->turn, 1);
    until(&shared->turn, 2);
    kill(getpid(), SIGKILL);
}

static bool enter_and_leave(struct caller *me __attribute__((unused)))
{
    monitor_enter(monitor);
    monitor_leave(monitor);
    return true;
}

/* Somebody wants to enter, asleep or nearly so, when the holder is killed. */
static void inside(const char *argument __attribute__((unused)))
{
    struct process victim = {.run = NULL};
    struct caller caller = {.item = 0};

    process_start(&victim, die_inside, "victim");
    until(&shared->turn, 1);
    caller_start(&caller, enter_and_leave);
    atomic_store(&shared->turn, 2);
    check(caller_result(&caller));
    process_join(&victim);
    enter_and_leave(&caller);
}

static bool wait_for_ticket(struct caller *me __attribute__((unused)))
{
    take_ticket();
    return true;
}

/* Waiters of two processes, and a kill inside: they look again, and go on. */
static void others_wait(const char *argument __attribute__((unused)))
{
    struct process victim = {.run = NULL}, waiter = {.run = NULL};
    struct caller thread = {.item = 0};

    process_start(&waiter, wait_once, "waiter");
    caller_start(&thread, wait_for_ticket);
    until_that_many_wait(2);
    process_start(&victim, die_inside, "victim");
    until(&shared->turn, 1);
    atomic_store(&shared->turn, 2);
    process_join(&victim);
    until_that_many_wait(2); /* again */
    give_tickets(2);
    caller_result(&thread);
    process_join(&waiter);
    check(waiter.exit_status == 0 && guarded->count == 2);
}

/* Who is killed while it waits is off the list: the wake-up is for another. */
static void waiting(const char *argument __attribute__((unused)))
{
    struct process victim = {.run = NULL}, waiter = {.run = NULL};

    process_start(&victim, wait_once, "victim");
    until_that_many_wait(1);
    process_start(&waiter, wait_once, "waiter");
    until_that_many_wait(2);
    kill(victim.pid, SIGKILL);
    /* with a limit: nobody else can go on until the signal has arrived */
    check(process_join_within(&victim, TOO_LONG_MS));
    until_that_many_wait(1);
    give_tickets(1);
    process_join(&waiter);
    check(waiter.exit_status == 0 && guarded->count == 1);
}

/* At any moment at all. */
static void go_in_and_out(struct process *self __attribute__((unused)))
{
    atomic_store(&shared->turn, 1);
    for (;;) {
        give_tickets(1);
        take_ticket();
    }
}

static void anywhere(const char *argument)
{
    for (int i = 0; i < atoi(argument); i++) {
        struct process victims[3] = {{.run = NULL}};
        atomic_store(&shared->turn, 0);
        for (int v = 0; v < 3; v++)
            process_start(&victims[v], go_in_and_out, "victim");
        until(&shared->turn, 1);
        for (int v = 0; v < 3; v++) {
            for (int k = 0; k < i % 50; k++)
                give_tickets(1); /* for so long they go on */
            kill(victims[v].pid, SIGKILL);
            check(process_join_within(&victims[v], TOO_LONG_MS));
        }
        enter_and_leave(NULL);
    }
}

static const struct child_case cases[] = {
    {"counts", counts},   {"wakes", wakes},
    {"inside", inside},   {"others_wait", others_wait},
    {"waiting", waiting}, {"anywhere", anywhere},
    {NULL, NULL},
};

TEST(one_process_at_a_time_is_inside)
{
    assert_went_well("counts", "");
}

TEST(a_wake_up_reaches_a_waiter_in_another_process)
{
    assert_went_well("wakes", "");
}

static void assert_survives(const char *name, const char *argument)
{
    struct child_end end = child_run(name, argument);

    assert_contains(end.err, "KILLED: process victim, by signal 9");
    assert_null(strstr(end.err, "not so"));
    assert_int_equal(end.status, 0);
}

TEST(who_wants_to_enter_does_so_after_a_kill_inside)
{
    for (int i = 0; i < 20; i++)
        assert_survives("inside", "");
}

TEST(who_waits_goes_on_waiting_and_is_woken_after_a_kill_inside)
{
    for (int i = 0; i < 20; i++)
        assert_survives("others_wait", "");
}

TEST(who_is_killed_while_it_waits_is_woken_no_more)
{
    for (int i = 0; i < 20; i++)
        assert_survives("waiting", "");
}

TEST(a_kill_at_any_moment_leaves_the_monitor_usable)
{
    assert_survives("anywhere", "100");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_process_at_a_time_is_inside),
        cmocka_unit_test(a_wake_up_reaches_a_waiter_in_another_process),
        cmocka_unit_test(who_wants_to_enter_does_so_after_a_kill_inside),
        cmocka_unit_test(who_waits_goes_on_waiting_and_is_woken_after_a_kill_inside),
        cmocka_unit_test(who_is_killed_while_it_waits_is_woken_no_more),
        cmocka_unit_test(a_kill_at_any_moment_leaves_the_monitor_usable),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("monitor_shared", tests, NULL, NULL);
}

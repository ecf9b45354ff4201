/*
 * roster_census_test.c - once a process was killed, maybe in the middle of counting
 * itself out, it is still found that nobody can go on, and only where it is so.
 */
#include "event_flag.h"
#include "family.h"

#include <signal.h>

static struct wait_list *turns; /* one for each of the ring */
static struct monitor *monitor;

enum { MEMBERS = 3, ROUNDS = 3000 };

__attribute__((constructor)) static void make_ring(void)
{
    turns = shared_memory_take(MEMBERS * sizeof *turns);
    monitor = monitor_new_shared();
}

/* --- in the middle of counting, as a kill there leaves it */

static void die_half_asleep(struct process *self __attribute__((unused)))
{
    atomic_store(&roster_self()->able, false); /* and is still in the count */
    kill(getpid(), SIGKILL);
}

static void die_half_waking(struct process *self __attribute__((unused)))
{
    roster_wakes(roster_self(), false); /* in the count, and nobody knows whom for */
    kill(getpid(), SIGKILL);
}

static void wait_for_ever(void (*die)(struct process *self))
{
    struct process victim = {.run = NULL};
    struct event_flag go;

    event_flag_init(&go, "go");
    process_start(&victim, die, "victim");
    event_flag_wait(&go);
}

static void half_asleep(const char *argument __attribute__((unused)))
{
    wait_for_ever(die_half_asleep);
}

static void half_waking(const char *argument __attribute__((unused)))
{
    wait_for_ever(die_half_waking);
}

/* The death is over and done with when the last one goes to sleep, and another process
   sleeps already. */
static void wait_again(struct process *self __attribute__((unused)))
{
    struct event_flag go;

    event_flag_init(&go, "go");
    event_flag_wait(&go);
}

static void long_after(const char *argument __attribute__((unused)))
{
    struct process victim = {.run = NULL}, waiter = {.run = NULL};

    process_start(&victim, die_half_asleep, "victim");
    process_join(&victim);
    process_start(&waiter, wait_again, "waiter");
    until_blocked(waiter.place);
    process_join(&waiter);
}

/* --- no false alarm: a turn goes round, and at any time one at most can go on */

static void pass_on(struct process *self)
{
    static const struct wait_reason why = {.name = "its turn"};
    int me = self->name[0] - '0';

    for (int round = 0; round < ROUNDS; round++) {
        monitor_enter(monitor);
        while (atomic_load(&shared->turn) != me)
            monitor_wait(monitor, &turns[me], DEADLINE_NEVER, &why);
        atomic_store(&shared->turn, (me + 1) % MEMBERS);
        monitor_wake_one(monitor, &turns[(me + 1) % MEMBERS]);
        monitor_leave(monitor);
    }
}

static void ring(const char *argument __attribute__((unused)))
{
    struct process victim = {.run = NULL}, members[MEMBERS] = {{.run = NULL}};

    process_start(&victim, die_half_asleep, "victim");
    process_join(&victim);
    for (int i = 0; i < MEMBERS; i++)
        process_start(&members[i], pass_on, "%d", i);
    for (int i = 0; i < MEMBERS; i++) {
        process_join(&members[i]);
        check(members[i].exit_status == 0);
    }
}

static const struct child_case cases[] = {
    {"half_asleep", half_asleep},
    {"half_waking", half_waking},
    {"long_after", long_after},
    {"ring", ring},
    {NULL, NULL},
};

static void assert_found(const char *name, const char *part)
{
    struct child_end end = child_run(name, "");

    assert_contains(end.err, "KILLED: process victim, by signal 9");
    assert_contains(end.err, "STUCK (deadlock): nobody can go on\n");
    assert_contains(end.err, part);
    assert_int_equal(end.status, 3);
}

TEST(who_dies_before_it_has_counted_itself_out_hides_no_deadlock)
{
    assert_found("half_asleep", "  main waits for event go to be set");
}

TEST(who_dies_while_it_counts_another_in_hides_no_deadlock)
{
    assert_found("half_waking", "  main waits for event go to be set");
}

TEST(a_deadlock_long_after_the_death_is_found)
{
    assert_found("long_after", "  waiter waits for event go to be set");
}

TEST(after_a_death_those_who_can_go_on_are_left_alone)
{
    struct child_end end = child_run("ring", "");

    assert_null(strstr(end.err, "STUCK"));
    assert_int_equal(end.status, 0);
}

TEST(who_looks_is_itself_able)
{
    roster_self();
    assert_true(roster_finds_able());
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_dies_before_it_has_counted_itself_out_hides_no_deadlock),
        cmocka_unit_test(who_dies_while_it_counts_another_in_hides_no_deadlock),
        cmocka_unit_test(a_deadlock_long_after_the_death_is_found),
        cmocka_unit_test(after_a_death_those_who_can_go_on_are_left_alone),
        cmocka_unit_test(who_looks_is_itself_able),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("roster_census", tests, NULL, NULL);
}

/*
 * process_test.c - processes: a copy of everything, an end that is always noticed, and
 * no deadlock overlooked or made up across them.
 *
 * Each case is a child of the test, so that the processes it starts are its own.
 * What a fork does to other threads' locks is in process_fork_test.c.
 */
#include "chance.h"
#include "family.h"
#include "recorded.h"
#include "stuck.h"

#include <inttypes.h>
#include <signal.h>

/* --- start, join, end */

static int number = 5; /* what the processes change */

static void change(struct process *self __attribute__((unused)))
{
    atomic_store(&shared->seen, number);
    number = 6;
}

static void copies(const char *argument __attribute__((unused)))
{
    struct process child = {.run = NULL};

    number = 7;
    process_start(&child, change, "child");
    process_join(&child);
    check(atomic_load(&shared->seen) == 7); /* as it was at the fork */
    check(number == 7);
    check(child.exit_status == 0);
    process_join(&child); /* again */
}

static void wait_for_turn(struct process *self __attribute__((unused)))
{
    until(&shared->turn, 1);
}

static bool join_for(void *child, int ms)
{
    return process_join_within(child, ms);
}

static void limits(const char *argument __attribute__((unused)))
{
    struct process child = {.run = NULL};

    process_start(&child, wait_for_turn, "child");
    assert_gives_up_in_time(join_for, &child);
    atomic_store(&shared->turn, 1);
    check(process_join_within(&child, TOO_LONG_MS));
}

/* Ends while its child runs on, and its child's thread. */
static bool wait_then_tell(struct caller *me __attribute__((unused)))
{
    until(&shared->turn, 1);
    atomic_fetch_add(&shared->seen, 1);
    return true;
}

static void start_and_leave(struct process *self)
{
    static struct process grandchild;
    static struct caller thread;

    if (strcmp(self->name, "child") == 0) {
        process_start(&grandchild, start_and_leave, "grandchild");
        atomic_store(&shared->turn, 1);
    }
    caller_start(&thread, wait_then_tell);
}

static void finishes(const char *argument __attribute__((unused)))
{
    static struct process child;

    process_start(&child, start_and_leave, "child");
    process_finish_at(HERE);
    check(child.ended && child.exit_status == 0);
    check(atomic_load(&shared->seen) == 2);
}

/* --- killed */

static void stop_short(struct process *self)
{
    if (strcmp(self->name, "leaver") == 0)
        _exit(7);
    kill(getpid(), SIGKILL);
}

static void joins_the_killed(const char *argument __attribute__((unused)))
{
    struct process victim = {.run = NULL}, leaver = {.run = NULL};

    process_start(&victim, stop_short, "victim");
    process_start(&leaver, stop_short, "leaver");
    process_join(&victim);
    process_join(&leaver);
    check(victim.exit_status == 128 + SIGKILL);
    check(leaver.exit_status == 7);
}

static void waits_for_the_killed(const char *argument __attribute__((unused)))
{
    struct process victim = {.run = NULL};

    set_up();
    say_when();
    process_start(&victim, stop_short, "victim");
    event_flag_wait(&go);
}

/* Is killed while its own child waits. */
static void leave_an_orphan(struct process *self)
{
    static struct process orphan;

    if (strcmp(self->name, "orphan") == 0)
        event_flag_wait_within(&go, TOO_LONG_MS);
    process_start(&orphan, leave_an_orphan, "orphan");
    kill(getpid(), SIGKILL);
}

static void waits_for_an_orphan(const char *argument __attribute__((unused)))
{
    struct process victim = {.run = NULL};

    set_up();
    say_when();
    process_start(&victim, leave_an_orphan, "victim");
    event_flag_wait(&go);
}

static void wait_in_vain(struct process *self __attribute__((unused)))
{
    event_flag_wait_within(&go, TOO_LONG_MS);
}

static void is_killed(const char *argument __attribute__((unused)))
{
    struct process children[3] = {{.run = NULL}};

    set_up();
    for (int i = 0; i < 3; i++)
        process_start(&children[i], wait_in_vain, "child-%d", i);
    kill(getpid(), SIGKILL);
}

/* --- stuck */

static void wait_for_ever(struct process *self)
{
    if (strcmp(self->name, "last") == 0) {
        until_blocked(0);
        say_when();
    }
    event_flag_wait(&go);
}

static void child_is_last(const char *argument __attribute__((unused)))
{
    struct process child = {.run = NULL};

    set_up();
    process_start(&child, wait_for_ever, "last");
    process_join(&child);
}

static void parent_is_last(const char *argument __attribute__((unused)))
{
    struct process child = {.run = NULL};

    set_up();
    process_start(&child, wait_for_ever, "first");
    until_blocked(child.place);
    say_when();
    process_join(&child);
}

static void hand_a_letter_on(struct process *self __attribute__((unused)))
{
    struct caller getter;
    struct queue own;

    queue_init(&own, "own", 1, sizeof(int), NULL);
    getter = (struct caller){.object = &own};
    caller_start(&getter, get_one);
    queue_put(&own, &(int){1});
    check(caller_result(&getter));
}

static void many(const char *count)
{
    struct process children[4];

    for (int i = 0; i < atoi(count); i++) {
        memset(children, 0, sizeof children);
        for (int c = 0; c < 4; c++)
            process_start(&children[c], hand_a_letter_on, "child-%d", c);
        for (int c = 0; c < 4; c++)
            process_join(&children[c]);
    }
}

/* --- misuse */

static bool start_a_process(struct caller *me)
{
    process_start((struct process *)me->object, change, "child");
    return true;
}

static void thread_starts(const char *argument __attribute__((unused)))
{
    struct process child = {.run = NULL};
    struct caller thread = {.object = &child};

    caller_start(&thread, start_a_process);
    caller_result(&thread);
}

static void join_unstarted(const char *argument __attribute__((unused)))
{
    struct process child = {.run = NULL};

    process_join(&child);
}

static void start_twice(const char *argument __attribute__((unused)))
{
    struct process child = {.run = NULL};

    process_start(&child, change, "child");
    process_join(&child);
    process_start(&child, change, "child");
}

static void misuse(struct process *self __attribute__((unused)))
{
    join_unstarted("");
}

static void child_misuses(const char *argument)
{
    struct process children[2] = {{.run = NULL}};

    set_up();
    process_start(&children[0], wait_in_vain, "other");
    process_start(&children[1], misuse, "child");
    if (strcmp(argument, "join") == 0)
        process_join(&children[1]);
    event_flag_wait_within(&go, TOO_LONG_MS);
}

/* --- spawned */

static void spawned(const char *argument)
{
    uint64_t seed = 0;

    check(process_resume_spawned(&seed));
    check(process_is_spawned() && seed == 42 && strcmp(argument, "with this") == 0);
    check(number == 5);
    check(strcmp(roster_self()->name, "anew") == 0);
    trace(&(struct trace_entry){.kind = TRACE_OUTCOME, .text = "from the spawned"});
    trace_detach();
    exit(9);
}

static void spawns(const char *file)
{
    const struct trace_run run = {"program", "", "program.c", "", 42};
    char *arguments[] = {(char[]){"spawned"}, (char[]){"with this"}, NULL};
    struct process child = {.run = NULL};
    char why[256];

    check(!process_is_spawned());
    chance_set_seed(42);
    check(trace_start(file, &run, why, sizeof why));
    number = 6;
    process_spawn(&child, arguments, "anew");
    process_join(&child);
    check(child.exit_status == 9);
    trace_finish(0, true);
}

static const struct child_case cases[] = {
    {"copies", copies},
    {"limits", limits},
    {"finishes", finishes},
    {"joins_the_killed", joins_the_killed},
    {"waits_for_the_killed", waits_for_the_killed},
    {"waits_for_an_orphan", waits_for_an_orphan},
    {"is_killed", is_killed},
    {"child_is_last", child_is_last},
    {"parent_is_last", parent_is_last},
    {"many", many},
    {"thread_starts", thread_starts},
    {"join_unstarted", join_unstarted},
    {"start_twice", start_twice},
    {"child_misuses", child_misuses},
    {"spawned", spawned},
    {"spawns", spawns},
    {NULL, NULL},
};

TEST(a_process_has_a_copy_and_what_it_changes_stays_there)
{
    assert_went_well("copies", "");
}

TEST(join_gives_up_when_its_time_limit_is_over_not_before_and_not_much_later)
{
    assert_went_well("limits", "");
}

TEST(a_process_ends_after_its_threads_and_children)
{
    assert_went_well("finishes", "");
}

TEST(a_killed_process_is_told_and_its_joiner_goes_on)
{
    for (int i = 0; i < 10; i++) {
        struct child_end end = child_run("joins_the_killed", "");
        assert_int_equal(end.status, 0);
        assert_contains(end.err, "KILLED: process victim, by signal 9 (Killed)\n");
        assert_contains(end.err,
                        "KILLED: process leaver ended by itself with status 7\n");
    }
}

TEST(a_kill_is_noticed_whatever_the_parent_waits_for)
{
    for (int i = 0; i < 10; i++) {
        struct child_end end = child_run("waits_for_the_killed", "");
        assert_contains(end.err, "KILLED: process victim, by signal 9");
        assert_contains(end.err, "STUCK (deadlock): nobody can go on\n"
                                 "  main waits for event go to be set, process_test.c");
        assert_int_equal(end.status, 3);
    }
}

TEST(the_child_of_a_killed_child_is_noticed_too)
{
    for (int i = 0; i < 20; i++) {
        struct child_end end = child_run("waits_for_an_orphan", "");
        assert_contains(end.err, "KILLED: process victim, by signal 9");
        assert_contains(end.err, "KILLED: process orphan");
        assert_int_equal(end.status, 3);
    }
}

TEST(children_die_with_a_killed_parent)
{
    for (int i = 0; i < 10; i++) {
        char byte;
        int ends[2], err = memfd_create("err", MFD_CLOEXEC);
        assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
        pid_t child = child_start("is_killed", "", ends[1], err);
        close(ends[1]);
        assert_int_equal(child_wait(child), 128 + SIGKILL);
        alarm(TOO_LONG_MS / 1000);
        assert_int_equal(read(ends[0], &byte, 1), 0); /* nobody has it open */
        alarm(0);
        close(ends[0]);
        close(err);
    }
}

TEST(a_deadlock_of_several_processes_is_found_by_whoever_is_last)
{
    for (int i = 0; i < 10; i++) {
        STUCK("child_is_last",
              "\n  main waits for process last to end (join), process_test.c:",
              "\n  last waits for event go to be set, process_test.c:");
        STUCK("parent_is_last",
              "\n  main waits for process first to end (join), process_test.c:",
              "\n  first waits for event go to be set, process_test.c:");
    }
}

TEST(processes_that_come_and_go_are_never_stuck)
{
    assert_went_well("many", "50");
}

TEST(starting_a_process_from_another_thread_than_main_is_misuse)
{
    assert_misuse("thread_starts", "by caller: only a main thread starts processes");
}

TEST(joining_what_was_not_started_and_starting_twice_are_misuse)
{
    assert_misuse("join_unstarted", "process_join on a process that was not started");
    assert_misuse("start_twice", "process_start on child, which was started before");
}

TEST(misuse_in_one_process_ends_the_whole_run)
{
    for (int i = 0; i < 10; i++) {
        struct child_end end = child_run("child_misuses", i % 2 == 0 ? "join" : "");
        assert_int_equal(strncmp(end.err, "MISUSE at tests/unit/", 21), 0);
        assert_ptr_equal(strchr(end.err, '\n'), end.err + strlen(end.err) - 1);
        assert_int_equal(end.status, 4);
    }
}

TEST(a_spawned_program_begins_anew_and_goes_on_with_the_trace)
{
    assert_went_well("spawns", path);
    struct recording recording = recorded_open(path);
    const struct trace_event *said = find_event(&recording, TRACE_OUTCOME, 0);
    const struct trace_event *start = find_event(&recording, TRACE_PROCESS_START, 0);
    const struct trace_event *join = find_event(&recording, TRACE_PROCESS_JOIN, 0);

    assert_non_null(said);
    assert_string_equal(text_of(&recording, said->text), "from the spawned");
    assert_non_null(start);
    assert_int_equal(said->thread, start->object);
    assert_non_null(join);
    assert_int_equal(join->detail, 9);
    recorded_close(&recording);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_process_has_a_copy_and_what_it_changes_stays_there),
        cmocka_unit_test(
            join_gives_up_when_its_time_limit_is_over_not_before_and_not_much_later),
        cmocka_unit_test(a_process_ends_after_its_threads_and_children),
        cmocka_unit_test(a_killed_process_is_told_and_its_joiner_goes_on),
        cmocka_unit_test(a_kill_is_noticed_whatever_the_parent_waits_for),
        cmocka_unit_test(the_child_of_a_killed_child_is_noticed_too),
        cmocka_unit_test(children_die_with_a_killed_parent),
        cmocka_unit_test(a_deadlock_of_several_processes_is_found_by_whoever_is_last),
        cmocka_unit_test(processes_that_come_and_go_are_never_stuck),
        cmocka_unit_test(starting_a_process_from_another_thread_than_main_is_misuse),
        cmocka_unit_test(joining_what_was_not_started_and_starting_twice_are_misuse),
        cmocka_unit_test(misuse_in_one_process_ends_the_whole_run),
        cmocka_unit_test_setup_teardown(
            a_spawned_program_begins_anew_and_goes_on_with_the_trace, make_path,
            remove_path),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("process", tests, NULL, NULL);
}

/*
 * manager_test.c - a manager's server: how it starts and ends, and who may use it.
 */
#include "managed.h"
#include "manager_server.h"

static void assert_ends_well(const char *name)
{
    struct child_end end = child_run(name, "");

    assert_string_equal(end.err, "");
    assert_int_equal(end.status, 0);
}

/* --- wrong use */

static void start_twice(const char *unused)
{
    (void)unused;
    start_manager(0);
    manager_start(&manager, "other");
}

static void start_after_shutdown(const char *unused)
{
    (void)unused;
    start_manager(0);
    manager_shutdown(&manager);
    manager_start(&manager, "store");
}

TEST(starting_a_manager_twice_is_misuse)
{
    assert_misuse("start twice", "manager_start on store, which was started before");
    assert_misuse("start after shutdown",
                  "manager_start on store, which was started before");
}

static void shut_down_nothing(const char *unused)
{
    (void)unused;
    manager_shutdown(&manager);
}

static void shut_down_parents(struct process *self)
{
    (void)self;
    manager_shutdown(&manager);
}

static void shut_down_in_child(const char *unused)
{
    (void)unused;
    start_manager(0);
    start_worker(0, shut_down_parents);
    join_workers();
}

TEST(only_the_process_that_started_a_manager_shuts_it_down)
{
    assert_misuse("shut down nothing", "on a manager that was not started");
    assert_misuse("shut down in child",
                  "manager_shutdown on store by another process than started it");
}

static void use_before(const char *unused)
{
    (void)unused;
    managed_list_init(&list, &manager, "list", sizeof(int), queue_label_int);
}

static void use_after(const char *unused)
{
    (void)unused;
    start_manager(0);
    manager_shutdown(&manager);
    append(7);
}

static void append_seven(struct process *self)
{
    (void)self;
    append(7);
}

static void use_after_in_child(const char *unused)
{
    (void)unused;
    start_manager(0);
    manager_shutdown(&manager);
    start_worker(0, append_seven);
    process_join(&workers[0].process);
}

static void take_one(struct process *self)
{
    (void)self;
    take();
}

static void shut_down_meanwhile(const char *unused)
{
    (void)unused;
    start_manager(0);
    start_worker(0, take_one);
    until_blocked(TRACE_QUEUE_GET, 1);
    manager_shutdown(&manager);
    process_join(&workers[0].process);
}

TEST(use_of_a_manager_that_does_not_run_is_misuse)
{
    assert_misuse("use before", "list = list(): its manager was not started");
    assert_misuse("use after", "list.append('7'): the manager store is shut down");
    assert_misuse("use after in child",
                  "list.append('7'): the manager store is shut down");
    assert_misuse("shut down meanwhile", "queue.get(): the manager store is shut down");
}

/* --- its end */

/* Prints whom to look for when it has ended. */
static void say_server(void)
{
    printf("%ld", (long)manager.process.pid);
    fflush(stdout);
}

static pid_t said(const struct child_end *end)
{
    pid_t pid = (pid_t)strtol(end->out, NULL, 10);

    assert_true(pid > 1);
    return pid;
}

static void end_without_shutdown(const char *unused)
{
    (void)unused;
    start_manager(0);
    MUST(((struct manager_door *)manager.door)->address.sun_path[0] == '\0');
    say_server();
    append(1);
    process_finish_at(NULL);
}

TEST(the_end_of_the_run_ends_the_server_whose_socket_is_no_file)
{
    struct child_end end = child_run("end without shutdown", "");
    pid_t server = said(&end);

    assert_string_equal(end.err, "");
    assert_int_equal(end.status, 0);
    assert_true(is_gone(&server));
}

static void shut_down_twice(const char *unused)
{
    (void)unused;
    start_manager(0);
    append(1);
    manager_shutdown(&manager);
    MUST(manager.process.exit_status == 0);
    MUST(is_gone(&manager.process.pid));
    manager_shutdown(&manager);
    process_finish_at(NULL);
}

TEST(shutting_down_ends_the_server_and_twice_does_no_harm)
{
    assert_ends_well("shut down twice");
}

/* Waits for an item before it uses the list. */
static void use_late(struct process *self)
{
    (void)self;
    append(take());
}

static void end_before_workers(const char *unused)
{
    (void)unused;
    start_manager(0);
    start_workers(use_late);
    until_blocked(TRACE_QUEUE_GET, WORKERS);
    for (int i = 0; i < WORKERS; i++)
        put(i);
    process_finish_at(NULL);
}

TEST(the_end_of_the_run_waits_for_workers_before_it_ends_the_server)
{
    assert_ends_well("end before workers");
}

static void be_killed(const char *unused)
{
    (void)unused;
    start_manager(0);
    say_server();
    kill(getpid(), SIGKILL);
}

TEST(the_server_dies_with_the_process_that_started_it)
{
    struct child_end end = child_run("be killed", "");
    pid_t server = said(&end);

    assert_int_equal(end.status, 128 + SIGKILL);
    look_until(is_gone, &server);
}

/* --- kills */

static void append_on(struct process *self)
{
    for (;;)
        append(number_of(self));
}

static bool has_some(void *count)
{
    return managed_list_length(&list) >= *(unsigned *)count;
}

static void kill_clients(const char *unused)
{
    (void)unused;
    start_manager(0);
    for (unsigned i = 0; i < 3; i++) {
        unsigned more = managed_list_length(&list) + 100;
        start_worker((int)i, append_on);
        look_until(has_some, &more);
        kill(workers[i].process.pid, SIGKILL);
        process_join(&workers[i].process);
        unsigned before = managed_list_length(&list);
        append(3);
        MUST(managed_list_length(&list) > before);
    }
    process_finish_at(NULL);
}

TEST(a_client_that_is_killed_in_the_middle_hangs_nobody)
{
    struct child_end end = child_run("kill clients", "");

    assert_contains(end.err, "KILLED: process worker-2, by signal 9");
    assert_int_equal(end.status, 0);
}

static void kill_server(const char *unused)
{
    unsigned some = 100;

    (void)unused;
    start_manager(0);
    start_workers(append_on);
    look_until(has_some, &some);
    kill(manager.process.pid, SIGKILL);
    join_workers();
}

static void ask_killed_server(const char *unused)
{
    (void)unused;
    start_manager(0);
    kill(manager.process.pid, SIGKILL);
    process_join(&manager.process);
    append(1);
}

static void come_to_killed_server(const char *unused)
{
    (void)unused;
    start_manager(0);
    kill(manager.process.pid, SIGKILL);
    process_join(&manager.process);
    start_worker(0, append_seven);
    process_join(&workers[0].process);
}

TEST(when_the_server_is_killed_its_clients_end_the_run_with_words)
{
    static const char *const names[] = {"kill server", "ask killed server",
                                        "come to killed server"};

    for (int i = 0; i < 3; i++) {
        struct child_end end = child_run(names[i], "");
        assert_contains(end.err,
                        "manager store does not answer: its process has ended");
        assert_int_equal(end.status, 1);
    }
}

/* --- many */

static bool append_one(struct caller *me)
{
    append(me->item);
    return true;
}

static void use_by_passing_threads(const char *unused)
{
    enum { THREADS = 1100 };

    (void)unused;
    start_manager(0);
    for (int i = 0; i < THREADS; i++) {
        struct caller caller = {.item = i};
        caller_start(&caller, append_one);
        caller_result(&caller);
    }
    MUST(managed_list_length(&list) == THREADS);
    process_finish_at(NULL);
}

TEST(threads_may_come_and_go_without_end)
{
    assert_ends_well("use by passing threads");
}

static void use_by_crowd(const char *unused)
{
    enum { THREADS = 200 };
    static struct caller callers[THREADS];

    (void)unused;
    start_manager(0);
    kill(manager.process.pid, SIGSTOP); /* so that they gather at the door */
    for (int i = 0; i < THREADS; i++)
        caller_start(&callers[i], append_one);
    until_waiting(manager.door->monitor, &manager.door->crowd, 1);
    kill(manager.process.pid, SIGCONT);
    for (int i = 0; i < THREADS; i++)
        caller_result(&callers[i]);
    MUST(managed_list_length(&list) == THREADS);
    process_finish_at(NULL);
}

TEST(more_clients_at_once_than_the_door_holds_wait_for_their_turn)
{
    assert_ends_well("use by crowd");
}

static void use_many_managers(const char *unused)
{
    enum { MANAGERS = 20 };
    static struct manager many[MANAGERS];
    struct managed_list lists[MANAGERS];

    (void)unused;
    for (int i = 0; i < MANAGERS; i++) {
        manager_start(&many[i], "store");
        managed_list_init(&lists[i], &many[i], "list", sizeof i, NULL);
        managed_list_append(&lists[i], &i);
        if (i % 2 == 0)
            manager_shutdown(&many[i]);
    }
    for (int i = 1; i < MANAGERS; i += 2) {
        int item = -1;
        MUST(managed_list_get(&lists[i], 0, &item) && item == i);
    }
    process_finish_at(NULL);
}

TEST(a_thread_may_use_many_managers_one_after_another_and_at_once)
{
    assert_ends_well("use many managers");
}

/* --- a manager of a process that is itself a child */

static void manage(struct process *self)
{
    (void)self;
    start_manager(0);
    start_worker(1, append_seven);
    start_worker(2, append_seven);
    process_join(&workers[1].process);
    process_join(&workers[2].process);
    MUST(managed_list_length(&list) == 2 && item_at(1) == 7);
    say_server();
}

static void manage_in_child(const char *unused)
{
    (void)unused;
    start_worker(0, manage);
    process_finish_at(NULL);
}

TEST(a_child_may_start_a_manager_for_its_own_children)
{
    struct child_end end = child_run("manage in child", "");
    pid_t server = said(&end);

    assert_string_equal(end.err, "");
    assert_int_equal(end.status, 0);
    assert_true(is_gone(&server));
}

/* --- the recording */

static void record(const char *file)
{
    start_recording(file);
    start_manager(0);
    start_worker(0, append_seven);
    process_join(&workers[0].process);
    end_recording();
}

static const struct child_case cases[] = {
    {"start twice", start_twice},
    {"start after shutdown", start_after_shutdown},
    {"shut down nothing", shut_down_nothing},
    {"shut down in child", shut_down_in_child},
    {"use before", use_before},
    {"use after", use_after},
    {"use after in child", use_after_in_child},
    {"shut down meanwhile", shut_down_meanwhile},
    {"end without shutdown", end_without_shutdown},
    {"shut down twice", shut_down_twice},
    {"end before workers", end_before_workers},
    {"be killed", be_killed},
    {"kill clients", kill_clients},
    {"kill server", kill_server},
    {"ask killed server", ask_killed_server},
    {"come to killed server", come_to_killed_server},
    {"use by passing threads", use_by_passing_threads},
    {"use by crowd", use_by_crowd},
    {"use many managers", use_many_managers},
    {"manage in child", manage_in_child},
    {"record", record},
    {NULL, NULL}};

TEST(the_recording_shows_the_door_and_ends_with_nothing_half_done)
{
    assert_int_equal(child_run("record", path).status, 0);
    struct recording recording = recorded_open(path);
    uint64_t start = slot_of(&recording, TRACE_PROCESS_START, "store", 0);
    uint64_t accept = slot_of(&recording, TRACE_MANAGER_ACCEPT, NULL, start);
    uint64_t server = slot_of(&recording, TRACE_THREAD_START, "for main", accept);
    uint64_t close = slot_of(&recording, TRACE_MANAGER_ACCEPT_FAILED, NULL, server);
    uint32_t number = event_at(&recording, start)->object;

    assert_int_equal(event_at(&recording, accept)->object, number);
    assert_int_equal(event_at(&recording, accept)->thread, number);
    assert_int_equal(event_at(&recording, close)->detail, TRACE_BECAUSE_SHUTDOWN);
    assert_int_equal(count_events(&recording, TRACE_MANAGER_ACCEPT), 2);
    assert_int_equal(count_events(&recording, TRACE_MANAGER_SERVE),
                     count_events(&recording, TRACE_MANAGER_REQUEST));
    assert_int_equal(count_events(&recording, TRACE_MANAGER_SERVE_FAILED), 2);
    assert_int_equal(count_events(&recording, TRACE_THREAD_END), 2);
    for (uint64_t i = 0; i < recording.slots; i++)
        assert_int_not_equal(kind_at(&recording, i), 0); /* written to its end */
    recorded_close(&recording);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starting_a_manager_twice_is_misuse),
        cmocka_unit_test(only_the_process_that_started_a_manager_shuts_it_down),
        cmocka_unit_test(use_of_a_manager_that_does_not_run_is_misuse),
        cmocka_unit_test(the_end_of_the_run_ends_the_server_whose_socket_is_no_file),
        cmocka_unit_test(shutting_down_ends_the_server_and_twice_does_no_harm),
        cmocka_unit_test(
            the_end_of_the_run_waits_for_workers_before_it_ends_the_server),
        cmocka_unit_test(the_server_dies_with_the_process_that_started_it),
        cmocka_unit_test(a_client_that_is_killed_in_the_middle_hangs_nobody),
        cmocka_unit_test(when_the_server_is_killed_its_clients_end_the_run_with_words),
        cmocka_unit_test(threads_may_come_and_go_without_end),
        cmocka_unit_test(more_clients_at_once_than_the_door_holds_wait_for_their_turn),
        cmocka_unit_test(a_thread_may_use_many_managers_one_after_another_and_at_once),
        cmocka_unit_test(a_child_may_start_a_manager_for_its_own_children),
        cmocka_unit_test(the_recording_shows_the_door_and_ends_with_nothing_half_done),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("manager", tests, make_path, remove_path);
}

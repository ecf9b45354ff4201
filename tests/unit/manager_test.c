/*
 * manager_test.c - a manager's server: how it starts and ends, and who may use it.
 */
#include "managed.h"
#include "manager_server.h"

/* --- its end */

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
    {"end without shutdown", end_without_shutdown},
    {"shut down twice", shut_down_twice},
    {"end before workers", end_before_workers},
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
        cmocka_unit_test(the_end_of_the_run_ends_the_server_whose_socket_is_no_file),
        cmocka_unit_test(shutting_down_ends_the_server_and_twice_does_no_harm),
        cmocka_unit_test(
            the_end_of_the_run_waits_for_workers_before_it_ends_the_server),
        cmocka_unit_test(threads_may_come_and_go_without_end),
        cmocka_unit_test(more_clients_at_once_than_the_door_holds_wait_for_their_turn),
        cmocka_unit_test(a_thread_may_use_many_managers_one_after_another_and_at_once),
        cmocka_unit_test(a_child_may_start_a_manager_for_its_own_children),
        cmocka_unit_test(the_recording_shows_the_door_and_ends_with_nothing_half_done),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("manager", tests, make_path, remove_path);
}

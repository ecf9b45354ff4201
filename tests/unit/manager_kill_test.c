/*
 * manager_kill_test.c - clients and servers that are killed: nobody waits for them.
 */
#include "managed.h"

/* --- who started it */

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

/* --- clients and servers at work */

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

/* --- clients that wait for an item */

static bool queue_is_empty(void *unused)
{
    (void)unused;
    return managed_queue_empty(&queue);
}

static void be_killed_waiting(const char *unused)
{
    (void)unused;
    start_manager(0);
    start_worker(0, take_one);
    until_blocked(TRACE_QUEUE_GET, 1);
    kill(workers[0].process.pid, SIGKILL);
    process_join(&workers[0].process);
    MUST(workers[0].process.exit_status == 128 + SIGKILL);
    put(1); /* for the dead one */
    look_until(queue_is_empty, NULL);
    put(2);
    MUST(take() == 2);
    start_worker(1, take_one);
    until_blocked(TRACE_QUEUE_GET, 1);
    kill(workers[1].process.pid, SIGKILL);
    process_join(&workers[1].process);
    process_finish_at(NULL);
}

TEST(a_client_that_is_killed_in_get_takes_its_item_with_it_and_hangs_nobody)
{
    struct child_end end = child_run("be killed waiting", "");

    assert_contains(end.err, "KILLED: process worker-0, by signal 9");
    assert_contains(end.err, "KILLED: process worker-1, by signal 9");
    assert_int_equal(end.status, 0);
}

static void kill_asked_server(const char *unused)
{
    (void)unused;
    start_manager(0);
    start_worker(0, take_one);
    until_blocked(TRACE_QUEUE_GET, 1);
    kill(manager.process.pid, SIGKILL);
    process_join(&workers[0].process);
}

TEST(when_the_server_is_killed_a_client_that_waits_ends_the_run_with_words)
{
    struct child_end end = child_run("kill asked server", "");

    assert_contains(end.err, "manager store does not answer: its process has ended");
    assert_int_equal(end.status, 1);
}

static const struct child_case cases[] = {
    {"be killed", be_killed},
    {"kill clients", kill_clients},
    {"kill server", kill_server},
    {"ask killed server", ask_killed_server},
    {"come to killed server", come_to_killed_server},
    {"be killed waiting", be_killed_waiting},
    {"kill asked server", kill_asked_server},
    {NULL, NULL}};

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_server_dies_with_the_process_that_started_it),
        cmocka_unit_test(a_client_that_is_killed_in_the_middle_hangs_nobody),
        cmocka_unit_test(when_the_server_is_killed_its_clients_end_the_run_with_words),
        cmocka_unit_test(
            a_client_that_is_killed_in_get_takes_its_item_with_it_and_hangs_nobody),
        cmocka_unit_test(
            when_the_server_is_killed_a_client_that_waits_ends_the_run_with_words),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("manager kills", tests, NULL, NULL);
}

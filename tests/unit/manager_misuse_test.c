/*
 * manager_misuse_test.c - managers that are used in a way that their rules forbid.
 */
#include "managed.h"

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

static void use_after_in_child(const char *unused)
{
    (void)unused;
    start_manager(0);
    manager_shutdown(&manager);
    start_worker(0, append_seven);
    process_join(&workers[0].process);
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

static const struct child_case cases[] = {
    {"start twice", start_twice},
    {"start after shutdown", start_after_shutdown},
    {"shut down nothing", shut_down_nothing},
    {"shut down in child", shut_down_in_child},
    {"use before", use_before},
    {"use after", use_after},
    {"use after in child", use_after_in_child},
    {"shut down meanwhile", shut_down_meanwhile},
    {NULL, NULL}};

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starting_a_manager_twice_is_misuse),
        cmocka_unit_test(only_the_process_that_started_a_manager_shuts_it_down),
        cmocka_unit_test(use_of_a_manager_that_does_not_run_is_misuse),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("manager misuse", tests, NULL, NULL);
}

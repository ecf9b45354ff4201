/* launch_test.c - a program is started, watched and ended, whatever it does. */
#include "../../viz/launch.h"
#include "support.h"

#include <signal.h>
#include <sys/file.h>

enum { KILL_GRACE_MS = 200, MUCH = 300 * 1024 };

/* --- what the started programs do */

static void print_both(const char *argument)
{
    printf("argument %s\n", argument);
    fprintf(stderr, "a complaint\n");
    exit(3);
}

static void print_much(const char *argument __attribute__((unused)))
{
    for (int i = 0; i < MUCH / 8; i++)
        printf("%7d\n", i);
}

static void print_environment(const char *argument __attribute__((unused)))
{
    const char *trace = getenv("VIZ_TRACE");
    int count = 0;

    for (char **variable = environ; *variable != NULL; variable++)
        count += strncmp(*variable, "VIZ_TRACE=", 10) == 0;
    printf("%d %s %s\n", count, trace != NULL ? trace : "none", getenv("KIT_TEST"));
}

static void print_signals(const char *argument __attribute__((unused)))
{
    struct sigaction action;
    sigset_t mask;

    sigaction(SIGPIPE, NULL, &action);
    sigprocmask(SIG_SETMASK, NULL, &mask);
    printf("%s %s\n", action.sa_handler == SIG_DFL ? "default" : "ignored",
           sigismember(&mask, SIGUSR1) ? "blocked" : "open");
}

static void print_input(const char *argument __attribute__((unused)))
{
    char byte;

    printf("%s %s\n", read(STDIN_FILENO, &byte, 1) == 0 ? "empty" : "open",
           getpgrp() == getpid() ? "alone" : "together");
}

static _Noreturn void wait_to_be_killed(void)
{
    alarm(TOO_LONG_MS / 1000); /* a child's own child has none */
    printf("ready\n");
    fflush(stdout);
    for (;;)
        pause();
}

static void stay(const char *argument __attribute__((unused)))
{
    wait_to_be_killed();
}

static void stay_in_spite_of_sigterm(const char *argument __attribute__((unused)))
{
    signal(SIGTERM, SIG_IGN);
    wait_to_be_killed();
}

/* Holds a lock on the file for as long as it lives. */
static void hold(const char *name)
{
    int file = open(name, O_RDONLY);

    if (file < 0 || flock(file, LOCK_EX | LOCK_NB) != 0)
        exit(1);
    wait_to_be_killed();
}

/* Leaves the holding to a child of its own, which ignores SIGTERM. */
static void hold_in_a_child(const char *name)
{
    if (fork() == 0) {
        signal(SIGTERM, SIG_IGN);
        hold(name);
    }
    for (;;)
        pause();
}

static void until_ready(const struct launch *launch);

/* Plays a viewer that is killed while its program runs. */
static void die_with_a_program(const char *name)
{
    char *arguments[] = {"hold", (char *)(uintptr_t)name, NULL};
    struct launch launch;
    char why[256];

    if (!launch_start(&launch, "/proc/self/exe", arguments, NULL, why, sizeof why))
        exit(1);
    until_ready(&launch);
    raise(SIGKILL);
}

static const struct child_case cases[] = {
    {"print_both", print_both},
    {"print_much", print_much},
    {"print_environment", print_environment},
    {"print_signals", print_signals},
    {"print_input", print_input},
    {"stay", stay},
    {"stay_in_spite_of_sigterm", stay_in_spite_of_sigterm},
    {"hold", hold},
    {"hold_in_a_child", hold_in_a_child},
    {"die_with_a_program", die_with_a_program},
    {NULL, NULL}};

/* --- starting and watching them */

static bool is_ready(void *data)
{
    char *text = launch_stdout_text(data, NULL);
    bool ready = strstr(text, "ready\n") != NULL;

    free(text);
    return ready;
}

static void until_ready(const struct launch *launch)
{
    look_until(is_ready, (void *)(uintptr_t)launch);
}

static bool has_ended(void *data)
{
    return launch_poll(data);
}

static struct launch start_traced(const char *name, const char *argument,
                                  const char *trace)
{
    char *arguments[] = {(char *)(uintptr_t)name, (char *)(uintptr_t)argument, NULL};
    struct launch launch;
    char why[256] = "";

    if (!launch_start(&launch, "/proc/self/exe", arguments, trace, why, sizeof why))
        fail_msg("%s", why);
    return launch;
}

static struct launch start(const char *name, const char *argument)
{
    return start_traced(name, argument, NULL);
}

/* Runs it to its end; its standard output must be this. */
static void assert_prints(struct launch launch, const char *expected)
{
    look_until(has_ended, &launch);
    char *text = launch_stdout_text(&launch, NULL);
    assert_string_equal(text, expected);
    assert_int_equal(launch_exit_status(launch.status), 0);
    free(text);
    launch_close(&launch);
}

/* A file to lock, of one test. */
static char path[256];
static int descriptor;

static int make_file(void **state __attribute__((unused)))
{
    const char *parent = getenv("TMPDIR");

    snprintf(path, sizeof path, "%s/kit-test-XXXXXX", parent != NULL ? parent : "/tmp");
    descriptor = mkostemp(path, O_CLOEXEC);
    return descriptor >= 0 ? 0 : -1;
}

static int remove_file(void **state __attribute__((unused)))
{
    close(descriptor);
    return unlink(path);
}

/* Until who holds the lock is dead, but not of the alarm that it has set. */
static void until_unlocked(void)
{
    uint64_t begun = clock_now();

    assert_int_equal(flock(descriptor, LOCK_EX), 0);
    assert_true(clock_now() - begun < (uint64_t)TOO_LONG_MS / 2 * MS);
}

/* --- the tests */

TEST(what_a_program_prints_and_how_it_ends_is_known)
{
    struct launch launch = start("print_both", "one two");
    size_t length;

    look_until(has_ended, &launch);
    char *output = launch_stdout_text(&launch, &length);
    char *error = launch_stderr_text(&launch, NULL);
    assert_string_equal(output, "argument one two\n");
    assert_int_equal(length, strlen(output));
    assert_string_equal(error, "a complaint\n");
    assert_true(WIFEXITED(launch.status) && WEXITSTATUS(launch.status) == 3);
    assert_true(launch_poll(&launch));
    free(output);
    free(error);
    launch_close(&launch);
}

TEST(a_program_that_prints_much_is_not_held_up_and_its_end_is_read)
{
    struct launch launch = start("print_much", "");
    size_t length;

    look_until(has_ended, &launch); /* though nobody reads */
    char *text = launch_stdout_text(&launch, &length);
    assert_int_equal(length, LAUNCH_TEXT_SIZE);
    assert_int_equal(atoi(text + length - 8), MUCH / 8 - 1);
    free(text);
    launch_close(&launch);
}

TEST(the_trace_is_in_the_environment_once_and_the_rest_of_it_too)
{
    setenv("KIT_TEST", "kept", 1);
    setenv("VIZ_TRACE", "/somebody/elses", 1);
    assert_prints(start_traced("print_environment", "", "/the/trace"),
                  "1 /the/trace kept\n");
    assert_prints(start_traced("print_environment", "", NULL), "0 none kept\n");
    unsetenv("VIZ_TRACE");
    unsetenv("KIT_TEST");
}

TEST(signals_are_as_if_the_viewer_had_not_touched_them)
{
    sigset_t mask, before;

    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    sigprocmask(SIG_BLOCK, &mask, &before);
    assert_prints(start("print_signals", ""), "default open\n");
    sigprocmask(SIG_SETMASK, NULL, &mask);
    assert_true(sigismember(&mask, SIGUSR1)); /* the viewer's own stay */
    sigprocmask(SIG_SETMASK, &before, NULL);
    signal(SIGPIPE, SIG_DFL);
}

TEST(its_input_is_empty_and_its_process_group_its_own)
{
    assert_prints(start("print_input", ""), "empty alone\n");
}

TEST(its_end_is_known_where_children_were_ignored)
{
    signal(SIGCHLD, SIG_IGN);
    struct launch launch = start("print_both", "");
    look_until(has_ended, &launch);
    assert_int_equal(launch_exit_status(launch.status), 3);
    launch_close(&launch);
    signal(SIGCHLD, SIG_DFL);
}

TEST(what_cannot_be_started_is_refused_with_the_reason)
{
    struct launch launch;
    char why[256];

    assert_false(launch_start(&launch, "/no/program", NULL, NULL, why, sizeof why));
    assert_string_equal(why,
                        "/no/program cannot be started: No such file or directory");
    assert_false(launch_start(&launch, "/tmp", NULL, NULL, why, sizeof why));
    assert_string_equal(why, "/tmp cannot be started: Permission denied");
    assert_true(launch_poll(&launch));
    launch_close(&launch);
}

TEST(a_running_program_is_seen_as_running)
{
    struct launch launch = start("stay", "");

    until_ready(&launch);
    assert_false(launch_poll(&launch));
    launch_close(&launch);
    assert_true(launch.ended);
}

TEST(a_program_is_asked_to_end_and_not_waited_for_once_it_has)
{
    uint64_t least = UINT64_MAX;

    for (int i = 0; i < 3; i++) {
        struct launch launch = start("stay", "");
        until_ready(&launch);
        uint64_t begun = clock_now();
        launch_kill(&launch);
        least = clock_now() - begun < least ? clock_now() - begun : least;
        assert_true(WIFSIGNALED(launch.status));
        assert_int_equal(WTERMSIG(launch.status), SIGTERM);
        launch_close(&launch);
    }
    assert_true(least < KILL_GRACE_MS * (uint64_t)MS);
}

TEST(a_program_that_will_not_end_is_forced_after_the_grace)
{
    uint64_t least = UINT64_MAX;

    for (int i = 0; i < 3; i++) {
        struct launch launch = start("stay_in_spite_of_sigterm", "");
        until_ready(&launch);
        uint64_t begun = clock_now();
        launch_kill(&launch);
        uint64_t took = clock_now() - begun;
        assert_true(took >= (KILL_GRACE_MS - 1) * (uint64_t)MS); /* poll counts in ms */
        least = took < least ? took : least;
        assert_int_equal(WTERMSIG(launch.status), SIGKILL);
        launch_close(&launch);
    }
    assert_true(least < (KILL_GRACE_MS + NOT_MUCH_MS) * (uint64_t)MS);
}

TEST(the_whole_process_group_is_ended)
{
    struct launch launch = start("hold_in_a_child", path);

    until_ready(&launch);
    assert_int_not_equal(flock(descriptor, LOCK_EX | LOCK_NB), 0);
    launch_kill(&launch);
    until_unlocked();
    launch_close(&launch);
}

TEST(a_program_dies_with_its_viewer)
{
    struct child_end end = child_run("die_with_a_program", path);

    assert_int_equal(end.status, 128 + SIGKILL);
    until_unlocked();
}

#define WITH_FILE(test) cmocka_unit_test_setup_teardown(test, make_file, remove_file)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_program_prints_and_how_it_ends_is_known),
        cmocka_unit_test(a_program_that_prints_much_is_not_held_up_and_its_end_is_read),
        cmocka_unit_test(the_trace_is_in_the_environment_once_and_the_rest_of_it_too),
        cmocka_unit_test(signals_are_as_if_the_viewer_had_not_touched_them),
        cmocka_unit_test(its_input_is_empty_and_its_process_group_its_own),
        cmocka_unit_test(its_end_is_known_where_children_were_ignored),
        cmocka_unit_test(what_cannot_be_started_is_refused_with_the_reason),
        cmocka_unit_test(a_running_program_is_seen_as_running),
        cmocka_unit_test(a_program_is_asked_to_end_and_not_waited_for_once_it_has),
        cmocka_unit_test(a_program_that_will_not_end_is_forced_after_the_grace),
        WITH_FILE(the_whole_process_group_is_ended),
        WITH_FILE(a_program_dies_with_its_viewer),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("launch", tests, NULL, NULL);
}

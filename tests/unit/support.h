/*
 * support.h - what the unit tests share.
 *
 * Children: a case that ends its process (misuse, deadlock, a kill) runs in a child, a
 * fresh start of the same test program, so that it shares nothing with the others.
 * Waiting: nothing here sleeps and hopes. A test looks until a thing is so, and fails
 * where it is still not so after a long time.
 */
#ifndef SUPPORT_H
#define SUPPORT_H

#include "clock.h"
#include "monitor.h"

#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h> /* after what it needs */

extern char **environ;

/* TEST(name_says_what_must_hold) { … } */
#define TEST(name) static void name(void **state __attribute__((unused)))

enum { MS = 1000000, TOO_LONG_MS = 30000, NOT_MUCH_MS = 20 };

/* --- children */

/* Something a child does; the argument is what the test gave, or "". */
struct child_case {
    const char *name;
    void (*act)(const char *argument);
};

/* How a child ended and what it printed. */
struct child_end {
    int status;  /* the exit status, or 128 + the signal that killed it */
    uint64_t at; /* when that was seen */
    char out[4096];
    char err[8192];
};

/* For main: the case that the child was started for, if any. It ends by returning. */
static inline void child_act(const struct child_case *cases, int argc, char **argv)
{
    if (argc < 2)
        return;
    alarm(3 * TOO_LONG_MS / 1000); /* on a busy machine much takes long */
    for (; cases->name != NULL; cases++) {
        if (strcmp(cases->name, argv[1]) == 0) {
            cases->act(argc > 2 ? argv[2] : "");
            exit(0);
        }
    }
    fprintf(stderr, "no such case: %s\n", argv[1]);
    exit(99);
}

static inline void read_back(int descriptor, char *text, size_t size)
{
    ssize_t length = pread(descriptor, text, size - 1, 0);

    assert_true(length >= 0);
    text[length] = '\0';
    close(descriptor);
}

/* Starts a child for the case; its output goes to the two descriptors. */
static inline pid_t child_start(const char *name, const char *argument, int out,
                                int err)
{
    char *argv[] = {(char *)"test", (char *)(uintptr_t)name,
                    (char *)(uintptr_t)argument, NULL};
    posix_spawn_file_actions_t actions;
    pid_t child;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
    assert_int_equal(
        posix_spawn(&child, "/proc/self/exe", &actions, NULL, argv, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    return child;
}

static inline int child_wait(pid_t child)
{
    int status;

    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Runs the case in a child to its end. */
static inline struct child_end child_run(const char *name, const char *argument)
{
    struct child_end end;
    int out = memfd_create("out", MFD_CLOEXEC), err = memfd_create("err", MFD_CLOEXEC);

    assert_true(out >= 0 && err >= 0);
    /* or two processes that write at once might write at one place */
    fcntl(out, F_SETFL, O_APPEND);
    fcntl(err, F_SETFL, O_APPEND);
    end.status = child_wait(child_start(name, argument, out, err));
    end.at = clock_now();
    read_back(out, end.out, sizeof end.out);
    read_back(err, end.err, sizeof end.err);
    return end;
}

static inline void assert_contains(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("\"%s\" is not in:\n%s", part, text);
}

/* The child was ended for misuse, with one line that says so. */
static inline void assert_misuse(const char *name, const char *why)
{
    struct child_end end = child_run(name, "");

    assert_contains(end.err, why);
    assert_int_equal(end.status, 4);
    assert_int_equal(strncmp(end.err, "MISUSE at tests/unit/", 21), 0);
    assert_ptr_equal(strchr(end.err, '\n'), end.err + strlen(end.err) - 1);
}

/* --- waiting until something is so */

/* In a thread that is no test: looks until it is so; ends the program if it never is.
 */
static inline void look_until(bool (*is_so)(void *data), void *data)
{
    uint64_t end = deadline_after(TOO_LONG_MS);

    while (!is_so(data)) {
        if (clock_now() > end) {
            fprintf(stderr, "what the test waits for did not happen\n");
            abort();
        }
        sched_yield();
    }
}

struct waiters {
    struct monitor *monitor;
    const struct wait_list *list;
    unsigned count;
};

static inline bool that_many_wait(void *data)
{
    const struct waiters *what = data;
    unsigned count = 0;

    monitor_enter(what->monitor);
    if (what->list->first != NULL)
        for (struct roster_thread *at = what->list->first; at != NULL; at = at->next)
            count++;
    monitor_leave(what->monitor);
    return count >= what->count;
}

/* Until so many threads wait on the list (and go on waiting until they are woken). */
static inline void until_waiting(struct monitor *monitor, const struct wait_list *list,
                                 unsigned count)
{
    struct waiters what = {monitor, list, count};

    look_until(that_many_wait, &what);
}

/* --- time limits */

/* The operation, which nothing ends, must give up after 50 ms: never before, and not
   much later. A busy machine may be late now and then, but not five times of five. */
static inline void assert_gives_up_in_time(bool (*operation)(void *object, int ms),
                                           void *object)
{
    const int limit = 50;
    uint64_t least = UINT64_MAX;

    for (int i = 0; i < 5; i++) {
        uint64_t start = clock_now();
        assert_false(operation(object, limit));
        uint64_t took = clock_now() - start;
        assert_true(took >= (uint64_t)limit * MS);
        least = took < least ? took : least;
    }
    assert_true(least < (uint64_t)(limit + NOT_MUCH_MS) * MS);
}

/* The operation, which is not possible now, must say so without waiting. */
static inline void assert_gives_up_at_once(bool (*operation)(void *object),
                                           void *object)
{
    uint64_t least = UINT64_MAX;

    for (int i = 0; i < 5; i++) {
        uint64_t start = clock_now();
        assert_false(operation(object));
        uint64_t took = clock_now() - start;
        least = took < least ? took : least;
    }
    assert_true(least < NOT_MUCH_MS * (uint64_t)MS);
}

#endif

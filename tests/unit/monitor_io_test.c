/* monitor_io_test.c - sleeping until a moment, writing all there is, and signals. */
#include "caller.h"
#include "support.h"

#include <signal.h>

TEST(a_sleep_ends_at_its_deadline_not_before_and_not_much_later)
{
    uint64_t least = UINT64_MAX;

    for (int i = 0; i < 5; i++) {
        uint64_t deadline = deadline_after(30);
        monitor_sleep(deadline);
        uint64_t now = clock_now();
        assert_true(now >= deadline);
        least = now - deadline < least ? now - deadline : least;
    }
    assert_true(least < NOT_MUCH_MS * (uint64_t)MS);
}

TEST(a_write_that_fails_says_so)
{
    int ends[2];

    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    assert_false(monitor_write(ends[1], "x", 1));
    close(ends[1]);
}

/* --- signals, which end the system calls beneath early */

static void do_nothing(int signal_number __attribute__((unused)))
{
}

static struct monitor monitor;
static struct wait_list list;

static bool wait_a_while(struct caller *me __attribute__((unused)))
{
    const struct wait_reason reason = {.name = "the test"};
    uint64_t deadline = deadline_after(100);

    monitor_enter(&monitor);
    bool woken = monitor_wait(&monitor, &list, deadline, &reason);
    monitor_leave(&monitor);
    return !woken && clock_now() >= deadline;
}

static bool sleep_a_while(struct caller *me __attribute__((unused)))
{
    uint64_t deadline = deadline_after(100);

    monitor_sleep(deadline);
    return clock_now() >= deadline;
}

/* Runs the call while signals come in all the time. */
static void check_with_signals(bool (*call)(struct caller *me))
{
    struct sigaction action = {.sa_handler = do_nothing};
    struct caller caller = {.item = 0};

    sigaction(SIGUSR1, &action, NULL);
    caller_start(&caller, call);
    while (!atomic_load(&caller.returned)) {
        pthread_kill(caller.thread.handle, SIGUSR1);
        sched_yield();
    }
    assert_true(caller_result(&caller));
}

TEST(a_signal_does_not_end_a_wait_or_a_sleep_early)
{
    check_with_signals(wait_a_while);
    check_with_signals(sleep_a_while);
}

enum { MUCH = 1000000 }; /* more than a pipe holds */

static bool write_much(struct caller *me)
{
    static unsigned char bytes[MUCH];

    for (int i = 0; i < MUCH; i++)
        bytes[i] = (unsigned char)(i % 251);
    bool written = monitor_write(me->item, bytes, sizeof bytes);
    close(me->item);
    return written;
}

TEST(all_bytes_are_written_in_order_though_the_reader_is_slow_and_signals_come)
{
    struct sigaction action = {.sa_handler = do_nothing};
    unsigned char bytes[7777];
    ssize_t length;
    int ends[2], count = 0, wrong = 0;

    sigaction(SIGUSR1, &action, NULL);
    assert_int_equal(pipe(ends), 0);
    struct caller writer = {.item = ends[1]};
    caller_start(&writer, write_much);
    while ((length = read(ends[0], bytes, sizeof bytes)) > 0) {
        for (ssize_t i = 0; i < length; i++, count++)
            wrong += bytes[i] != count % 251;
        for (int i = 0; i < 20 && !atomic_load(&writer.returned); i++) {
            pthread_kill(writer.thread.handle, SIGUSR1); /* it waits for room */
            sched_yield();
        }
    }
    assert_true(caller_result(&writer));
    assert_int_equal(count, MUCH);
    assert_int_equal(wrong, 0);
    close(ends[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sleep_ends_at_its_deadline_not_before_and_not_much_later),
        cmocka_unit_test(a_write_that_fails_says_so),
        cmocka_unit_test(a_signal_does_not_end_a_wait_or_a_sleep_early),
        cmocka_unit_test(
            all_bytes_are_written_in_order_though_the_reader_is_slow_and_signals_come),
    };

    return cmocka_run_group_tests_name("monitor_io", tests, NULL, NULL);
}

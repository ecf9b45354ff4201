/*
 * pipe_test.c - messages arrive whole and in order; a pipe tells its end.
 *
 * Both ends in one process here, with threads; between processes: each case that starts
 * one is a child, a fresh start of this program. Kills are in pipe_kill_test.c.
 */
#include "messages.h"

static struct pipe_end one, two;

static int open_both(void **state __attribute__((unused)))
{
    pipe_open(&one, &two, "pipe", NULL);
    return 0;
}

static int close_both(void **state __attribute__((unused)))
{
    pipe_close(&one);
    pipe_close(&two);
    return 0;
}

/* --- one process */

static bool send_item(struct caller *me)
{
    return send_made(me->object, 7, (unsigned)me->item, (size_t)me->item);
}

TEST(a_message_of_any_size_arrives_whole_in_both_directions)
{
    struct pipe_end *ends[] = {&one, &two};

    for (int way = 0; way < 2; way++) {
        for (int i = 0; i < SIZES; i++) {
            struct caller sender = {.object = ends[way], .item = (int)sizes[i]};
            struct made made;

            caller_start(&sender, send_item);
            assert_true(recv_made(ends[1 - way], &made));
            assert_true(made.size == sizes[i] && is_as_made(&made, 7, made.size));
            assert_true(caller_result(&sender));
            free_made(&made);
        }
    }
}

TEST(bytes_in_flight_are_counted_until_they_are_received)
{
    char text[4096] = "";

    assert_int_equal(one.out.channel->capacity, 65536);
    pipe_send(&one, text, 1);
    pipe_send(&one, text, sizeof text);
    assert_int_equal(one.out.channel->bytes, 16 + 1 + 16 + 4096);
    assert_int_equal(two.out.channel->bytes, 0);
    assert_true(pipe_recv(&two, text, sizeof text, NULL));
    assert_int_equal(one.out.channel->bytes, 16 + 4096);
    assert_true(pipe_recv(&two, text, sizeof text, NULL));
    assert_int_equal(one.out.channel->bytes, 0);
}

TEST(a_message_that_fits_is_sent_without_a_receiver)
{
    static char text[65536 - 16];
    size_t size = 0;

    assert_true(pipe_send(&one, text, sizeof text)); /* or this would be stuck */
    assert_true(pipe_recv(&two, text, sizeof text, &size));
    assert_int_equal(size, sizeof text);
}

TEST(after_the_last_close_what_was_sent_arrives_and_then_the_end)
{
    char text[8];
    size_t size;

    pipe_send(&one, "first", 6);
    pipe_send(&one, "", 0);
    pipe_close(&one);
    assert_true(pipe_recv(&two, text, sizeof text, &size));
    assert_string_equal(text, "first");
    assert_true(pipe_recv(&two, text, sizeof text, &size));
    assert_int_equal(size, 0);
    for (int i = 0; i < 3; i++)
        assert_false(pipe_recv(&two, text, sizeof text, &size));
}

TEST(a_send_that_nobody_can_receive_is_false_and_no_signal_kills)
{
    pipe_close(&two);
    for (int i = 0; i < 3; i++)
        assert_false(pipe_send(&one, "text", 4));
}

TEST(closing_twice_does_no_harm)
{
    pipe_close(&one);
    pipe_close(&one);
    assert_false(pipe_recv(&two, NULL, 0, NULL));
}

static bool receive_nothing(struct caller *me)
{
    return !pipe_recv(me->object, NULL, 0, NULL);
}

TEST(a_receiver_that_waits_is_told_of_the_last_close)
{
    struct caller receiver = {.object = &two};

    caller_start(&receiver, receive_nothing);
    until_waits(two.in.channel, CHANNEL_READ, 1);
    pipe_close(&one);
    assert_true(caller_result(&receiver));
}

TEST(a_sender_that_waits_is_told_of_the_last_close)
{
    struct caller sender = {.object = &one, .item = 100000};

    caller_start(&sender, send_item);
    until_waits(one.out.channel, CHANNEL_WRITE, 1);
    pipe_close(&two);
    assert_false(caller_result(&sender));
}

/* Another thread closes the very end that a thread waits at. */
TEST(who_waits_at_an_end_that_is_closed_there_is_told)
{
    struct caller receiver = {.object = &two};
    struct caller sender = {.object = &two, .item = 100000};

    caller_start(&receiver, receive_nothing);
    until_waits(two.in.channel, CHANNEL_READ, 1);
    caller_start(&sender, send_item);
    until_waits(two.out.channel, CHANNEL_WRITE, 1);
    pipe_close(&two);
    assert_true(caller_result(&receiver));
    assert_false(caller_result(&sender));
}

TEST(who_waits_for_room_at_an_end_that_is_closed_there_is_told)
{
    struct caller sender = {.object = &one, .item = 1};

    assert_true(send_made(&one, 7, 1, 65536 - 16)); /* full */
    caller_start(&sender, send_item);
    until_waits(one.out.channel, CHANNEL_WRITE, 1);
    pipe_close(&one);
    assert_false(caller_result(&sender));
}

/* --- time limits */

static bool receive_within(void *object, int ms)
{
    return pipe_recv_within(object, NULL, 0, NULL, ms);
}

static bool receive_now(void *object)
{
    return pipe_recv_within(object, NULL, 0, NULL, 0);
}

TEST(a_receiver_with_a_limit_is_not_early_and_not_much_late)
{
    assert_gives_up_in_time(receive_within, &two);
    assert_gives_up_at_once(receive_now, &two);
}

TEST(a_receiver_with_a_limit_gets_what_comes_in_time_and_the_end)
{
    pipe_send(&one, "", 0);
    assert_true(pipe_recv_within(&two, NULL, 0, NULL, 0));
    pipe_close(&one);
    assert_false(pipe_recv_within(&two, NULL, 0, NULL, TOO_LONG_MS));
}

TEST(a_message_that_has_begun_to_come_is_waited_for)
{
    struct frame frame = {.size = 3};
    struct caller receiver = {.object = &two};
    char text[4] = "";

    write_raw(&one.out, &frame, sizeof frame);
    caller_start(&receiver, receive_three_within_1_ms);
    until_waits(two.in.channel, CHANNEL_READ, 1);
    uint64_t end = deadline_after(20);
    while (clock_now() < end) /* its limit is long over */
        sched_yield();
    assert_false(atomic_load(&receiver.returned));
    write_raw(&one.out, "abc", 3);
    assert_true(caller_result(&receiver));
    assert_false(pipe_recv_within(&two, text, sizeof text, NULL, 0));
}

/* --- many threads at one end */

enum { SENDERS = 4, RECEIVERS = 3, EACH = 400 };

static struct crowd {
    struct caller senders[SENDERS], receivers[RECEIVERS];
    _Atomic unsigned got[SENDERS][EACH];
} crowd;

static bool send_many(struct caller *me)
{
    for (unsigned i = 0; i < EACH; i++)
        if (!send_made(me->object, (unsigned)me->item, i, some_size(i)))
            return false;
    return true;
}

/* From each sender they come in its order, whole, and each once. */
static bool receive_many(struct caller *me)
{
    unsigned next[SENDERS] = {0};
    struct made made;
    bool right = true;

    while (recv_made(me->object, &made)) {
        right = right && made.sender < SENDERS && made.number < EACH &&
                is_as_made(&made, made.sender, some_size(made.number)) &&
                made.number >= next[made.sender] &&
                atomic_fetch_add(&crowd.got[made.sender][made.number], 1) == 0;
        next[made.sender % SENDERS] = made.number + 1;
        free_made(&made);
    }
    return right;
}

static void start_senders(struct pipe_end *end)
{
    for (int i = 0; i < SENDERS; i++) {
        crowd.senders[i] = (struct caller){.object = end, .item = i};
        caller_start(&crowd.senders[i], send_many);
    }
}

static bool end_senders(void)
{
    bool right = true;

    for (int i = 0; i < SENDERS; i++)
        right = caller_result(&crowd.senders[i]) && right;
    return right;
}

static void start_receivers(struct pipe_end *end)
{
    memset(&crowd.got, 0, sizeof crowd.got);
    for (int i = 0; i < RECEIVERS; i++) {
        crowd.receivers[i] = (struct caller){.object = end};
        caller_start(&crowd.receivers[i], receive_many);
    }
}

static bool end_receivers(void)
{
    bool right = true;

    for (int i = 0; i < RECEIVERS; i++)
        right = caller_result(&crowd.receivers[i]) && right;
    for (int i = 0; i < SENDERS; i++)
        for (int n = 0; n < EACH; n++)
            right = right && crowd.got[i][n] == 1;
    return right;
}

TEST(several_threads_at_each_end_send_and_receive_whole_messages)
{
    start_receivers(&two);
    start_senders(&one);
    assert_true(end_senders());
    pipe_close(&one);
    assert_true(end_receivers());
    assert_int_equal(two.in.channel->bytes, 0);
}

/* --- between processes */

static void send_from_many_threads(struct process *self __attribute__((unused)))
{
    pipe_close(&two);
    start_senders(&one);
    must(end_senders());
}

static void crowds(const char *argument __attribute__((unused)))
{
    struct process child = {.pid = 0};

    pipe_open(&one, &two, "pipe", NULL);
    process_start(&child, send_from_many_threads, "child");
    pipe_close(&one);
    start_receivers(&two);
    must(end_receivers());
    end_case(&child);
}

static void echo(struct process *self __attribute__((unused)))
{
    struct made made;

    pipe_close(&two);
    while (recv_made(&one, &made)) {
        must(send_made(&one, made.sender + 1, made.number, made.size));
        free_made(&made);
    }
}

static void echoes(const char *argument __attribute__((unused)))
{
    struct process child = {.pid = 0};
    struct made made;

    pipe_open(&one, &two, "pipe", NULL);
    process_start(&child, echo, "child");
    pipe_close(&one);
    for (unsigned i = 0; i < 2000; i++) {
        size_t size = i < SIZES ? sizes[i] : some_size(i);
        must(send_made(&two, 1, i, size));
        must(recv_made(&two, &made));
        must(is_as_made(&made, size < 8 ? 1 : 2, size));
        must(size < 8 || made.number == i);
        free_made(&made);
    }
    pipe_close(&two);
    end_case(&child);
}

static void send_10000(struct process *self __attribute__((unused)))
{
    pipe_close(&two);
    for (unsigned i = 0; i < 10000; i++)
        must(send_made(&one, 3, i, 8 + i % 200));
} /* and closes nothing */

static void stream(const char *argument __attribute__((unused)))
{
    struct process child = {.pid = 0};
    struct made made;
    unsigned i = 0;

    pipe_open(&one, &two, "pipe", NULL);
    process_start(&child, send_10000, "child");
    pipe_close(&one);
    for (; recv_made(&two, &made); i++) {
        must(is_as_made(&made, 3, 8 + i % 200) && made.number == i);
        free_made(&made);
    }
    must(i == 10000);
    end_case(&child);
}

static void wait_for_the_end(struct process *self __attribute__((unused)))
{
    pipe_close(&two);
    pipe_recv(&one, NULL, 0, NULL);
}

/* Two children have the end open: it comes when the second has ended. */
static void last_of_two(const char *argument __attribute__((unused)))
{
    struct process children[2] = {{.pid = 0}, {.pid = 0}};

    pipe_open(&one, &two, "pipe", NULL);
    process_start(&children[0], wait_for_the_end, "first");
    process_start(&children[1], wait_for_the_end, "second");
    pipe_close(&one);
    pipe_send(&two, "", 0); /* one of them ends */
    must(!pipe_recv_within(&two, NULL, 0, NULL, 50));
    must(two.in.channel->open[CHANNEL_WRITE].bits[0] != 0);
    pipe_send(&two, "", 0);
    must(!pipe_recv(&two, NULL, 0, NULL));
    must(two.in.channel->open[CHANNEL_WRITE].bits[0] == 0);
    process_join(&children[0]);
    end_case(&children[1]);
}

/* --- misuse and deadlock */

static void send_when_closed(const char *argument __attribute__((unused)))
{
    pipe_open(&one, &two, "pipe", NULL);
    pipe_close(&one);
    pipe_send(&one, "", 0);
}

static void receive_when_closed(const char *argument __attribute__((unused)))
{
    pipe_open(&one, &two, "pipe", NULL);
    pipe_close(&one);
    pipe_recv(&one, NULL, 0, NULL);
}

static void receive_into_too_little(const char *argument __attribute__((unused)))
{
    char text[3];

    pipe_open(&one, &two, "pipe", NULL);
    pipe_send(&one, "four", 4);
    pipe_recv(&two, text, sizeof text, NULL);
}

static void receive_in_child(struct process *self __attribute__((unused)))
{
    pipe_close(&two);
    pipe_recv(&one, NULL, 0, NULL);
}

static void both_receive(const char *argument __attribute__((unused)))
{
    struct process child = {.pid = 0};

    pipe_open(&one, &two, "pipe", NULL);
    process_start(&child, receive_in_child, "child");
    pipe_close(&one);
    say_when();
    pipe_recv(&two, NULL, 0, NULL);
}

static void send_in_child(struct process *self __attribute__((unused)))
{
    pipe_close(&two);
    send_made(&one, 1, 1, 100000);
}

static void both_send(const char *argument __attribute__((unused)))
{
    struct process child = {.pid = 0};

    pipe_open(&one, &two, "pipe", NULL);
    process_start(&child, send_in_child, "child");
    pipe_close(&one);
    say_when();
    send_made(&two, 1, 1, 100000);
}

static const struct child_case cases[] = {
    {"crowds", crowds},
    {"echoes", echoes},
    {"stream", stream},
    {"last_of_two", last_of_two},
    {"send_when_closed", send_when_closed},
    {"receive_when_closed", receive_when_closed},
    {"too_little", receive_into_too_little},
    {"both_receive", both_receive},
    {"both_send", both_send},
    {NULL, NULL},
};

TEST(several_threads_of_a_child_send_to_several_threads_of_main)
{
    assert_ends_well("crowds");
}

TEST(a_child_answers_messages_of_all_sizes)
{
    assert_ends_well("echoes");
}

TEST(thousands_of_messages_arrive_in_order_and_then_the_end)
{
    assert_ends_well("stream");
}

TEST(the_end_comes_when_the_last_of_two_processes_has_closed)
{
    assert_ends_well("last_of_two");
}

TEST(using_a_closed_end_is_misuse)
{
    assert_misuse("send_when_closed", "pipe_send on pipe 1>2, which this process has");
    assert_misuse("receive_when_closed", "pipe_recv on pipe 2>1, which this process");
}

TEST(a_message_larger_than_the_room_for_it_is_misuse)
{
    assert_misuse("too_little", "the message has 4 bytes, and there is room for 3");
}

TEST(two_processes_that_wait_for_each_others_message_are_stuck)
{
    STUCK("both_receive", "main waits for a message on pipe 1>2",
          "child waits for a message on pipe 2>1", "open for writing in main",
          "open for writing in child");
}

TEST(two_processes_that_both_send_more_than_fits_are_stuck)
{
    STUCK("both_send", "main waits for space on pipe 2>1 (half written)",
          "child waits for space on pipe 1>2 (half written)",
          "open for reading in child");
}

#define WITH_PIPE(test) cmocka_unit_test_setup_teardown(test, open_both, close_both)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_PIPE(a_message_of_any_size_arrives_whole_in_both_directions),
        WITH_PIPE(bytes_in_flight_are_counted_until_they_are_received),
        WITH_PIPE(a_message_that_fits_is_sent_without_a_receiver),
        WITH_PIPE(after_the_last_close_what_was_sent_arrives_and_then_the_end),
        WITH_PIPE(a_send_that_nobody_can_receive_is_false_and_no_signal_kills),
        WITH_PIPE(closing_twice_does_no_harm),
        WITH_PIPE(a_receiver_that_waits_is_told_of_the_last_close),
        WITH_PIPE(a_sender_that_waits_is_told_of_the_last_close),
        WITH_PIPE(who_waits_at_an_end_that_is_closed_there_is_told),
        WITH_PIPE(who_waits_for_room_at_an_end_that_is_closed_there_is_told),
        WITH_PIPE(a_receiver_with_a_limit_is_not_early_and_not_much_late),
        WITH_PIPE(a_receiver_with_a_limit_gets_what_comes_in_time_and_the_end),
        WITH_PIPE(a_message_that_has_begun_to_come_is_waited_for),
        WITH_PIPE(several_threads_at_each_end_send_and_receive_whole_messages),
        cmocka_unit_test(several_threads_of_a_child_send_to_several_threads_of_main),
        cmocka_unit_test(a_child_answers_messages_of_all_sizes),
        cmocka_unit_test(thousands_of_messages_arrive_in_order_and_then_the_end),
        cmocka_unit_test(the_end_comes_when_the_last_of_two_processes_has_closed),
        cmocka_unit_test(using_a_closed_end_is_misuse),
        cmocka_unit_test(a_message_larger_than_the_room_for_it_is_misuse),
        cmocka_unit_test(two_processes_that_wait_for_each_others_message_are_stuck),
        cmocka_unit_test(two_processes_that_both_send_more_than_fits_are_stuck),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("pipe", tests, NULL, NULL);
}

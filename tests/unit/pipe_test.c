/*
 * pipe_test.c - messages arrive whole and in order; a pipe tells its end.
 *
 * Both ends are in one process here, with threads. Between processes:
 * pipe_process_test.c; with kills: pipe_kill_test.c.
 */
#include "crowd.h"

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

TEST(several_threads_at_each_end_send_and_receive_whole_messages)
{
    start_receivers(&two);
    start_senders(&one);
    assert_true(end_senders());
    pipe_close(&one);
    assert_true(end_receivers());
    assert_int_equal(two.in.channel->bytes, 0);
}

#define WITH_PIPE(test) cmocka_unit_test_setup_teardown(test, open_both, close_both)

int main(void)
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
    };

    return cmocka_run_group_tests_name("pipe", tests, NULL, NULL);
}

/*
 * pipe_process_test.c - messages between processes: whole, in order, and then the end;
 * misuse, and processes that wait for each other.
 *
 * Each case is a child, a fresh start of this program.
 */
#include "crowd.h"

static struct pipe_end one, two;

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
    for (unsigned i = 0; i < 1000; i++) {
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

static void send_4000(struct process *self __attribute__((unused)))
{
    pipe_close(&two);
    for (unsigned i = 0; i < 4000; i++)
        must(send_made(&one, 3, i, 8 + i % 200));
} /* and closes nothing */

static void stream(const char *argument __attribute__((unused)))
{
    struct process child = {.pid = 0};
    struct made made;
    unsigned i = 0;

    pipe_open(&one, &two, "pipe", NULL);
    process_start(&child, send_4000, "child");
    pipe_close(&one);
    for (; recv_made(&two, &made); i++) {
        must(is_as_made(&made, 3, 8 + i % 200) && made.number == i);
        free_made(&made);
    }
    must(i == 4000);
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

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
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
    return cmocka_run_group_tests_name("pipe, processes", tests, NULL, NULL);
}

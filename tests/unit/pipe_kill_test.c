/*
 * pipe_kill_test.c - a process that uses a pipe is killed: nobody waits for it for
 * ever, and nobody takes half a message for a whole one.
 */
#include "messages.h"

#include <signal.h>

static struct pipe_end one, two;

/* Kills the child and waits for its death to be noticed. */
static void kill_child(struct process *child)
{
    kill(child->pid, SIGKILL);
    process_join(child);
    must(child->exit_status == 128 + SIGKILL);
}

static bool is_begun(void *channel)
{
    return atomic_load(&((struct channel *)channel)->in_middle[CHANNEL_READ]) != 0;
}

/* Until a receiver has the beginning of a message, and waits for the rest. */
static void until_in_the_middle(struct channel *channel)
{
    look_until(is_begun, channel);
    until_waits(channel, CHANNEL_READ, 1);
}

static void send_small_and_large(struct process *self __attribute__((unused)))
{
    pipe_close(&two);
    send_made(&one, 1, 5, 100);
    send_made(&one, 1, 6, 1 << 20);
}

/* What was sent before is still there; the half message is the end. */
static void sender_in_the_middle(const char *keep)
{
    struct process child = {.pid = 0};
    struct made made;

    pipe_open(&one, &two, "pipe", NULL);
    process_start(&child, send_small_and_large, "child");
    if (*keep == '\0')
        pipe_close(&one);
    until_waits(two.in.channel, CHANNEL_WRITE, 1);
    kill_child(&child);
    must(recv_made(&two, &made) && is_as_made(&made, 1, 100));
    free_made(&made);
    must(!recv_made(&two, &made));
    if (*keep != '\0') /* nor can anybody else send there */
        must(!pipe_send(&one, "", 0));
}

/* Main is in the middle of the message as well, and waits for its rest. */
static bool receive_half(struct caller *me)
{
    struct made made;

    return !recv_made(me->object, &made);
}

static void send_half(struct process *self __attribute__((unused)))
{
    struct frame frame = {.size = 100};

    channel_enter(one.out.channel);
    atomic_store(&one.out.channel->in_middle[CHANNEL_WRITE], roster_place() + 1);
    channel_leave(one.out.channel);
    write_raw(&one.out, &frame, sizeof frame);
    nap(TOO_LONG_MS);
}

static void both_in_the_middle(const char *argument __attribute__((unused)))
{
    struct process child = {.pid = 0};
    struct caller receiver = {.object = &two};

    pipe_open(&one, &two, "pipe", NULL);
    process_start(&child, send_half, "child"); /* main keeps its end open, too */
    caller_start(&receiver, receive_half);
    until_in_the_middle(two.in.channel);
    kill_child(&child);
    must(caller_result(&receiver));
}

static void receive_one(struct process *self __attribute__((unused)))
{
    struct made made;

    pipe_close(&two);
    recv_made(&one, &made);
}

/* The child has read the frame and waits for the rest. */
static void receiver_in_the_middle(const char *keep)
{
    struct frame frame = {.size = 100};
    struct process child = {.pid = 0};
    struct made made;

    pipe_open(&one, &two, "pipe", NULL);
    process_start(&child, receive_one, "child");
    if (*keep == '\0')
        pipe_close(&one);
    write_raw(&two.out, &frame, sizeof frame);
    until_in_the_middle(two.out.channel);
    kill_child(&child);
    must(!send_made(&two, 1, 1, 100));
    if (*keep != '\0') /* what is left is no message */
        must(!recv_made(&one, &made));
}

/* --- at any moment */

static void send_for_ever(struct process *self __attribute__((unused)))
{
    pipe_close(&two);
    for (unsigned i = 0; send_made(&one, 1, i, some_size(i)); i++)
        continue;
}

/* Receives some, kills, and receives what is left: whole messages, in order. */
static void kill_a_sender(unsigned some, bool keep)
{
    struct process child = {.pid = 0};
    struct made made;
    unsigned i = 0;

    pipe_open(&one, &two, "pipe", NULL);
    process_start(&child, send_for_ever, "child");
    if (!keep)
        pipe_close(&one);
    for (; i < some; i++) {
        must(recv_made(&two, &made));
        must(is_as_made(&made, 1, some_size(i)) && made.number == i);
        free_made(&made);
    }
    kill(child.pid, SIGKILL);
    if (keep) { /* its own end is open: the end may not come, but the death does */
        process_join(&child);
        pipe_close(&one);
    }
    for (; recv_made(&two, &made); i++) {
        must(is_as_made(&made, 1, some_size(i)) && made.number == i);
        free_made(&made);
    }
    process_join(&child);
    pipe_close(&two);
}

static void receive_for_ever(struct process *self __attribute__((unused)))
{
    struct made made;

    pipe_close(&two);
    for (unsigned i = 0; recv_made(&one, &made); i++) {
        must(is_as_made(&made, 2, some_size(i)) && made.number == i);
        free_made(&made);
    }
}

struct killer {
    struct thread thread;
    struct process *child;
    atomic_uint *sent;
    unsigned after;
};

static void strike(struct thread *self)
{
    struct killer *me = (struct killer *)self;

    while (atomic_load(me->sent) < me->after)
        sched_yield();
    kill(me->child->pid, SIGKILL);
}

/* Sends until nobody receives any more; another thread kills the receiver meanwhile. */
static void kill_a_receiver(unsigned some)
{
    struct process child = {.pid = 0};
    atomic_uint sent = 0;
    struct killer killer = {.child = &child, .sent = &sent, .after = some};

    pipe_open(&one, &two, "pipe", NULL);
    process_start(&child, receive_for_ever, "child");
    pipe_close(&one);
    thread_start(&killer.thread, strike, "killer");
    while (send_made(&two, 2, atomic_load(&sent), some_size(atomic_load(&sent))))
        atomic_fetch_add(&sent, 1);
    thread_join(&killer.thread);
    process_join(&child);
    pipe_close(&two);
}

enum { KILLS = 100 };

static void kill_senders(const char *argument __attribute__((unused)))
{
    for (unsigned i = 0; i < KILLS; i++)
        kill_a_sender(i * 7 % 60, i % 2 == 0);
}

static void kill_receivers(const char *argument __attribute__((unused)))
{
    for (unsigned i = 0; i < KILLS; i++)
        kill_a_receiver(i * 7 % 60);
}

/* Two children talk to each other; one is killed, and the other must end. */
static void answer(struct process *self __attribute__((unused)))
{
    struct made made;

    pipe_close(&two);
    while (recv_made(&one, &made)) {
        bool sent = send_made(&one, 1, made.number, made.size);
        free_made(&made);
        if (!sent)
            break;
    }
}

static void ask(struct process *self __attribute__((unused)))
{
    struct made made;

    pipe_close(&one);
    for (unsigned i = 0; send_made(&two, 1, i, some_size(i)); i++) {
        if (!recv_made(&two, &made))
            break;
        free_made(&made);
    }
}

static void kill_one_of_two(const char *argument __attribute__((unused)))
{
    for (unsigned i = 0; i < KILLS; i++) {
        struct process asks = {.pid = 0}, answers = {.pid = 0};

        pipe_open(&one, &two, "pipe", NULL);
        process_start(&answers, answer, "answers");
        process_start(&asks, ask, "asks");
        pipe_close(&one);
        pipe_close(&two);
        for (uint64_t end = clock_now() + i * 20000; clock_now() < end;)
            continue;
        kill_child(i % 2 == 0 ? &asks : &answers);
        process_join(i % 2 == 0 ? &answers : &asks);
    }
}

static void sleep_long(struct process *self __attribute__((unused)))
{
    pipe_close(&two);
    pipe_send(&one, "", 0);
    nap(TOO_LONG_MS);
}

static void start_another(struct process *self __attribute__((unused)))
{
    struct process grandchild = {.pid = 0};

    pipe_close(&two);
    process_start(&grandchild, sleep_long, "grandchild");
    pipe_close(&one);
    nap(TOO_LONG_MS);
}

/* It alone has the other end open, and dies with the child. */
static void grandchild(const char *argument __attribute__((unused)))
{
    struct process child = {.pid = 0};

    pipe_open(&one, &two, "pipe", NULL);
    process_start(&child, start_another, "child");
    pipe_close(&one);
    must(pipe_recv(&two, NULL, 0, NULL));
    kill_child(&child);
    must(!pipe_recv(&two, NULL, 0, NULL));
}

static const struct child_case cases[] = {
    {"sender", sender_in_the_middle},     {"receiver", receiver_in_the_middle},
    {"both", both_in_the_middle},         {"grandchild", grandchild},
    {"kill_senders", kill_senders},       {"kill_receivers", kill_receivers},
    {"kill_one_of_two", kill_one_of_two}, {NULL, NULL},
};

/* The case is right; of the processes that it killed each is told of, and nothing else
   is said. */
static void assert_only_kills(const char *name, const char *argument)
{
    struct child_end end = child_run(name, argument);
    static const char told[] = "KILLED: process ";

    assert_int_not_equal(end.err[0], '\0');
    for (char *line = end.err; *line != '\0'; line = strchr(line, '\n') + 1)
        if (strncmp(line, told, strlen(told)) != 0 || strchr(line, '\n') == NULL)
            fail_msg("it says: %s", line);
    assert_int_equal(end.status, 0);
}

TEST(half_a_message_of_a_killed_sender_is_no_message)
{
    assert_only_kills("sender", "");
    assert_only_kills("sender", "keep");
}

TEST(who_is_in_the_middle_of_a_message_of_a_killed_sender_is_told)
{
    assert_only_kills("both", "");
}

TEST(what_a_killed_receiver_left_is_no_message)
{
    assert_only_kills("receiver", "");
    assert_only_kills("receiver", "keep");
}

TEST(a_child_of_a_killed_child_is_told_of_too_and_nobody_waits_for_it)
{
    assert_only_kills("grandchild", "");
}

TEST(a_sender_killed_at_any_moment_leaves_whole_messages_and_the_end)
{
    assert_only_kills("kill_senders", "");
}

TEST(a_receiver_killed_at_any_moment_ends_its_sender)
{
    assert_only_kills("kill_receivers", "");
}

TEST(of_two_that_talk_one_is_killed_and_the_other_ends)
{
    assert_only_kills("kill_one_of_two", "");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_a_message_of_a_killed_sender_is_no_message),
        cmocka_unit_test(who_is_in_the_middle_of_a_message_of_a_killed_sender_is_told),
        cmocka_unit_test(what_a_killed_receiver_left_is_no_message),
        cmocka_unit_test(
            a_child_of_a_killed_child_is_told_of_too_and_nobody_waits_for_it),
        cmocka_unit_test(
            a_sender_killed_at_any_moment_leaves_whole_messages_and_the_end),
        cmocka_unit_test(a_receiver_killed_at_any_moment_ends_its_sender),
        cmocka_unit_test(of_two_that_talk_one_is_killed_and_the_other_ends),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("pipe, with kills", tests, NULL, NULL);
}

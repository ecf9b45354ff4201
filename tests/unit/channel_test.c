/*
 * channel_test.c - a channel never blocks by itself, knows its ends, and tells who has
 * them open.
 */
#include "messages.h"

#include <signal.h>

static struct channel_end reader, writer;

static int open_both(void **state __attribute__((unused)))
{
    channel_open_pipe(&reader, &writer, "channel");
    return 0;
}

static int close_both(void **state __attribute__((unused)))
{
    channel_close(&reader);
    channel_close(&writer);
    return 0;
}

static bool has_open(enum channel_side side, unsigned place)
{
    return roster_set_has(&reader.channel->open[side], place);
}

TEST(what_goes_in_comes_out_and_nothing_is_not_now)
{
    char text[8] = "";

    assert_int_equal(channel_read(&reader, text, sizeof text), CHANNEL_NOT_NOW);
    assert_int_equal(channel_write(&writer, "abc", 3), 3);
    assert_int_equal(channel_read(&reader, text, 2), 2);
    assert_string_equal(text, "ab");
    assert_int_equal(channel_read(&reader, text, sizeof text), 1);
    assert_int_equal(channel_read(&reader, text, sizeof text), CHANNEL_NOT_NOW);
}

TEST(a_full_channel_takes_what_fits_and_says_when_nothing_does)
{
    static char bytes[200000];
    size_t capacity = (size_t)writer.channel->capacity;

    assert_int_equal(channel_has_room(&writer), 1);
    assert_int_equal(channel_write(&writer, bytes, sizeof bytes), capacity);
    assert_int_equal(channel_has_room(&writer), CHANNEL_NOT_NOW);
    assert_int_equal(channel_write(&writer, bytes, 1), CHANNEL_NOT_NOW);
    assert_int_equal(channel_read(&reader, bytes, sizeof bytes), capacity);
    assert_int_equal(channel_has_room(&writer), 1);
}

TEST(without_a_writer_comes_what_is_left_and_then_the_end)
{
    char text[8];

    channel_write(&writer, "abc", 3);
    channel_close(&writer);
    assert_int_equal(channel_read(&reader, text, sizeof text), 3);
    assert_int_equal(channel_read(&reader, text, sizeof text), CHANNEL_END);
}

TEST(without_a_reader_a_write_is_the_end_and_no_signal_kills)
{
    channel_close(&reader);
    assert_int_equal(channel_write(&writer, "abc", 3), CHANNEL_END);
    assert_int_equal(channel_has_room(&writer), CHANNEL_END);
}

TEST(a_closed_end_is_the_end_and_closing_it_again_does_no_harm)
{
    char text[8];

    for (int i = 0; i < 2; i++) {
        channel_close(&reader);
        channel_close(&writer);
    }
    assert_int_equal(channel_read(&reader, text, sizeof text), CHANNEL_END);
    assert_int_equal(channel_write(&writer, text, 1), CHANNEL_END);
    assert_int_equal(channel_has_room(&writer), CHANNEL_END);
}

TEST(it_is_known_who_has_a_side_open)
{
    assert_true(has_open(CHANNEL_READ, 0) && has_open(CHANNEL_WRITE, 0));
    channel_close(&writer);
    assert_true(has_open(CHANNEL_READ, 0) && !has_open(CHANNEL_WRITE, 0));
}

static bool wait_within(void *object, int ms)
{
    struct channel_end *end = object;

    channel_enter(end->channel);
    bool woken = channel_wait(end, deadline_after((uint64_t)ms), false);
    channel_leave(end->channel);
    return woken;
}

TEST(a_wait_with_a_limit_is_not_early_and_not_much_late)
{
    assert_gives_up_in_time(wait_within, &reader);
    assert_gives_up_in_time(wait_within, &writer);
}

static bool wait_long(struct caller *me)
{
    return wait_within(me->object, TOO_LONG_MS);
}

TEST(who_waits_is_woken_by_the_other_side_alone_or_by_a_close)
{
    struct caller waits[2] = {{.object = &reader}, {.object = &reader}};

    caller_start(&waits[0], wait_long);
    until_waits(reader.channel, CHANNEL_READ, 1);
    caller_start(&waits[1], wait_long);
    until_waits(reader.channel, CHANNEL_READ, 2);
    channel_enter(reader.channel);
    channel_wake_all(reader.channel, CHANNEL_WRITE);
    channel_wake_one(reader.channel, CHANNEL_READ);
    channel_leave(reader.channel);
    assert_true(caller_result(&waits[0])); /* the one that came first */
    channel_close(&writer);
    assert_true(caller_result(&waits[1]));
}

TEST(ends_may_be_opened_and_closed_a_thousand_times)
{
    for (int i = 0; i < 1000; i++) {
        struct channel_end in, out;
        channel_open_pipe(&in, &out, "one of many");
        channel_close(&in);
        channel_close(&out);
    }
}

/* --- cases */

static void too_many(const char *argument __attribute__((unused)))
{
    struct channel_end in, out;

    for (int i = 0; i < 600; i++) /* few descriptors are allowed on some machines */
        channel_open_pipe(&in, &out, "one of many");
}

static void stay(struct process *self __attribute__((unused)))
{
    channel_close(&reader);
    channel_enter(writer.channel);
    channel_wait(&writer, DEADLINE_NEVER, false);
    channel_leave(writer.channel);
}

/* A child has both sides open, closes one, and at its end the other. */
static void child_has_it_open(const char *how)
{
    struct process child = {.pid = 0};

    channel_open_pipe(&reader, &writer, "channel");
    process_start(&child, stay, "child");
    until_waits(writer.channel, CHANNEL_WRITE, 1);
    must(has_open(CHANNEL_WRITE, child.place) && !has_open(CHANNEL_READ, child.place));
    must(has_open(CHANNEL_WRITE, 0) && has_open(CHANNEL_READ, 0));
    if (strcmp(how, "kill") == 0)
        kill(child.pid, SIGKILL);
    channel_enter(writer.channel);
    channel_wake_all(writer.channel, CHANNEL_WRITE);
    channel_leave(writer.channel);
    process_join(&child);
    must(!has_open(CHANNEL_WRITE, child.place));
}

static const struct child_case cases[] = {
    {"too_many", too_many},
    {"child", child_has_it_open},
    {NULL, NULL},
};

TEST(more_ends_than_there_is_room_for_are_told)
{
    struct child_end end = child_run("too_many", "");

    assert_int_equal(end.status, 1);
    assert_contains(end.err, "FAILED: ");
}

TEST(what_a_child_has_open_is_closed_at_its_end_and_at_a_kill)
{
    assert_int_equal(child_run("child", "end").status, 0);
    assert_int_equal(child_run("child", "kill").status, 0);
}

#define WITH_CHANNEL(test) cmocka_unit_test_setup_teardown(test, open_both, close_both)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_CHANNEL(what_goes_in_comes_out_and_nothing_is_not_now),
        WITH_CHANNEL(a_full_channel_takes_what_fits_and_says_when_nothing_does),
        WITH_CHANNEL(without_a_writer_comes_what_is_left_and_then_the_end),
        WITH_CHANNEL(without_a_reader_a_write_is_the_end_and_no_signal_kills),
        WITH_CHANNEL(a_closed_end_is_the_end_and_closing_it_again_does_no_harm),
        WITH_CHANNEL(it_is_known_who_has_a_side_open),
        WITH_CHANNEL(a_wait_with_a_limit_is_not_early_and_not_much_late),
        WITH_CHANNEL(who_waits_is_woken_by_the_other_side_alone_or_by_a_close),
        cmocka_unit_test(ends_may_be_opened_and_closed_a_thousand_times),
        cmocka_unit_test(more_ends_than_there_is_room_for_are_told),
        cmocka_unit_test(what_a_child_has_open_is_closed_at_its_end_and_at_a_kill),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("channel", tests, NULL, NULL);
}

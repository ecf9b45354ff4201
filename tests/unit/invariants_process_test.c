/*
 * invariants_process_test.c - a good run of two processes breaks no invariant; each of
 * theirs, broken once, is told with the step where it happened.
 */
#include "../../viz/invariants.h"
#include "good_family.h"

static char *report;
static unsigned broken;

static int begin(void **state __attribute__((unused)))
{
    report = NULL;
    make_family();
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    free(report);
    made_free(&made);
    return 0;
}

static void check(void)
{
    struct reader reader;
    size_t size;

    free(report);
    FILE *file = open_memstream(&report, &size);
    assert_non_null(file);
    made_open(&made, &reader);
    broken = invariants_check(&reader, file);
    reader_close(&reader);
    fclose(file);
}

/* The first thing told is this one, at that step. */
static void assert_broken(uint64_t step, const char *words)
{
    char start[32];

    check();
    snprintf(start, sizeof start, "step %llu:", (unsigned long long)step);
    char *line = report, *next = strchr(report, '\n');
    if (next != NULL)
        *next = '\0';
    if (strncmp(line, start, strlen(start)) != 0 || strstr(line, words) == NULL)
        fail_msg("not \"%s\" at step %llu, but: %s", words, (unsigned long long)step,
                 line);
}

/* That step becomes one that changes nothing. */
static void only_says(uint64_t step, uint32_t thread)
{
    *at(step) = (struct trace_event){
        .kind = TRACE_SAY, .thread = thread, .time_ns = at(step)->time_ns};
}

TEST(a_good_run_of_processes_breaks_nothing)
{
    check();
    assert_string_equal(report, "");
    assert_int_equal(broken, 0);
}

TEST(nothing_is_concluded_across_a_lost_step)
{
    for (uint64_t lost = 1; lost <= made.count; lost++) {
        struct trace_event kept = *at(lost);
        *at(lost) = (struct trace_event){.kind = TRACE_UNCOMMITTED};
        check();
        if (broken > 0)
            fail_msg("with step %llu lost:\n%s", (unsigned long long)lost, report);
        *at(lost) = kept;
    }
}

TEST(nothing_acts_in_a_process_after_its_end)
{
    made_say(&made, CHILD, "still here");
    assert_broken(made.count, "after its end");
    at(made.count)->thread = FEEDER;
    only_says(FEEDER_ENDS, FEEDER);
    assert_broken(made.count, "after its process's end");
}

TEST(nothing_acts_in_a_process_after_its_kill)
{
    *at(CHILD_ENDS) = (struct trace_event){
        .kind = TRACE_PROCESS_KILLED, .object = CHILD, .detail = 9};
    check();
    assert_string_equal(report, "");
    made_say(&made, CHILD, "still here");
    assert_broken(made.count, "after its process's end");
}

TEST(a_process_is_started_once_and_joined_after_its_end)
{
    made_fork(&made, MAIN, CHILD, "child");
    at(made.count)->thread = SERVER;
    assert_broken(made.count, "started twice");
    made.count--;
    only_says(CHILD_ENDS, CHILD);
    assert_broken(JOINS, "joined before its end");
}

TEST(who_has_ended_is_not_killed)
{
    made_killed(&made, CHILD, 9, 137);
    assert_broken(made.count, "killed after its end");
    at(made.count)->object = 99;
    assert_broken(made.count, "no such process");
}

TEST(messages_are_received_whole_once_and_in_order)
{
    at(RECEIVES)->number = 3;
    assert_broken(RECEIVES, "item 3 is taken, and 11 is first");
    at(RECEIVES)->number = SENDS;
    only_says(WRITES, FEEDER);
    assert_broken(RECEIVES, "before all of it was written");
}

TEST(a_message_is_received_after_it_was_sent)
{
    for (uint64_t step = SENDS; step <= WRITES; step++)
        only_says(step, MAIN);
    assert_broken(RECEIVES, "taken from an empty queue");
}

TEST(a_pipes_bytes_add_up)
{
    at(RECEIVES)->depth = 20;
    assert_broken(RECEIVES, "20 bytes are left, and should be 0");
    at(RECEIVES)->depth = 0;
    at(WRITES)->depth = 4096;
    assert_broken(WRITES, "4096 bytes are on their way, and should be 5000");
    at(WRITES)->depth = 5000;
    at(SENDS)->number = 1;
    assert_broken(SENDS, "not the step that put it");
}

TEST(what_is_sent_was_put_and_is_sent_once)
{
    at(FEEDS_SECOND)->number = PUTS;
    assert_broken(FEEDS_SECOND, "in no buffer");
    at(FEEDS_SECOND)->number = 2;
    assert_broken(FEEDS_SECOND, "in no buffer");
}

TEST(items_of_a_process_queue_come_in_the_order_of_the_sends)
{
    at(TAKES)->number = PUTS_SECOND;
    assert_broken(TAKES, "item 16 is taken, and 15 is first");
}

TEST(a_process_queue_never_gives_what_is_not_there)
{
    at(TAKES)->kind = at(FEEDS)->kind = at(FEEDS_SECOND)->kind =
        TRACE_PROCESS_QUEUE_LOOK;
    for (uint64_t step = FEEDS; step <= TAKES; step++) {
        at(step)->depth = 0;
        at(step)->unfinished = 2;
    }
    check();
    assert_string_equal(report, "");
    at(TAKES)->kind = TRACE_PROCESS_QUEUE_GET;
    assert_broken(TAKES, "taken from an empty queue");
}

TEST(a_process_queues_counts_and_capacity_hold)
{
    at(PUTS)->depth = 3;
    assert_broken(PUTS, "the depth is 3, and should be 0");
    at(PUTS)->depth = 0;
    at(FEEDS)->unfinished = 2;
    assert_broken(FEEDS, "2 are in buffers, and should be 1");
    at(FEEDS)->unfinished = 1;
    at(MAKES_RESULTS)->number = 1;
    assert_broken(PUTS_SECOND, "above the capacity of 1");
}

TEST(a_feeder_that_waits_tells_nothing_of_the_queue)
{
    at(FEEDER_ENDS)->kind = TRACE_PROCESS_QUEUE_FEED_FAILED;
    at(FEEDER_ENDS)->object = RESULTS;
    check();
    assert_string_equal(report, "");
}

TEST(a_list_grows_at_its_end)
{
    at(APPENDS_SECOND)->number = 0;
    assert_broken(APPENDS_SECOND, "appended at 0, and its length was 1");
    at(APPENDS_SECOND)->number = 1;
    at(APPENDS_SECOND)->depth = 1;
    assert_broken(APPENDS_SECOND, "the length is 1, and should be 2");
    at(APPENDS_SECOND)->kind = TRACE_LIST_GET;
    assert_broken(APPENDS_SECOND, "there is no item 1");
}

TEST(a_childs_list_is_another_one)
{
    made_send(&made, TRACE_LIST_APPEND, SERVER, NAMES, 1, 0, "z");
    at(made.count)->number = 0; /* it began before the first append */
    check();
    assert_string_equal(report, "");
    at(made.count)->number = 2;
    assert_broken(made.count, "appended at 2, and its length was 0");
}

TEST(a_task_is_done_once_and_after_it_was_begun)
{
    struct trace_event done = *at(DOES_TASK);

    only_says(BEGINS_TASK, CHILD);
    assert_broken(DOES_TASK, "before it was begun");
    *at(BEGINS_TASK) = done;
    at(BEGINS_TASK)->kind = TRACE_FUTURE_RUN;
    *at(ASKS) = done;
    assert_broken(ASKS, "done twice");
    at(ASKS)->kind = TRACE_FUTURE_RUN;
    assert_broken(ASKS, "begun twice");
}

TEST(a_result_comes_after_the_task_is_done)
{
    only_says(DOES_TASK, CHILD);
    assert_broken(HAS_RESULT, "before it is done");
}

TEST(a_completed_task_is_handed_out_once)
{
    at(IS_HANDED)->number = LATE_TASK;
    assert_broken(IS_HANDED, "handed out before it is done");
    at(IS_HANDED)->number = PIPE;
    assert_broken(IS_HANDED, "is no task");
    at(IS_HANDED)->number = TASK;
    at(WANTS_NEXT)->kind = TRACE_POOL_NEXT;
    at(WANTS_NEXT)->number = TASK;
    assert_broken(WANTS_NEXT, "handed out twice");
}

TEST(what_is_used_was_made)
{
    at(MAKES_PIPE)->object = 55;
    assert_broken(WANTS_MESSAGE, "no such pipe");
    at(MAKES_PIPE)->object = PIPE;
    at(MAKES_COUNTER)->object = 55;
    assert_broken(READS, "no such shared");
}

#define PROCESS_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROCESS_TEST(a_good_run_of_processes_breaks_nothing),
        PROCESS_TEST(nothing_is_concluded_across_a_lost_step),
        PROCESS_TEST(nothing_acts_in_a_process_after_its_end),
        PROCESS_TEST(nothing_acts_in_a_process_after_its_kill),
        PROCESS_TEST(a_process_is_started_once_and_joined_after_its_end),
        PROCESS_TEST(who_has_ended_is_not_killed),
        PROCESS_TEST(messages_are_received_whole_once_and_in_order),
        PROCESS_TEST(a_message_is_received_after_it_was_sent),
        PROCESS_TEST(a_pipes_bytes_add_up),
        PROCESS_TEST(what_is_sent_was_put_and_is_sent_once),
        PROCESS_TEST(items_of_a_process_queue_come_in_the_order_of_the_sends),
        PROCESS_TEST(a_process_queue_never_gives_what_is_not_there),
        PROCESS_TEST(a_process_queues_counts_and_capacity_hold),
        PROCESS_TEST(a_feeder_that_waits_tells_nothing_of_the_queue),
        PROCESS_TEST(a_list_grows_at_its_end),
        PROCESS_TEST(a_childs_list_is_another_one),
        PROCESS_TEST(a_task_is_done_once_and_after_it_was_begun),
        PROCESS_TEST(a_result_comes_after_the_task_is_done),
        PROCESS_TEST(a_completed_task_is_handed_out_once),
        PROCESS_TEST(what_is_used_was_made),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

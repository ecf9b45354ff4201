/*
 * sentence_process_test.c - the steps of processes and of what they share in words, and
 * which process is meant where a name alone would not tell.
 */
#include "../../viz/sentence.h"
#include "good_family.h"

static struct reader reader;
static struct model model;
static char words[512];

static int begin(void **state __attribute__((unused)))
{
    make_family();
    reader = (struct reader){.descriptor = -1};
    model = (struct model){.step = 0};
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    model_free(&model);
    if (reader.descriptor >= 0)
        reader_close(&reader);
    made_free(&made);
    return 0;
}

static struct text_buffer go_to(uint64_t step)
{
    model_free(&model);
    if (reader.descriptor >= 0)
        reader_close(&reader);
    made_open(&made, &reader);
    model_seek(&model, &reader, step);
    words[0] = '\0';
    return (struct text_buffer){words, sizeof words, 0};
}

static const char *sentence(uint64_t step)
{
    struct text_buffer buffer = go_to(step);

    sentence_of_step(&buffer, &model, &reader);
    return words;
}

static const char *row(uint64_t step, uint32_t thread)
{
    struct text_buffer buffer = go_to(step);

    sentence_of_thread(&buffer, &model, &reader,
                       (unsigned)model_thread_of(&model, thread), model.time_ns);
    return words;
}

static const char *told(uint64_t step, uint32_t number, uint32_t process)
{
    struct text_buffer buffer = go_to(step);

    sentence_of_object(&buffer, &model, &reader,
                       model_object_of(&model, number, process));
    return words;
}

TEST(processes_are_told_from_their_start_to_their_end)
{
    assert_string_equal(sentence(FORKS), "main starts process child, a copy of itself");
    at(FORKS)->detail = 1;
    assert_string_equal(sentence(FORKS),
                        "main starts process child: the program begins anew");
    assert_string_equal(sentence(STARTS_FEEDER), "child starts feeder (child)");
    assert_string_equal(sentence(CHILD_ENDS),
                        "process child ends with status 0: it went as it should");
    assert_string_equal(sentence(JOINS),
                        "main has joined process child (0: it went as it should)");
}

TEST(a_thread_that_has_a_processs_name_is_told_from_it)
{
    made_thread(&made, 50, "worker-0");
    assert_string_equal(sentence(made.count), "main starts worker-0");
    made_fork(&made, MAIN, 51, "worker-0");
    made_say(&made, 50, "hello");
    assert_string_equal(sentence(made.count), "worker-0 (main) prints \"hello\"");
    at(made.count)->thread = 51;
    assert_string_equal(sentence(made.count), "worker-0 prints \"hello\"");
}

TEST(a_death_is_told_with_its_signal_or_status)
{
    made_killed(&made, SERVER, 9, 137);
    assert_string_equal(sentence(made.count),
                        "process manager was killed by signal 9 (Killed)");
    assert_string_equal(row(made.count, SERVER), "X killed by signal 9 (Killed)");
    *at(made.count) = (struct trace_event){
        .kind = TRACE_PROCESS_KILLED, .object = SERVER, .number = 7};
    assert_string_equal(sentence(made.count),
                        "process manager ended without a word, with status 7");
    assert_string_equal(row(made.count, SERVER), "X ended without a word, status 7");
}

TEST(a_thread_that_goes_with_its_process_says_so)
{
    *at(FEEDER_ENDS) = (struct trace_event){.kind = TRACE_SAY, .thread = FEEDER};
    assert_string_equal(row(CHILD_ENDS, FEEDER), "X gone: its process has ended");
}

TEST(who_waits_for_a_message_or_for_room_says_so)
{
    assert_string_equal(row(WANTS_MESSAGE, CHILD), "W waits for a message on pipe 1>2");
    assert_string_equal(sentence(SENDS), "main sends 'hello' on pipe 1>2");
    assert_string_equal(row(IS_FULL, MAIN), "W waits to write 904 bytes on pipe 1>2");
    assert_string_equal(sentence(IS_FULL),
                        "pipe 1>2 is full, so main waits to write 904 bytes more");
    assert_string_equal(sentence(RECEIVES), "child received 'hello' from pipe 1>2");
    assert_contains(told(IS_FULL, PIPE, MAIN), "5000 bytes on their way, 4096 fit");
    assert_string_equal(told(RECEIVES, PIPE, MAIN), "0 of 4096 bytes on their way");
}

TEST(closing_tells_which_end)
{
    *at(WANTS_NEXT) = (struct trace_event){
        .kind = TRACE_PIPE_CLOSE, .thread = MAIN, .object = PIPE, .detail = 1};
    assert_string_equal(sentence(WANTS_NEXT),
                        "main closes its writing end of pipe 1>2");
}

TEST(a_process_queue_tells_what_is_buffered)
{
    assert_contains(sentence(PUTS), "child put 'a' on results; it is in a buffer");
    assert_contains(sentence(FEEDS), "feeder (child) sends");
    assert_string_equal(told(FEEDS, RESULTS, MAIN),
                        "1 in the pipe + 1 buffered = 2 of 3");
    assert_string_equal(sentence(TAKES), "main took 'a' from results; 1 left");
    assert_string_equal(row(TAKES, MAIN), "R works on 'a'");
}

TEST(a_childs_copy_has_the_childs_name)
{
    assert_string_equal(sentence(STORES), "child writes counter (child): 101");
    assert_string_equal(told(STORES, COUNTER, MAIN), "= 100");
    assert_string_equal(told(STORES, COUNTER, CHILD), "= 101");
    assert_string_equal(sentence(APPENDS), "main appends 'x' to 'names'; its length is "
                                           "1 now");
}

TEST(what_a_process_made_anew_is_told_from_the_first_ones)
{
    made_fork(&made, MAIN, 50, "anew");
    at(made.count)->detail = 1;
    made_object(&made, TRACE_SHARED_INIT, 50, 51, 0, "counter");
    assert_string_equal(sentence(made.count), "anew makes the variable counter (anew): "
                                              "0");
    made_object(&made, TRACE_LOCK_INIT, 50, 52, 0, "counter");
    assert_string_equal(sentence(made.count), "anew makes the lock 'counter'");
    made_act_on(&made, TRACE_SHARED_LOAD, MAIN, COUNTER, 100, 0, 0);
    assert_string_equal(sentence(made.count), "main reads counter: 100");
}

TEST(negative_values_are_shown_as_such)
{
    at(STORES)->number = (uint64_t)-5;
    assert_contains(sentence(STORES), ": -5");
    assert_string_equal(told(STORES, COUNTER, CHILD), "= -5");
}

TEST(a_lock_left_behind_by_a_fork_tells_whose_it_was)
{
    enum { LOCK = 30, LATE };

    made_object(&made, TRACE_LOCK_INIT, MAIN, LOCK, 0, "log");
    made_thread(&made, LATE + 1, "worker-0");
    made_step(&made, TRACE_LOCK_ACQUIRE, LATE + 1, LOCK);
    made_fork(&made, MAIN, LATE, "late");
    made_step(&made, TRACE_LOCK_ACQUIRE_BEGIN, LATE, LOCK);
    assert_string_equal(row(made.count, LATE),
                        "L wants lock 'log', held by worker-0 of main");
    assert_contains(row(made.count, LATE + 1), "holds 'log'");
    assert_null(strstr(words, "late"));
    assert_string_equal(told(made.count, LOCK, LATE), "lock, held by worker-0 of main");
}

TEST(tasks_and_results_are_told_by_name)
{
    assert_string_equal(sentence(SUBMITS), "main submits task-0 to the pool 'pool'");
    assert_string_equal(row(BEGINS_TASK, CHILD), "R works on task-0");
    assert_string_equal(row(WANTS_RESULT, MAIN), "W waits for task-0's result");
    assert_string_equal(sentence(IS_HANDED),
                        "main is handed task-0, which is completed");
    assert_string_equal(told(BEGINS_TASK, POOL, MAIN),
                        "pool: 1 waiting, 1 running, 0 done");
    at(DOES_TASK)->detail = 1;
    at(DOES_TASK)->text = made_text(&made, "no such page");
    assert_string_equal(sentence(DOES_TASK),
                        "child has done task-0, which failed: no such page");
    assert_contains(told(DOES_TASK, POOL, MAIN), "0 done, 1 failed");
    at(HAS_RESULT)->kind = TRACE_FUTURE_RESULT_FAILED;
    at(HAS_RESULT)->detail = TRACE_BECAUSE_RAISED;
    at(HAS_RESULT)->text = at(DOES_TASK)->text;
    assert_string_equal(sentence(HAS_RESULT),
                        "main gets no result of task-0: the task failed: no such page");
}

TEST(a_request_is_told_to_who_waits_and_to_who_serves)
{
    assert_string_equal(row(ASKS, CHILD), "W waits for manager: pids.append('12')");
    assert_string_equal(told(ASKS, SERVER, MAIN), "requests: 1 waiting, 0 served");
    assert_string_equal(sentence(SERVES),
                        "manager takes the request pids.append('12')");
    assert_string_equal(row(ANSWERED, SERVER), "R serves pids.append('12')");
    assert_string_equal(told(ANSWERED, SERVER, MAIN), "requests: 0 waiting, 1 served");
    assert_string_equal(told(ANSWERED, CHILD, MAIN), "");
}

TEST(who_serves_waits_for_requests_and_for_clients)
{
    at(WANTS_NEXT)->thread = SERVER;
    at(WANTS_NEXT)->object = SERVER;
    at(WANTS_NEXT)->kind = TRACE_MANAGER_SERVE_BEGIN;
    assert_string_equal(row(WANTS_NEXT, SERVER), "W waits for a request");
    at(WANTS_NEXT)->kind = TRACE_MANAGER_SERVE_FAILED;
    assert_string_equal(row(WANTS_NEXT, SERVER), "R can run");
    at(WANTS_NEXT)->kind = TRACE_MANAGER_ACCEPT_BEGIN;
    assert_string_equal(row(WANTS_NEXT, SERVER), "W waits for clients");
}

#define SENTENCE_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

TEST(a_managers_thread_is_named_so_that_a_sentence_holds)
{
    enum { SERVANT = 40 };

    made_add(&made, (struct trace_event){.kind = TRACE_THREAD_START,
                                         .thread = SERVER,
                                         .object = SERVANT,
                                         .text = made_text(&made, "for worker-3")});
    uint64_t step =
        made_add(&made, (struct trace_event){.kind = TRACE_NAP_END, .thread = SERVANT});
    assert_non_null(strstr(sentence(step), "manager's thread for worker-3 "));
    assert_null(strstr(sentence(step), "(manager)"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SENTENCE_TEST(processes_are_told_from_their_start_to_their_end),
        SENTENCE_TEST(a_thread_that_has_a_processs_name_is_told_from_it),
        SENTENCE_TEST(a_death_is_told_with_its_signal_or_status),
        SENTENCE_TEST(a_thread_that_goes_with_its_process_says_so),
        SENTENCE_TEST(who_waits_for_a_message_or_for_room_says_so),
        SENTENCE_TEST(closing_tells_which_end),
        SENTENCE_TEST(a_process_queue_tells_what_is_buffered),
        SENTENCE_TEST(a_childs_copy_has_the_childs_name),
        SENTENCE_TEST(what_a_process_made_anew_is_told_from_the_first_ones),
        SENTENCE_TEST(negative_values_are_shown_as_such),
        SENTENCE_TEST(a_lock_left_behind_by_a_fork_tells_whose_it_was),
        SENTENCE_TEST(tasks_and_results_are_told_by_name),
        SENTENCE_TEST(a_request_is_told_to_who_waits_and_to_who_serves),
        SENTENCE_TEST(who_serves_waits_for_requests_and_for_clients),
        SENTENCE_TEST(a_managers_thread_is_named_so_that_a_sentence_holds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * sentence_test.c - each kind of step in words: names and items are filled in, no
 * placeholder is left, and a thread's row says what it waits for and who holds it.
 */
#include "../../viz/sentence.h"
#include "made_family.h"

enum { MAIN = 1, WORKER, TASKS, DOOR };

static struct made made;
static struct reader reader;
static struct model model;
static char words[512];

static int begin(void **state __attribute__((unused)))
{
    made = made_begin();
    reader = (struct reader){.descriptor = -1};
    model = (struct model){.step = 0};
    made_run_start(&made);
    made_thread(&made, WORKER, "worker-1");
    made_queue(&made, TASKS, "tasks", 0);
    made_step(&made, TRACE_LOCK_INIT, MAIN, DOOR);
    made.events[3].text = made_text(&made, "door");
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

static struct text_buffer fold(void)
{
    if (reader.descriptor >= 0)
        reader_close(&reader);
    made_open(&made, &reader);
    model_seek(&model, &reader, reader.steps);
    words[0] = '\0';
    return (struct text_buffer){words, sizeof words, 0};
}

/* The sentence of the last step. */
static const char *sentence(void)
{
    struct text_buffer buffer = fold();

    sentence_of_step(&buffer, &model, &reader);
    return words;
}

/* What the worker's row says, that long after the last step. */
static const char *row(uint64_t later_ns)
{
    struct text_buffer buffer = fold();

    sentence_of_thread(&buffer, &model, &reader, 1, model.time_ns + later_ns);
    return words;
}

TEST(before_the_first_step_it_says_so)
{
    struct text_buffer buffer = fold();
    struct model none = {.step = 0};

    sentence_of_step(&buffer, &none, &reader);
    assert_contains(words, "nothing has happened");
}

TEST(a_step_is_told_with_its_thread_object_and_item)
{
    uint64_t put = made_put(&made, MAIN, TASKS, 1, 1, "e");

    assert_string_equal(sentence(), "main put 'e' on tasks; 1 there now");
    made_get(&made, WORKER, TASKS, put, 0, 1);
    assert_string_equal(sentence(), "worker-1 took 'e' from tasks; 0 left");
    made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
    assert_string_equal(sentence(), "worker-1 wants an item from tasks; none is there, "
                                    "so it waits");
    made_say(&made, WORKER, "hello");
    assert_string_equal(sentence(), "worker-1 prints \"hello\"");
}

TEST(what_the_kit_tells_is_nobodys)
{
    made_add(&made, (struct trace_event){.kind = TRACE_TOLD,
                                         .text = made_text(&made, "UNREAD FAILURE")});
    assert_string_equal(sentence(), "the kit says: UNREAD FAILURE");
}

TEST(a_printed_newline_is_named)
{
    static const char *const pieces[][2] = {{"", "\"\""},
                                            {"x", "\"x\""},
                                            {"\n", "a newline"},
                                            {"x\n", "\"x\" and a newline"}};

    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        made_add(&made, (struct trace_event){.kind = TRACE_SAY_PIECE,
                                             .thread = WORKER,
                                             .text = made_text(&made, pieces[i][0])});
        assert_string_equal(strstr(sentence(), "piece: ") + 7, pieces[i][1]);
    }
}

TEST(one_is_told_as_one)
{
    made_step(&made, TRACE_QUEUE_JOIN_BEGIN, WORKER, TASKS);
    made.events[made.count - 1].unfinished = 1;
    assert_string_equal(sentence(),
                        "worker-1 joins tasks and waits: 1 task is unfinished");
    made.events[made.count - 1].unfinished = 2;
    model_free(&model);
    assert_contains(sentence(), "2 tasks are unfinished");
    made_object(&made, TRACE_POOL_INIT, MAIN, 9, 1, "pool");
    assert_string_equal(sentence(), "main makes the pool 'pool' with 1 worker");
    made_object(&made, TRACE_POOL_INIT, MAIN, 10, 3, "b");
    assert_string_equal(sentence(), "main makes the pool 'b' with 3 workers");
}

TEST(a_flag_and_a_list_are_told_in_quotes)
{
    made_object(&made, TRACE_EVENT_INIT, MAIN, 9, 0, "answered");
    made_step(&made, TRACE_EVENT_WAIT_BEGIN, WORKER, 9);
    assert_string_equal(row(0), "W waits for the flag 'answered' to be set");
    made_step(&made, TRACE_EVENT_SET, MAIN, 9);
    assert_string_equal(sentence(), "main sets the flag 'answered'");
    made_step(&made, TRACE_EVENT_WAIT, WORKER, 9);
    assert_string_equal(sentence(), "worker-1 goes on: the flag 'answered' is set");
    made_object(&made, TRACE_LIST_INIT, MAIN, 10, 0, "list");
    assert_string_equal(sentence(), "main makes the list 'list'");
}

TEST(a_notify_tells_whom_it_wakes)
{
    made_object(&made, TRACE_CONDITION_INIT, MAIN, 9, DOOR, "not_empty");
    made_step(&made, TRACE_CONDITION_NOTIFY, MAIN, 9);
    assert_string_equal(sentence(),
                        "main notifies on not_empty: nobody waits, so it is lost");
    made_act_on(&made, TRACE_CONDITION_WAIT_BEGIN, WORKER, 9, TRACE_NO_LIMIT, 0, 0);
    assert_string_equal(row(0), "W waits for a notify on not_empty");
    made_object(&made, TRACE_CONDITION_NOTIFY, MAIN, 9, WORKER, "");
    made.events[made.count - 1].detail = 1;
    assert_string_equal(sentence(), "main notifies on not_empty: wakes worker-1");
    assert_string_equal(row(0), "R woken; waited for a notify on not_empty");
    made_step(&made, TRACE_CONDITION_WAIT, WORKER, 9);
    assert_string_equal(row(0), "R can run, holds 'door'");
    made_object(&made, TRACE_CONDITION_NOTIFY, MAIN, 9, WORKER, "");
    made.events[made.count - 1].detail = 3;
    assert_string_equal(sentence(), "main notifies on not_empty: wakes 3 threads");
}

TEST(a_failure_tells_its_reason)
{
    static const char *const reasons[] = {"", "nothing was there", "full", "time limit",
                                          "shut down"};

    for (uint32_t i = 1; i < 5; i++) {
        made_step(&made, TRACE_QUEUE_GET_FAILED, WORKER, TASKS);
        made.events[made.count - 1].detail = i;
        assert_contains(sentence(), reasons[i]);
    }
    made.events[made.count - 1].detail = 4000000000;
    assert_contains(sentence(), "worker-1");
}

TEST(a_time_limit_is_told)
{
    made_add(&made, (struct trace_event){.kind = TRACE_QUEUE_GET_BEGIN,
                                         .thread = WORKER,
                                         .object = TASKS,
                                         .number = 250000000});
    assert_contains(sentence(), "at most 0.25 s");
    assert_contains(row(50000000), "T waits for an item on tasks, 0.20 s to go");
    assert_contains(row(900000000), "0 us to go");
}

TEST(every_kind_has_a_sentence_without_placeholders)
{
    for (uint32_t kind = 0; kind < TRACE_KINDS + 2; kind++) {
        made_add(&made, (struct trace_event){.kind = kind,
                                             .thread = WORKER,
                                             .object = TASKS,
                                             .number = 7,
                                             .text = made.header.program});
        assert_true(strlen(sentence()) > 8);
        assert_null(strchr(words, '%'));
    }
}

TEST(a_thread_that_waits_says_for_what)
{
    made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
    assert_string_equal(row(0), "W waits for an item on tasks");
    made_put(&made, MAIN, TASKS, 1, 1, "k");
    made_get(&made, WORKER, TASKS, made.count, 0, 1);
    assert_string_equal(row(0), "R works on 'k'");
    made_add(&made, (struct trace_event){.kind = TRACE_NAP_BEGIN,
                                         .thread = WORKER,
                                         .number = 610000000});
    assert_string_equal(row(0), "S works on 'k', 0.61 s to go");
    made_step(&made, TRACE_NAP_END, WORKER, 0);
    made_step(&made, TRACE_QUEUE_JOIN_BEGIN, WORKER, TASKS);
    made.events[made.count - 1].unfinished = 1;
    assert_contains(row(0), "W waits for tasks.join: 1 not reported");
}

TEST(a_thread_that_wants_a_lock_says_who_holds_it_and_the_holder_that_it_does)
{
    made_step(&made, TRACE_LOCK_ACQUIRE, MAIN, DOOR);
    made_step(&made, TRACE_LOCK_ACQUIRE_BEGIN, WORKER, DOOR);
    assert_contains(sentence(), "main holds it");
    row(0);
    assert_int_equal(words[0], 'L');
    assert_contains(words, "door");
    assert_contains(words, "held by main");
    struct text_buffer brief = {words, sizeof words, 0};
    sentence_of_thread_brief(&brief, &model, &reader, 1, model.time_ns);
    assert_string_equal(words, "L lock 'door': main has it");
    made_step(&made, TRACE_LOCK_RELEASE, MAIN, DOOR);
    made_step(&made, TRACE_LOCK_ACQUIRE, WORKER, DOOR);
    assert_contains(row(0), "door");
}

TEST(an_ended_thread_says_so)
{
    made_step(&made, TRACE_THREAD_END, WORKER, 0);
    assert_string_equal(row(0), "E ended");
}

TEST(a_long_name_is_cut_with_the_buffer)
{
    char name[5000], small[20] = "";
    struct text_buffer buffer = {small, sizeof small, 0};

    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    made_thread(&made, 9, name);
    assert_int_equal(strlen(sentence()), sizeof words - 1);
    sentence_of_step(&buffer, &model, &reader);
    assert_string_equal(small, "main starts nnnnnnn");
}

TEST(a_name_with_a_percent_sign_is_text)
{
    made_thread(&made, 9, "100%s%n");
    assert_string_equal(sentence(), "main starts 100%s%n");
}

#define SENTENCE_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SENTENCE_TEST(before_the_first_step_it_says_so),
        SENTENCE_TEST(a_step_is_told_with_its_thread_object_and_item),
        SENTENCE_TEST(what_the_kit_tells_is_nobodys),
        SENTENCE_TEST(a_printed_newline_is_named),
        SENTENCE_TEST(one_is_told_as_one),
        SENTENCE_TEST(a_flag_and_a_list_are_told_in_quotes),
        SENTENCE_TEST(a_notify_tells_whom_it_wakes),
        SENTENCE_TEST(a_failure_tells_its_reason),
        SENTENCE_TEST(a_time_limit_is_told),
        SENTENCE_TEST(every_kind_has_a_sentence_without_placeholders),
        SENTENCE_TEST(a_thread_that_waits_says_for_what),
        SENTENCE_TEST(
            a_thread_that_wants_a_lock_says_who_holds_it_and_the_holder_that_it_does),
        SENTENCE_TEST(an_ended_thread_says_so),
        SENTENCE_TEST(a_long_name_is_cut_with_the_buffer),
        SENTENCE_TEST(a_name_with_a_percent_sign_is_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

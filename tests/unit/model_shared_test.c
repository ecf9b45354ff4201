/*
 * model_shared_test.c - the fold over the events of what threads and processes share:
 * pipes, process queues, lists, futures, pools and managers.
 */
#include "../../viz/model.h"
#include "good_family.h"

static struct reader reader;
static struct model model;

static int begin(void **state __attribute__((unused)))
{
    make_family();
    model = (struct model){.step = 0};
    reader = (struct reader){.descriptor = -1};
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

static const struct model_object *object_at(uint64_t step, uint32_t number)
{
    if (reader.descriptor < 0)
        made_open(&made, &reader);
    model_seek(&model, &reader, step);
    return model_object(&model, number);
}

static bool can_go_at(uint64_t step, uint32_t thread)
{
    object_at(step, thread);
    return model_can_go(&model, &reader, (unsigned)model_thread_of(&model, thread));
}

TEST(a_message_is_on_its_way_from_its_send_to_its_receive)
{
    assert_int_equal(object_at(WANTS_MESSAGE, PIPE)->items.count, 0);
    assert_int_equal(object_at(SENDS, PIPE)->items.count, 1);
    assert_int_equal(ring_at(&object_at(SENDS, PIPE)->items, 0), SENDS);
    assert_int_equal(object_at(SENDS, PIPE)->bytes, 5000);
    assert_int_equal(object_at(SENDS, PIPE)->capacity, 4096);
    assert_int_equal(object_at(RECEIVES, PIPE)->items.count, 0);
    assert_int_equal(object_at(RECEIVES, PIPE)->bytes, 0);
}

TEST(half_a_message_wakes_no_receiver)
{
    assert_false(can_go_at(WANTS_MESSAGE, CHILD));
    assert_false(can_go_at(IS_FULL, CHILD));
    assert_true(can_go_at(WRITES, CHILD));
}

TEST(who_waits_for_room_can_go_once_something_was_received)
{
    *at(WRITES) = (struct trace_event){.kind = TRACE_SAY, .thread = CHILD};
    assert_false(can_go_at(IS_FULL, MAIN));
    assert_true(can_go_at(RECEIVES, MAIN));
}

TEST(a_message_that_cannot_be_written_is_gone)
{
    at(WRITES)->kind = TRACE_PIPE_WRITE_FAILED;
    assert_int_equal(object_at(WRITES, PIPE)->items.count, 0);
    assert_int_equal(object_at(WRITES, PIPE)->holder, 0);
}

TEST(a_pipe_is_known_again_after_a_lost_step_when_it_is_empty)
{
    *at(WRITES) = (struct trace_event){.kind = TRACE_UNCOMMITTED};
    assert_true(object_at(WRITES, PIPE)->unsure);
    assert_false(object_at(RECEIVES, PIPE)->unsure);
    *at(SENDS) = *at(WRITES);
    at(RECEIVES)->depth = 20;
    reader_close(&reader);
    made_open(&made, &reader);
    model_free(&model);
    assert_true(object_at(RECEIVES, PIPE)->unsure);
}

TEST(an_item_is_first_in_a_buffer_and_then_in_the_pipe)
{
    const struct model_object *queue = object_at(PUTS_SECOND, RESULTS);

    assert_int_equal(queue->items.count, 0);
    assert_int_equal(queue->buffered.count, 2);
    queue = object_at(FEEDS, RESULTS);
    assert_int_equal(ring_at(&queue->items, 0), PUTS);
    assert_int_equal(ring_at(&queue->buffered, 0), PUTS_SECOND);
    queue = object_at(TAKES, RESULTS);
    assert_int_equal(queue->items.count, 1);
    assert_int_equal(ring_at(&queue->items, 0), PUTS_SECOND);
    assert_int_equal(model.threads[0].item, PUTS);
}

TEST(a_process_queue_fits_what_is_told_after_a_lost_step)
{
    *at(FEEDS) = (struct trace_event){.kind = TRACE_UNCOMMITTED};
    const struct model_object *queue = object_at(FEEDS_SECOND, RESULTS);
    assert_int_equal(queue->items.count, 2);
    assert_int_equal(queue->buffered.count, 0);
    assert_false(queue->unsure);
}

TEST(who_wants_an_item_of_a_process_queue_waits_until_it_is_sent)
{
    made_step(&made, TRACE_PROCESS_QUEUE_GET_BEGIN, SERVER, RESULTS);
    *at(ASKS) = *at(made.count);
    at(TAKES)->number = TRACE_NO_LIMIT;
    at(TAKES)->kind = TRACE_PROCESS_QUEUE_GET_BEGIN;
    assert_true(can_go_at(TAKES, MAIN));
    *at(FEEDS) = *at(FEEDS_SECOND) =
        (struct trace_event){.kind = TRACE_SAY, .thread = FEEDER};
    model_free(&model);
    reader_close(&reader);
    made_open(&made, &reader);
    assert_false(can_go_at(TAKES, MAIN));
}

TEST(a_list_knows_which_step_wrote_each_item)
{
    at(READS)->kind = TRACE_LIST_SET;
    at(READS)->thread = MAIN;
    at(READS)->object = NAMES;
    at(READS)->number = 0;
    at(READS)->depth = 2;
    const struct model_object *list = object_at(READS, NAMES);
    assert_int_equal(list->items.count, 2);
    assert_int_equal(ring_at(&list->items, 0), READS);
    assert_int_equal(ring_at(&list->items, 1), APPENDS_SECOND);
}

TEST(an_append_at_a_taken_index_writes_over_it)
{
    at(APPENDS_SECOND)->number = 0;
    at(APPENDS_SECOND)->depth = 1;
    const struct model_object *list = object_at(APPENDS_SECOND, NAMES);
    assert_int_equal(list->items.count, 1);
    assert_int_equal(ring_at(&list->items, 0), APPENDS_SECOND);
}

static void assert_tasks(uint64_t step, uint32_t waiting, uint32_t running,
                         uint32_t done)
{
    const struct model_object *pool = object_at(step, POOL);

    assert_int_equal(pool->tasks[TASK_WAITS], waiting);
    assert_int_equal(pool->tasks[TASK_RUNS], running);
    assert_int_equal(pool->tasks[TASK_DONE], done);
}

TEST(a_pool_counts_its_tasks)
{
    assert_tasks(SUBMITS_SECOND, 2, 0, 0);
    assert_tasks(BEGINS_TASK, 1, 1, 0);
    assert_int_equal(object_at(BEGINS_TASK, TASK)->holder, CHILD);
    assert_tasks(DOES_TASK, 1, 0, 1);
    assert_int_equal(object_at(DOES_TASK, TASK)->task, TASK_DONE);
    assert_int_equal(object_at(IS_HANDED, POOL)->handed_out, 1);
    at(DOES_TASK)->detail = 1;
    model_free(&model);
    reader_close(&reader);
    made_open(&made, &reader);
    assert_tasks(DOES_TASK, 1, 0, 0);
    assert_int_equal(object_at(DOES_TASK, TASK)->task, TASK_FAILED);
}

TEST(who_wants_a_result_can_go_once_the_task_is_done)
{
    assert_false(can_go_at(WANTS_RESULT, MAIN));
    assert_true(can_go_at(DOES_TASK, MAIN));
    assert_false(can_go_at(WANTS_NEXT, MAIN)); /* it was handed out already */
}

TEST(a_request_waits_at_its_manager_until_it_is_answered)
{
    object_at(ASKS, SERVER);
    struct ring requests = model_requests(&model, &reader, SERVER);
    assert_int_equal(requests.count, 1);
    assert_int_equal(ring_at(&requests, 0), ASKS);
    ring_free(&requests);
    object_at(ANSWERED, SERVER);
    requests = model_requests(&model, &reader, SERVER);
    assert_int_equal(requests.count, 0);
    ring_free(&requests);
    assert_int_equal(model_object(&model, SERVER)->served, 1);
}

TEST(a_feeder_that_waits_tells_nothing_of_the_queue)
{
    at(FEEDER_ENDS)->kind = TRACE_PROCESS_QUEUE_FEED_BEGIN;
    at(FEEDER_ENDS)->object = RESULTS;
    at(FEEDER_ENDS)->number = TRACE_NO_LIMIT;
    assert_int_equal(object_at(FEEDER_ENDS, RESULTS)->items.count, 1);
    assert_int_equal(model.threads[model_thread_of(&model, FEEDER)].state, STATE_WAIT);
    *at(ANSWERED) = (struct trace_event){.kind = TRACE_UNCOMMITTED};
    reader_close(&reader);
    made_open(&made, &reader);
    model_free(&model);
    assert_true(object_at(FEEDER_ENDS, RESULTS)->unsure);
    assert_int_equal(object_at(FEEDER_ENDS, RESULTS)->items.count, 1);
}

TEST(every_step_is_the_same_from_wherever_it_is_reached)
{
    struct model copy = {.step = 0};

    for (uint64_t step = 1; step < made.count; step++) {
        object_at(step, PIPE);
        model_copy(&copy, &model);
        model_apply(&copy, &reader);
        model_apply(&model, &reader);
        for (uint32_t i = 1; i <= LATE_TASK; i++) {
            const struct model_object *a = model_object(&copy, i);
            const struct model_object *b = model_object(&model, i);
            assert_int_equal(a->items.count, b->items.count);
            assert_int_equal(a->buffered.count, b->buffered.count);
            assert_int_equal(a->sizes.count, b->sizes.count);
            assert_int_equal(a->value, b->value);
            assert_int_equal(a->task, b->task);
        }
    }
    model_free(&copy);
}

#define MODEL_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        MODEL_TEST(a_message_is_on_its_way_from_its_send_to_its_receive),
        MODEL_TEST(half_a_message_wakes_no_receiver),
        MODEL_TEST(who_waits_for_room_can_go_once_something_was_received),
        MODEL_TEST(a_message_that_cannot_be_written_is_gone),
        MODEL_TEST(a_pipe_is_known_again_after_a_lost_step_when_it_is_empty),
        MODEL_TEST(an_item_is_first_in_a_buffer_and_then_in_the_pipe),
        MODEL_TEST(a_process_queue_fits_what_is_told_after_a_lost_step),
        MODEL_TEST(who_wants_an_item_of_a_process_queue_waits_until_it_is_sent),
        MODEL_TEST(a_list_knows_which_step_wrote_each_item),
        MODEL_TEST(an_append_at_a_taken_index_writes_over_it),
        MODEL_TEST(a_pool_counts_its_tasks),
        MODEL_TEST(who_wants_a_result_can_go_once_the_task_is_done),
        MODEL_TEST(a_request_waits_at_its_manager_until_it_is_answered),
        MODEL_TEST(a_feeder_that_waits_tells_nothing_of_the_queue),
        MODEL_TEST(every_step_is_the_same_from_wherever_it_is_reached),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * model_test.c - the fold over the events: the state of threads, queues, locks and
 * event flags after each step, and what is not guessed after a lost one.
 */
#include "../../viz/model.h"
#include "made.h"

enum { MAIN = 1, WORKER, TASKS, LOCK, CONDITION, FLAG };

static struct made made;
static struct reader reader;
static struct model model;

static int begin(void **state __attribute__((unused)))
{
    made = made_begin();
    model = (struct model){.step = 0};
    reader = (struct reader){.descriptor = -1};
    made_run_start(&made);
    made_thread(&made, WORKER, "worker-0");
    made_queue(&made, TASKS, "tasks", 2);
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

/* The state of the model's thread after the last of the made steps. */
static void go_to_end(void)
{
    if (reader.descriptor >= 0)
        reader_close(&reader);
    made_open(&made, &reader);
    model_seek(&model, &reader, reader.steps);
}

static enum state state_of(uint32_t object)
{
    go_to_end();
    int index = model_thread_of(&model, object);
    return index < 0 ? STATE_NONE : model.threads[index].state;
}

static const struct model_object *object(uint32_t number)
{
    go_to_end();
    return model_object(&model, number);
}

static void assert_name(uint32_t number, const char *expected)
{
    struct text name = model_name(&model, &reader, number);

    assert_int_equal(name.length, strlen(expected));
    assert_memory_equal(name.bytes, expected, name.length);
}

TEST(threads_are_there_from_their_start_to_their_end)
{
    assert_int_equal(state_of(MAIN), STATE_RUN);
    assert_int_equal(state_of(WORKER), STATE_RUN);
    assert_int_equal(model.thread_count, 2);
    assert_name(MAIN, "main");
    assert_name(WORKER, "worker-0");
    assert_name(99, "?");
    made_step(&made, TRACE_THREAD_END, WORKER, 0);
    assert_int_equal(state_of(WORKER), STATE_ENDED);
    assert_int_equal(model_thread_of(&model, TASKS), -1);
}

TEST(a_wait_lasts_from_its_begin_until_it_is_done_or_has_failed)
{
    made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
    assert_int_equal(state_of(WORKER), STATE_WAIT);
    made_put(&made, MAIN, TASKS, 1, 1, "a");
    assert_int_equal(state_of(WORKER), STATE_WAIT);
    made_get(&made, WORKER, TASKS, 5, 0, 1);
    assert_int_equal(state_of(WORKER), STATE_RUN);
    made_add(&made, (struct trace_event){.kind = TRACE_QUEUE_GET_BEGIN,
                                         .thread = WORKER,
                                         .object = TASKS,
                                         .number = 1000});
    assert_int_equal(state_of(WORKER), STATE_TIMED);
    made_add(&made, (struct trace_event){.kind = TRACE_QUEUE_GET_FAILED,
                                         .thread = WORKER,
                                         .object = TASKS,
                                         .detail = TRACE_BECAUSE_TIMEOUT});
    assert_int_equal(state_of(WORKER), STATE_RUN);
    made_add(&made, (struct trace_event){
                        .kind = TRACE_NAP_BEGIN, .thread = WORKER, .number = 5});
    assert_int_equal(state_of(WORKER), STATE_SLEEP);
    made_step(&made, TRACE_NAP_END, WORKER, 0);
    assert_int_equal(state_of(WORKER), STATE_RUN);
    made_step(&made, TRACE_LOCK_ACQUIRE_BEGIN, WORKER, LOCK);
    assert_int_equal(state_of(WORKER), STATE_LOCK);
}

TEST(items_leave_a_queue_as_they_came)
{
    uint64_t first = made_put(&made, MAIN, TASKS, 1, 1, "a");
    uint64_t second = made_put(&made, MAIN, TASKS, 2, 2, "b");

    const struct model_object *tasks = object(TASKS);
    assert_int_equal(tasks->items.count, 2);
    assert_int_equal(tasks->capacity, 2);
    assert_int_equal(tasks->unfinished, 2);
    assert_false(tasks->uses_tasks);
    assert_int_equal(ring_at(&tasks->items, 0), first);
    assert_int_equal(ring_at(&tasks->items, 1), second);
    made_get(&made, WORKER, TASKS, first, 1, 2);
    tasks = object(TASKS);
    assert_int_equal(ring_at(&tasks->items, 0), second);
    assert_int_equal(model.threads[1].item, first);
    assert_memory_equal(model_item_label(&reader, first).bytes, "a", 1);
    made_step(&made, TRACE_QUEUE_TASK_DONE, WORKER, TASKS);
    made.events[made.count - 1].depth = 1;
    made.events[made.count - 1].unfinished = 1;
    tasks = object(TASKS);
    assert_true(tasks->uses_tasks);
    assert_int_equal(tasks->unfinished, 1);
    assert_int_equal(tasks->items.count, 1);
    assert_int_equal(model.threads[1].item, 0);
}

TEST(a_queue_of_any_length_keeps_its_order)
{
    uint64_t step[300];

    for (uint32_t i = 0; i < 300; i++) { /* goes round the ring, which grows */
        step[i] = made_put(&made, MAIN, TASKS, i / 2 + 1, i + 1, "x");
        if (i % 2 == 1)
            made_get(&made, WORKER, TASKS, step[i / 2], i / 2, i + 1);
    }
    const struct model_object *tasks = object(TASKS);
    assert_int_equal(tasks->items.count, 150);
    for (uint32_t i = 0; i < 150; i++)
        assert_int_equal(ring_at(&tasks->items, i), step[150 + i]);
}

TEST(a_lock_is_held_by_who_took_it_also_across_a_conditions_wait)
{
    made_step(&made, TRACE_LOCK_INIT, MAIN, LOCK);
    made_add(&made, (struct trace_event){.kind = TRACE_CONDITION_INIT,
                                         .thread = MAIN,
                                         .object = CONDITION,
                                         .number = LOCK});
    made_step(&made, TRACE_LOCK_ACQUIRE, WORKER, LOCK);
    assert_int_equal(object(LOCK)->holder, WORKER);
    made_step(&made, TRACE_CONDITION_WAIT_BEGIN, WORKER, CONDITION);
    assert_int_equal(object(LOCK)->holder, 0);
    made_step(&made, TRACE_LOCK_ACQUIRE, MAIN, LOCK);
    made_step(&made, TRACE_CONDITION_NOTIFY, MAIN, CONDITION);
    assert_int_equal(object(LOCK)->holder, MAIN);
    made_step(&made, TRACE_LOCK_RELEASE, MAIN, LOCK);
    assert_int_equal(object(LOCK)->holder, 0);
    made_step(&made, TRACE_CONDITION_WAIT, WORKER, CONDITION);
    assert_int_equal(object(LOCK)->holder, WORKER);
}

TEST(a_notify_wakes_the_thread_that_it_tells_or_all_that_wait)
{
    enum { OTHER = 40, THIRD };

    made_thread(&made, OTHER, "o");
    made_thread(&made, THIRD, "t");
    made_step(&made, TRACE_CONDITION_WAIT_BEGIN, WORKER, CONDITION);
    made_step(&made, TRACE_CONDITION_WAIT_BEGIN, OTHER, CONDITION);
    made_step(&made, TRACE_CONDITION_WAIT_BEGIN, THIRD, CONDITION + 1);
    made_add(&made, (struct trace_event){.kind = TRACE_CONDITION_NOTIFY,
                                         .thread = MAIN,
                                         .object = CONDITION,
                                         .number = OTHER,
                                         .detail = 1});
    go_to_end();
    assert_false(model_can_go(&model, &reader, 1));
    assert_true(model_can_go(&model, &reader, 2));
    made.events[made.count - 1].detail = 2;
    model_free(&model);
    go_to_end();
    assert_true(model_can_go(&model, &reader, 1));
    assert_false(model_can_go(&model, &reader, 3));
}

TEST(an_event_flag_is_set_and_cleared)
{
    made_step(&made, TRACE_EVENT_INIT, MAIN, FLAG);
    assert_false(object(FLAG)->is_set);
    made_step(&made, TRACE_EVENT_SET, MAIN, FLAG);
    assert_true(object(FLAG)->is_set);
    made_step(&made, TRACE_EVENT_CLEAR, MAIN, FLAG);
    assert_false(object(FLAG)->is_set);
}

TEST(in_a_deadlock_everybody_goes_on_waiting)
{
    made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
    made_step(&made, TRACE_THREAD_JOIN_BEGIN, MAIN, WORKER);
    made_step(&made, TRACE_DEADLOCK, MAIN, 0);
    made_run_end(&made, 3);
    assert_int_equal(state_of(MAIN), STATE_WAIT);
    assert_int_equal(state_of(WORKER), STATE_WAIT);
    assert_true(model.over && model.deadlocked);
}

TEST(who_had_not_ended_was_killed_with_the_run)
{
    made_step(&made, TRACE_THREAD_END, WORKER, 0);
    go_to_end();
    model_kill(&model);
    assert_int_equal(model.threads[0].state, STATE_KILLED);
    assert_int_equal(model.threads[1].state, STATE_ENDED);
    assert_true(model.over);
}

TEST(nothing_is_guessed_across_a_lost_step)
{
    made_put(&made, MAIN, TASKS, 1, 1, "a");
    made_add(&made, (struct trace_event){.kind = TRACE_UNCOMMITTED});
    const struct model_object *tasks = object(TASKS);
    assert_int_equal(model.gaps, 1);
    assert_true(tasks->unsure);
    assert_int_equal(tasks->items.count, 1);
    made_put(&made, MAIN, TASKS, 3, 3, "c"); /* the lost one was a put */
    tasks = object(TASKS);
    assert_false(tasks->unsure);
    assert_int_equal(tasks->items.count, 3);
    assert_int_equal(ring_at(&tasks->items, 0), 0); /* not known */
    assert_string_equal(model_item_label(&reader, 0).bytes, "?");
}

TEST(the_time_never_runs_back)
{
    made_add(&made, (struct trace_event){
                        .kind = TRACE_SAY, .thread = MAIN, .time_ns = 9000000});
    made_add(&made, (struct trace_event){
                        .kind = TRACE_SAY, .thread = WORKER, .time_ns = 8999000});
    go_to_end();
    assert_int_equal(model.time_ns, 9000000);
}

TEST(a_copy_is_the_same_and_goes_its_own_way)
{
    struct model copy = {.step = 0};

    made_put(&made, MAIN, TASKS, 1, 1, "a");
    made_put(&made, MAIN, TASKS, 2, 2, "b");
    go_to_end();
    model_seek(&model, &reader, 4);
    model_copy(&copy, &model);
    model_apply(&model, &reader);
    assert_int_equal(model_object(&copy, TASKS)->items.count, 1);
    assert_int_equal(model_object(&model, TASKS)->items.count, 2);
    model_apply(&copy, &reader);
    assert_int_equal(model_object(&copy, TASKS)->items.count, 2);
    model_free(&copy);
}

TEST(events_of_impossible_objects_and_kinds_do_no_harm)
{
    made_put(&made, MAIN, UINT32_MAX, 1, 1, "a");
    made_put(&made, UINT32_MAX, TASKS, 1, 1, "a");
    made_put(&made, MAIN, 3000000, 1, 1, "a"); /* would take much memory */
    made_put(&made, MAIN, WORKER, 1, 1, "a");  /* a thread is no queue */
    made_step(&made, TRACE_KINDS, MAIN, TASKS);
    made_step(&made, (enum trace_kind)UINT32_MAX, MAIN, TASKS);
    made_step(&made, TRACE_LOCK_ACQUIRE, MAIN, TASKS);
    go_to_end();
    assert_int_equal(model.step, reader.steps);
    assert_int_equal(model.gaps, 2);
    assert_int_equal(model.thread_count, 2);
    assert_true(model.object_count < 100000);
}

#define MODEL_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        MODEL_TEST(threads_are_there_from_their_start_to_their_end),
        MODEL_TEST(a_wait_lasts_from_its_begin_until_it_is_done_or_has_failed),
        MODEL_TEST(items_leave_a_queue_as_they_came),
        MODEL_TEST(a_queue_of_any_length_keeps_its_order),
        MODEL_TEST(a_lock_is_held_by_who_took_it_also_across_a_conditions_wait),
        MODEL_TEST(a_notify_wakes_the_thread_that_it_tells_or_all_that_wait),
        MODEL_TEST(an_event_flag_is_set_and_cleared),
        MODEL_TEST(in_a_deadlock_everybody_goes_on_waiting),
        MODEL_TEST(who_had_not_ended_was_killed_with_the_run),
        MODEL_TEST(nothing_is_guessed_across_a_lost_step),
        MODEL_TEST(the_time_never_runs_back),
        MODEL_TEST(a_copy_is_the_same_and_goes_its_own_way),
        MODEL_TEST(events_of_impossible_objects_and_kinds_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

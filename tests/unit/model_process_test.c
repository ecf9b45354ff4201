/*
 * model_process_test.c - the fold over the events of processes: their threads, their
 * ends, and the copies that a fork makes of what lies in their memory.
 */
#include "../../viz/model.h"
#include "made_family.h"

enum { MAIN = 1, WORKER, CHILD, FEEDER, OTHER, TASKS, DOOR, COUNTER };

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
    made_queue(&made, TASKS, "tasks", 0);
    made_object(&made, TRACE_LOCK_INIT, MAIN, DOOR, 0, "door");
    made_object(&made, TRACE_SHARED_INIT, MAIN, COUNTER, 100, "counter");
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

static void go_to_end(void)
{
    if (reader.descriptor >= 0)
        reader_close(&reader);
    made_open(&made, &reader);
    model_seek(&model, &reader, reader.steps);
}

static enum state state_of(uint32_t thread)
{
    go_to_end();
    int index = model_thread_of(&model, thread);
    return index < 0 ? STATE_NONE : model.threads[index].state;
}

static const struct model_object *object(uint32_t number, uint32_t process)
{
    go_to_end();
    return model_object_of(&model, number, process);
}

static void start_child_with_feeder(void)
{
    made_fork(&made, MAIN, CHILD, "child");
    made_add(&made, (struct trace_event){.kind = TRACE_THREAD_START,
                                         .thread = CHILD,
                                         .object = FEEDER,
                                         .text = made_text(&made, "feeder")});
}

TEST(a_process_is_its_main_thread_and_threads_belong_to_who_started_them)
{
    start_child_with_feeder();
    assert_int_equal(state_of(CHILD), STATE_RUN);
    assert_int_equal(model.process_count, 2);
    assert_int_equal(model_process_of(&model, MAIN), MAIN);
    assert_int_equal(model_process_of(&model, WORKER), MAIN);
    assert_int_equal(model_process_of(&model, CHILD), CHILD);
    assert_int_equal(model_process_of(&model, FEEDER), CHILD);
    assert_int_equal(model_process_of(&model, OTHER), 0);
    struct text name = model_name(&model, &reader, CHILD);
    assert_true(text_equal(name, text_of("child")));
}

TEST(a_process_ends_with_all_its_threads)
{
    start_child_with_feeder();
    made_step(&made, TRACE_PROCESS_END, CHILD, CHILD);
    assert_int_equal(state_of(CHILD), STATE_ENDED);
    assert_int_equal(state_of(FEEDER), STATE_KILLED);
    assert_int_equal(state_of(MAIN), STATE_RUN);
}

TEST(a_killed_process_takes_its_threads_along_and_no_others)
{
    start_child_with_feeder();
    made_fork(&made, MAIN, OTHER, "other");
    made_step(&made, TRACE_THREAD_END, FEEDER, 0);
    made_step(&made, TRACE_PROCESS_JOIN_BEGIN, MAIN, CHILD);
    made_killed(&made, CHILD, 9, 137);
    assert_int_equal(state_of(CHILD), STATE_KILLED);
    assert_int_equal(state_of(FEEDER), STATE_ENDED);
    assert_int_equal(state_of(OTHER), STATE_RUN);
    assert_int_equal(state_of(WORKER), STATE_RUN);
    assert_int_equal(state_of(MAIN), STATE_WAIT);
    assert_true(model_can_go(&model, &reader, 0));
}

TEST(who_joins_a_process_can_go_once_it_has_ended)
{
    made_fork(&made, MAIN, CHILD, "child");
    made_step(&made, TRACE_PROCESS_JOIN_BEGIN, MAIN, CHILD);
    go_to_end();
    assert_false(model_can_go(&model, &reader, 0));
    made_step(&made, TRACE_PROCESS_END, CHILD, CHILD);
    go_to_end();
    assert_true(model_can_go(&model, &reader, 0));
}

TEST(what_a_child_changes_its_parent_does_not_see_and_the_other_way)
{
    made_act_on(&made, TRACE_SHARED_STORE, MAIN, COUNTER, 101, 0, 0);
    made_fork(&made, MAIN, CHILD, "child");
    made_act_on(&made, TRACE_SHARED_STORE, MAIN, COUNTER, 102, 0, 0);
    assert_int_equal(object(COUNTER, CHILD)->value, 101);
    assert_false(object(COUNTER, CHILD)->is_used);
    made_act_on(&made, TRACE_SHARED_STORE, CHILD, COUNTER, 7, 0, 0);
    assert_int_equal(object(COUNTER, CHILD)->value, 7);
    assert_true(object(COUNTER, CHILD)->is_used);
    assert_int_equal(object(COUNTER, MAIN)->value, 102);
}

TEST(a_copied_queue_has_the_items_of_the_moment_of_the_fork)
{
    uint64_t first = made_put(&made, MAIN, TASKS, 1, 1, "a");
    made_fork(&made, MAIN, CHILD, "child");
    made_get(&made, WORKER, TASKS, first, 0, 1);
    uint64_t second = made_put(&made, CHILD, TASKS, 2, 2, "b");

    assert_int_equal(object(TASKS, MAIN)->items.count, 0);
    assert_int_equal(object(TASKS, CHILD)->items.count, 2);
    assert_int_equal(ring_at(&object(TASKS, CHILD)->items, 0), first);
    assert_int_equal(ring_at(&object(TASKS, CHILD)->items, 1), second);
}

TEST(a_grandchild_begins_with_its_parents_copy)
{
    made_fork(&made, MAIN, CHILD, "child");
    made_act_on(&made, TRACE_SHARED_STORE, CHILD, COUNTER, 1, 0, 0);
    made_fork(&made, CHILD, OTHER, "grandchild");
    made_act_on(&made, TRACE_SHARED_STORE, CHILD, COUNTER, 2, 0, 0);
    assert_int_equal(object(COUNTER, OTHER)->value, 1);
    assert_int_equal(object(COUNTER, MAIN)->value, 100);
}

TEST(a_spawned_process_has_no_copies)
{
    made_fork(&made, MAIN, CHILD, "again");
    made.events[made.count - 1].detail = 1;
    go_to_end();
    assert_int_equal(model.copy_count, 0);
}

TEST(a_lock_held_at_the_fork_stays_held_in_the_child)
{
    made_step(&made, TRACE_LOCK_ACQUIRE, WORKER, DOOR);
    made_fork(&made, MAIN, CHILD, "child");
    made_step(&made, TRACE_LOCK_ACQUIRE_BEGIN, CHILD, DOOR);
    made_step(&made, TRACE_LOCK_RELEASE, WORKER, DOOR);
    assert_int_equal(object(DOOR, MAIN)->holder, 0);
    assert_int_equal(object(DOOR, CHILD)->holder, WORKER);
    assert_false(model_can_go(&model, &reader, 2));
}

TEST(what_the_forking_thread_holds_the_child_holds)
{
    made_step(&made, TRACE_LOCK_ACQUIRE, MAIN, DOOR);
    made_fork(&made, MAIN, CHILD, "child");
    assert_int_equal(object(DOOR, CHILD)->holder, CHILD);
    made_step(&made, TRACE_LOCK_RELEASE, CHILD, DOOR);
    assert_int_equal(object(DOOR, CHILD)->holder, 0);
    assert_int_equal(object(DOOR, MAIN)->holder, MAIN);
}

TEST(all_objects_and_their_copies_are_gone_through)
{
    const struct model_object *at = NULL;
    unsigned counters = 0, all = 0;

    made_fork(&made, MAIN, CHILD, "child");
    go_to_end();
    while ((at = model_next(&model, at)) != NULL) {
        counters += at->number == COUNTER;
        all++;
    }
    assert_int_equal(counters, 2);
    assert_int_equal(all, 3 /* threads */ + 2 * 3 /* queue, lock, variable */);
}

TEST(a_thread_of_unknown_process_leaves_doubt)
{
    made_fork(&made, MAIN, CHILD, "child");
    made_add(&made, (struct trace_event){.kind = TRACE_UNCOMMITTED});
    made_put(&made, MAIN, TASKS, 1, 1, "a");
    made_put(&made, CHILD, TASKS, 1, 1, "b");
    assert_false(object(TASKS, MAIN)->unsure || object(TASKS, CHILD)->unsure);
    made_put(&made, OTHER, TASKS, 2, 2, "c"); /* its start was lost */
    assert_true(object(TASKS, MAIN)->unsure && object(TASKS, CHILD)->unsure);
    made_put(&made, CHILD, TASKS, 3, 3, "d");
    assert_false(object(TASKS, CHILD)->unsure);
    assert_int_equal(object(TASKS, CHILD)->items.count, 3);
}

TEST(forks_without_end_take_no_memory_without_end)
{
    for (uint32_t i = 0; i < 300; i++)
        made_object(&made, TRACE_SHARED_INIT, MAIN, 20 + i, 0, "x");
    for (uint32_t i = 0; i < 400; i++)
        made_fork(&made, MAIN, 400 + i, "p");
    go_to_end();
    assert_int_equal(model.step, reader.steps);
    assert_true(model.copy_count <= 1 << 16);
}

TEST(a_copy_of_the_model_has_copies_of_its_own)
{
    struct model copy = {.step = 0};

    made_fork(&made, MAIN, CHILD, "child");
    made_put(&made, CHILD, TASKS, 1, 1, "a");
    go_to_end();
    model_seek(&model, &reader, made.count - 1);
    model_copy(&copy, &model);
    model_apply(&model, &reader);
    assert_int_equal(model_object_of(&copy, TASKS, CHILD)->items.count, 0);
    model_apply(&copy, &reader);
    assert_int_equal(model_object_of(&copy, TASKS, CHILD)->items.count, 1);
    model_free(&copy);
}

TEST(a_pools_process_has_finished_once_its_task_is_done_or_it_asks_for_the_next)
{
    enum { POOL = 20, PARCELS, OWN, FIRST, SECOND };

    made_fork(&made, MAIN, CHILD, "child");
    made_object(&made, TRACE_POOL_INIT, MAIN, POOL, 1, "pool");
    made_object(&made, TRACE_FUTURE_SUBMIT, MAIN, FIRST, POOL, "task-0");
    made_object(&made, TRACE_FUTURE_SUBMIT, MAIN, SECOND, POOL, "task-1");
    for (uint32_t task = FIRST; task <= SECOND; task++) {
        made_act_on(&made, TRACE_PROCESS_QUEUE_GET, CHILD, PARCELS, made.count, 0, 0);
        made_act_on(&made, TRACE_FUTURE_RUN, CHILD, task, 0, 0, 0);
        go_to_end();
        int child = model_thread_of(&model, CHILD);
        assert_int_equal(model.threads[child].task, task);
        /* what the task itself asks other queues for is no end of it */
        made_act_on(&made, TRACE_PROCESS_QUEUE_GET, CHILD, OWN, made.count, 0, 0);
        made_act_on(&made, TRACE_PROCESS_QUEUE_GET_BEGIN, CHILD, OWN, TRACE_NO_LIMIT, 0,
                    0);
        go_to_end();
        assert_int_equal(model.threads[child].task, task);
        if (task == FIRST)
            made_act_on(&made, TRACE_PROCESS_QUEUE_GET_FAILED, CHILD, PARCELS, 0, 0, 0);
        else
            made_act_on(&made, TRACE_FUTURE_DONE, MAIN, task, 0, 0, 0);
        go_to_end();
        assert_int_equal(model.threads[child].task, 0);
        assert_int_equal(model.threads[child].item, 0);
    }
}

#define MODEL_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        MODEL_TEST(a_process_is_its_main_thread_and_threads_belong_to_who_started_them),
        MODEL_TEST(a_process_ends_with_all_its_threads),
        MODEL_TEST(a_killed_process_takes_its_threads_along_and_no_others),
        MODEL_TEST(who_joins_a_process_can_go_once_it_has_ended),
        MODEL_TEST(what_a_child_changes_its_parent_does_not_see_and_the_other_way),
        MODEL_TEST(a_copied_queue_has_the_items_of_the_moment_of_the_fork),
        MODEL_TEST(a_grandchild_begins_with_its_parents_copy),
        MODEL_TEST(a_spawned_process_has_no_copies),
        MODEL_TEST(a_lock_held_at_the_fork_stays_held_in_the_child),
        MODEL_TEST(what_the_forking_thread_holds_the_child_holds),
        MODEL_TEST(all_objects_and_their_copies_are_gone_through),
        MODEL_TEST(a_thread_of_unknown_process_leaves_doubt),
        MODEL_TEST(forks_without_end_take_no_memory_without_end),
        MODEL_TEST(a_copy_of_the_model_has_copies_of_its_own),
        MODEL_TEST(
            a_pools_process_has_finished_once_its_task_is_done_or_it_asks_for_the_next),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

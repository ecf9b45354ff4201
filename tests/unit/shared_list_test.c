/* shared_list_test.c - a list of which each call is one act. */
#include "caller.h"
#include "recorded.h"
#include "shared_list.h"
#include "support.h"

static struct shared_list list;

static int new_list(void **state __attribute__((unused)))
{
    shared_list_init(&list, "list", sizeof(int), queue_label_int);
    return 0;
}

static int end_list(void **state __attribute__((unused)))
{
    shared_list_destroy(&list);
    return 0;
}

static void append(int item)
{
    shared_list_append(&list, &item);
}

static int at(unsigned index)
{
    int item = -1;

    assert_true(shared_list_get(&list, index, &item));
    return item;
}

TEST(a_new_list_is_empty)
{
    int item = 42;

    assert_int_equal(shared_list_length(&list), 0);
    assert_false(shared_list_get(&list, 0, &item));
    assert_false(shared_list_set(&list, 0, &item));
    assert_int_equal(item, 42); /* untouched */
    assert_int_equal(shared_list_length(&list), 0);
}

TEST(items_stand_in_the_order_in_which_they_were_appended_however_many)
{
    for (int i = 0; i < 1000; i++) {
        append(i * 3);
        assert_int_equal(shared_list_length(&list), i + 1);
    }
    for (unsigned i = 0; i < 1000; i++)
        assert_int_equal(at(i), i * 3);
}

TEST(set_replaces_the_item_at_its_index_and_no_other)
{
    const int item = 99;

    for (int i = 0; i < 3; i++)
        append(i);
    assert_true(shared_list_set(&list, 1, &item));
    assert_false(shared_list_set(&list, 3, &item));
    assert_int_equal(at(0), 0);
    assert_int_equal(at(1), 99);
    assert_int_equal(at(2), 2);
    assert_int_equal(shared_list_length(&list), 3);
}

TEST(items_are_copied_in_and_out)
{
    int item = 1;

    shared_list_append(&list, &item);
    item = 2;
    assert_int_equal(at(0), 1);
    assert_true(shared_list_get(&list, 0, &item));
    item = 3;
    assert_int_equal(at(0), 1);
}

TEST(items_may_be_of_any_size)
{
    struct odd {
        char bytes[13];
    } item;
    struct shared_list odds;

    shared_list_init(&odds, "odds", sizeof item, NULL);
    for (int i = 0; i < 100; i++) {
        memset(item.bytes, i, sizeof item.bytes);
        shared_list_append(&odds, &item);
    }
    for (unsigned i = 0; i < 100; i++) {
        assert_true(shared_list_get(&odds, i, &item));
        for (size_t j = 0; j < sizeof item.bytes; j++)
            assert_int_equal(item.bytes[j], i);
    }
    shared_list_destroy(&odds);
}

/* --- many threads */

enum { APPENDERS = 4, EACH = 50000 };
static atomic_int ready; /* appenders that run */

static bool all_are_ready(void *data __attribute__((unused)))
{
    return atomic_load(&ready) == APPENDERS;
}

static bool append_many(struct caller *me)
{
    atomic_fetch_add(&ready, 1);
    look_until(all_are_ready, NULL);
    for (int i = 0; i < EACH; i++)
        append(me->item * EACH + i);
    return true;
}

static void append_at_once(void)
{
    struct caller appenders[APPENDERS];

    for (int i = 0; i < APPENDERS; i++) {
        appenders[i] = (struct caller){.item = i};
        caller_start(&appenders[i], append_many);
    }
    for (int i = 0; i < APPENDERS; i++)
        caller_result(&appenders[i]);
}

TEST(no_append_of_many_threads_is_lost_and_each_threads_are_in_order)
{
    int next[APPENDERS] = {0};

    append_at_once();
    assert_int_equal(shared_list_length(&list), APPENDERS * EACH);
    for (unsigned i = 0; i < APPENDERS * EACH; i++) {
        int item = at(i);
        assert_in_range(item, 0, APPENDERS * EACH - 1);
        assert_int_equal(item % EACH, next[item / EACH]++);
    }
}

/* --- the recording */

static void record(const char *file)
{
    const struct trace_run run = {"program", "", "program.c", "", 0};
    const int nine = 9;
    char why[256];

    if (!trace_start(file, &run, why, sizeof why))
        abort();
    new_list(NULL);
    append(7);
    append_at_once();
    shared_list_set(&list, 0, &nine);
    at(0);
    shared_list_length(&list);
    shared_list_set(&list, APPENDERS * EACH + 1, &nine);
    trace_finish(0, true);
    end_list(NULL);
}

static const struct child_case cases[] = {{"record", record}, {NULL, NULL}};

static void check_event(const struct trace_event *event, uint64_t number,
                        const char *label)
{
    assert_non_null(event);
    assert_int_equal(event->number, number);
    assert_int_equal(event->depth, APPENDERS * EACH + 1);
    assert_string_equal(event->label, label);
    assert_int_not_equal(event->site, 0);
}

TEST(the_recording_has_each_call_with_the_length_that_it_left)
{
    assert_int_equal(child_run("record", path).status, 0);
    struct recording recording = recorded_open(path);
    const struct trace_event *init = find_event(&recording, TRACE_LIST_INIT, 0);
    unsigned length = 0;

    assert_non_null(init);
    assert_string_equal(text_of(&recording, init->text), "list");
    for (uint64_t i = 0; i < recording.slots; i++) {
        const struct trace_event *event = event_at(&recording, i);
        if (event->kind != TRACE_LIST_APPEND)
            continue;
        assert_int_equal(event->object, init->object);
        assert_int_equal(event->number, length);
        assert_int_equal(event->depth, ++length);
    }
    assert_int_equal(length, APPENDERS * EACH + 1);
    assert_string_equal(find_event(&recording, TRACE_LIST_APPEND, 0)->label, "7");
    check_event(find_event(&recording, TRACE_LIST_SET, 0), 0, "9");
    check_event(find_event(&recording, TRACE_LIST_GET, 0), 0, "9");
    check_event(find_event(&recording, TRACE_LIST_LOOK, 0), 0, "");
    assert_int_equal(count_events(&recording, TRACE_LIST_LOOK), 2);
    assert_int_equal(count_events(&recording, TRACE_LIST_SET), 1);
    recorded_close(&recording);
}

/* --- the door */

static struct {
    unsigned passed, length;
    enum trace_kind kind;
    bool free;
} seen;

static void gate(const struct step *next)
{
    if (next->object != list.object)
        return;
    seen.passed++;
    seen.kind = next->kind;
    seen.length = list.length;
    seen.free = atomic_load(&list.monitor.word) == 0;
}

static void check_step(enum trace_kind kind, unsigned length)
{
    assert_int_equal(seen.passed, 1);
    assert_int_equal(seen.kind, kind);
    assert_int_equal(seen.length, length);
    assert_true(seen.free);
    seen.passed = 0;
}

TEST(each_call_passes_the_door_once_before_it_acts)
{
    const int item = 1;

    step_gate = gate;
    append(1);
    check_step(TRACE_LIST_APPEND, 0);
    at(0);
    check_step(TRACE_LIST_GET, 1);
    shared_list_set(&list, 0, &item);
    check_step(TRACE_LIST_SET, 1);
    shared_list_length(&list);
    check_step(TRACE_LIST_LOOK, 1);
    step_gate = NULL;
}

#define WITH_LIST(test) cmocka_unit_test_setup_teardown(test, new_list, end_list)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_LIST(a_new_list_is_empty),
        WITH_LIST(items_stand_in_the_order_in_which_they_were_appended_however_many),
        WITH_LIST(set_replaces_the_item_at_its_index_and_no_other),
        WITH_LIST(items_are_copied_in_and_out),
        cmocka_unit_test(items_may_be_of_any_size),
        WITH_LIST(no_append_of_many_threads_is_lost_and_each_threads_are_in_order),
        cmocka_unit_test(the_recording_has_each_call_with_the_length_that_it_left),
        WITH_LIST(each_call_passes_the_door_once_before_it_acts),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("shared_list", tests, make_path, remove_path);
}

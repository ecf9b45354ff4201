/*
 * managed_list_test.c - a list that a manager's server owns.
 */
#include "managed.h"

enum { EACH = 250 };

/* --- one client */

static void use_alone(const char *unused)
{
    int item = 7, out = 42;

    (void)unused;
    start_manager(0);
    MUST(managed_list_length(&list) == 0);
    MUST(!managed_list_get(&list, 0, &out) && out == 42);
    MUST(!managed_list_set(&list, 0, &item));
    for (int i = 0; i < 100; i++)
        append(i);
    MUST(managed_list_length(&list) == 100);
    MUST(managed_list_set(&list, 50, &item));
    for (int i = 0; i < 100; i++)
        MUST(item_at((unsigned)i) == (i == 50 ? 7 : i));
    MUST(!managed_list_get(&list, 100, &out) && out == 42);
    MUST(!managed_list_set(&list, 100, &item));
    process_finish_at(NULL);
}

TEST(a_list_gives_back_what_was_appended_and_set_and_nothing_beyond_its_end)
{
    assert_ends_well("use alone");
}

static void use_large(const char *unused)
{
    struct managed_list large;
    char items[2][WIRE_MOST], out[WIRE_MOST + 1];

    (void)unused;
    start_manager(0);
    managed_list_init(&large, &manager, "large", WIRE_MOST, NULL);
    memset(items[0], 'a', WIRE_MOST);
    memset(items[1], 'b', WIRE_MOST);
    managed_list_append(&large, items[0]);
    managed_list_append(&large, items[1]);
    out[WIRE_MOST] = '!';
    for (unsigned i = 0; i < 2; i++) {
        MUST(managed_list_get(&large, i, out));
        MUST(memcmp(out, items[i], WIRE_MOST) == 0);
    }
    MUST(out[WIRE_MOST] == '!');
    process_finish_at(NULL);
}

TEST(items_of_the_largest_size_travel_whole)
{
    assert_ends_well("use large");
}

static void make_too_large(const char *unused)
{
    struct managed_list large;

    (void)unused;
    start_manager(0);
    managed_list_init(&large, &manager, "large", WIRE_MOST + 1, NULL);
}

TEST(larger_items_are_misuse)
{
    assert_misuse("make too large", "large: an item has 3841 bytes, and 3840 are the");
}

/* --- several */

static void append_many(struct process *self)
{
    for (int i = 0; i < EACH; i++)
        append(number_of(self) * EACH + i);
}

static void check_nothing_is_lost(void)
{
    int next[WORKERS] = {0};

    MUST(managed_list_length(&list) == WORKERS * EACH);
    for (unsigned i = 0; i < WORKERS * EACH; i++) {
        int item = item_at(i);
        MUST(item >= 0 && item < WORKERS * EACH);
        MUST(item % EACH == next[item / EACH]++);
    }
}

static void append_at_once(const char *unused)
{
    (void)unused;
    start_manager(0);
    start_workers(append_many);
    join_workers();
    check_nothing_is_lost();
    process_finish_at(NULL);
}

TEST(no_append_of_several_processes_is_lost_and_each_ones_are_in_order)
{
    assert_ends_well("append at once");
}

static bool append_in_thread(struct caller *me)
{
    for (int i = 0; i < EACH; i++)
        append(me->item * EACH + i);
    return true;
}

static void append_in_threads(const char *unused)
{
    static struct caller callers[WORKERS];

    (void)unused;
    start_manager(0);
    for (int i = 0; i < WORKERS; i++) {
        callers[i].item = i;
        caller_start(&callers[i], append_in_thread);
    }
    for (int i = 0; i < WORKERS; i++)
        caller_result(&callers[i]);
    check_nothing_is_lost();
    process_finish_at(NULL);
}

TEST(no_append_of_several_threads_of_a_process_is_lost)
{
    assert_ends_well("append in threads");
}

/* Reads, waits until all have read, and writes. */
static struct managed_queue read_it;
static void add_one(struct process *self)
{
    int value = item_at(0);

    (void)self;
    managed_queue_put(&read_it, &value);
    take();
    value++;
    managed_list_set(&list, 0, &value);
}

static void add_by_two_requests(const char *unused)
{
    int value;

    (void)unused;
    start_manager(0);
    managed_queue_init(&read_it, &manager, "read it", 0, sizeof(int), NULL);
    append(0);
    start_workers(add_one);
    for (int i = 0; i < WORKERS; i++)
        managed_queue_get(&read_it, &value);
    for (int i = 0; i < WORKERS; i++)
        put(0);
    join_workers();
    MUST(item_at(0) == 1);
    process_finish_at(NULL);
}

TEST(two_requests_are_two_acts_and_what_was_added_between_them_is_lost)
{
    assert_ends_well("add by two requests");
}

/* Each makes a list of its own, at the same time as the others. */
static void make_own(struct process *self)
{
    struct managed_list own;
    int number = number_of(self), out;

    managed_list_init(&own, &manager, "own", sizeof(int), NULL);
    for (int i = 0; i < EACH; i++) {
        managed_list_append(&own, &number);
        MUST(managed_list_get(&own, (unsigned)i, &out) && out == number);
    }
    MUST(managed_list_length(&own) == EACH);
    append(number);
}

static void make_in_children(const char *unused)
{
    (void)unused;
    start_manager(0);
    start_workers(make_own);
    join_workers();
    MUST(managed_list_length(&list) == WORKERS);
    process_finish_at(NULL);
}

TEST(lists_that_several_processes_make_are_different_ones)
{
    assert_ends_well("make in children");
}

static void make_very_many(const char *unused)
{
    (void)unused;
    manager_start(&manager, "store");
    for (int i = 0; i < 257; i++)
        managed_list_init(&list, &manager, "list", sizeof(int), NULL);
}

TEST(more_objects_than_a_manager_can_own_end_the_run_with_words)
{
    struct child_end end = child_run("make very many", "");

    assert_contains(end.err, "a manager owns 256 lists and queues at most");
    assert_int_equal(end.status, 1);
}

/* --- the recording */

static void record(const char *file)
{
    static const char long_name[] = "a-name-that-is-longer-than-names-may-be";
    const int nine = 9;
    struct managed_list other;

    start_recording(file);
    start_manager(0);
    append(7);
    managed_list_set(&list, 0, &nine);
    item_at(0);
    managed_list_length(&list);
    managed_list_init(&other, &manager, long_name, sizeof(int), NULL);
    managed_list_append(&other, &nine);
    end_recording();
}

static const struct child_case cases[] = {{"use alone", use_alone},
                                          {"use large", use_large},
                                          {"make too large", make_too_large},
                                          {"append at once", append_at_once},
                                          {"append in threads", append_in_threads},
                                          {"add by two requests", add_by_two_requests},
                                          {"make in children", make_in_children},
                                          {"make very many", make_very_many},
                                          {"record", record},
                                          {NULL, NULL}};

/* A request, at or after the slot: asked, taken, done by the server in the client's
   words and from the client's line, answered. */
static uint64_t check_request(const struct recording *recording, const char *text,
                              enum trace_kind done, uint64_t from)
{
    uint64_t begin = slot_of(recording, TRACE_MANAGER_REQUEST_BEGIN, text, from);
    uint64_t serve = slot_of(recording, TRACE_MANAGER_SERVE, text, begin);
    uint64_t act = slot_of(recording, done, NULL, serve);
    uint64_t answer = slot_of(recording, TRACE_MANAGER_REQUEST, text, act);
    const struct trace_event *asked = event_at(recording, begin);

    assert_int_not_equal(asked->site, 0);
    if (done != TRACE_LIST_INIT)
        assert_string_equal(text_of(recording, event_at(recording, act)->site),
                            text_of(recording, asked->site));
    assert_int_equal(event_at(recording, answer)->thread, asked->thread);
    assert_int_equal(event_at(recording, act)->thread,
                     event_at(recording, serve)->thread);
    assert_int_not_equal(event_at(recording, act)->thread, asked->thread);
    assert_int_equal(event_at(recording, serve)->object, asked->object);
    return answer;
}

TEST(the_recording_has_each_request_what_the_server_did_and_the_answer)
{
    struct child_end end = child_run("record", path);

    assert_int_equal(end.status, 0);
    struct recording recording = recorded_open(path);
    uint64_t at = check_request(&recording, "list = list()", TRACE_LIST_INIT, 0);
    at = check_request(&recording, "list.append('7')", TRACE_LIST_APPEND, at);
    at = check_request(&recording, "list.set(0, '9')", TRACE_LIST_SET, at);
    at = check_request(&recording, "list.get(0)", TRACE_LIST_GET, at);
    at = check_request(&recording, "list.length()", TRACE_LIST_LOOK, at);
    slot_of(&recording, TRACE_LIST_INIT, "a-name-that-is-longer-than-name", at);
    recorded_close(&recording);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_list_gives_back_what_was_appended_and_set_and_nothing_beyond_its_end),
        cmocka_unit_test(items_of_the_largest_size_travel_whole),
        cmocka_unit_test(larger_items_are_misuse),
        cmocka_unit_test(
            no_append_of_several_processes_is_lost_and_each_ones_are_in_order),
        cmocka_unit_test(no_append_of_several_threads_of_a_process_is_lost),
        cmocka_unit_test(
            two_requests_are_two_acts_and_what_was_added_between_them_is_lost),
        cmocka_unit_test(lists_that_several_processes_make_are_different_ones),
        cmocka_unit_test(more_objects_than_a_manager_can_own_end_the_run_with_words),
        cmocka_unit_test(
            the_recording_has_each_request_what_the_server_did_and_the_answer),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("managed_list", tests, make_path, remove_path);
}

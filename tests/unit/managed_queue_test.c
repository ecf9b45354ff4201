/*
 * managed_queue_test.c - a queue that a manager's server owns.
 */
#include "managed.h"
#include "stuck.h"

enum { EACH = 200 };

/* --- one client */

static void use_alone(const char *unused)
{
    int out = 42;

    (void)unused;
    start_manager(0);
    MUST(managed_queue_empty(&queue));
    MUST(!managed_queue_get_nowait(&queue, &out) && out == 42);
    for (int i = 0; i < 100; i++)
        put(i);
    MUST(!managed_queue_empty(&queue));
    for (int i = 0; i < 98; i++)
        MUST(take() == i);
    MUST(managed_queue_get_nowait(&queue, &out) && out == 98);
    MUST(managed_queue_get_within(&queue, &out, 0) && out == 99);
    MUST(managed_queue_empty(&queue));
    process_finish_at(NULL);
}

TEST(what_is_put_first_comes_out_first)
{
    assert_ends_well("use alone");
}

static void use_large(const char *unused)
{
    struct managed_queue large;
    char item[WIRE_MOST], out[WIRE_MOST + 1];

    (void)unused;
    start_manager(0);
    managed_queue_init(&large, &manager, "large", 0, WIRE_MOST, NULL);
    for (size_t i = 0; i < sizeof item; i++)
        item[i] = (char)i;
    managed_queue_put(&large, item);
    out[WIRE_MOST] = '!';
    managed_queue_get(&large, out);
    MUST(memcmp(out, item, WIRE_MOST) == 0 && out[WIRE_MOST] == '!');
    process_finish_at(NULL);
}

TEST(items_of_the_largest_size_travel_whole)
{
    assert_ends_well("use large");
}

static void make_too_large(const char *unused)
{
    struct managed_queue large;

    (void)unused;
    start_manager(0);
    managed_queue_init(&large, &manager, "large", 0, WIRE_MOST + 1, NULL);
}

static void wait_less_than_nothing(const char *unused)
{
    int item;

    (void)unused;
    start_manager(0);
    managed_queue_get_within(&queue, &item, -1);
}

TEST(larger_items_and_negative_limits_are_misuse)
{
    assert_misuse("make too large", "large: an item has 3841 bytes, and 3840 are the");
    assert_misuse("wait less than nothing", "a time limit must not be negative");
}

/* --- several */

/* Half of them put, half take. */
static void put_or_take(struct process *self)
{
    int number = number_of(self);

    for (int i = 0; i < EACH; i++)
        if (number % 2 == 0)
            put(number * EACH + i);
        else
            append(take());
}

static void put_and_take_at_once(const char *capacity)
{
    int times[WORKERS * EACH] = {0};

    start_manager((unsigned)atoi(capacity));
    start_workers(put_or_take);
    join_workers();
    MUST(managed_queue_empty(&queue));
    MUST(managed_list_length(&list) == WORKERS / 2 * EACH);
    for (unsigned i = 0; i < WORKERS / 2 * EACH; i++)
        MUST(times[item_at(i)]++ == 0);
    for (int i = 0; i < WORKERS * EACH; i++)
        MUST(times[i] == (i / EACH % 2 == 0));
    process_finish_at(NULL);
}

TEST(each_item_that_several_processes_put_is_taken_once)
{
    assert_int_equal(child_run("put and take at once", "0").status, 0);
    assert_int_equal(child_run("put and take at once", "1").status, 0);
    assert_int_equal(child_run("put and take at once", "7").status, 0);
}

static void take_blocked(const char *unused)
{
    (void)unused;
    start_manager(0);
    start_worker(0, take_one);
    until_blocked(TRACE_QUEUE_GET, 1);
    until_blocked(TRACE_MANAGER_REQUEST, 1);
    put(5);
    process_join(&workers[0].process);
    MUST(item_at(0) == 5);
    process_finish_at(NULL);
}

TEST(a_get_that_blocks_is_answered_when_another_process_puts)
{
    assert_ends_well("take blocked");
}

static void put_three(struct process *self)
{
    (void)self;
    for (int i = 0; i < 3; i++) {
        put(i);
        append(i);
    }
}

static void put_blocked(const char *unused)
{
    (void)unused;
    start_manager(2);
    start_worker(0, put_three);
    until_blocked(TRACE_QUEUE_PUT, 1);
    MUST(managed_list_length(&list) == 2);
    MUST(take() == 0);
    process_join(&workers[0].process);
    MUST(managed_list_length(&list) == 3);
    MUST(take() == 1 && take() == 2);
    process_finish_at(NULL);
}

TEST(a_put_on_a_full_queue_blocks_until_there_is_space)
{
    assert_ends_well("put blocked");
}

/* --- time limits; of a server that belongs to this program */

static bool get_within(void *object, int ms)
{
    int item;

    return managed_queue_get_within((struct managed_queue *)object, &item, ms);
}

static bool get_nowait(void *object)
{
    int item;

    return managed_queue_get_nowait((struct managed_queue *)object, &item);
}

static void give_up(const char *unused)
{
    (void)unused;
    start_manager(0);
    assert_gives_up_in_time(get_within, &queue);
    assert_gives_up_at_once(get_nowait, &queue);
    process_finish_at(NULL);
}

TEST(a_limited_get_gives_up_in_time_and_get_nowait_at_once)
{
    assert_ends_well("give up");
}

/* --- nobody can go on */

static void take_in_vain(const char *unused)
{
    (void)unused;
    start_manager(0);
    say_when();
    start_worker(0, take_one);
    start_worker(1, take_one);
    join_workers();
}

static void assert_contains_not(const char *text, const char *part)
{
    if (strstr(text, part) != NULL)
        fail_msg("\"%s\" is in:\n%s", part, text);
}

TEST(when_all_wait_for_the_queue_the_report_names_who_waits_and_no_idle_threads)
{
    STUCK("take in vain", "  worker-0 waits for an answer of store, managed.h:",
          "  worker-1 waits for an answer of store, managed.h:",
          "  for worker-0 (process store) waits for an item on queue, managed.h:",
          "  for worker-1 (process store) waits for an item on queue, managed.h:",
          "  main waits for process worker-0 to end (join), managed.h:");
    struct child_end end = child_run("take in vain", "");
    assert_contains_not(end.err, "  store waits");
    assert_contains_not(end.err, "for main");
}

/* --- the recording */

static void record(const char *file)
{
    start_recording(file);
    start_manager(3);
    start_worker(0, take_one);
    until_blocked(TRACE_QUEUE_GET, 1);
    put(5);
    process_join(&workers[0].process);
    end_recording();
}

static const struct child_case cases[] = {
    {"use alone", use_alone},
    {"use large", use_large},
    {"make too large", make_too_large},
    {"wait less than nothing", wait_less_than_nothing},
    {"put and take at once", put_and_take_at_once},
    {"take blocked", take_blocked},
    {"put blocked", put_blocked},
    {"give up", give_up},
    {"take in vain", take_in_vain},
    {"record", record},
    {NULL, NULL}};

TEST(the_recording_shows_that_the_answer_to_a_get_waits_for_the_put)
{
    assert_int_equal(child_run("record", path).status, 0);
    struct recording recording = recorded_open(path);
    uint64_t init = slot_of(&recording, TRACE_QUEUE_INIT, "queue", 0);
    uint64_t get =
        slot_of(&recording, TRACE_MANAGER_REQUEST_BEGIN, "queue.get()", init);
    uint64_t serve = slot_of(&recording, TRACE_MANAGER_SERVE, "queue.get()", get);
    uint64_t begin = slot_of(&recording, TRACE_QUEUE_GET_BEGIN, NULL, serve);
    uint64_t put_asked =
        slot_of(&recording, TRACE_MANAGER_REQUEST_BEGIN, "queue.put('5')", begin);
    uint64_t put_done = slot_of(&recording, TRACE_QUEUE_PUT, NULL, put_asked);
    uint64_t got = slot_of(&recording, TRACE_QUEUE_GET, NULL, put_done);
    uint64_t answer = slot_of(&recording, TRACE_MANAGER_REQUEST, "queue.get()", got);

    assert_int_equal(event_at(&recording, init)->number, 3);
    assert_int_equal(event_at(&recording, got)->number, put_done + 1);
    assert_int_equal(event_at(&recording, begin)->thread,
                     event_at(&recording, got)->thread);
    assert_int_equal(event_at(&recording, answer)->thread,
                     event_at(&recording, get)->thread);
    recorded_close(&recording);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_first_comes_out_first),
        cmocka_unit_test(items_of_the_largest_size_travel_whole),
        cmocka_unit_test(larger_items_and_negative_limits_are_misuse),
        cmocka_unit_test(each_item_that_several_processes_put_is_taken_once),
        cmocka_unit_test(a_get_that_blocks_is_answered_when_another_process_puts),
        cmocka_unit_test(a_put_on_a_full_queue_blocks_until_there_is_space),
        cmocka_unit_test(a_limited_get_gives_up_in_time_and_get_nowait_at_once),
        cmocka_unit_test(
            when_all_wait_for_the_queue_the_report_names_who_waits_and_no_idle_threads),
        cmocka_unit_test(
            the_recording_shows_that_the_answer_to_a_get_waits_for_the_put),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("managed_queue", tests, make_path, remove_path);
}

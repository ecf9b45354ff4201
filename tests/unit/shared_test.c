/* shared_test.c - a variable without a lock, and what the trace tells of it. */
#include "caller.h"
#include "recorded.h"
#include "shared.h"
#include "support.h"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define __SANITIZE_THREAD__ 1
#endif
#endif

TEST(a_load_reads_what_was_stored_last)
{
    struct shared variable;

    shared_init(&variable, "variable", -7);
    assert_int_equal(shared_load(&variable), -7);
    shared_store(&variable, 42);
    assert_int_equal(shared_load(&variable), 42);
    assert_int_equal(variable.value, 42);
}

TEST(the_variables_of_an_array_are_objects_of_their_own)
{
    struct shared array[3];

    shared_init_array(array, 3, "array", 5);
    shared_store(&array[1], 6);
    assert_int_equal(shared_load(&array[0]), 5);
    assert_int_equal(shared_load(&array[1]), 6);
    assert_int_equal(shared_load(&array[2]), 5);
    assert_int_not_equal(array[0].object, array[1].object);
    assert_int_not_equal(array[1].object, array[2].object);
}

/* --- the door */

static struct shared watched;
static struct {
    int passed;
    enum trace_kind kind;
    long value;
} seen;

static void gate(const struct step *next)
{
    if (next->object != watched.object)
        return;
    seen.passed++;
    seen.kind = next->kind;
    seen.value = watched.value;
}

TEST(each_access_passes_the_door_once_before_it_is_made)
{
    shared_init(&watched, "watched", 1);
    step_gate = gate;
    shared_store(&watched, 2);
    assert_int_equal(seen.passed, 1);
    assert_int_equal(seen.kind, TRACE_SHARED_STORE);
    assert_int_equal(seen.value, 1);
    shared_load(&watched);
    assert_int_equal(seen.passed, 2);
    assert_int_equal(seen.kind, TRACE_SHARED_LOAD);
    step_gate = NULL;
}

/* --- two threads */

enum { STORES = 20000 };

static bool load_until_last(struct caller *me)
{
    while (shared_load(me->object) < STORES)
        continue;
    return true;
}

/* One thread counts up, another one looks. The argument is a trace to write, if any. */
static void race(const char *file)
{
    const struct trace_run run = {"program", "", "program.c", "", 0};
    struct shared array[2];
    struct caller reader = {.object = &array[1]};
    char why[256];

    if (file[0] != '\0' && !trace_start(file, &run, why, sizeof why))
        abort();
    shared_init_array(array, 2, "array", 0);
    caller_start(&reader, load_until_last);
    for (long i = 1; i <= STORES; i++)
        shared_store(&array[1], i);
    caller_result(&reader);
    trace_finish(0, true);
}

/* Stores into a page that cannot be written, and so dies in the attempt. */
static void store_and_die(const char *file)
{
    const struct trace_run run = {"program", "", "program.c", "", 0};
    struct shared *variable =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char why[256];

    if (variable == MAP_FAILED || !trace_start(file, &run, why, sizeof why))
        return;
    shared_init(variable, "variable", 1);
    mprotect(variable, 4096, PROT_READ);
    shared_load(variable);
    shared_store(variable, 2);
}

static const struct child_case cases[] = {
    {"race", race}, {"die", store_and_die}, {NULL, NULL}};

/* With the options of ThreadSanitizer added for this run. */
static struct child_end race_with(const char *options, const char *file)
{
    const char *before = getenv("TSAN_OPTIONS");
    char *kept = strdup(before != NULL ? before : ""), all[512];

    snprintf(all, sizeof all, "%s %s", kept, options);
    setenv("TSAN_OPTIONS", all, 1);
    struct child_end end = child_run("race", file);
    setenv("TSAN_OPTIONS", kept, 1);
    free(kept);
    return end;
}

TEST(a_store_is_recorded_before_it_is_made)
{
    assert_int_not_equal(child_run("die", path).status, 0);
    struct recording recording = recorded_open(path);
    const struct trace_event *load = find_event(&recording, TRACE_SHARED_LOAD, 0);
    const struct trace_event *store = find_event(&recording, TRACE_SHARED_STORE, 0);

    assert_non_null(load);
    assert_int_equal(load->number, 1);
    assert_non_null(store);
    assert_int_equal(store->number, 2);
    assert_int_equal(store->object, load->object);
    recorded_close(&recording);
}

TEST(the_recording_has_the_names_of_an_array)
{
    assert_int_equal(race_with("report_bugs=0", path).status, 0);
    struct recording recording = recorded_open(path);
    const struct trace_event *event = find_event(&recording, TRACE_SHARED_INIT, 0);

    assert_string_equal(text_of(&recording, event->text), "array[0]");
    assert_int_equal(event->number, 0);
    event = find_event(&recording, TRACE_SHARED_STORE, 0);
    assert_int_not_equal(event->site, 0);
    recorded_close(&recording);
}

#ifdef __SANITIZE_THREAD__
TEST(thread_sanitizer_reports_the_race_recorded_or_not)
{
    const char *files[] = {"", path};

    for (int i = 0; i < 2; i++) {
        struct child_end end = race_with("halt_on_error=1 exitcode=66", files[i]);
        assert_int_equal(end.status, 66);
        assert_contains(end.err, "data race");
        assert_contains(end.err, "shared_store_at");
    }
}
#endif

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_load_reads_what_was_stored_last),
        cmocka_unit_test(the_variables_of_an_array_are_objects_of_their_own),
        cmocka_unit_test(each_access_passes_the_door_once_before_it_is_made),
        cmocka_unit_test(a_store_is_recorded_before_it_is_made),
        cmocka_unit_test(the_recording_has_the_names_of_an_array),
#ifdef __SANITIZE_THREAD__
        cmocka_unit_test(thread_sanitizer_reports_the_race_recorded_or_not),
#endif
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("shared", tests, make_path, remove_path);
}

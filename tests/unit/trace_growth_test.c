/*
 * trace_growth_test.c - many threads, events, texts and call sites: the file grows, and
 * all of it is there.
 */
#include "caller.h"
#include "recorded.h"
#include "support.h"
#include "trace.h"

static const struct trace_run run = {"program", "", "program.c", "", 0};

static void start(const char *file)
{
    char why[256];

    if (!trace_start(file, &run, why, sizeof why)) {
        fprintf(stderr, "%s\n", why);
        abort();
    }
    trace_attach(trace_new_object());
}

/* Runs the case, which must end well, and opens what it recorded. */
static struct recording record(const char *name)
{
    struct child_end end = child_run(name, path);

    assert_string_equal(end.err, "");
    assert_int_equal(end.status, 0);
    return recorded_open(path);
}

enum { THREADS = 100, EVENTS = 500, TEXTS = 400 };

/* The step that trace returned is kept in the next event, as its unfinished. */
static bool record_many(struct caller *me)
{
    uint64_t step = 0;

    for (unsigned i = 0; i < EVENTS; i++)
        step = trace(&(struct trace_entry){.kind = TRACE_NAP_END,
                                           .number = i,
                                           .detail = (uint32_t)me->item,
                                           .unfinished = (uint32_t)step});
    return true;
}

static void record_at_once(const char *file)
{
    static struct caller threads[THREADS];

    start(file);
    for (int i = 0; i < THREADS; i++) {
        threads[i].item = i;
        caller_start(&threads[i], record_many);
    }
    for (int i = 0; i < THREADS; i++)
        caller_result(&threads[i]);
    trace_finish(0, true);
}

TEST(many_threads_fill_every_slot_each_in_its_own_order)
{
    struct recording recording = record("at_once");
    uint64_t next[THREADS] = {0}, step[THREADS] = {0}, time[THREADS] = {0};
    uint32_t thread[THREADS] = {0};

    for (uint64_t i = 0; i < recording.slots; i++) {
        const struct trace_event *event = event_at(&recording, i);
        assert_int_not_equal(event->kind, TRACE_UNCOMMITTED);
        if (event->kind != TRACE_NAP_END)
            continue;
        uint32_t who = event->detail;
        assert_in_range(who, 0, THREADS - 1);
        assert_true(thread[who] == 0 || thread[who] == event->thread);
        assert_int_equal(event->number, next[who]);
        assert_int_equal(event->unfinished, step[who]);
        assert_true(event->time_ns >= time[who]);
        thread[who] = event->thread;
        next[who]++;
        step[who] = i + 1;
        time[who] = event->time_ns;
    }
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(next[i], EVENTS);
    recorded_close(&recording);
}

static void record_long_texts(const char *file)
{
    char *text = malloc(TEXTS * 1000 + 1);

    start(file);
    for (int i = 0; i < TEXTS; i++) { /* from 0 to 400,000 characters */
        memset(text, 'a' + i % 26, (size_t)i * 1000);
        text[i * 1000] = '\0';
        trace(&(struct trace_entry){.kind = TRACE_SAY, .text = text});
    }
    free(text);
    trace_finish(0, true);
}

TEST(texts_of_any_length_stand_in_the_file)
{
    struct recording recording = record("long_texts");

    for (uint64_t i = 0; i < TEXTS; i++) {
        const char *text = text_of(&recording, event_at(&recording, i)->text);
        assert_int_equal(strlen(text), i * 1000);
        for (size_t j = 0; j < i * 1000; j += 999)
            assert_int_equal(text[j], 'a' + i % 26);
    }
    recorded_close(&recording);
}

enum { SITES = 3000 };

static void record_sites(const char *file)
{
    static char sites[SITES][16]; /* as literals: their addresses stay */

    start(file);
    for (int i = 0; i < SITES; i++)
        snprintf(sites[i], sizeof sites[i], "file.c:%d", i);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < SITES; i++)
            trace(&(struct trace_entry){.kind = TRACE_NAP_END, .site = sites[i]});
    trace_finish(0, true);
}

TEST(more_call_sites_than_are_remembered_are_still_right)
{
    struct recording recording = record("sites");

    for (uint64_t i = 0; i < 2 * SITES; i++) {
        char expected[32];
        snprintf(expected, sizeof expected, "file.c:%d", (int)(i % SITES));
        assert_string_equal(text_of(&recording, event_at(&recording, i)->site),
                            expected);
    }
    recorded_close(&recording);
}

static const struct child_case cases[] = {
    {"at_once", record_at_once},
    {"long_texts", record_long_texts},
    {"sites", record_sites},
    {NULL, NULL},
};

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_threads_fill_every_slot_each_in_its_own_order),
        cmocka_unit_test(texts_of_any_length_stand_in_the_file),
        cmocka_unit_test(more_call_sites_than_are_remembered_are_still_right),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("trace_growth", tests, make_path, remove_path);
}

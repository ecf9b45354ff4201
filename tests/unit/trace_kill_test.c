/*
 * trace_kill_test.c - a thread or process that is killed while it records leaves at
 * most one slot torn, which readers can tell; and two processes may write one trace.
 */
#include "recorded.h"
#include "support.h"
#include "trace.h"

#include <pthread.h>
#include <signal.h>

static void start(const char *file)
{
    const struct trace_run run = {"program", "", "program.c", "", 0};
    char why[256];

    if (!trace_start(file, &run, why, sizeof why))
        abort();
}

static void record(unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        trace(&(struct trace_entry){.kind = TRACE_NAP_END, .number = i});
}

static void ready(void)
{
    if (write(STDOUT_FILENO, "x", 1) != 1)
        abort();
}

/* --- what the children do */

/* Records, then begins an event as trace_record does and is killed before it is
   committed; a thread that was there before goes on recording. */
static void *record_after(void *data)
{
    atomic_int *turn = data;

    trace_attach(77);
    record(1);
    atomic_store(turn, 1);
    while (atomic_load(turn) != 2)
        sched_yield();
    record(5);
    atomic_store(turn, 3);
    return NULL;
}

static void tear(const char *file)
{
    atomic_int turn = 0;
    pthread_t other;

    start(file);
    trace_attach(1);
    if (pthread_create(&other, NULL, record_after, &turn) != 0)
        abort();
    while (atomic_load(&turn) != 1)
        sched_yield();
    record(3);
    /* by hand, on the file itself: this thread's word odd, a slot claimed */
    struct recording recording = recorded_open(file);
    struct trace_word *word = (struct trace_word *)(uintptr_t)words_of(&recording);
    while (atomic_load(&word->tid) != (int32_t)getpid())
        word++;
    atomic_fetch_add(&word->count, 1);
    atomic_fetch_add(&recording.header->next_event, 1);
    atomic_store(&turn, 2);
    while (atomic_load(&turn) != 3)
        sched_yield();
    ready();
    kill(getpid(), SIGKILL);
}

static void *record_forever(void *data)
{
    trace_attach((uint32_t)(uintptr_t)data);
    for (uint32_t i = 0;; i++)
        trace(&(struct trace_entry){
            .kind = TRACE_SAY, .number = i, .text = "some text", .site = "file.c:1"});
    return NULL;
}

static void storm(const char *file)
{
    pthread_t threads[3];

    start(file);
    for (uintptr_t i = 0; i < 3; i++)
        if (pthread_create(&threads[i], NULL, record_forever, (void *)(i + 2)) != 0)
            abort();
    ready();
    record_forever((void *)1);
}

enum { EACH = 20000 };

static void fork_and_record(const char *file)
{
    start(file);
    trace_attach(1);
    record(10);
    pid_t child = fork();
    if (child == 0)
        trace_attach(2);
    record(EACH);
    if (child == 0)
        _exit(0);
    if (waitpid(child, NULL, 0) != child)
        abort();
    record(10);
    ready();
    kill(getpid(), SIGKILL); /* so that the words stay in the file */
}

static void fork_and_finish(const char *file)
{
    start(file);
    trace_attach(1);
    pid_t child = fork();
    if (child == 0)
        trace_attach(2);
    record(10);
    if (child == 0) {
        trace_finish(9, false); /* must not trim what the parent still writes */
        _exit(0);
    }
    if (waitpid(child, NULL, 0) != child)
        abort();
    record(10);
    trace_finish(0, true);
}

/* Ends the run while three threads record, as a deadlock or misuse does. */
static void end_in_a_storm(const char *file)
{
    pthread_t threads[3];

    start(file);
    trace_attach(1);
    for (uintptr_t i = 0; i < 3; i++)
        if (pthread_create(&threads[i], NULL, record_forever, (void *)(i + 2)) != 0)
            abort();
    record(1000);
    trace_finish(4, false);
    _exit(4);
}

static const struct child_case cases[] = {
    {"tear", tear},
    {"storm", storm},
    {"end_in_a_storm", end_in_a_storm},
    {"fork", fork_and_record},
    {"fork_and_finish", fork_and_finish},
    {NULL, NULL},
};

/* --- tests */

/* Starts the case, waits until it is ready and recorded at least that many events, and
   kills it. */
static void run_and_kill(const char *name, uint64_t events)
{
    int ends[2];
    char byte;

    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    pid_t child = child_start(name, path, ends[1], STDERR_FILENO);
    close(ends[1]);
    assert_int_equal(read(ends[0], &byte, 1), 1);
    close(ends[0]);
    struct recording recording = recorded_open(path);
    while (atomic_load(&recording.header->next_event) < events)
        sched_yield();
    recorded_close(&recording);
    kill(child, SIGKILL);
    assert_int_equal(child_wait(child), 128 + SIGKILL);
}

static unsigned odd_words(const struct recording *recording)
{
    const struct trace_word *words = words_of(recording);
    unsigned odd = 0;

    for (uint32_t i = 0; i < recording->header->words_used; i++)
        odd += atomic_load(&words[i].count) % 2 != 0;
    return odd;
}

TEST(a_slot_that_its_writer_left_is_empty_and_the_events_after_it_are_there)
{
    run_and_kill("tear", 1);
    struct recording recording = recorded_open(path);

    assert_int_equal(recording.slots, 1 + 3 + 1 + 5);
    for (uint64_t i = 0; i < recording.slots; i++)
        assert_int_equal(kind_at(&recording, i),
                         i == 4 ? TRACE_UNCOMMITTED : TRACE_NAP_END);
    assert_int_equal(event_at(&recording, 9)->thread, 77);
    assert_int_equal(odd_words(&recording), 1);
    assert_int_equal(recording.header->ended, 0);
    recorded_close(&recording);
}

TEST(a_killed_run_has_no_more_torn_slots_than_threads_that_were_recording)
{
    for (int i = 0; i < 40; i++) {
        uint32_t next[5] = {0};
        unsigned torn = 0;

        run_and_kill("storm", (uint64_t)i * 200 + 10);
        struct recording recording = recorded_open(path);
        for (uint64_t slot = 0; slot < recording.slots; slot++) {
            const struct trace_event *event = event_at(&recording, slot);
            if (atomic_load(&event->kind) == TRACE_UNCOMMITTED) {
                torn++;
                continue;
            }
            assert_in_range(event->thread, 1, 4);
            assert_int_equal(event->number, next[event->thread]++);
            assert_string_equal(text_of(&recording, event->text), "some text");
            assert_string_equal(text_of(&recording, event->site), "file.c:1");
        }
        assert_true(torn <= odd_words(&recording));
        recorded_close(&recording);
        unlink(path);
    }
}

TEST(a_run_that_is_ended_while_threads_record_has_no_torn_slot)
{
    for (int i = 0; i < 40; i++) {
        struct child_end end = child_run("end_in_a_storm", path);
        assert_string_equal(end.err, "");
        assert_int_equal(end.status, 4);
        struct recording recording = recorded_open(path);
        for (uint64_t slot = 0; slot < recording.slots; slot++)
            assert_int_not_equal(kind_at(&recording, slot), TRACE_UNCOMMITTED);
        assert_int_equal(kind_at(&recording, recording.slots - 1), TRACE_RUN_END);
        recorded_close(&recording);
    }
}

TEST(after_a_fork_both_processes_record_each_with_a_word_of_its_own)
{
    run_and_kill("fork", 1);
    struct recording recording = recorded_open(path);
    const struct trace_word *words = words_of(&recording);
    uint64_t next[3] = {0};

    assert_int_equal(recording.slots, 10 + 2 * EACH + 10);
    for (uint64_t i = 0; i < recording.slots; i++) {
        const struct trace_event *event = event_at(&recording, i);
        assert_int_equal(event->kind, TRACE_NAP_END);
        assert_in_range(event->thread, 1, 2);
        if (event->thread == 1 && (next[1] == 10 || next[1] == 10 + EACH))
            assert_int_equal(event->number, 0);
        next[event->thread]++;
    }
    assert_int_equal(next[1], 10 + EACH + 10);
    assert_int_equal(next[2], EACH);
    assert_int_equal(recording.header->words_used, 2);
    assert_int_equal(atomic_load(&words[0].count), 2 * (10 + EACH + 10));
    assert_int_equal(atomic_load(&words[1].count), 2 * EACH);
    recorded_close(&recording);
}

TEST(only_the_process_that_began_the_trace_trims_it)
{
    assert_int_equal(child_run("fork_and_finish", path).status, 0);
    struct recording recording = recorded_open(path);

    assert_int_equal(recording.header->word_offset, 0); /* trimmed */
    assert_int_equal(recording.header->exit_status, 0);
    assert_int_equal(kind_at(&recording, recording.slots - 1), TRACE_RUN_END);
    assert_int_equal(count_events(&recording, TRACE_NAP_END), 30);
    recorded_close(&recording);
}

#define WITH_PATH(test) cmocka_unit_test_setup_teardown(test, make_path, remove_path)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_PATH(
            a_slot_that_its_writer_left_is_empty_and_the_events_after_it_are_there),
        WITH_PATH(a_killed_run_has_no_more_torn_slots_than_threads_that_were_recording),
        WITH_PATH(a_run_that_is_ended_while_threads_record_has_no_torn_slot),
        WITH_PATH(after_a_fork_both_processes_record_each_with_a_word_of_its_own),
        WITH_PATH(only_the_process_that_began_the_trace_trims_it),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("trace_kill", tests, NULL, NULL);
}

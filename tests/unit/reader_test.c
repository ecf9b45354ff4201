/*
 * reader_test.c - reading a trace: what is there, what is lost, cut or torn, and when a
 * slot that nobody has filled yet may be passed over.
 */
#include "made.h"

#include <sys/file.h>

static struct made made;
static struct reader reader;
static char why[256];

static int begin(void **state __attribute__((unused)))
{
    made = made_begin();
    made_run_start(&made);
    made_queue(&made, 2, "tasks", 3);
    made_put(&made, 1, 2, 1, 1, "a");
    reader = (struct reader){.descriptor = -1};
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    if (reader.descriptor >= 0)
        reader_close(&reader);
    made_free(&made);
    return 0;
}

static void assert_text(struct text text, const char *expected)
{
    assert_int_equal(text.length, strlen(expected));
    assert_memory_equal(text.bytes, expected, text.length);
}

/* A change to the file's header, seen by who has it open. */
static void patch(int descriptor, size_t offset, const void *bytes, size_t size)
{
    assert_int_equal(pwrite(descriptor, bytes, size, (off_t)offset), size);
}

#define PATCH(descriptor, field, type, value)                                          \
    patch(descriptor, offsetof(struct trace_header, field), &(type){value},            \
          sizeof(type))

static bool opens(int descriptor)
{
    why[0] = '\0';
    return reader_open(&reader, made_path(descriptor), why, sizeof why);
}

static void assert_refused(int descriptor, const char *words)
{
    assert_false(opens(descriptor));
    assert_contains(why, words);
    assert_null(strchr(why, '\n'));
    reader.descriptor = -1;
    close(descriptor);
}

TEST(a_finished_run_is_read_whole)
{
    made_run_end(&made, 3);
    made_open(&made, &reader);
    int status;

    assert_int_equal(reader.steps, 4);
    assert_int_equal(reader.lost + reader.cut + reader.torn, 0);
    assert_false(reader.live);
    assert_int_equal(reader_kind(&reader, 2), TRACE_QUEUE_INIT);
    assert_text(reader_text(&reader, reader_event(&reader, 2)->text), "tasks");
    assert_text(reader_label(&reader, reader_event(&reader, 3)), "a");
    assert_int_equal(reader_how_ended(&reader, &status), READER_ENDED);
    assert_int_equal(status, 3);
    assert_false(reader_poll(&reader));
}

TEST(a_label_too_long_for_the_event_is_its_text)
{
    uint64_t step = made_put(&made, 1, 2, 2, 2, "a label that has no room there");
    uint64_t full = made_put(&made, 1, 2, 3, 3, "exactly 16 bytes");

    made_open(&made, &reader);
    assert_text(reader_label(&reader, reader_event(&reader, step)),
                "a label that has no room there");
    assert_text(reader_label(&reader, reader_event(&reader, full)), "exactly 16 bytes");
}

TEST(a_label_without_its_end_stays_in_its_event)
{
    memset(made.events[2].label, 'x', TRACE_LABEL_SIZE);
    made_open(&made, &reader);
    assert_int_equal(reader_label(&reader, reader_event(&reader, 3)).length,
                     TRACE_LABEL_SIZE);
}

TEST(references_that_lead_nowhere_give_words)
{
    made_open(&made, &reader);
    assert_text(reader_text(&reader, 0), "");
    assert_text(reader_text(&reader, TRACE_TEXT_LOST), "(text lost)");
    assert_text(reader_text(&reader, TRACE_TEXT_LOST - 1), "(text cut)");
    assert_text(reader_text(&reader, (uint32_t)(made.string_bytes / 8)), "(text cut)");
}

TEST(a_string_longer_than_its_region_is_cut)
{
    uint32_t length = 1000000, reference = made_text(&made, "short");

    memcpy(made.strings + (size_t)reference * 8, &length, sizeof length);
    made_open(&made, &reader);
    assert_text(reader_text(&reader, reference), "(text cut)");
}

TEST(what_is_no_trace_is_refused_in_words)
{
    int file = memfd_create("x", MFD_CLOEXEC);

    assert_false(reader_open(&reader, "/no/such/file", why, sizeof why));
    assert_contains(why, "No such file");
    assert_false(reader_open(&reader, "/tmp", why, sizeof why));
    assert_contains(why, "not a regular file");
    assert_false(reader_open(&reader, "/dev/null", why, sizeof why));
    assert_contains(why, "not a regular file");
    reader.descriptor = -1;
    assert_refused(file, "no trace"); /* empty */
    file = made_file(&made);
    patch(file, 0, "vizTrace", 8);
    assert_refused(file, "no trace");
}

TEST(another_version_is_refused_with_both_numbers)
{
    int file = made_file(&made);

    PATCH(file, version, uint32_t, 77);
    assert_refused(file, "77");
    assert_contains(why, "reads 2");
}

TEST(a_header_that_makes_no_sense_is_refused)
{
    int file = made_file(&made);

    PATCH(file, event_size, uint32_t, 63);
    assert_refused(file, "damaged");
    file = made_file(&made);
    PATCH(file, event_offset, uint64_t, 64);
    assert_refused(file, "damaged");
    file = made_file(&made);
    PATCH(file, event_offset, uint64_t, TRACE_HEADER_SIZE + 1);
    assert_refused(file, "damaged");
    file = made_file(&made);
    PATCH(file, event_capacity, uint64_t, UINT64_MAX / 64);
    assert_refused(file, "damaged");
    file = made_file(&made);
    PATCH(file, string_offset, uint64_t, UINT64_MAX - 8);
    assert_refused(file, "damaged");
}

TEST(a_file_cut_in_its_header_says_so)
{
    int file = made_file(&made);

    assert_int_equal(ftruncate(file, 300), 0);
    assert_refused(file, "cut off");
    file = made_file(&made);
    assert_int_equal(ftruncate(file, TRACE_HEADER_SIZE - 1), 0);
    assert_refused(file, "cut off");
}

TEST(events_that_the_file_no_longer_has_are_counted)
{
    int file = made_file(&made);

    assert_int_equal(ftruncate(file, lseek(file, 0, SEEK_END) - 64 - 1), 0);
    assert_true(opens(file));
    assert_int_equal(reader.steps, 1);
    assert_int_equal(reader.cut, 2);
    close(file);
}

TEST(events_that_had_no_room_are_counted)
{
    int file = made_file(&made);

    PATCH(file, next_event, uint64_t, 50);
    assert_true(opens(file));
    assert_int_equal(reader.steps, 3);
    assert_int_equal(reader.lost, 47);
    assert_int_equal(reader.cut, 0);
    close(file);
}

TEST(a_slot_left_empty_by_a_dead_writer_is_torn_and_passed_over)
{
    made_add(&made, (struct trace_event){.kind = TRACE_UNCOMMITTED});
    made_put(&made, 1, 2, 2, 2, "b");
    made.torn_at_end = true;
    made_open(&made, &reader);
    assert_int_equal(reader.steps, 6);
    assert_int_equal(reader.torn, 2);
    assert_int_equal(reader_kind(&reader, 4), TRACE_UNCOMMITTED);
    assert_int_equal(reader_kind(&reader, 5), TRACE_QUEUE_PUT);
}

TEST(who_killed_the_run_is_told_where_a_viewer_saw_it)
{
    int file = made_file(&made), status;

    assert_true(opens(file));
    assert_int_equal(reader_how_ended(&reader, &status), READER_VANISHED);
    reader_close(&reader);
    PATCH(file, killed_by, int32_t, 9);
    assert_true(opens(file));
    assert_int_equal(reader_how_ended(&reader, &status), READER_KILLED);
    assert_int_equal(status, 9);
    reader_close(&reader);
    PATCH(file, killed_by, int32_t, -5);
    assert_true(opens(file));
    assert_int_equal(reader_how_ended(&reader, &status), READER_VANISHED);
    close(file);
}

TEST(a_reader_follows_for_as_long_as_the_writers_lock_is_held)
{
    int file, status;

    made.torn_at_end = true; /* a slot for later */
    file = made_file(&made);
    off_t last = lseek(file, 0, SEEK_END) - 64;
    PATCH(file, next_event, uint64_t, 3);
    assert_int_equal(flock(file, LOCK_EX), 0);
    assert_true(opens(file));
    assert_true(reader.live);
    assert_int_equal(reader_how_ended(&reader, &status), READER_RUNNING);
    assert_int_equal(reader.steps, 3);
    assert_false(reader_poll(&reader));

    struct trace_event event = {.kind = TRACE_SAY, .thread = 1};
    patch(file, (size_t)last, &event, sizeof event);
    PATCH(file, next_event, uint64_t, 4);
    assert_true(reader_poll(&reader));
    assert_int_equal(reader.steps, 4);
    close(file); /* the writer dies */
    assert_true(reader_poll(&reader));
    assert_false(reader.live);
    assert_false(reader_poll(&reader));
}

#define READER_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        READER_TEST(a_finished_run_is_read_whole),
        READER_TEST(a_label_too_long_for_the_event_is_its_text),
        READER_TEST(a_label_without_its_end_stays_in_its_event),
        READER_TEST(references_that_lead_nowhere_give_words),
        READER_TEST(a_string_longer_than_its_region_is_cut),
        READER_TEST(what_is_no_trace_is_refused_in_words),
        READER_TEST(another_version_is_refused_with_both_numbers),
        READER_TEST(a_header_that_makes_no_sense_is_refused),
        READER_TEST(a_file_cut_in_its_header_says_so),
        READER_TEST(events_that_the_file_no_longer_has_are_counted),
        READER_TEST(events_that_had_no_room_are_counted),
        READER_TEST(a_slot_left_empty_by_a_dead_writer_is_torn_and_passed_over),
        READER_TEST(who_killed_the_run_is_told_where_a_viewer_saw_it),
        READER_TEST(a_reader_follows_for_as_long_as_the_writers_lock_is_held),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

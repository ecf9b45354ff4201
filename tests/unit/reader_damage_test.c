/*
 * reader_damage_test.c - traces that are cut, or full of random bytes: the reader, the
 * checks, the model, the history and the views give a reason or a shorter run, and
 * never touch what is not theirs. AddressSanitizer watches; the seeds are fixed.
 */
#include "look_at.h"
#include "made_run.h"
#include "trace.h"

static char folder[200];

/* --- files to damage */

struct bytes {
    char *bytes;
    size_t length;
};

static struct bytes read_whole(int descriptor)
{
    struct bytes all = {NULL, (size_t)lseek(descriptor, 0, SEEK_END)};

    all.bytes = malloc(all.length);
    assert_non_null(all.bytes);
    assert_int_equal(pread(descriptor, all.bytes, all.length, 0), all.length);
    return all;
}

static struct bytes made_run(uint64_t steps)
{
    struct made made = made_begin();

    made_by_chance(&made, steps, 3);
    made_run_end(&made, 0);
    int file = made_file(&made);
    struct bytes all = read_whole(file);
    close(file);
    made_free(&made);
    return all;
}

static int file_of(struct bytes all)
{
    int file = memfd_create("damaged", MFD_CLOEXEC);

    assert_true(file >= 0);
    made_write_all(file, all.bytes, all.length);
    return file;
}

static struct trace_header *header_of(struct bytes all)
{
    return (struct trace_header *)(void *)all.bytes;
}

static void scramble(char *bytes, size_t length, unsigned count)
{
    for (; count > 0; count--)
        bytes[(look_below(32768) * 32768u + look_below(32768)) % length] =
            (char)look_below(256);
}

static bool look_at(int descriptor, uint64_t *steps)
{
    char path[64];

    snprintf(path, sizeof path, "%s", made_path(descriptor));
    return look_at_path(path, steps);
}

/* --- tests */

TEST(a_trace_cut_at_any_length_is_refused_or_shorter)
{
    struct bytes all = made_run(400);
    uint64_t offset = header_of(all)->event_offset, steps;

    for (uint64_t length = 0; length <= all.length; length++) {
        if (length > offset + 2 * 64)
            length += look_below(700); /* and at random lengths from there */
        if (length > all.length)
            break;
        int file = file_of((struct bytes){all.bytes, length});
        assert_int_equal(look_at(file, &steps), length >= offset + 64);
        assert_int_equal(steps, length > offset ? (length - offset) / 64 : 0);
        close(file);
        if (length >= 16 && length < TRACE_HEADER_SIZE - 16)
            length += look_below(16); /* the header's every byte need not be */
    }
    free(all.bytes);
}

/* A file as a killed run leaves it: words, holes, and room for more events. */
TEST(the_trace_of_a_killed_run_cut_at_any_length_is_refused_or_shorter)
{
    const struct trace_run run = {"03_killed/lesson", "", "lesson.c", "int x;\n", 1};
    char path[220], why[256];
    uint64_t steps;

    snprintf(path, sizeof path, "%s/trace", folder);
    pid_t child = fork();
    if (child == 0) {
        if (!trace_start(path, &run, why, sizeof why))
            _exit(1);
        trace_attach(1);
        trace(&(struct trace_entry){.kind = TRACE_RUN_START, .text = "killed"});
        for (int i = 0; i < 50; i++)
            trace(&(struct trace_entry){.kind = TRACE_SAY, .text = "line"});
        kill(getpid(), SIGKILL);
    }
    assert_int_equal(child_wait(child), 128 + SIGKILL);
    int file = open(path, O_RDWR | O_CLOEXEC);
    assert_true(file >= 0);
    off_t length = lseek(file, 0, SEEK_END);
    assert_true(look_at(file, &steps));
    assert_int_equal(steps, 51);
    struct trace_header header;
    assert_int_equal(pread(file, &header, sizeof header, 0), sizeof header);
    off_t offset = (off_t)header.event_offset;
    for (off_t cut = offset + 200; cut >= offset - 200; cut--) { /* never grows */
        assert_int_equal(ftruncate(file, cut < length ? cut : length), 0);
        assert_int_equal(look_at(file, &steps), cut >= offset + 64);
        assert_int_equal(steps, cut > offset ? (cut - offset) / 64 : 0);
    }
    for (off_t cut = offset - 200; cut > 0; cut = cut * 2 / 3) {
        assert_int_equal(ftruncate(file, cut), 0);
        assert_false(look_at(file, &steps));
    }
    close(file);
    unlink(path);
}

TEST(random_bytes_in_the_header_do_no_harm)
{
    struct bytes all = made_run(200);
    char kept[sizeof(struct trace_header)];
    uint64_t steps;
    unsigned opened = 0;

    memcpy(kept, all.bytes, sizeof kept);
    for (int i = 0; i < 500; i++) {
        memcpy(all.bytes, kept, sizeof kept);
        scramble(all.bytes + 12, sizeof kept - 12, 1 + look_below(4));
        int file = file_of(all);
        opened += look_at(file, &steps);
        assert_true(steps <= all.length / 64);
        close(file);
    }
    assert_true(opened > 50); /* or it tests nothing but the first check */
    free(all.bytes);
}

/* Whole fields of the header, with numbers at the edges of what they may be. */
TEST(odd_numbers_in_the_header_do_no_harm)
{
    static const uint64_t odd[] = {
        0,       1,          63,        64,         TRACE_HEADER_SIZE,
        1 << 20, UINT32_MAX, INT64_MAX, UINT64_MAX, UINT64_C(1) << 40};
    struct bytes all = made_run(200);
    char kept[sizeof(struct trace_header)];
    uint64_t steps;

    memcpy(kept, all.bytes, sizeof kept);
    for (size_t field = 12; field + 8 <= sizeof kept; field += 4) {
        for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
            memcpy(all.bytes, kept, sizeof kept);
            memcpy(all.bytes + field, &odd[i], field % 8 == 0 ? 8 : 4);
            int file = file_of(all);
            look_at(file, &steps);
            assert_true(steps <= all.length / 64);
            close(file);
        }
    }
    free(all.bytes);
}

TEST(random_bytes_in_strings_and_events_do_no_harm)
{
    struct bytes all = made_run(300);
    char *kept = malloc(all.length);
    uint64_t steps;

    assert_non_null(kept);
    memcpy(kept, all.bytes, all.length);
    for (int i = 0; i < 60; i++) {
        memcpy(all.bytes, kept, all.length);
        scramble(all.bytes + TRACE_HEADER_SIZE, all.length - TRACE_HEADER_SIZE,
                 1u << look_below(10));
        int file = file_of(all);
        assert_true(look_at(file, &steps));
        assert_int_equal(steps, 301);
        close(file);
    }
    free(kept);
    free(all.bytes);
}

TEST(a_file_of_random_bytes_is_no_trace)
{
    struct bytes all = {malloc(20000), 20000};
    uint64_t steps;

    assert_non_null(all.bytes);
    for (int i = 0; i < 50; i++) {
        scramble(all.bytes, all.length, 20000);
        int file = file_of(all);
        assert_false(look_at(file, &steps));
        close(file);
        memcpy(all.bytes, TRACE_MAGIC "\1\0\0\0\100\0\0\0", 16);
        file = file_of(all);
        look_at(file, &steps);
        close(file);
    }
    free(all.bytes);
}

static int set_up(void **state __attribute__((unused)))
{
    look_random = 11;
    look_nowhere = fopen("/dev/null", "w");
    snprintf(folder, sizeof folder, "%s/damage-XXXXXX",
             getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp");
    return look_nowhere != NULL && mkdtemp(folder) != NULL ? 0 : -1;
}

static int clean_up(void **state __attribute__((unused)))
{
    fclose(look_nowhere);
    return rmdir(folder);
}

#define DAMAGE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, clean_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DAMAGE_TEST(a_trace_cut_at_any_length_is_refused_or_shorter),
        DAMAGE_TEST(the_trace_of_a_killed_run_cut_at_any_length_is_refused_or_shorter),
        DAMAGE_TEST(random_bytes_in_the_header_do_no_harm),
        DAMAGE_TEST(odd_numbers_in_the_header_do_no_harm),
        DAMAGE_TEST(random_bytes_in_strings_and_events_do_no_harm),
        DAMAGE_TEST(a_file_of_random_bytes_is_no_trace),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

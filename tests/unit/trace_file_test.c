/*
 * trace_file_test.c - how the trace's file comes, is replaced, and is trimmed.
 */
#include "recorded.h"
#include "support.h"
#include "trace.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/file.h>

/* --- what the children do */

static bool start(const char *file)
{
    const struct trace_run run = {"program", "", "program.c", "", 0};
    char why[256];

    if (trace_start(file, &run, why, sizeof why))
        return true;
    printf("%s", why);
    return false;
}

static void record_events(unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        trace(&(struct trace_entry){.kind = TRACE_NAP_END, .number = i});
}

static void record_ten(const char *file)
{
    if (!start(file))
        exit(2);
    record_events(10);
    trace_finish(0, true);
}

static void record_a_million_and_more(const char *file)
{
    if (!start(file))
        exit(2);
    record_events(1100000);
    trace_finish(0, true);
}

/* Records, says so, and lives until it is killed. */
static void record_and_stay(const char *file)
{
    if (!start(file))
        exit(2);
    record_events(10);
    if (write(STDOUT_FILENO, "x", 1) != 1)
        exit(9);
    for (;;)
        pause();
}

static void record_here(const char *file)
{
    char where[220];

    snprintf(where, sizeof where, "%s", file);
    char *slash = strrchr(where, '/');
    *slash = '\0';
    if (chdir(where) != 0)
        exit(9);
    record_ten(slash + 1);
}

static const struct child_case cases[] = {
    {"ten", record_ten},
    {"million", record_a_million_and_more},
    {"stay", record_and_stay},
    {"here", record_here},
    {NULL, NULL},
};

/* --- helpers of the tests */

static void check_ten(const char *file)
{
    struct recording recording = recorded_open(file);

    assert_int_equal(recording.slots, 11);
    for (unsigned i = 0; i < 10; i++)
        assert_int_equal(event_at(&recording, i)->number, i);
    recorded_close(&recording);
}

static unsigned files_in_folder(void)
{
    DIR *listing = opendir(folder);
    unsigned count = 0;

    assert_non_null(listing);
    while (readdir(listing) != NULL)
        count++;
    closedir(listing);
    return count - 2; /* "." and ".." */
}

static void write_file(const char *file, const char *text)
{
    FILE *stream = fopen(file, "w");

    assert_non_null(stream);
    fputs(text, stream);
    fclose(stream);
}

static void assert_refused(const char *file, const char *why)
{
    struct child_end end = child_run("ten", file);

    assert_int_equal(end.status, 2);
    assert_string_equal(end.out, why);
}

/* --- tests */

TEST(a_finished_file_is_trimmed_to_header_strings_and_events)
{
    assert_int_equal(child_run("ten", path).status, 0);
    struct recording recording = recorded_open(path);
    const struct trace_header *h = recording.header;

    assert_int_equal(h->word_offset, 0);
    assert_int_equal(h->string_offset, TRACE_HEADER_SIZE);
    assert_int_equal(h->string_capacity, h->next_string);
    assert_true(h->event_offset >= h->string_offset + h->string_capacity);
    assert_true(h->event_offset % 64 == 0);
    assert_int_equal(h->event_capacity, 11);
    assert_int_equal(h->event_space, 11);
    assert_int_equal(recording.size, h->event_offset + UINT64_C(11) * 64);
    recorded_close(&recording);
    check_ten(path);
    assert_int_equal(files_in_folder(), 1);
}

TEST(a_long_file_is_cut_after_its_last_event)
{
    assert_int_equal(child_run("million", path).status, 0);
    struct recording recording = recorded_open(path);

    assert_int_equal(recording.slots, 1100001);
    assert_int_equal(recording.size,
                     recording.header->event_offset + UINT64_C(1100001) * 64);
    for (unsigned i = 0; i < 1100000; i++)
        assert_int_equal(event_at(&recording, i)->number, i);
    recorded_close(&recording);
}

TEST(an_existing_file_is_replaced_and_who_has_the_old_one_open_still_reads_it)
{
    assert_int_equal(child_run("ten", path).status, 0);
    struct recording old = recorded_open(path);
    char *bytes = malloc(old.size);
    assert_non_null(bytes);
    memcpy(bytes, old.bytes, old.size);

    assert_int_equal(child_run("ten", path).status, 0);
    assert_memory_equal(old.bytes, bytes, old.size);
    struct recording new = recorded_open(path);
    assert_memory_not_equal(new.bytes, bytes, old.size); /* its times */
    check_ten(path);
    recorded_close(&new);
    recorded_close(&old);
    free(bytes);
    assert_int_equal(files_in_folder(), 1);
}

TEST(a_file_that_is_no_trace_is_replaced_too)
{
    write_file(path, "something else");
    assert_int_equal(child_run("ten", path).status, 0);
    check_ten(path);
}

TEST(a_symbolic_link_stays_and_its_target_is_replaced)
{
    char target[240];
    struct stat status;

    snprintf(target, sizeof target, "%s/target", folder);
    write_file(target, "something else");
    assert_int_equal(symlink(target, path), 0);
    assert_int_equal(child_run("ten", path).status, 0);
    assert_int_equal(lstat(path, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    check_ten(target);
    assert_int_equal(files_in_folder(), 2);
    unlink(target);
}

TEST(a_path_without_a_folder_is_in_the_current_one)
{
    assert_int_equal(child_run("here", path).status, 0);
    check_ten(path);
}

TEST(a_path_that_cannot_be_written_is_refused_with_the_reason)
{
    char inside[300];

    assert_refused(folder, "it is not a regular file");
    assert_refused("/dev/null", "it is not a regular file");
    snprintf(inside, sizeof inside, "%s/none/trace", folder);
    assert_refused(inside, strerror(ENOENT));
    write_file(path, "a file");
    snprintf(inside, sizeof inside, "%s/trace", path);
    assert_refused(inside, strerror(ENOTDIR));
    assert_int_equal(files_in_folder(), 1);
}

TEST(a_file_or_folder_without_the_right_to_write_is_refused_and_untouched)
{
    struct stat status;

    if (geteuid() == 0)
        skip(); /* root may write anywhere */
    write_file(path, "mine");
    chmod(path, 0400);
    assert_refused(path, strerror(EACCES));
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_size, 4);
    unlink(path);
    chmod(folder, 0500);
    assert_refused(path, strerror(EACCES));
    chmod(folder, 0700);
}

TEST(while_a_writer_lives_it_holds_the_files_lock_and_what_it_wrote_can_be_read)
{
    int ends[2];
    char byte;

    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    pid_t child = child_start("stay", path, ends[1], STDERR_FILENO);
    close(ends[1]);
    assert_int_equal(read(ends[0], &byte, 1), 1); /* it has recorded */
    close(ends[0]);

    struct recording recording = recorded_open(path);
    assert_int_equal(recording.header->ended, 0);
    assert_int_equal(recording.slots, 10);
    for (unsigned i = 0; i < 10; i++)
        assert_int_equal(event_at(&recording, i)->number, i);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    assert_int_not_equal(flock(file, LOCK_SH | LOCK_NB), 0);

    kill(child, SIGKILL);
    assert_int_equal(child_wait(child), 128 + SIGKILL);
    assert_int_equal(flock(file, LOCK_SH | LOCK_NB), 0);
    assert_int_equal(recording.slots, 10); /* it is all there after the kill */
    assert_int_equal(kind_at(&recording, 9), TRACE_NAP_END);
    close(file);
    recorded_close(&recording);
    assert_int_equal(files_in_folder(), 1);
}

#define WITH_PATH(test) cmocka_unit_test_setup_teardown(test, make_path, remove_path)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_PATH(a_finished_file_is_trimmed_to_header_strings_and_events),
        WITH_PATH(a_long_file_is_cut_after_its_last_event),
        WITH_PATH(
            an_existing_file_is_replaced_and_who_has_the_old_one_open_still_reads_it),
        WITH_PATH(a_file_that_is_no_trace_is_replaced_too),
        WITH_PATH(a_symbolic_link_stays_and_its_target_is_replaced),
        WITH_PATH(a_path_without_a_folder_is_in_the_current_one),
        WITH_PATH(a_path_that_cannot_be_written_is_refused_with_the_reason),
        WITH_PATH(a_file_or_folder_without_the_right_to_write_is_refused_and_untouched),
        WITH_PATH(
            while_a_writer_lives_it_holds_the_files_lock_and_what_it_wrote_can_be_read),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("trace_file", tests, NULL, NULL);
}

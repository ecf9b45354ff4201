/* recording_test.c - where recordings go, which are kept, and that a copy is as good.
 */
#include "../../viz/launch.h"
#include "../../viz/reader.h"
#include "../../viz/recording.h"
#include "support.h"
#include "trace.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

enum { EVENTS = 5000 };

static char folder[PATH_MAX - 512]; /* of one test */
static char why[512];

/* --- what children do: they record, each to the file it is given */

static void record(const char *path, int events)
{
    const struct trace_run run = {.program = "03_task_done_join/lesson",
                                  .options = "--seed 7",
                                  .source_name = "lesson.c",
                                  .source_text = "int main(void);\n",
                                  .seed = 7};
    char words[64];

    if (!trace_start(path, &run, words, sizeof words)) {
        fprintf(stderr, "%s\n", words);
        exit(1);
    }
    trace_attach(trace_new_object());
    for (int i = 0; i < events; i++) {
        snprintf(words, sizeof words, "line number %d", i);
        trace(&(struct trace_entry){.kind = TRACE_SAY, .site = HERE, .text = words});
    }
}

static void record_to_the_end(const char *path)
{
    record(path, EVENTS);
    trace_finish(0, true);
}

static void record_and_die(const char *path)
{
    record(path, EVENTS);
    raise(SIGKILL);
}

static void record_and_stay(const char *path)
{
    record(path, EVENTS);
    printf("ready\n");
    fflush(stdout);
    for (;;)
        pause();
}

/* Copies where no file may be large enough; the argument is the folder. */
static void keep_without_room(const char *where)
{
    char from[PATH_MAX], to[PATH_MAX];
    struct rlimit limit = {.rlim_cur = 16384, .rlim_max = 16384};

    snprintf(from, sizeof from, "%s/from", where);
    snprintf(to, sizeof to, "%s/to", where);
    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        exit(1);
    if (recording_keep(from, to, why, sizeof why))
        exit(2);
    puts(why);
}

static const struct child_case cases[] = {{"record_to_the_end", record_to_the_end},
                                          {"record_and_die", record_and_die},
                                          {"record_and_stay", record_and_stay},
                                          {"keep_without_room", keep_without_room},
                                          {NULL, NULL}};

/* --- a folder for each test */

static int make_test_folder(void **state __attribute__((unused)))
{
    const char *parent = getenv("TMPDIR");

    snprintf(folder, sizeof folder, "%s/kit-test-XXXXXX",
             parent != NULL ? parent : "/tmp");
    assert_non_null(mkdtemp(folder));
    setenv("XDG_STATE_HOME", folder, 1);
    return 0;
}

static int remove_one(const char *path,
                      const struct stat *status __attribute__((unused)),
                      int kind __attribute__((unused)),
                      struct FTW *where __attribute__((unused)))
{
    return remove(path);
}

static int remove_test_folder(void **state __attribute__((unused)))
{
    return nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* A path in the test's folder; valid until the fourth call from here. */
static const char *at(const char *name)
{
    static char paths[4][PATH_MAX];
    static int next;

    next = (next + 1) % 4;
    snprintf(paths[next], sizeof paths[next], "%s/%s", folder, name);
    return paths[next];
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "r");
    struct stat status;

    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &status), 0);
    *length = (size_t)status.st_size;
    char *bytes = calloc(1, *length + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *length, file), *length);
    fclose(file);
    return bytes;
}

static void assert_file_is(const char *path, const char *text)
{
    size_t length;
    char *bytes = read_file(path, &length);

    assert_string_equal(bytes, text);
    free(bytes);
}

static int count_files(const char *path)
{
    DIR *listing = opendir(path);
    int count = 0;

    assert_non_null(listing);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(listing);
    return count;
}

static bool is_ready(void *data)
{
    char *text = launch_stdout_text(data, NULL);
    bool ready = strstr(text, "ready\n") != NULL;

    free(text);
    return ready;
}

/* Starts a program that records into the file and stays. */
static struct launch start_recording(const char *path)
{
    char *arguments[] = {(char *)(uintptr_t) "record_and_stay", (char *)(uintptr_t)path,
                         NULL};
    struct launch launch;

    assert_true(
        launch_start(&launch, "/proc/self/exe", arguments, NULL, why, sizeof why));
    look_until(is_ready, &launch);
    return launch;
}

/* --- places */

static struct recording_place new_place(const char *program)
{
    struct recording_place place;

    if (!recording_new_path(&place, program, why, sizeof why))
        fail_msg("%s", why);
    return place;
}

TEST(the_folder_of_the_kept_runs_is_made_for_its_owner_alone)
{
    struct recording_place place = new_place("03_task_done_join/lesson");
    struct stat status;

    assert_false(place.temporary);
    assert_int_equal(stat(at("viz/runs"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    assert_int_equal(strncmp(place.path, at("viz/runs/2"), strlen(at("viz/runs/2"))),
                     0);
    assert_non_null(strstr(place.path, "-03_task_done_join-lesson-"));
    assert_int_not_equal(access(place.path, F_OK), 0);
}

TEST(no_two_names_are_the_same_and_later_ones_sort_later)
{
    struct recording_place before = new_place("a/b"), now;
    size_t moment = strlen(at("viz/runs/")) + strlen("20261121-101530-123456");

    for (int i = 0; i < 500; i++) {
        now = new_place("a/b");
        assert_string_not_equal(now.path, before.path);
        assert_true(strncmp(now.path, before.path, moment) >= 0);
        before = now;
    }
}

TEST(a_name_of_odd_characters_makes_a_plain_file_name)
{
    char name[400];

    assert_non_null(strstr(new_place("../a b\n\033$x").path, "-..-a-b---x-"));
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    write_file(new_place(name).path, "");
}

TEST(without_a_state_variable_the_folder_is_in_the_home)
{
    setenv("XDG_STATE_HOME", "relative", 1); /* must be ignored */
    char *home = strdup(getenv("HOME") != NULL ? getenv("HOME") : "/");
    setenv("HOME", folder, 1);
    const char *expected = at(".local/state/viz/runs/");
    assert_int_equal(strncmp(new_place("a").path, expected, strlen(expected)), 0);
    unsetenv("XDG_STATE_HOME");
    assert_int_equal(strncmp(new_place("a").path, expected, strlen(expected)), 0);
    setenv("HOME", home, 1);
    free(home);
}

TEST(where_nothing_can_be_kept_the_place_is_temporary_and_goes_away)
{
    write_file(at("viz"), "in the way");
    struct recording_place place = new_place("a/b");

    assert_true(place.temporary);
    write_file(place.path, "");
    recording_discard(&place);
    *strrchr(place.path, '/') = '\0';
    assert_int_not_equal(access(place.path, F_OK), 0);
    assert_false(recording_newest(place.path, sizeof place.path, why, sizeof why));
    recording_prune(0); /* does nothing */
}

TEST(where_there_is_no_place_at_all_it_says_why)
{
    struct recording_place place;
    char *before = getenv("TMPDIR") != NULL ? strdup(getenv("TMPDIR")) : NULL;

    write_file(at("viz"), "in the way");
    setenv("TMPDIR", "/no/such/folder", 1);
    assert_false(recording_new_path(&place, "a", why, sizeof why));
    assert_string_equal(why, "no folder for the recording can be made: "
                             "No such file or directory");
    unsetenv("TMPDIR");
    if (before != NULL)
        setenv("TMPDIR", before, 1);
    free(before);
}

/* Makes a kept run with that number in place of a time. */
static const char *kept(int number)
{
    char name[64];

    snprintf(name, sizeof name, "viz/runs/20260101-0000%02d-a.trace", number);
    return at(name);
}

static void make_kept(int count)
{
    new_place("a"); /* makes the folder */
    for (int i = 0; i < count; i++)
        write_file(kept(i), "");
}

TEST(the_oldest_beyond_those_to_keep_are_removed)
{
    make_kept(13);
    write_file(at("viz/runs/notes.trace"), "");
    write_file(at("viz/runs/20250101-000000-a.text"), "");
    recording_prune(RECORDING_KEEP);
    for (int i = 0; i < 13; i++)
        assert_int_equal(access(kept(i), F_OK) == 0, i >= 3);
    assert_int_equal(count_files(at("viz/runs")), 12);
    recording_prune(RECORDING_KEEP);
    assert_int_equal(count_files(at("viz/runs")), 12);
}

TEST(a_run_that_is_still_written_is_not_removed)
{
    make_kept(12);
    unlink(kept(0));
    struct launch launch = start_recording(kept(0));
    recording_prune(RECORDING_KEEP);
    assert_int_equal(access(kept(0), F_OK), 0);
    assert_int_not_equal(access(kept(1), F_OK), 0);
    launch_close(&launch);
    write_file(kept(1), "");
    recording_prune(RECORDING_KEEP);
    assert_int_not_equal(access(kept(0), F_OK), 0);
}

TEST(the_newest_is_the_last_by_name)
{
    char path[PATH_MAX];

    assert_false(recording_newest(path, sizeof path, why, sizeof why));
    assert_string_equal(why, "no run has been kept yet (viz run LESSON makes one)");
    make_kept(3);
    write_file(at("viz/runs/zzz.trace"), "");
    assert_true(recording_newest(path, sizeof path, why, sizeof why));
    assert_string_equal(path, kept(2));
}

/* --- copies */

static struct reader open_reader(const char *path)
{
    struct reader reader;

    if (!reader_open(&reader, path, why, sizeof why))
        fail_msg("%s: %s", path, why);
    return reader;
}

static void assert_same_text(const struct reader *a, const struct reader *b,
                             uint32_t reference)
{
    assert_true(text_equal(reader_text(a, reference), reader_text(b, reference)));
}

/* Both tell of the same steps, and end in the same way. */
static void assert_same_run(const char *first, const char *second)
{
    struct reader a = open_reader(first), b = open_reader(second);
    int status_a, status_b;

    assert_int_equal(a.steps, b.steps);
    assert_int_equal(a.lost, b.lost);
    assert_int_equal(a.cut, b.cut);
    assert_int_equal(a.torn, b.torn);
    assert_int_equal(reader_how_ended(&a, &status_a), reader_how_ended(&b, &status_b));
    assert_int_equal(status_a, status_b);
    assert_same_text(&a, &b, a.layout.source_text);
    for (uint64_t step = 1; step <= a.steps; step++) {
        const struct trace_event *event = reader_event(&a, step);
        assert_memory_equal(event, reader_event(&b, step), sizeof *event);
        assert_same_text(&a, &b, event->text);
        assert_same_text(&a, &b, event->site);
    }
    reader_close(&a);
    reader_close(&b);
}

static void keep(const char *from, const char *to)
{
    if (!recording_keep(from, to, why, sizeof why))
        fail_msg("%s", why);
}

static void run(const char *name, const char *path, int status)
{
    struct child_end end = child_run(name, path);

    if (end.status != status)
        fail_msg("%s ended with %d: %s", name, end.status, end.err);
}

TEST(a_copy_of_a_finished_recording_is_the_same_file)
{
    size_t length, copied;

    run("record_to_the_end", at("from"), 0);
    keep(at("from"), at("to"));
    char *bytes = read_file(at("from"), &length), *copy = read_file(at("to"), &copied);
    assert_int_equal(length, copied);
    assert_memory_equal(bytes, copy, length);
    free(bytes);
    free(copy);
}

TEST(a_copy_of_a_killed_run_has_every_step_and_no_holes)
{
    struct stat live, compact;

    run("record_and_die", at("from"), 128 + SIGKILL);
    keep(at("from"), at("to"));
    assert_same_run(at("from"), at("to"));
    assert_int_equal(stat(at("from"), &live), 0);
    assert_int_equal(stat(at("to"), &compact), 0);
    assert_true(live.st_size > 200 << 20);
    assert_true(compact.st_size < 1 << 20);
    struct reader reader = open_reader(at("to"));
    assert_int_equal(reader.steps, EVENTS);
    assert_int_equal(reader.torn, 0);
    assert_int_equal(reader.layout.word_offset, 0);
    reader_close(&reader);
}

TEST(a_recording_may_be_copied_onto_itself)
{
    struct stat compact;

    run("record_and_die", at("from"), 128 + SIGKILL);
    keep(at("from"), at("before"));
    keep(at("from"), at("from"));
    assert_same_run(at("before"), at("from"));
    assert_int_equal(stat(at("from"), &compact), 0);
    assert_true(compact.st_size < 1 << 20);
}

TEST(a_copy_of_a_run_that_goes_on_has_the_steps_until_now)
{
    struct launch launch = start_recording(at("from"));
    int status;

    keep(at("from"), at("to"));
    struct reader reader = open_reader(at("to"));
    assert_int_equal(reader.steps, EVENTS);
    assert_int_equal(reader.lost + reader.cut + reader.torn, 0);
    assert_false(reader.live);
    assert_int_equal(reader_how_ended(&reader, &status), READER_VANISHED);
    reader_close(&reader);
    launch_close(&launch);
}

TEST(a_copy_of_a_cut_recording_lacks_the_same_steps)
{
    size_t length;

    run("record_to_the_end", at("from"), 0);
    free(read_file(at("from"), &length));
    assert_int_equal(truncate(at("from"), (off_t)length - 100 * 64 - 7), 0);
    keep(at("from"), at("to"));
    assert_same_run(at("from"), at("to"));
    assert_int_equal(truncate(at("from"), 5000), 0); /* not one event is left */
    assert_false(recording_keep(at("from"), at("to"), why, sizeof why));
    assert_non_null(strstr(why, "cut off before its first event"));
}

TEST(a_copy_replaces_what_was_there_and_its_readers_keep_that)
{
    char first[4] = "";

    run("record_to_the_end", at("from"), 0);
    write_file(at("to"), "old");
    assert_int_equal(symlink("to", at("link")), 0);
    FILE *reader = fopen(at("to"), "r");
    assert_non_null(reader);
    keep(at("from"), at("link"));
    assert_int_equal(fread(first, 1, 3, reader), 3);
    assert_string_equal(first, "old");
    fclose(reader);
    assert_same_run(at("from"), at("to"));
    assert_int_equal(count_files(folder), 3);
}

static void assert_refused(const char *from, const char *to, const char *reason)
{
    assert_false(recording_keep(from, to, why, sizeof why));
    assert_contains(why, reason);
}

TEST(what_is_no_recording_is_not_copied)
{
    write_file(at("from"), "a text");
    write_file(at("to"), "old");
    assert_refused(at("from"), at("to"), "/from' cannot be copied: it is no trace");
    assert_refused(at("none"), at("to"), "/none' cannot be copied: No such file");
    assert_file_is(at("to"), "old");
    assert_int_equal(count_files(folder), 2);
}

TEST(where_no_copy_can_be_made_it_says_why)
{
    run("record_to_the_end", at("from"), 0);
    assert_int_equal(mkfifo(at("pipe"), 0600), 0);
    assert_refused(at("from"), at("pipe"),
                   "/pipe' cannot be written: it is not a regular file");
    assert_refused(at("from"), folder, "cannot be written: it is not a regular file");
    assert_refused(at("from"), at("no/such"),
                   "/no/such' cannot be written: No such file");
    assert_refused(at("from"), "", "'' cannot be written: ");
    assert_int_equal(count_files(folder), 2);
}

TEST(a_full_disk_leaves_everything_as_it_was)
{
    run("record_to_the_end", at("from"), 0);
    write_file(at("to"), "old");
    struct child_end end = child_run("keep_without_room", folder);
    assert_int_equal(end.status, 0);
    assert_contains(end.out, "/to' cannot be written: File too large");
    assert_file_is(at("to"), "old");
    assert_int_equal(count_files(folder), 2);
}

TEST(a_kill_is_noted_and_copied)
{
    int status;

    run("record_and_die", at("from"), 128 + SIGKILL);
    recording_note_kill(at("from"), SIGKILL);
    keep(at("from"), at("to"));
    struct reader reader = open_reader(at("to"));
    assert_int_equal(reader_how_ended(&reader, &status), READER_KILLED);
    assert_int_equal(status, SIGKILL);
    reader_close(&reader);
}

TEST(a_kill_is_noted_only_where_it_ended_the_run)
{
    struct launch launch = start_recording(at("live"));
    int status;

    recording_note_kill(at("live"), SIGKILL);
    launch_close(&launch);
    struct reader reader = open_reader(at("live"));
    assert_int_equal(reader_how_ended(&reader, &status), READER_VANISHED);
    reader_close(&reader);

    run("record_to_the_end", at("from"), 0);
    recording_note_kill(at("from"), SIGKILL);
    reader = open_reader(at("from"));
    assert_int_equal(atomic_load(&reader.layout.killed_by), 0);
    reader_close(&reader);
    write_file(at("text"), "a text");
    recording_note_kill(at("text"), SIGKILL);
    assert_file_is(at("text"), "a text");
    recording_note_kill(at("none"), SIGKILL);
}

#define WITH_FOLDER(test)                                                              \
    cmocka_unit_test_setup_teardown(test, make_test_folder, remove_test_folder)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(the_folder_of_the_kept_runs_is_made_for_its_owner_alone),
        WITH_FOLDER(no_two_names_are_the_same_and_later_ones_sort_later),
        WITH_FOLDER(a_name_of_odd_characters_makes_a_plain_file_name),
        WITH_FOLDER(without_a_state_variable_the_folder_is_in_the_home),
        WITH_FOLDER(where_nothing_can_be_kept_the_place_is_temporary_and_goes_away),
        WITH_FOLDER(where_there_is_no_place_at_all_it_says_why),
        WITH_FOLDER(the_oldest_beyond_those_to_keep_are_removed),
        WITH_FOLDER(a_run_that_is_still_written_is_not_removed),
        WITH_FOLDER(the_newest_is_the_last_by_name),
        WITH_FOLDER(a_copy_of_a_finished_recording_is_the_same_file),
        WITH_FOLDER(a_copy_of_a_killed_run_has_every_step_and_no_holes),
        WITH_FOLDER(a_recording_may_be_copied_onto_itself),
        WITH_FOLDER(a_copy_of_a_run_that_goes_on_has_the_steps_until_now),
        WITH_FOLDER(a_copy_of_a_cut_recording_lacks_the_same_steps),
        WITH_FOLDER(a_copy_replaces_what_was_there_and_its_readers_keep_that),
        WITH_FOLDER(what_is_no_recording_is_not_copied),
        WITH_FOLDER(where_no_copy_can_be_made_it_says_why),
        WITH_FOLDER(a_full_disk_leaves_everything_as_it_was),
        WITH_FOLDER(a_kill_is_noted_and_copied),
        WITH_FOLDER(a_kill_is_noted_only_where_it_ended_the_run),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("recording", tests, NULL, NULL);
}

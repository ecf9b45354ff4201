/*
 * export_output_test.c - an exported file is there complete or not at all, and replaces
 * nothing that nobody asked it to replace.
 */
#include "../../viz/output_file.h"
#include "support.h"

#include <dirent.h>
#include <sys/stat.h>

static char folder[] = "/tmp/export-test-XXXXXX", path[64], why[PATH_MAX + 256];

static int begin(void **state __attribute__((unused)))
{
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/out", folder);
    why[0] = '\0';
    return 0;
}

/* Removes what is in the folder, and counts it. */
static int empty_folder(void)
{
    DIR *entries = opendir(folder);
    struct dirent *entry;
    int count = 0;

    assert_non_null(entries);
    while ((entry = readdir(entries)) != NULL) {
        if (entry->d_name[0] == '.' && strlen(entry->d_name) < 3)
            continue;
        count++;
        unlinkat(dirfd(entries), entry->d_name, 0);
    }
    closedir(entries);
    return count;
}

static int end(void **state __attribute__((unused)))
{
    empty_folder();
    return rmdir(folder);
}

static bool write_words(const char *words, bool may_replace)
{
    struct output_file output;

    if (!output_open(&output, path, may_replace, why, sizeof why))
        return false;
    fputs(words, output.stream);
    return output_finish(&output, why, sizeof why);
}

static void assert_words(const char *words)
{
    char read[64] = "";
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    assert_non_null(fgets(read, sizeof read, file));
    assert_string_equal(read, words);
    fclose(file);
}

TEST(the_file_is_there_when_it_is_finished_and_not_before)
{
    struct output_file output;

    assert_true(output_open(&output, path, false, why, sizeof why));
    fputs("words", output.stream);
    fflush(output.stream);
    assert_int_not_equal(access(path, F_OK), 0);
    assert_true(output_finish(&output, why, sizeof why));
    assert_words("words");
    assert_int_equal(empty_folder(), 1);
}

TEST(a_file_that_is_there_is_replaced_only_when_asked)
{
    assert_true(write_words("first", false));
    assert_false(write_words("second", false));
    assert_contains(why, "--force");
    assert_words("first");
    assert_true(write_words("third", true));
    assert_words("third");
    assert_int_equal(empty_folder(), 1);
}

TEST(a_file_that_appears_meanwhile_is_kept)
{
    struct output_file output;

    assert_true(output_open(&output, path, false, why, sizeof why));
    fputs("late", output.stream);
    assert_true(write_words("early", false));
    assert_false(output_finish(&output, why, sizeof why));
    assert_contains(why, "--force");
    assert_words("early");
    assert_int_equal(empty_folder(), 1);
}

TEST(a_symbolic_link_stays_one)
{
    struct stat status;
    char target[80];

    snprintf(target, sizeof target, "%s/target", folder);
    assert_true(write_words("first", false));
    assert_int_equal(rename(path, target), 0);
    assert_int_equal(symlink("target", path), 0);
    assert_true(write_words("second", true));
    assert_int_equal(lstat(path, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_words("second");
    assert_int_equal(empty_folder(), 2);
}

TEST(a_write_that_fails_leaves_nothing)
{
    struct output_file output;
    struct stat status;

    assert_true(output_open(&output, path, false, why, sizeof why));
    assert_non_null(freopen("/dev/full", "w", output.stream));
    fputs("words", output.stream);
    assert_false(output_finish(&output, why, sizeof why));
    assert_contains(why, "No space left");
    assert_int_not_equal(stat(path, &status), 0);
    assert_int_equal(empty_folder(), 0);
}

TEST(what_is_no_place_for_a_file_is_refused)
{
    struct output_file output;

    assert_false(output_open(&output, folder, true, why, sizeof why));
    assert_contains(why, "folder");
    assert_false(output_open(&output, "/dev/null", true, why, sizeof why));
    assert_contains(why, "no regular file");
    assert_false(output_open(&output, "", true, why, sizeof why));
    assert_false(output_open(&output, "/nowhere/at/all", true, why, sizeof why));
    assert_contains(why, "No such file");
}

#define OUTPUT_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OUTPUT_TEST(the_file_is_there_when_it_is_finished_and_not_before),
        OUTPUT_TEST(a_file_that_is_there_is_replaced_only_when_asked),
        OUTPUT_TEST(a_file_that_appears_meanwhile_is_kept),
        OUTPUT_TEST(a_symbolic_link_stays_one),
        OUTPUT_TEST(a_write_that_fails_leaves_nothing),
        OUTPUT_TEST(what_is_no_place_for_a_file_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

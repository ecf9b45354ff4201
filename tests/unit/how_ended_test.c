/*
 * how_ended_test.c - how a run ended, in words.
 */
#include "../../viz/how_ended.h"
#include "made.h"

#include <sys/file.h>

static struct made made;
static struct reader reader;
static char words[128];

static int begin(void **state __attribute__((unused)))
{
    made = made_begin();
    made_run_start(&made);
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    reader_close(&reader);
    made_free(&made);
    return 0;
}

static const char *ending(void)
{
    struct text_buffer buffer = {words, sizeof words, 0};

    made_open(&made, &reader);
    how_ended_add(&buffer, &reader);
    return words;
}

TEST(a_run_that_went_well_says_so)
{
    made_run_end(&made, 0);
    assert_contains(ending(), "as it should");
    assert_contains(words, "0");
    assert_true(how_ended_well(&reader));
}

static void assert_ends(int status, const char *number, const char *word)
{
    made_run_end(&made, status);
    assert_contains(ending(), number);
    assert_contains(words, word);
    assert_false(how_ended_well(&reader));
}

TEST(a_wrong_result_says_so)
{
    assert_ends(1, "1", "wrong");
}

TEST(a_deadlock_says_so)
{
    assert_ends(3, "3", "deadlock");
}

TEST(misuse_says_so)
{
    assert_ends(4, "4", "misuse");
}

TEST(a_status_of_the_programs_own_is_told_with_its_number)
{
    assert_ends(77, "77", "");
}

TEST(a_kill_that_was_seen_tells_the_signal)
{
    atomic_store(&made.header.killed_by, 9);
    assert_contains(ending(), "KILLED");
    assert_contains(words, "9");
    assert_false(how_ended_well(&reader));
}

TEST(a_kill_that_nobody_saw_is_still_told)
{
    assert_contains(ending(), "KILLED");
    assert_false(how_ended_well(&reader));
}

TEST(a_run_that_goes_on_says_so)
{
    struct text_buffer buffer = {words, sizeof words, 0};
    int file = made_file(&made);
    char why[256];

    assert_int_equal(flock(file, LOCK_EX), 0);
    assert_true(reader_open(&reader, made_path(file), why, sizeof why));
    how_ended_add(&buffer, &reader);
    assert_string_equal(words, "RUNNING");
    assert_false(how_ended_well(&reader));
    close(file);
}

TEST(every_status_has_words)
{
    made_open(&made, &reader);
    for (int status = -300; status < 300; status++) {
        assert_true(strlen(how_ended_meaning(status)) > 5);
        assert_true(strlen(how_ended_brief(status)) > 2);
    }
}

#define ENDING_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ENDING_TEST(a_run_that_went_well_says_so),
        ENDING_TEST(a_wrong_result_says_so),
        ENDING_TEST(a_deadlock_says_so),
        ENDING_TEST(misuse_says_so),
        ENDING_TEST(a_status_of_the_programs_own_is_told_with_its_number),
        ENDING_TEST(a_kill_that_was_seen_tells_the_signal),
        ENDING_TEST(a_kill_that_nobody_saw_is_still_told),
        ENDING_TEST(a_run_that_goes_on_says_so),
        ENDING_TEST(every_status_has_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

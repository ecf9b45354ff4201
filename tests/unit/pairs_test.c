/* pairs_test.c - the pairs worth comparing are programs of the course, and stand in its
   README. */
#include "../../viz/catalogue.h"
#include "../../viz/pairs.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The test runs in the folder above lessons/, or is skipped. */
static char *read_course(void)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = fopen("lessons/README.md", "r");

    if (file == NULL)
        skip();
    assert_true(getdelim(&text, &size, '\0', file) > 0);
    fclose(file);
    return text;
}

/* "01_thread_result" for the lesson itself, as the course's table has it. */
static void course_name(const char *full_name, char *name, size_t size)
{
    const char *slash = strchr(full_name, '/');
    bool is_lesson = slash != NULL && strcmp(slash, "/lesson") == 0;
    int length = is_lesson ? (int)(slash - full_name) : (int)strlen(full_name);

    snprintf(name, size, "`%.*s`", length, full_name);
}

TEST(each_pair_stands_in_the_course)
{
    char *course = read_course();

    for (size_t i = 0; i < pair_count; i++) {
        char a[64], b[64], row[2][160];
        course_name(pairs[i].a, a, sizeof a);
        course_name(pairs[i].b, b, sizeof b);
        snprintf(row[0], sizeof row[0], "| %s and %s |", a, b);
        snprintf(row[1], sizeof row[1], "| %s and %s |", b, a);
        if (strstr(course, row[0]) == NULL && strstr(course, row[1]) == NULL)
            fail_msg("lessons/README.md has no pair %s and %s", a, b);
    }
    free(course);
}

TEST(each_pair_is_of_two_programs_whose_source_is_there)
{
    for (size_t i = 0; i < pair_count; i++) {
        const char *names[] = {pairs[i].a, pairs[i].b};
        assert_string_not_equal(names[0], names[1]);
        for (int j = 0; j < 2; j++) {
            char path[160];
            snprintf(path, sizeof path, "lessons/%s.c", names[j]);
            if (access("lessons", F_OK) != 0)
                skip();
            if (access(path, R_OK) != 0)
                fail_msg("there is no %s", path);
        }
    }
}

TEST(short_names_are_as_one_types_them)
{
    char name[64];

    pair_short_name("01_thread_result/join_each", name, sizeof name);
    assert_string_equal(name, "1/join_each");
    pair_short_name("12_threads_or_processes/lesson", name, sizeof name);
    assert_string_equal(name, "12");
}

TEST(what_differs_fits_its_column)
{
    for (size_t i = 0; i < pair_count; i++)
        assert_true(strlen(pairs[i].differ) <= 47);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_pair_stands_in_the_course),
        cmocka_unit_test(each_pair_is_of_two_programs_whose_source_is_there),
        cmocka_unit_test(short_names_are_as_one_types_them),
        cmocka_unit_test(what_differs_fits_its_column),
    };

    return cmocka_run_group_tests_name("pairs", tests, NULL, NULL);
}

/* catalogue_test.c - the course is what is built, and a lesson is found by what a user
   types. */
#include "../../viz/catalogue.h"
#include "support.h"

#include <ftw.h>
#include <limits.h>
#include <sys/stat.h>

static char folder[PATH_MAX];
static struct catalogue catalogue;
static char why[256];

static int remove_one(const char *path,
                      const struct stat *status __attribute__((unused)),
                      int kind __attribute__((unused)),
                      struct FTW *where __attribute__((unused)))
{
    return remove(path);
}

static void write_file(const char *name, mode_t mode, const char *text)
{
    char path[2 * PATH_MAX];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    for (char *slash = path + strlen(folder); slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
}

/* A program as make leaves it: an executable and a copy of its source. */
static void write_program(const char *name, const char *source)
{
    char path[PATH_MAX];

    snprintf(path, sizeof path, "lessons/%s", name);
    write_file(path, 0700, "");
    strcat(path, ".c");
    write_file(path, 0600, source);
}

static int make_course(void **state __attribute__((unused)))
{
    const char *parent = getenv("TMPDIR");

    snprintf(folder, sizeof folder, "%s/kit-test-XXXXXX",
             parent != NULL ? parent : "/tmp");
    assert_non_null(mkdtemp(folder));
    write_program("03_task_done_join/missing_task_done",
                  "/*\n * Lesson 3, missing_task_done: one task is lost.\n *\n"
                  " * Ends:       3\n */\n");
    write_program("03_task_done_join/lesson",
                  "/*\n * Lesson 3: task_done and join.\n * Ends:       0\n */\n");
    write_program("03_task_done_join/extra_task_done",
                  "/*\n * Lesson 3, extra_task_done: one report too many.\n"
                  " * Ends: 4\n */\n");
    write_program("12_pool/lesson", "/* Lesson 12: a pool. */\n/* Ends: 1 */\n");
    write_program("01_thread_result/lesson", "int main;\n");
    catalogue_load(&catalogue, folder);
    return 0;
}

static int remove_course(void **state __attribute__((unused)))
{
    catalogue_free(&catalogue);
    return nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void reload(void)
{
    catalogue_free(&catalogue);
    catalogue_load(&catalogue, folder);
}

static void assert_finds(const char *text, const char *full_name)
{
    const struct catalogue_program *found =
        catalogue_find(&catalogue, text, why, sizeof why);

    if (found == NULL)
        fail_msg("%s was not found: %s", text, why);
    else
        assert_string_equal(found->full_name, full_name);
}

static void assert_refuses(const char *text, const char *message)
{
    assert_null(catalogue_find(&catalogue, text, why, sizeof why));
    assert_string_equal(why, message);
}

TEST(lessons_come_in_the_order_of_their_numbers)
{
    assert_int_equal(catalogue.lesson_count, 3);
    assert_int_equal(catalogue.lessons[0].number, 1);
    assert_int_equal(catalogue.lessons[1].number, 3);
    assert_int_equal(catalogue.lessons[2].number, 12);
    assert_string_equal(catalogue.lessons[1].folder, "03_task_done_join");
    assert_string_equal(catalogue.lessons[1].name, "task_done_join");
    assert_string_equal(catalogue.lessons[1].title, "task_done and join");
}

TEST(a_lesson_comes_before_its_variants_and_they_by_name)
{
    const struct catalogue_lesson *lesson = &catalogue.lessons[1];

    assert_int_equal(lesson->program_count, 3);
    assert_string_equal(lesson->programs[0].name, "lesson");
    assert_string_equal(lesson->programs[1].name, "extra_task_done");
    assert_string_equal(lesson->programs[2].name, "missing_task_done");
    for (int i = 0; i < 3; i++)
        assert_ptr_equal(lesson->programs[i].lesson, lesson);
}

TEST(title_and_ending_are_read_from_the_opening_comment)
{
    const struct catalogue_program *program = &catalogue.lessons[1].programs[2];

    assert_string_equal(program->title, "one task is lost");
    assert_int_equal(program->ends, 3);
    assert_int_equal(catalogue.lessons[1].programs[1].ends, 4);
    assert_int_equal(catalogue.lessons[1].programs[0].ends, 0);
}

TEST(what_the_opening_comment_does_not_say_is_not_guessed)
{
    const struct catalogue_program *pool = &catalogue.lessons[2].programs[0];

    assert_string_equal(pool->title, "a pool");
    assert_int_equal(pool->ends, -1); /* it stands in another comment */
    assert_string_equal(catalogue.lessons[0].title, "");
    assert_int_equal(catalogue.lessons[0].programs[0].ends, -1);
}

TEST(whether_a_program_uses_the_processor_is_read_from_the_opening_comment)
{
    write_program("20_batch/lesson",
                  "/*\n * Lesson 20: a batch.\n * Uses:       the processor\n */\n");
    write_program("21_other/lesson", "/*\n * Lesson 21: other.\n * Uses: time\n */\n"
                                     "/* Uses: the processor */\n");
    reload();
    assert_true(catalogue.lessons[3].programs[0].uses_processor);
    assert_false(catalogue.lessons[4].programs[0].uses_processor);
    assert_false(catalogue.lessons[0].programs[0].uses_processor);
}

TEST(an_ending_must_be_an_exit_status)
{
    write_program("04_a/lesson", "/*\n * Lesson 4: a.\n * Ends: 256\n */\n");
    write_program("05_b/lesson", "/*\n * Lesson 5: b.\n * Ends: well\n */\n");
    reload();
    assert_int_equal(catalogue.lessons[2].programs[0].ends, -1);
    assert_int_equal(catalogue.lessons[3].programs[0].ends, -1);
}

TEST(what_is_no_built_program_is_not_in_the_course)
{
    write_file("lessons/03_task_done_join/half.c", 0600, "/* not built */");
    write_file("lessons/03_task_done_join/bare", 0700, "");
    write_file("lessons/03_task_done_join/.c", 0700, "");
    write_file("lessons/03_task_done_join/data", 0600, "");
    write_file("lessons/03_task_done_join/data.c", 0600, "");
    write_file("lessons/notes/lesson", 0700, "");
    write_file("lessons/notes/lesson.c", 0600, "");
    write_file("lessons/07_empty/README.md", 0600, "");
    write_file("lessons/08_/lesson", 0700, "");
    write_file("lessons/08_/lesson.c", 0600, "");
    write_file("lessons/README.md", 0600, "");
    reload();
    assert_int_equal(catalogue.lesson_count, 3);
    assert_int_equal(catalogue.lessons[1].program_count, 3);
}

TEST(a_lesson_is_found_by_number_name_and_folder)
{
    assert_finds("3", "03_task_done_join/lesson");
    assert_finds("03", "03_task_done_join/lesson");
    assert_finds("task_done_join", "03_task_done_join/lesson");
    assert_finds("03_task_done_join", "03_task_done_join/lesson");
    assert_finds("03_task_done_join/", "03_task_done_join/lesson");
    assert_finds("12", "12_pool/lesson");
}

TEST(a_variant_is_found_after_any_of_these)
{
    assert_finds("3/missing_task_done", "03_task_done_join/missing_task_done");
    assert_finds("03/extra_task_done", "03_task_done_join/extra_task_done");
    assert_finds("task_done_join/lesson", "03_task_done_join/lesson");
    assert_finds("03_task_done_join/missing_task_done",
                 "03_task_done_join/missing_task_done");
}

TEST(a_program_is_found_by_its_path)
{
    char path[2 * PATH_MAX];

    snprintf(path, sizeof path, "%s/lessons/../lessons/03_task_done_join/lesson",
             folder);
    assert_ptr_equal(catalogue_find(&catalogue, path, why, sizeof why),
                     &catalogue.lessons[1].programs[0]);
}

TEST(a_program_outside_the_course_is_found_by_its_path)
{
    char path[2 * PATH_MAX];

    write_file("mine/04_draft/attempt", 0700, "");
    write_file("mine/04_draft/attempt.c", 0600,
               "/*\n * Lesson 4: a draft.\n * Ends: 3\n */");
    snprintf(path, sizeof path, "%s/mine/04_draft/attempt", folder);
    const struct catalogue_program *found =
        catalogue_find(&catalogue, path, why, sizeof why);
    assert_non_null(found);
    assert_null(found->lesson);
    assert_string_equal(found->name, "attempt");
    assert_string_equal(found->full_name, "04_draft/attempt");
    assert_string_equal(found->title, "a draft");
    assert_int_equal(found->ends, 3);
}

TEST(an_unknown_name_is_refused_with_the_nearest)
{
    assert_refuses("task_dome_join",
                   "no lesson 'task_dome_join'; the nearest is 'task_done_join'");
    assert_refuses("pol", "no lesson 'pol'; the nearest is 'pool'");
    assert_refuses("task_dnoe_join/missing",
                   "no lesson 'task_dnoe_join'; the nearest is 'task_done_join'");
    assert_refuses("03_task_done_joim",
                   "no lesson '03_task_done_joim'; the nearest is '03_task_done_join'");
    assert_refuses("missing_task_done", "no lesson 'missing_task_done'; the nearest is "
                                        "'task_done_join/missing_task_done'");
    assert_refuses("nothere", "no lesson 'nothere'; viz list names them all");
    assert_refuses("task_done_join/zzz",
                   "task_done_join has no variant 'zzz'; viz list names them all");
    assert_refuses("9", "no lesson '9'; the nearest is '12_pool'");
    assert_refuses("99999999999999999999",
                   "no lesson '99999999999999999999'; the nearest is '12_pool'");
}

TEST(an_unknown_variant_is_refused_with_the_nearest_of_that_lesson)
{
    assert_refuses("3/mising_task_done",
                   "task_done_join has no variant 'mising_task_done'; the nearest is "
                   "'task_done_join/missing_task_done'");
}

TEST(a_path_that_is_no_program_is_refused_with_the_reason)
{
    assert_refuses(
        "/no/such/program",
        "'/no/such/program' is no lesson's program: No such file or directory");
    assert_refuses("/", "'/' is no lesson's program: Is a directory");
    assert_refuses("/tmp", "'/tmp' is no lesson's program: Is a directory");
}

TEST(odd_and_very_long_names_are_refused_in_one_line)
{
    size_t length = 100000;
    char *name = malloc(length + 1);

    assert_non_null(name);
    memset(name, 'x', length);
    name[length] = '\0';
    name[3] = '\n';
    name[5] = '\033';
    assert_null(catalogue_find(&catalogue, name, why, sizeof why));
    assert_true(strlen(why) < 128);
    assert_null(strchr(why, '\n'));
    assert_null(strchr(why, '\033'));
    name[0] = '/';
    assert_null(catalogue_find(&catalogue, name, why, sizeof why));
    name[0] = '3';
    name[1] = '/';
    assert_null(catalogue_find(&catalogue, name, why, sizeof why));
    free(name);
    assert_null(catalogue_find(&catalogue, "", why, sizeof why));
    assert_null(catalogue_find(&catalogue, "%s%n/%s", why, sizeof why));
}

TEST(a_folder_with_the_longest_name_is_a_lesson)
{
    char name[NAME_MAX + 32] = "20_";

    memset(name + 3, 'n', NAME_MAX - 3);
    strcpy(name + NAME_MAX, "/lesson");
    write_program(name, "/* Lesson 20: long. */");
    reload();
    assert_finds("20", name);
    name[NAME_MAX] = '\0';
    assert_finds(name, catalogue.lessons[3].programs[0].full_name);
    name[NAME_MAX - 1] = 'm';
    assert_null(catalogue_find(&catalogue, name, why, sizeof why));
}

TEST(where_nothing_is_built_it_says_so)
{
    struct catalogue empty;

    catalogue_load(&empty, "/no/such/folder");
    assert_int_equal(empty.lesson_count, 0);
    assert_null(catalogue_find(&empty, "3", why, sizeof why));
    assert_string_equal(why, "no lessons are built (make lessons)");
    catalogue_free(&empty);
}

/* A test of the course that make_course makes. */
#define WITH_COURSE(name)                                                              \
    cmocka_unit_test_setup_teardown(name, make_course, remove_course)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_COURSE(lessons_come_in_the_order_of_their_numbers),
        WITH_COURSE(a_lesson_comes_before_its_variants_and_they_by_name),
        WITH_COURSE(title_and_ending_are_read_from_the_opening_comment),
        WITH_COURSE(what_the_opening_comment_does_not_say_is_not_guessed),
        WITH_COURSE(
            whether_a_program_uses_the_processor_is_read_from_the_opening_comment),
        WITH_COURSE(an_ending_must_be_an_exit_status),
        WITH_COURSE(what_is_no_built_program_is_not_in_the_course),
        WITH_COURSE(a_lesson_is_found_by_number_name_and_folder),
        WITH_COURSE(a_variant_is_found_after_any_of_these),
        WITH_COURSE(a_program_is_found_by_its_path),
        WITH_COURSE(a_program_outside_the_course_is_found_by_its_path),
        WITH_COURSE(an_unknown_name_is_refused_with_the_nearest),
        WITH_COURSE(an_unknown_variant_is_refused_with_the_nearest_of_that_lesson),
        WITH_COURSE(a_path_that_is_no_program_is_refused_with_the_reason),
        WITH_COURSE(odd_and_very_long_names_are_refused_in_one_line),
        WITH_COURSE(a_folder_with_the_longest_name_is_a_lesson),
        cmocka_unit_test(where_nothing_is_built_it_says_so),
    };

    return cmocka_run_group_tests_name("catalogue", tests, NULL, NULL);
}

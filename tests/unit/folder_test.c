/* folder_test.c - how many files are in a folder and below it. */
#include "folder.h"
#include "recorded.h"
#include "support.h"

static int root;

/* The fixture's folder, empty, is the root. */
static int open_root(void **state)
{
    if (make_path(state) != 0)
        return -1;
    root = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return root < 0 ? -1 : 0;
}

static int remove_root(void **state)
{
    close(root);
    return remove_path(state);
}

static void make_file(const char *name)
{
    int descriptor = openat(root, name, O_CREAT | O_EXCL | O_WRONLY, 0600);

    assert_true(descriptor >= 0);
    close(descriptor);
}

static void make_folder(const char *name)
{
    assert_int_equal(mkdirat(root, name, 0700), 0);
}

TEST(an_empty_folder_has_no_files)
{
    assert_int_equal(folder_count_files(root, "."), 0);
}

TEST(what_is_not_there_or_is_no_folder_has_no_files)
{
    make_file("file");
    assert_true(folder_has(root, "file"));
    assert_false(folder_has(root, "nothing"));
    assert_int_equal(folder_count_files(root, "file"), 0);
    assert_int_equal(folder_count_files(root, "nothing"), 0);
    unlinkat(root, "file", 0);
}

TEST(files_below_count_and_folders_links_and_pipes_do_not)
{
    make_folder("a");
    make_folder("a/b");
    make_file("a/1");
    make_file("a/.hidden");
    make_file("a/b/2");
    assert_int_equal(symlinkat("1", root, "a/link"), 0);
    assert_int_equal(symlinkat("..", root, "a/b/up"), 0);
    assert_int_equal(mkfifoat(root, "a/pipe", 0600), 0);
    assert_int_equal(folder_count_files(root, "a"), 3);
    assert_int_equal(folder_count_files(root, "."), 3);
    assert_int_equal(folder_count_files(FOLDER_CURRENT, folder), 3);

    const char *files[] = {"a/1", "a/.hidden", "a/b/2", "a/link", "a/b/up", "a/pipe"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        assert_int_equal(unlinkat(root, files[i], 0), 0);
    assert_int_equal(unlinkat(root, "a/b", AT_REMOVEDIR), 0);
    assert_int_equal(unlinkat(root, "a", AT_REMOVEDIR), 0);
}

TEST(a_folder_deeper_than_a_path_can_be_long_is_counted)
{
    enum { DEPTH = 60 };
    char name[101];
    int folders[DEPTH + 1] = {root};

    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    for (int i = 0; i < DEPTH; i++) {
        assert_int_equal(mkdirat(folders[i], name, 0700), 0);
        folders[i + 1] = openat(folders[i], name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        assert_true(folders[i + 1] >= 0);
    }
    int file = openat(folders[DEPTH], "file", O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    close(file);
    assert_int_equal(folder_count_files(root, "."), 1);
    assert_int_equal(unlinkat(folders[DEPTH], "file", 0), 0);
    for (int i = DEPTH; i > 0; i--) {
        close(folders[i]);
        assert_int_equal(unlinkat(folders[i - 1], name, AT_REMOVEDIR), 0);
    }
}

TEST(the_kits_folder_is_found_from_anywhere)
{
    int before = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    assert_int_equal(chdir("/"), 0);
    int kit = folder_open_kit();
    assert_int_equal(fchdir(before), 0);
    assert_true(folder_has(kit, "tests/unit/folder_test.c"));
    assert_true(folder_count_files(kit, "common") > 1);
    close(kit);
    close(before);
}

#define IN_ROOT(test) cmocka_unit_test_setup_teardown(test, open_root, remove_root)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ROOT(an_empty_folder_has_no_files),
        IN_ROOT(what_is_not_there_or_is_no_folder_has_no_files),
        IN_ROOT(files_below_count_and_folders_links_and_pipes_do_not),
        IN_ROOT(a_folder_deeper_than_a_path_can_be_long_is_counted),
        cmocka_unit_test(the_kits_folder_is_found_from_anywhere),
    };

    return cmocka_run_group_tests_name("folder", tests, NULL, NULL);
}

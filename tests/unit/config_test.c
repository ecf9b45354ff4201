/*
 * config_test.c - the settings of the display, by the command line's words and from the
 * configuration file: what is meant is taken, what is not is refused with its line.
 */
#include "../../viz/config.h"
#include "support.h"

#include <limits.h>
#include <sys/mman.h>

static struct display display;
static char why[1024];

static int begin(void **state __attribute__((unused)))
{
    display = display_default();
    why[0] = '\0';
    return 0;
}

/* Reads a configuration file with that text. */
static bool reads(const char *text)
{
    char path[64];
    int file = memfd_create("config", MFD_CLOEXEC);

    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    bool good = config_read(&display, path, why, sizeof why);
    close(file);
    return good;
}

static void assert_refused(const char *text, const char *reason)
{
    display = display_default();
    assert_false(reads(text));
    assert_contains(why, reason);
    assert_null(strchr(why, '\n'));
}

TEST(nothing_said_is_the_default)
{
    assert_string_equal(display.palette->name, "default");
    assert_int_equal(display.colours, COLOURS_AUTO);
    assert_true(display.mouse);
    assert_false(display.ascii);
    assert_true(reads(""));
    assert_true(reads("\n\n   \n# only a comment\n"));
    assert_true(config_read(&display, "/no/such/folder/config", why, sizeof why));
    assert_string_equal(display.palette->name, "default");
}

TEST(every_setting_is_taken_from_its_line)
{
    assert_true(reads("# for the lecture hall\n"
                      "palette = projector\n"
                      "color=8   # the beamer has no more\n"
                      "\tmouse\t=\tno\r\n"
                      "ascii = yes"));
    assert_string_equal(display.palette->name, "projector");
    assert_int_equal(display.colours, COLOURS_8);
    assert_false(display.mouse);
    assert_true(display.ascii);
}

TEST(the_last_line_wins)
{
    assert_true(reads("palette = light\npalette = default\nmouse = no\nmouse = yes\n"));
    assert_string_equal(display.palette->name, "default");
    assert_true(display.mouse);
}

TEST(a_wrong_line_is_refused_with_its_number_and_what_would_be_right)
{
    assert_refused("\npalette = lihgt\n", ", line 2: palette is default, light, ");
    assert_refused("colour = 8\n", ", line 1: 'colour' is no setting; there are ");
    assert_refused("mouse = maybe\n", "mouse is yes or no; not 'maybe'");
    assert_refused("ascii\n", "'ascii' is no setting, as palette = light is one");
    assert_refused("color = 16\n", "color is auto, always, never, 8 or 256; not '16'");
    assert_refused("= light\n", "'' is no setting");
    assert_refused("palette =\n", "palette is");
}

TEST(a_line_that_is_too_long_is_refused)
{
    char text[2000];

    memset(text, 'x', sizeof text);
    memcpy(text, "ascii = yes\n", 12);
    text[sizeof text - 1] = '\0';
    assert_refused(text, ", line 2: the line is longer than 254 characters");
}

TEST(what_cannot_be_read_is_refused)
{
    assert_false(config_read(&display, "/", why, sizeof why));
    assert_contains(why, "/ cannot be read: ");
}

TEST(the_file_is_in_the_folder_that_the_environment_says)
{
    char path[PATH_MAX];

    assert_int_equal(setenv("HOME", "/home/somebody", 1), 0);
    assert_int_equal(unsetenv("XDG_CONFIG_HOME"), 0);
    assert_true(config_path(path, sizeof path));
    assert_string_equal(path, "/home/somebody/.config/viz/config");
    assert_int_equal(setenv("XDG_CONFIG_HOME", "/elsewhere", 1), 0);
    assert_true(config_path(path, sizeof path));
    assert_string_equal(path, "/elsewhere/viz/config");
    assert_int_equal(setenv("XDG_CONFIG_HOME", "not/absolute", 1), 0);
    assert_true(config_path(path, sizeof path));
    assert_string_equal(path, "/home/somebody/.config/viz/config");
    assert_int_equal(unsetenv("HOME"), 0);
    assert_false(config_path(path, sizeof path));
}

TEST(every_palette_can_be_set_and_is_named_in_the_refusal)
{
    assert_false(display_set(&display, "palette", "none", why, sizeof why));
    for (int i = 0; i < PALETTES; i++) {
        char other[64];
        assert_contains(why, palettes[i].name);
        assert_true(
            display_set(&display, "palette", palettes[i].name, other, sizeof other));
        assert_ptr_equal(display.palette, &palettes[i]);
    }
}

/* The colours to draw with where "color" is that word. */
static int colours(const char *word, int terminal_has, bool no_color)
{
    assert_true(display_set(&display, "color", word, why, sizeof why));
    return display_colours(&display, terminal_has, no_color, why, sizeof why);
}

TEST(colours_are_those_that_the_terminal_has_unless_asked_otherwise)
{
    assert_int_equal(colours("auto", 256, false), 256);
    assert_int_equal(colours("auto", 88, false), 8);
    assert_int_equal(colours("auto", 8, false), 8);
    assert_int_equal(colours("auto", 1 << 24, false), 8);
    assert_int_equal(colours("auto", 0, false), 0);
    assert_int_equal(colours("auto", -1, false), 0);
    assert_int_equal(colours("8", 256, false), 8);
    assert_int_equal(colours("never", 256, false), 0);
}

TEST(no_color_holds_until_somebody_asks_for_colours)
{
    assert_int_equal(colours("auto", 256, true), 0);
    assert_int_equal(colours("always", 256, true), 256);
    assert_int_equal(colours("always", 8, true), 8);
    assert_int_equal(colours("8", 256, true), 8);
    assert_int_equal(colours("256", 256, true), 256);
    assert_int_equal(colours("never", 256, true), 0);
}

TEST(colours_that_the_terminal_has_not_are_refused)
{
    assert_int_equal(colours("256", 8, false), -1);
    assert_contains(why, "color is 256, but the terminal has 8 colours");
    assert_int_equal(colours("always", -1, false), -1);
    assert_contains(why, "color is always, but the terminal has 0 colours");
    assert_int_equal(colours("8", 0, false), -1);
}

#define CONFIG_TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONFIG_TEST(nothing_said_is_the_default),
        CONFIG_TEST(every_setting_is_taken_from_its_line),
        CONFIG_TEST(the_last_line_wins),
        CONFIG_TEST(a_wrong_line_is_refused_with_its_number_and_what_would_be_right),
        CONFIG_TEST(a_line_that_is_too_long_is_refused),
        CONFIG_TEST(what_cannot_be_read_is_refused),
        CONFIG_TEST(the_file_is_in_the_folder_that_the_environment_says),
        CONFIG_TEST(every_palette_can_be_set_and_is_named_in_the_refusal),
        CONFIG_TEST(colours_are_those_that_the_terminal_has_unless_asked_otherwise),
        CONFIG_TEST(no_color_holds_until_somebody_asks_for_colours),
        CONFIG_TEST(colours_that_the_terminal_has_not_are_refused),
    };

    return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}

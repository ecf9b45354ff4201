/*
 * keys_test.c - the one table of keys: no key means two things, and the help has all.
 */
#include "../../viz/keys.h"
#include "../../viz/view.h"
#include "support.h"

/* For one run, and for two. */
static const struct key *const tables[] = {keys, compare_keys};

enum { TABLES = sizeof tables / sizeof tables[0] };

TEST(no_key_means_two_things)
{
    for (int i = 0; i < TABLES; i++)
        for (const struct key *key = tables[i]; key->shown != NULL; key++)
            for (const struct key *other = key + 1; other->shown != NULL; other++) {
                assert_int_not_equal(key->code, other->code);
                assert_string_not_equal(key->shown, other->shown);
            }
}

/* Marks the commands that the table has; each once, its other keys below it. */
static void read_table(const struct key *table, bool *told)
{
    bool here[COMMANDS] = {false};

    assert_non_null(table[0].help);
    for (const struct key *key = table; key->shown != NULL; key++) {
        assert_in_range(key->command, 1, COMMANDS - 1);
        if (key->help == NULL) {
            assert_int_equal(key->command, key[-1].command);
            continue;
        }
        assert_false(here[key->command]);
        here[key->command] = told[key->command] = true;
    }
}

TEST(every_command_has_one_help_and_its_other_keys_follow_it)
{
    bool told[COMMANDS] = {false};

    read_table(keys, told);
    read_table(compare_keys, told);
    for (int command = COMMAND_NONE + 1; command < COMMANDS; command++)
        assert_true(told[command]);
}

TEST(keys_do_what_peoples_hands_know)
{
    static const struct {
        int code;
        enum command command;
    } known[] = {{'?', COMMAND_HELP},      {' ', COMMAND_PAUSE},
                 {'.', COMMAND_STEP},      {',', COMMAND_STEP_BACK},
                 {'>', COMMAND_CHANGE},    {'<', COMMAND_CHANGE_BACK},
                 {'g', COMMAND_START},     {'G', COMMAND_END},
                 {'F', COMMAND_FOLLOW},    {'z', COMMAND_ZOOM_PANE},
                 {':', COMMAND_GO_TO},     {'d', COMMAND_DIFFERS},
                 {'w', COMMAND_SAVE},      {'q', COMMAND_QUIT},
                 {27, COMMAND_CANCEL},     {12, COMMAND_REDRAW},
                 {9, COMMAND_NEXT_PANE},   {KEY_CODE_DOWN, COMMAND_DOWN},
                 {'j', COMMAND_DOWN},      {'k', COMMAND_UP},
                 {'(', COMMAND_SLOWER},    {')', COMMAND_FASTER},
                 {KEY_NONE, COMMAND_NONE}, {KEY_CODE_RESIZED, COMMAND_NONE}};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        assert_int_equal(key_command(known[i].code), known[i].command);
}

TEST(letters_of_commands_are_taken_and_digits_are_free)
{
    assert_true(key_is_taken('q'));
    assert_true(key_is_taken('j'));
    for (char digit = '0'; digit <= '9'; digit++)
        assert_false(key_is_taken(digit));
    assert_false(key_is_taken('\xff'));
}

TEST(the_help_has_every_key_and_fits_a_page)
{
    static void (*const add_help[TABLES])(struct text_buffer *) = {
        view_add_help, view_add_compare_help};

    for (int i = 0; i < TABLES; i++) {
        char help[8192] = "";
        struct text_buffer buffer = {help, sizeof help, 0};
        struct text rest, line;
        add_help[i](&buffer);
        assert_true(buffer.length < sizeof help - 1); /* not cut */
        for (const struct key *key = tables[i]; key->shown != NULL; key++) {
            if (key->help != NULL)
                assert_contains(help, key->help);
            assert_contains(help, key->shown);
        }
        rest = text_of(help);
        while (text_next_line(&rest, &line))
            assert_true(line.length <= 78);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_key_means_two_things),
        cmocka_unit_test(every_command_has_one_help_and_its_other_keys_follow_it),
        cmocka_unit_test(keys_do_what_peoples_hands_know),
        cmocka_unit_test(letters_of_commands_are_taken_and_digits_are_free),
        cmocka_unit_test(the_help_has_every_key_and_fits_a_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* compare_menu.c - the pairs worth comparing, as a list to choose from; see
   compare_menu.h. */
#include "compare_menu.h"
#include "compare_run.h"
#include "keys.h"
#include "pairs.h"
#include "screen.h"
#include "view.h"
#include "view_pairs.h"

#include <stdio.h>
#include <unistd.h>

static const char help[] =
    "Each line is a pair of programs that do the same in two ways. Both run at the\n"
    "same time, with the same seed, and are shown beside each other.\n\n"
    "Enter          runs both\n"
    "up down j k    choose\n"
    "?              this help, and there again back to the list\n"
    "q              quit\n\n"
    "While two runs are shown ? tells the keys there.\n\n"
    "viz compare A B compares any two lessons, variants or recordings.\n";

static int print_pairs(void)
{
    for (size_t i = 0; i < pair_count; i++) {
        char a[64], b[64];
        pair_short_name(pairs[i].a, a, sizeof a);
        pair_short_name(pairs[i].b, b, sizeof b);
        int width = 24 - printf("viz compare %s %s", a, b) + 12;
        printf("%*s %s\n", width > 0 ? width : 0, "", pairs[i].differ);
        struct text rest = text_of(pairs[i].look);
        while (rest.length > 0) {
            struct text line = canvas_next_row(&rest, 72);
            printf("    %.*s\n", (int)line.length, line.bytes);
        }
        puts("");
    }
    return fflush(stdout) == 0 ? 0 : 1;
}

static void draw(struct canvas *canvas, size_t chosen, bool helps, int rows,
                 int columns)
{
    canvas_reset(canvas, rows, columns);
    if (rows < VIEW_LEAST_ROWS || columns < VIEW_LEAST_COLUMNS)
        view_too_small(canvas);
    else if (helps)
        view_page(canvas, "HELP: PAIRS", text_of(help), 0, "Esc back");
    else
        view_pairs(canvas, chosen, "Enter runs both   up down   ? help   q quit");
}

static int print_frame(const struct command_options *options)
{
    struct canvas canvas = {0, 0, NULL};

    draw(&canvas, 0, false, options->rows, options->columns);
    canvas_write(&canvas, options->ascii, stdout);
    canvas_free(&canvas);
    return fflush(stdout) == 0 ? 0 : 1;
}

/* Runs the pair; a screen of its own. */
static int compare(const struct pair *pair, const struct command_options *options)
{
    struct catalogue catalogue;
    char *none[] = {NULL}, why[512];
    struct compare_run run = {.arguments = none, .options = options};
    int status;

    catalogue_load(&catalogue, NULL);
    run.contenders[0].program = catalogue_find(&catalogue, pair->a, why, sizeof why);
    if (run.contenders[0].program != NULL)
        run.contenders[1].program =
            catalogue_find(&catalogue, pair->b, why, sizeof why);
    if (run.contenders[1].program == NULL)
        status = command_refuse("%s", why);
    else
        status = compare_run(&run);
    catalogue_free(&catalogue);
    return status;
}

/* A press chooses what is there, the wheel goes up and down. */
static size_t use_mouse(size_t chosen, struct mouse mouse)
{
    int pressed = mouse.row - VIEW_PAIRS_TOP;

    if (mouse.act == MOUSE_WHEEL_UP && chosen > 0)
        return chosen - 1;
    if (mouse.act == MOUSE_WHEEL_DOWN && chosen + 1 < pair_count)
        return chosen + 1;
    return mouse.act == MOUSE_PRESS && pressed >= 0 && (size_t)pressed < pair_count
               ? (size_t)pressed
               : chosen;
}

/* Another choice, or the one that was. */
static size_t move(size_t chosen, int key)
{
    enum command command = key_command_in(compare_keys, key);

    if (key == KEY_CODE_MOUSE)
        return use_mouse(chosen, screen_mouse());
    if (command == COMMAND_UP && chosen > 0)
        return chosen - 1;
    if (command == COMMAND_DOWN && chosen + 1 < pair_count)
        return chosen + 1;
    return chosen;
}

/* The list on the screen, until the user leaves it. */
static int show(const struct command_options *options)
{
    struct canvas canvas = {0, 0, NULL};
    size_t chosen = 0;
    bool helps = false;
    char why[256];
    int status = 0;

    if (!screen_open(&options->display, why, sizeof why))
        return command_refuse("%s; viz compare | cat prints the pairs", why);
    for (;;) {
        int rows, columns, key = KEY_NONE;
        screen_size(&rows, &columns);
        draw(&canvas, chosen, helps, rows, columns);
        screen_draw(&canvas, options->ascii, helps ? 1 : VIEW_PAIRS_TOP + (int)chosen);
        while (key == KEY_NONE)
            key = screen_key(1000);
        enum command command = key_command_in(compare_keys, key);
        if (key == KEY_CODE_CLOSED || (command == COMMAND_QUIT && !helps))
            break;
        if (key == KEY_CODE_RESIZED)
            screen_forget();
        else if (helps || command == COMMAND_HELP)
            helps = !helps;
        else if (key == KEY_CODE_ENTER) {
            screen_close();
            status = compare(&pairs[chosen], options);
            if (status != 0 || !screen_open(&options->display, why, sizeof why))
                break;
        } else
            chosen = move(chosen, key);
    }
    screen_close();
    canvas_free(&canvas);
    return status != 0 ? status : screen_signal_status();
}

int compare_menu(const struct command_options *options)
{
    if (options->dump)
        return print_frame(options);
    if (!isatty(STDOUT_FILENO) || !screen_is_built())
        return print_pairs();
    return show(options);
}

/* command_menu.c - viz without arguments: the course as a list to choose from. */
#include "how_ended.h"
#include "keys.h"
#include "run.h"
#include "screen.h"
#include "view.h"
#include "view_menu.h"

#include <stdio.h>
#include <stdlib.h>

/* What a line of the list stands for. */
struct target {
    size_t lesson, program;
};

struct menu {
    struct catalogue catalogue;
    struct menu_entry *entries;
    struct target *targets;
    char (*names)[80];
    size_t count, chosen;
    bool *open; /* per lesson: its variants are shown */
    bool helps; /* the help lies over the list */
};

static const char help[] =
    "Each line is a lesson: a program that runs, records what its threads do, and\n"
    "shows it. HOW IT ENDS tells what its exit status will say.\n\n"
    "Enter          runs the chosen one\n"
    "Tab            shows the lesson's variants, or hides them\n"
    "up down j k    choose\n"
    "PgUp PgDn      a page up or down\n"
    "g Home         the first lesson\n"
    "G End          the last line\n"
    "?              this help, and there again back to the list\n"
    "q              quit\n\n"
    "Variants of a lesson are the same program with one thing done otherwise, often\n"
    "wrongly: d shows the lines that differ once one has run.\n\n"
    "viz list prints this list, viz --help all commands.\n";

static void add_entry(struct menu *menu, size_t lesson, size_t program)
{
    const struct catalogue_lesson *from = &menu->catalogue.lessons[lesson];
    const struct catalogue_program *what = &from->programs[program];
    char *name = menu->names[menu->count];

    if (program == 0)
        snprintf(name, sizeof menu->names[0], "%2d %s", from->number, from->name);
    else
        snprintf(name, sizeof menu->names[0], "%s", what->name);
    menu->entries[menu->count] =
        (struct menu_entry){.name = name,
                            .title = what->title,
                            .ends = what->ends < 0 ? "" : how_ended_brief(what->ends),
                            .variant = program > 0};
    menu->targets[menu->count++] = (struct target){lesson, program};
}

static void make_entries(struct menu *menu)
{
    menu->count = 0;
    for (size_t i = 0; i < menu->catalogue.lesson_count; i++) {
        add_entry(menu, i, 0);
        for (size_t p = 1;
             menu->open[i] && p < menu->catalogue.lessons[i].program_count; p++)
            add_entry(menu, i, p);
    }
    if (menu->chosen >= menu->count)
        menu->chosen = menu->count - 1;
}

static bool load(struct menu *menu)
{
    size_t most = 0;

    catalogue_load(&menu->catalogue, NULL);
    for (size_t i = 0; i < menu->catalogue.lesson_count; i++)
        most += menu->catalogue.lessons[i].program_count;
    if (most == 0)
        return false;
    menu->entries = calloc(most, sizeof *menu->entries);
    menu->targets = calloc(most, sizeof *menu->targets);
    menu->names = calloc(most, sizeof *menu->names);
    menu->open = calloc(menu->catalogue.lesson_count, sizeof *menu->open);
    return menu->entries != NULL && menu->targets != NULL && menu->names != NULL &&
           menu->open != NULL;
}

static void draw(const struct menu *menu, struct canvas *canvas, int rows, int columns)
{
    canvas_reset(canvas, rows, columns);
    if (rows < VIEW_LEAST_ROWS || columns < VIEW_LEAST_COLUMNS)
        view_too_small(canvas);
    else if (menu->helps)
        view_page(canvas, "HELP", text_of(help), 0, "Esc back");
    else
        view_menu(canvas, menu->entries, menu->count, menu->chosen,
                  "Enter runs it   Tab its variants   up down   ? help   q quit");
}

/* False: the terminal is gone. */
static bool run_chosen(struct menu *menu, const struct command_options *options)
{
    struct target target = menu->targets[menu->chosen];
    char *none[] = {NULL};
    struct run run = {
        .program = &menu->catalogue.lessons[target.lesson].programs[target.program],
        .arguments = none,
        .options = options};

    char why[256];

    screen_close(); /* it opens one of its own */
    run_on_screen(&run);
    return screen_open(&options->display, why, sizeof why);
}

/* That many lines down, or up where it is negative; no further than the ends. */
static void move(struct menu *menu, long lines)
{
    long last = (long)menu->count - 1, chosen = (long)menu->chosen + lines;

    menu->chosen = (size_t)(chosen < 0 ? 0 : chosen > last ? last : chosen);
}

/* A press chooses what is there, the wheel goes up and down. */
static void use_mouse(struct menu *menu, struct mouse mouse)
{
    int rows, columns;

    screen_size(&rows, &columns);
    size_t entry = view_menu_at(rows, menu->count, menu->chosen, mouse.row);
    if (mouse.act == MOUSE_PRESS && entry < menu->count)
        menu->chosen = entry;
    else if (mouse.act != MOUSE_PRESS)
        move(menu, mouse.act == MOUSE_WHEEL_UP ? -1 : 1);
}

/* Shows the lesson's variants or hides them; who stood on one stands on the lesson. */
static void toggle_variants(struct menu *menu)
{
    size_t lesson = menu->targets[menu->chosen].lesson;

    menu->open[lesson] ^= true;
    make_entries(menu);
    for (size_t i = 0; i < menu->count; i++)
        if (menu->targets[i].lesson == lesson && menu->targets[i].program == 0)
            menu->chosen = i;
}

/* How far a key goes, in lines; 0: it is for something else. */
static long distance_of(const struct menu *menu, int key)
{
    int rows, columns;

    screen_size(&rows, &columns);
    long page = rows > VIEW_LEAST_ROWS ? rows - 5 : VIEW_LEAST_ROWS - 5;
    if (key == KEY_CODE_PAGE_UP || key == KEY_CODE_PAGE_DOWN)
        return key == KEY_CODE_PAGE_UP ? -page : page;
    switch (key_command(key)) {
    case COMMAND_UP:
        return -1;
    case COMMAND_DOWN:
        return 1;
    case COMMAND_START:
        return -(long)menu->count;
    case COMMAND_END:
        return (long)menu->count;
    default:
        return 0;
    }
}

/* Does what the key says; false: leave. */
static bool handle_key(struct menu *menu, const struct command_options *options,
                       int key)
{
    enum command command = key_command(key);
    bool helped = menu->helps;

    if (key == KEY_CODE_CLOSED || (command == COMMAND_QUIT && !helped))
        return false;
    if (key == KEY_CODE_RESIZED) {
        screen_forget();
        return true;
    }
    menu->helps = command == COMMAND_HELP && !helped;
    if (helped || menu->helps)
        return true;
    if (key == KEY_CODE_MOUSE)
        use_mouse(menu, screen_mouse());
    else if (command == COMMAND_NEXT_PANE)
        toggle_variants(menu);
    else if (key == KEY_CODE_ENTER)
        return run_chosen(menu, options);
    else
        move(menu, distance_of(menu, key));
    return true;
}

/* The list on the screen, until the user leaves it. */
static int show(struct menu *menu, const struct command_options *options)
{
    struct canvas canvas = {0, 0, NULL};
    char why[256];
    bool stay = true;

    if (!screen_open(&options->display, why, sizeof why))
        return command_refuse("%s; viz list prints the course", why);
    while (stay) {
        int rows, columns, key = KEY_NONE;
        screen_size(&rows, &columns);
        draw(menu, &canvas, rows, columns);
        screen_draw(&canvas, options->ascii, view_menu_row(rows, menu->chosen));
        while (key == KEY_NONE)
            key = screen_key(1000);
        stay = handle_key(menu, options, key);
    }
    screen_close();
    canvas_free(&canvas);
    return 0;
}

static int print_frame(const struct menu *menu, const struct command_options *options)
{
    struct canvas canvas = {0, 0, NULL};

    draw(menu, &canvas, options->rows, options->columns);
    canvas_write(&canvas, options->ascii, stdout);
    canvas_free(&canvas);
    return 0;
}

int command_menu(int argc, char **argv)
{
    struct command_options options;
    struct menu menu = {.chosen = 0};
    int status;

    if (command_read_options(&options, argc, argv) < 0)
        return COMMAND_BAD_USAGE;
    if (load(&menu)) {
        make_entries(&menu);
        status = options.dump ? print_frame(&menu, &options) : show(&menu, &options);
    } else {
        status = command_refuse("no lessons are built; make builds them");
    }
    free(menu.entries);
    free(menu.targets);
    free(menu.names);
    free(menu.open);
    catalogue_free(&menu.catalogue);
    return status;
}

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
};

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
    if (rows >= VIEW_LEAST_ROWS && columns >= VIEW_LEAST_COLUMNS)
        view_menu(canvas, menu->entries, menu->count, menu->chosen,
                  "Enter runs it   Tab its variants   up down   q quit");
    else
        view_too_small(canvas);
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

/* A press chooses what is there, the wheel goes up and down. */
static void use_mouse(struct menu *menu, struct mouse mouse)
{
    int rows, columns;

    screen_size(&rows, &columns);
    size_t entry = view_menu_at(rows, menu->count, menu->chosen, mouse.row);
    if (mouse.act == MOUSE_PRESS && entry < menu->count)
        menu->chosen = entry;
    else if (mouse.act == MOUSE_WHEEL_UP && menu->chosen > 0)
        menu->chosen--;
    else if (mouse.act == MOUSE_WHEEL_DOWN && menu->chosen + 1 < menu->count)
        menu->chosen++;
}

/* Does what the key says; false: leave. */
static bool handle_key(struct menu *menu, const struct command_options *options,
                       int key)
{
    enum command command = key_command(key);

    if (command == COMMAND_QUIT || key == KEY_CODE_CLOSED)
        return false;
    if (key == KEY_CODE_RESIZED)
        screen_forget();
    else if (key == KEY_CODE_MOUSE)
        use_mouse(menu, screen_mouse());
    else if (command == COMMAND_UP && menu->chosen > 0)
        menu->chosen--;
    else if (command == COMMAND_DOWN && menu->chosen + 1 < menu->count)
        menu->chosen++;
    else if (command == COMMAND_NEXT_PANE)
        menu->open[menu->targets[menu->chosen].lesson] ^= true;
    else if (key == KEY_CODE_ENTER)
        return run_chosen(menu, options);
    make_entries(menu);
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

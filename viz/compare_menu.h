/*
 * compare_menu.h - the pairs worth comparing, as a list to choose from.
 */
#ifndef COMPARE_MENU_H
#define COMPARE_MENU_H

#include "command.h"

/* Shows the list until the user leaves; Enter compares. Without a terminal it is
   printed. Returns the exit status. */
int compare_menu(const struct command_options *options);

#endif

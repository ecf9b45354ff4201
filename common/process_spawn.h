/*
 * process_spawn.h - a program that starts itself anew; the inner part of process_spawn.
 *
 * What the new program needs to go on with the same trace travels in one variable of
 * its environment, and the trace's file in a descriptor that stays open.
 */
#ifndef PROCESS_SPAWN_H
#define PROCESS_SPAWN_H

#include <stdint.h>

/* In a process that was just forked: becomes a fresh start of this program. */
_Noreturn void spawn_exec(const char *name, uint32_t number, char *const *arguments);

#endif

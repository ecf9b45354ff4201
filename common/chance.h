/*
 * chance.h - random numbers that a seed brings back.
 *
 * Each thread draws from a sequence of its own, made from the run's seed and the
 * thread's number, so that the numbers do not depend on which thread runs first.
 */
#ifndef CHANCE_H
#define CHANCE_H

#include <stdint.h>

/* Sets the run's seed; before the first draw, with one thread running. */
void chance_set_seed(uint64_t seed);

uint64_t chance_seed(void);

/* A number from 0 to below - 1; 0 where below is less than 1. */
int chance_below(int below);

/* In a new process: its one thread has a sequence of its own, not the rest of its
   parent's. */
void chance_start_anew(void);

/* A number made of the run's seed, the text and which of its numbers is meant: whoever
   asks, and however often. */
uint64_t chance_of(const char *text, unsigned which);

#endif

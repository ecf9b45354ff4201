/*
 * compare_why.h - which finding explains how a run differs from another.
 */
#ifndef COMPARE_WHY_H
#define COMPARE_WHY_H

#include "findings.h"

/* Of a kind that the other run has not, the one that explains most; or else what went
   wrong in this one all the same. Only what leaves something to be seen: errors and
   warnings, and of the remarks those that tell where the time or the wake-ups of the
   table come from. main: the number of the run's main thread. NULL: there is none. */
const struct finding *compare_why(const struct findings *own,
                                  const struct findings *other, uint32_t main);

#endif

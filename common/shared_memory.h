/*
 * shared_memory.h - memory that the processes of a run share.
 *
 * One region, mapped before main starts, so that it stands at the same address in every
 * process that is forked later: pointers into it hold in all of them. What is taken is
 * never given back: the run's end frees it.
 */
#ifndef SHARED_MEMORY_H
#define SHARED_MEMORY_H

#include <stddef.h>

/* That many bytes of zeros, aligned to a cache line. Any thread of any process of the
   run may call it; never blocks. NULL where the region is used up. */
void *shared_memory_take(size_t size);

#endif

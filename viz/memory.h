/*
 * memory.h - memory that is there: a viewer without memory can only say so and end.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>

/* The memory itself, if there is some. */
void *need(void *memory);

/* The array with room for that many elements of that size; array may be NULL. */
void *grown(void *array, size_t count, size_t size);

/* The array with room for one element behind the first count; *room is how many fit,
   and grows by doubling. */
void *grown_for(void *array, size_t count, size_t *room, size_t size);

#endif

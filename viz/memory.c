/* memory.c - memory that is there; see memory.h. */
#include "memory.h"

#include <stdio.h>
#include <stdlib.h>

void *need(void *memory)
{
    if (memory == NULL) {
        fputs("viz: no memory is left\n", stderr);
        exit(1);
    }
    return memory;
}

void *grown(void *array, size_t count, size_t size)
{
    return need(reallocarray(array, count, size));
}

void *grown_for(void *array, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return array;
    *room = *room == 0 ? 64 : *room * 2;
    if (*room <= count)
        *room = count + 1;
    return grown(array, *room, size);
}

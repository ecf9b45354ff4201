/* shared_memory.c - memory that the processes of a run share; see shared_memory.h. */
#include "shared_memory.h"

#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>

/* Addresses, not memory: a page costs nothing until it is touched. */
static const size_t region_size = (size_t)64 << 20;

struct region {
    _Atomic size_t used; /* bytes, with this header */
};
static struct region *region; /* set before main */

static void map_region(void)
{
    void *memory = mmap(NULL, region_size, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (memory == MAP_FAILED)
        return;
    region = memory;
    atomic_init(&region->used, 64);
}

void *shared_memory_take(size_t size)
{
    size = (size + 63) / 64 * 64;
    if (region == NULL) /* the first caller is a constructor: there is one thread */
        map_region();
    if (region == NULL)
        return NULL;
    /* relaxed: only that each caller gets bytes of its own matters */
    size_t at = atomic_fetch_add_explicit(&region->used, size, memory_order_relaxed);
    return at + size <= region_size ? (char *)region + at : NULL;
}

/* moments.c - which step of a run a moment is at; see moments.h. */
#include "moments.h"
#include "memory.h"

#include <stdlib.h>

enum { BLOCK = 1024 };

void moments_free(struct moments *moments)
{
    free(moments->peaks);
    *moments = (struct moments){.peaks = NULL};
}

void moments_extend(struct moments *moments, const struct reader *reader,
                    uint64_t until)
{
    while (moments->steps < until) {
        uint64_t time_ns = reader_event(reader, ++moments->steps)->time_ns;
        if (time_ns > moments->peak)
            moments->peak = time_ns;
        if (moments->steps % BLOCK != 0)
            continue;
        moments->peaks = grown_for(moments->peaks, moments->count, &moments->room,
                                   sizeof *moments->peaks);
        moments->peaks[moments->count++] = moments->peak;
    }
}

uint64_t moments_step_at(const struct moments *moments, const struct reader *reader,
                         uint64_t time_ns)
{
    size_t low = 0, high = moments->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (moments->peaks[middle] <= time_ns)
            low = middle + 1;
        else
            high = middle;
    }
    uint64_t step = low * BLOCK;
    while (step < moments->steps && reader_event(reader, step + 1)->time_ns <= time_ns)
        step++;
    return step;
}

uint64_t moments_time_of(const struct moments *moments, const struct reader *reader,
                         uint64_t step)
{
    uint64_t block = step / BLOCK, peak = block > 0 ? moments->peaks[block - 1] : 0;

    for (uint64_t i = block * BLOCK + 1; i <= step && i <= moments->steps; i++) {
        uint64_t time_ns = reader_event(reader, i)->time_ns;
        if (time_ns > peak)
            peak = time_ns;
    }
    return peak;
}

/* recording.c - a trace for the length of a measurement; see recording.h. */
#include "recording.h"
#include "measure.h"
#include "roster.h"
#include "trace.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static const struct trace_header *header;

/* The kernel takes the pages of a new file from those of the file removed last, most of
   the time. Pieces as large as those by which a trace grows. */
static void warm_memory(const char *path, uint64_t bytes)
{
    static char zeros[2 << 20];
    int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);

    unlink(path);
    if (file < 0)
        measure_failed("TMPDIR takes no file");
    for (uint64_t done = 0; done < bytes; done += sizeof zeros)
        if (write(file, zeros, sizeof zeros) != (ssize_t)sizeof zeros)
            measure_failed("TMPDIR has too little room");
    close(file);
}

void recording_start(uint64_t events)
{
    const struct trace_run run = {"bench", "", "bench.c", "", 0};
    const char *folder = getenv("TMPDIR");
    char path[PATH_MAX], why[128];

    snprintf(path, sizeof path, "%s/bench-%ld.trace",
             folder != NULL && folder[0] != '\0' ? folder : "/tmp", (long)getpid());
    warm_memory(path, events * sizeof(struct trace_event) * 3 / 2);
    if (!trace_start(path, &run, why, sizeof why))
        measure_failed(why);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    unlink(path);
    if (descriptor < 0)
        measure_failed("the trace cannot be read back");
    struct trace_header first;
    if (pread(descriptor, &first, sizeof first, 0) != (ssize_t)sizeof first)
        measure_failed("the trace has no header");
    void *start =
        mmap(NULL, first.event_offset + first.event_capacity * first.event_size,
             PROT_READ, MAP_SHARED | MAP_NORESERVE, descriptor, 0);
    if (start == MAP_FAILED)
        measure_failed("the trace cannot be mapped");
    header = start;
    roster_self();
}

const struct trace_header *recording_map(void)
{
    return header;
}

void recording_check(uint64_t least_events)
{
    uint64_t claimed = atomic_load(&header->next_event);

    if (atomic_load(&header->full) || claimed > atomic_load(&header->event_space))
        measure_failed("events were lost: is the disk of TMPDIR full?");
    if (claimed < least_events)
        measure_failed("the trace has fewer events than operations");
}

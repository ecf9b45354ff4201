/*
 * trace_fuzz.c - looks at damaged traces in every way that the viewer has.
 *
 * The function that libFuzzer calls, and how it changes a trace: most random bytes
 * would only damage the header, which is refused at once, so most changes are made to
 * whole events - another kind, another thread, a step twice, a step left out - and get
 * as far as the model, the checks and the views. driver.c calls both where there is no
 * libFuzzer.
 */
#include "trace_fuzz.h"
#include "../unit/look_at.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

/* Longer runs only make each look slower. */
enum { MOST_STEPS = 3000 };

static bool write_whole(int file, const uint8_t *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(file, bytes, size);
        if (written <= 0)
            return false;
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    int file = memfd_create("fuzzed trace", MFD_CLOEXEC);
    char path[64];
    uint64_t steps;

    if (look_nowhere == NULL)
        look_nowhere = fopen("/dev/null", "w");
    look_random = (unsigned)size; /* the same input is looked at in the same way */
    if (size <
            (size_t)TRACE_HEADER_SIZE + MOST_STEPS * sizeof(struct trace_event) * 2 &&
        write_whole(file, bytes, size)) {
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
        look_at_path(path, &steps);
    }
    close(file);
    return 0;
}

/* --- changes to whole events */

/* The events of a trace whose header still makes sense. */
struct slots {
    struct trace_header header;
    uint8_t *first;
    size_t count;
};

static struct slots find_slots(uint8_t *bytes, size_t size)
{
    struct slots slots = {.count = 0};

    if (size < TRACE_HEADER_SIZE)
        return slots;
    memcpy(&slots.header, bytes, sizeof slots.header);
    uint64_t offset = slots.header.event_offset;
    if (offset >= TRACE_HEADER_SIZE && offset < size) {
        slots.first = bytes + offset;
        slots.count = (size - offset) / sizeof(struct trace_event);
    }
    return slots;
}

/* A number near those that the trace already has, or an odd one. */
static uint64_t odd_number(void)
{
    static const uint64_t odd[] = {0, 1, UINT32_MAX, UINT64_MAX, UINT64_C(1) << 40};

    return look_below(4) == 0 ? odd[look_below(5)] : look_below(64);
}

static void change_field(struct trace_event *event)
{
    switch (look_below(8)) {
    case 0:
        atomic_store(&event->kind, look_below(TRACE_KINDS + 2));
        break;
    case 1:
        event->thread = (uint32_t)odd_number();
        break;
    case 2:
        event->object = (uint32_t)odd_number();
        break;
    case 3:
        event->number = odd_number();
        break;
    case 4:
        event->depth = (uint32_t)odd_number();
        break;
    case 5:
        event->detail = (uint32_t)odd_number();
        break;
    case 6:
        event->text = (uint32_t)odd_number();
        break;
    default:
        event->time_ns += odd_number() << look_below(40);
        break;
    }
}

/* Another event at that place: changed, or that of another place. */
static void change_slot(const struct slots *slots)
{
    size_t size = sizeof(struct trace_event);
    size_t at = look_below(32768) % slots->count,
           other = look_below(32768) % slots->count;
    struct trace_event event, second;

    memcpy(&event, slots->first + at * size, size);
    memcpy(&second, slots->first + other * size, size);
    switch (look_below(4)) {
    case 0: /* the two change places */
        memcpy(slots->first + at * size, &second, size);
        memcpy(slots->first + other * size, &event, size);
        break;
    case 1: /* the same step twice */
        memcpy(slots->first + at * size, &second, size);
        break;
    default:
        change_field(&event);
        memcpy(slots->first + at * size, &event, size);
        break;
    }
}

/* A step less: the ones behind it move up. */
static size_t drop_slot(uint8_t *bytes, size_t size, const struct slots *slots)
{
    size_t step = sizeof(struct trace_event);
    uint8_t *at = slots->first + look_below(32768) % slots->count * step;
    struct trace_header header = slots->header;

    memmove(at, at + step, (size_t)(bytes + size - at) - step);
    atomic_fetch_sub(&header.next_event, 1);
    memcpy(bytes, &header, sizeof header);
    return size - step;
}

size_t fuzz_change(uint8_t *bytes, size_t size, unsigned seed)
{
    struct slots slots = find_slots(bytes, size);

    look_random = seed;
    for (unsigned changes = 1 + look_below(6); changes > 0; changes--) {
        unsigned what = look_below(16);
        if (slots.count > 0 && what < 12)
            change_slot(&slots);
        else if (slots.count > 1 && what < 14) {
            size = drop_slot(bytes, size, &slots);
            slots = find_slots(bytes, size);
        } else if (size > 0)
            bytes[(look_below(32768) * 32768u + look_below(32768)) % size] =
                (uint8_t)look_below(256);
    }
    return size;
}

/* libFuzzer's own changes know nothing of events; it is given ours as well. */
__attribute__((weak)) size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t most);

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed)
{
    if (seed % 8 == 0 && LLVMFuzzerMutate != NULL)
        return LLVMFuzzerMutate(bytes, size, most);
    return fuzz_change(bytes, size, seed);
}

/* generate.c - a recording of any length, made up; see generate.h. */
#include "generate.h"
#include "measure.h"
#include "trace_format.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    FIRST_WORKER = 2, /* thread 1 is main; numbers are object numbers */
    TASKS = GENERATE_THREADS + 1,
    DOOR,
    CAPACITY = 64,
    STRING_BYTES = 4096,
};

/* What the maker knows of the run so far. */
struct run {
    FILE *file;
    uint64_t step, time_ns, random;
    uint64_t items[CAPACITY]; /* the steps that put what is in the queue, in a ring */
    uint32_t first, count, unfinished;
    uint32_t holder; /* of the door */
    enum trace_kind begun[GENERATE_THREADS + 1];
    uint32_t taken[GENERATE_THREADS + 1]; /* tasks that it has not reported */
    uint64_t wakes_ns[GENERATE_THREADS + 1];
    char strings[STRING_BYTES];
    uint32_t string_bytes;
    uint32_t site[GENERATE_THREADS + 1], line, program;
    uint32_t name[DOOR + 1]; /* by object number */
};

static unsigned chance(struct run *run, unsigned below)
{
    run->random = run->random * 6364136223846793005 + 1442695040888963407;
    return (unsigned)(run->random >> 33) % below;
}

static uint32_t add_string(struct run *run, const char *text)
{
    uint32_t at = run->string_bytes, length = (uint32_t)strlen(text);

    memcpy(run->strings + at, &length, sizeof length);
    memcpy(run->strings + at + sizeof length, text, length);
    run->string_bytes = at + (length + 12) / 8 * 8;
    return at / 8;
}

static void add(struct run *run, enum trace_kind kind, uint32_t thread, uint32_t object,
                uint64_t number)
{
    struct trace_event event = {.kind = kind,
                                .thread = thread,
                                .time_ns = run->time_ns,
                                .object = object,
                                .site = run->site[thread],
                                .number = number};

    if (object == TASKS) {
        event.depth = run->count;
        event.unfinished = run->unfinished;
    }
    if (kind == TRACE_QUEUE_PUT || kind == TRACE_QUEUE_GET)
        snprintf(event.label, sizeof event.label, "%u", (unsigned)(number % 100000));
    if (kind == TRACE_SAY)
        event.text = run->line;
    if (kind == TRACE_THREAD_START || kind == TRACE_QUEUE_INIT ||
        kind == TRACE_LOCK_INIT)
        event.text = run->name[object];
    run->step++;
    run->time_ns += 200 + chance(run, 1600);
    if (fwrite(&event, sizeof event, 1, run->file) != 1)
        measure_failed("there is no room for the made-up trace");
}

static void begin(struct run *run, uint32_t who, enum trace_kind kind, uint32_t object)
{
    uint64_t length = 1000 + chance(run, 30) * UINT64_C(10000);

    run->begun[who] = kind;
    run->wakes_ns[who] = run->time_ns + length;
    add(run, kind, who, object, kind == TRACE_NAP_BEGIN ? length : TRACE_NO_LIMIT);
}

static void put(struct run *run, uint32_t who)
{
    run->items[(run->first + run->count++) % CAPACITY] = run->step + 1;
    run->unfinished++;
    run->begun[who] = TRACE_UNCOMMITTED;
    add(run, TRACE_QUEUE_PUT, who, TASKS, run->step + 1);
}

static void take(struct run *run, uint32_t who)
{
    uint64_t item = run->items[run->first];

    run->first = (run->first + 1) % CAPACITY;
    run->count--;
    run->taken[who]++;
    run->begun[who] = TRACE_UNCOMMITTED;
    add(run, TRACE_QUEUE_GET, who, TASKS, item);
}

static void report(struct run *run, uint32_t who)
{
    run->taken[who]--;
    run->unfinished--;
    add(run, TRACE_QUEUE_TASK_DONE, who, TASKS, 0);
}

static void acquire(struct run *run, uint32_t who)
{
    run->holder = who;
    run->begun[who] = TRACE_UNCOMMITTED;
    add(run, TRACE_LOCK_ACQUIRE, who, DOOR, 0);
}

/* Who waits goes on where that can be. */
static void go_on(struct run *run, uint32_t who)
{
    enum trace_kind begun = run->begun[who];

    if (begun == TRACE_NAP_BEGIN && run->time_ns >= run->wakes_ns[who]) {
        run->begun[who] = TRACE_UNCOMMITTED;
        add(run, TRACE_NAP_END, who, 0, 0);
    } else if (begun == TRACE_LOCK_ACQUIRE_BEGIN && run->holder == 0)
        acquire(run, who);
    else if (begun == TRACE_QUEUE_GET_BEGIN && run->count > 0)
        take(run, who);
    else if (begun == TRACE_QUEUE_PUT_BEGIN && run->count < CAPACITY)
        put(run, who);
}

static void use_door(struct run *run, uint32_t who)
{
    if (run->holder == who) {
        run->holder = 0;
        add(run, TRACE_LOCK_RELEASE, who, DOOR, 0);
    } else if (run->holder == 0)
        acquire(run, who);
    else
        begin(run, who, TRACE_LOCK_ACQUIRE_BEGIN, DOOR);
}

static void use_queue(struct run *run, uint32_t who)
{
    if (who % 2 != 0) {
        if (run->count < CAPACITY)
            put(run, who);
        else if (run->holder != who)
            begin(run, who, TRACE_QUEUE_PUT_BEGIN, TASKS);
    } else if (run->taken[who] > 0)
        report(run, who);
    else if (run->count > 0)
        take(run, who);
    else if (run->holder != who)
        begin(run, who, TRACE_QUEUE_GET_BEGIN, TASKS);
}

static void act(struct run *run, uint32_t who)
{
    unsigned what = chance(run, 100);

    if (run->begun[who] != TRACE_UNCOMMITTED)
        go_on(run, who);
    else if (what < 60)
        use_queue(run, who);
    else if (what < 85 || run->holder == who)
        use_door(run, who);
    else if (what < 98)
        begin(run, who, TRACE_NAP_BEGIN, 0);
    else
        add(run, TRACE_SAY, who, 0, 0);
}

static void add_strings(struct run *run)
{
    char text[32];

    run->string_bytes = 8; /* reference 0 is no string */
    for (uint32_t i = 1; i <= GENERATE_THREADS; i++) {
        snprintf(text, sizeof text, "generated.c:%u", 10 * i);
        run->site[i] = add_string(run, text);
        snprintf(text, sizeof text, "worker-%u", i - 1);
        run->name[i] = add_string(run, text);
    }
    run->line = add_string(run, "another line is printed");
    run->program = add_string(run, "made-up");
    run->name[TASKS] = add_string(run, "tasks");
    run->name[DOOR] = add_string(run, "door");
}

static void write_header(struct run *run, uint64_t events)
{
    char first[TRACE_HEADER_SIZE] = "";
    struct trace_header header = {.version = TRACE_VERSION,
                                  .event_size = sizeof(struct trace_event),
                                  .string_offset = TRACE_HEADER_SIZE,
                                  .string_capacity = STRING_BYTES,
                                  .event_offset = TRACE_HEADER_SIZE + STRING_BYTES,
                                  .event_capacity = events,
                                  .program = run->program,
                                  .next_event = events,
                                  .event_space = events,
                                  .next_string = run->string_bytes,
                                  .string_space = STRING_BYTES,
                                  .start_ns = 1,
                                  .ended = 1};

    memcpy(header.magic, TRACE_MAGIC, sizeof header.magic);
    memcpy(first, &header, sizeof header);
    if (fwrite(first, sizeof first, 1, run->file) != 1 ||
        fwrite(run->strings, STRING_BYTES, 1, run->file) != 1)
        measure_failed("there is no room for the made-up trace");
}

void generate_trace(const char *path, uint64_t events)
{
    static struct run run; /* large */

    unlink(path);
    run = (struct run){.file = fopen(path, "wb"), .random = 1};
    if (run.file == NULL)
        measure_failed("the made-up trace cannot be written");
    add_strings(&run);
    write_header(&run, events);
    add(&run, TRACE_RUN_START, 1, 0, 0);
    add(&run, TRACE_QUEUE_INIT, 1, TASKS, CAPACITY);
    add(&run, TRACE_LOCK_INIT, 1, DOOR, 0);
    for (uint32_t i = FIRST_WORKER; i <= GENERATE_THREADS; i++)
        add(&run, TRACE_THREAD_START, 1, i, 0);
    while (run.step + 1 < events) {
        act(&run, 1 + chance(&run, GENERATE_THREADS));
        run.time_ns += 10; /* also where nobody could do anything */
    }
    add(&run, TRACE_RUN_END, 1, 0, 0);
    if (fclose(run.file) != 0)
        measure_failed("there is no room for the made-up trace");
}

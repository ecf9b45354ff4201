/*
 * shared.c - a variable that threads share without a lock; see shared.h.
 *
 * Neither step nor trace makes an order between threads: the one writes what is the
 * thread's own, and the other's claim of a slot is a release that nobody acquires.
 */
#include "shared.h"
#include "roster.h"
#include "step.h"

#include <stdio.h>

static void init(struct shared *variable, const char *name, const char *shown,
                 long value)
{
    roster_self(); /* first: the main thread is object 1 */
    *variable =
        (struct shared){.name = name, .object = trace_new_object(), .value = value};
    trace(&(struct trace_entry){.kind = TRACE_SHARED_INIT,
                                .object = variable->object,
                                .number = (uint64_t)value,
                                .text = shown});
}

void shared_init(struct shared *variable, const char *name, long value)
{
    init(variable, name, name, value);
}

void shared_init_array(struct shared *first, size_t count, const char *name, long value)
{
    char shown[64];

    for (size_t i = 0; i < count; i++) {
        snprintf(shown, sizeof shown, "%s[%zu]", name, i);
        init(&first[i], name, shown, value);
    }
}

long shared_load_at(struct shared *variable, const char *site)
{
    step(TRACE_SHARED_LOAD, variable->object, site);
    long value = variable->value;
    trace(&(struct trace_entry){.kind = TRACE_SHARED_LOAD,
                                .object = variable->object,
                                .site = site,
                                .number = (uint64_t)value});
    return value;
}

void shared_store_at(struct shared *variable, long value, const char *site)
{
    step(TRACE_SHARED_STORE, variable->object, site);
    trace(&(struct trace_entry){.kind = TRACE_SHARED_STORE,
                                .object = variable->object,
                                .site = site,
                                .number = (uint64_t)value});
    variable->value = value;
}

/*
 * shared.h - a variable that threads share without a lock, for lessons that race on
 * purpose.
 *
 * The accesses are plain ones: no atomics, no lock, no order. So what happens to it is
 * what happens to any variable, and where threads race for it ThreadSanitizer says so.
 * It is volatile only so that the compiler makes each access where it stands; that
 * keeps no thread out. Under a lock it is as safe as any other variable.
 *
 * There is no lock to record under. So a load is recorded after it is made and a store
 * before: no load stands in the trace before the store whose value it read (where the
 * processor makes stores visible in their order, as x86 does). Two stores that race may
 * stand there in the other order than they were made.
 */
#ifndef SHARED_H
#define SHARED_H

#include "trace.h"

struct shared {
    const char *name;
    uint32_t object;
    volatile long value;
};

/* Makes a variable with that value, while one thread has it. The name is what the view
   shows and must outlive the variable. */
void shared_init(struct shared *variable, const char *name, long value);

/* Makes an array of them, which the view shows as NAME[0], NAME[1] and so on. */
void shared_init_array(struct shared *first, size_t count, const char *name,
                       long value);

/* Reads the variable. Never blocks. */
#define shared_load(variable) shared_load_at(variable, HERE)
long shared_load_at(struct shared *variable, const char *site);

/* Writes the variable. Never blocks. */
#define shared_store(variable, value) shared_store_at(variable, value, HERE)
void shared_store_at(struct shared *variable, long value, const char *site);

#endif

/*
 * event_flag.h - a flag that threads can wait for, as Python's threading.Event.
 *
 * The name says that it is a flag: an event, in this kit, is what the trace records.
 * The monitor guards every field.
 */
#ifndef EVENT_FLAG_H
#define EVENT_FLAG_H

#include "monitor.h"
#include "trace.h"

struct event_flag {
    const char *name;
    uint32_t object;
    struct monitor monitor;
    struct wait_list waiters;
    bool is_set;
};

/* Makes a flag that is not set. The name must outlive it. */
void event_flag_init(struct event_flag *flag, const char *name);

/* Nobody may be waiting. */
void event_flag_destroy(struct event_flag *flag);

/* Sets the flag and wakes all who wait for it; never blocks. */
#define event_flag_set(flag) event_flag_set_at(flag, HERE)
void event_flag_set_at(struct event_flag *flag, const char *site);

#define event_flag_clear(flag) event_flag_clear_at(flag, HERE)
void event_flag_clear_at(struct event_flag *flag, const char *site);

/* Whether it is set at this moment. */
#define event_flag_is_set(flag) event_flag_is_set_at(flag, HERE)
bool event_flag_is_set_at(struct event_flag *flag, const char *site);

/* Blocks until the flag is set. */
#define event_flag_wait(flag) event_flag_wait_at(flag, HERE)
void event_flag_wait_at(struct event_flag *flag, const char *site);

/* Blocks for at most that many milliseconds: false if it was not set by then. */
#define event_flag_wait_within(flag, ms) event_flag_wait_within_at(flag, ms, HERE)
bool event_flag_wait_within_at(struct event_flag *flag, int ms, const char *site);

#endif

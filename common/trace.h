/*
 * trace.h - writes what happens into the trace file.
 *
 * Silent until trace_start succeeds; until then every trace() costs one predictable
 * branch. Recording never blocks on a reader, starts no thread, takes no lock, and
 * never ends the program: where the disk is full, the recording ends and what is lost
 * is counted. The mapping survives fork, so a run's processes write one trace.
 *
 * The rule for callers: record while holding the lock of the object that the event is
 * about, so that the order of slots agrees with what really came first. Where there is
 * no such lock, record the cause before its effect.
 */
#ifndef TRACE_H
#define TRACE_H

#include "trace_format.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* The call site of a primitive, as a string literal "file:line". */
#define HERE                         TRACE_SITE_(__FILE__, __LINE__)
#define TRACE_SITE_(file, line)      TRACE_SITE_TEXT_(file, line)
#define TRACE_SITE_TEXT_(file, line) file ":" #line

/* What a primitive tells of one operation; fields left out are 0. The strings are
   copied. A site is a literal: its address is remembered. */
struct trace_entry {
    enum trace_kind kind;
    uint32_t object;
    const char *site;
    uint64_t number;
    uint32_t depth;
    uint32_t unfinished;
    uint32_t detail;
    const char *text;
    const char *label; /* the item in words, where there is no text */
};

/* What the header says of the run. */
struct trace_run {
    const char *program;
    const char *options;
    const char *source_name;
    const char *source_text;
    uint64_t seed;
};

/* Whether a recording is under way. Set while there is one thread; cleared at the end,
   when a relaxed load may still see it set: such an event goes to a file that nobody
   reads any more. */
extern atomic_bool trace_recording;

static inline bool trace_on(void)
{
    return atomic_load_explicit(&trace_recording, memory_order_relaxed);
}

/* Begins a recording in the file, replacing it. Call it with one thread running. False
   if the file cannot be written; then why[] says in a few words what is wrong. */
bool trace_start(const char *path, const struct trace_run *run, char *why, size_t size);

/* A number for a new object (a thread, a queue, …), unique in the run, from 1. */
uint32_t trace_new_object(void);

/* The calling thread records as this thread object from now on; trace_detach ends it.
   A thread that was never attached records as thread 0. */
void trace_attach(uint32_t thread);
void trace_detach(void);

/* That thread is dead, perhaps in the middle of an event: its word is free, and nobody
   waits for that event any more. */
void trace_bury(pid_t thread);

/* The descriptor of the trace's file, or -1; and how a program that was started anew
   with that descriptor open goes on with the same trace. False: it cannot. */
int trace_descriptor(void);
bool trace_continue(int descriptor);

/* Set where the calling thread saw that there will soon be no room for events. */
extern _Thread_local bool trace_room_is_scarce;

/* Makes room for the next events, where it gets scarce. Recording would do it when it
   must; here it happens earlier, and while the caller holds no lock: it takes as long
   as recording some thousand events. */
void trace_make_room_now(void);
static inline void trace_make_room(void)
{
    if (trace_room_is_scarce)
        trace_make_room_now();
}

/* Records one event and returns its step, from 1, also when it was lost. */
uint64_t trace_record(const struct trace_entry *entry);

/* Records one event where a recording is under way; returns its step, or 0. */
static inline uint64_t trace(const struct trace_entry *entry)
{
    return trace_on() ? trace_record(entry) : 0;
}

/* The end of the run: records its exit status and, in the process that started the
   trace, trims the file. all_ended tells that no other thread or process of the run is
   alive. Returns the number of events that were lost for want of room. */
uint64_t trace_finish(int exit_status, bool all_ended);

/* Whether some events lack their texts, for want of room. */
bool trace_lost_texts(void);

#endif

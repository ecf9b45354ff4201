/*
 * feeder.h - the thread that carries items from a process's buffer into the pipe of a
 * process queue. The inner part of process_queue.h.
 */
#ifndef FEEDER_H
#define FEEDER_H

#include "process_queue.h"

/* The calling process's feeder for that queue, which is started at the first call. It
   owns itself until feeder_end. */
struct feeder *feeder_of(struct process_queue *queue, const char *site);

/* Gives it an item, with its id before it: copied. Never blocks; may be called inside
   the channel's monitor. */
void feeder_give(struct feeder *feeder, uint64_t id, const void *item);

/* Blocks until all it was given is written, or nobody can read it any more; frees it.
 */
void feeder_end(struct feeder *feeder, const char *site);

/* In a new process: the parent's feeders are not here. */
void feeders_start_anew(void);

/* Ends all feeders of this process. */
void feeders_end(const char *site);

/* Inside the channel's monitor: writes a slot, which is counted as buffered, into the
   pipe; blocks while that is full. False: nobody can read it any more. */
bool feeder_write(struct process_queue *queue, const char *slot);

/* What an item's slot is: its id and its bytes. */
size_t feeder_slot_size(const struct process_queue *queue);

/* How many items are in the pipe, and in the buffers of all processes. Inside the
   channel's monitor. */
unsigned feeder_in_pipe(const struct process_queue *queue);
unsigned feeder_buffered(const struct process_queue *queue);

#endif

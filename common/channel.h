/*
 * channel.h - bytes from process to process: a descriptor that never blocks, and what
 * the run's processes must know of it together. The inner part of pipe.h and its kin.
 *
 * The bytes go through the kernel, in a real pipe or socket. Waiting does not: the
 * descriptors are non-blocking, and who finds no bytes, or no room, waits in the
 * channel's monitor, which lies in shared memory, until somebody at the other side has
 * done something. So the roster knows at every moment who is blocked, and a deadlock
 * across processes is as certain as one between threads.
 *
 * Every call is made inside the channel's monitor, but for channel_new, _attach and
 * _close.
 */
#ifndef CHANNEL_H
#define CHANNEL_H

#include "monitor.h"
#include "trace.h"

#include <sys/types.h>

enum channel_side { CHANNEL_READ, CHANNEL_WRITE };

/* In shared memory. */
struct channel {
    struct monitor *monitor; /* guards the rest */
    char name[ROSTER_NAME];
    uint32_t object;
    struct wait_list waiting[2];   /* for bytes; for room */
    struct roster_set open[2];     /* the processes that have that side open */
    _Atomic unsigned in_middle[2]; /* 1 + the place of the process that is in the middle
                                      of a message there; 0: nobody */
    atomic_bool broken[2];         /* a process was killed in the middle of a message
                                      there */

    uint64_t capacity; /* bytes */
    uint64_t bytes;    /* on their way: what the users of the channel count */
    /* Items that each process has yet to write; those of a dead one count no more. */
    _Atomic unsigned buffered[ROSTER_PROCESSES];
};

/* One side of a channel, as one process has it open. */
struct channel_end {
    struct channel *channel;
    enum channel_side side;
    int descriptor; /* -1: closed here */
};

/* A channel of that name, with nothing open. It lasts until the run's end. */
struct channel *channel_new(const char *name);

/* This process has that side of it open from now on, through the descriptor, which
   belongs to the end. Children that are started later have it too, until each closes
   it. */
void channel_attach(struct channel_end *end, struct channel *channel,
                    enum channel_side side, int descriptor);

/* A channel through a pipe(2), with both sides open here. */
void channel_open_pipe(struct channel_end *reader, struct channel_end *writer,
                       const char *name);

/* Closes the side in this process, and wakes who waits on the channel: it may have
   become the end. Records nothing. Closing twice is no harm. */
void channel_close(struct channel_end *end);

static inline void channel_enter(struct channel *channel)
{
    monitor_enter_shared(channel->monitor);
}

static inline void channel_leave(struct channel *channel)
{
    monitor_leave_shared(channel->monitor);
}

enum { CHANNEL_END = 0, CHANNEL_NOT_NOW = -1 };

/* Reads or writes what goes at once: how many bytes, or CHANNEL_NOT_NOW, or
   CHANNEL_END: nobody has the other side open any more. Wakes nobody. */
ssize_t channel_read(struct channel_end *end, void *bytes, size_t size);
ssize_t channel_write(struct channel_end *end, const void *bytes, size_t size);

/* Whether a first byte may be written (CHANNEL_NOT_NOW where not), or CHANNEL_END. */
ssize_t channel_has_room(const struct channel_end *end);

/* Bytes in the kernel's pipe. Asked and not counted: a count would be wrong after a
   process was killed between its write and its counting. */
size_t channel_bytes_inside(const struct channel_end *end);

/* Waits at this side until the other did something: false when the deadline passed.
   idle: the wait is for work, and no part of a deadlock's report. */
bool channel_wait(struct channel_end *end, uint64_t deadline, bool idle);

/* Wakes one or all who wait at that side. */
void channel_wake_one(struct channel *channel, enum channel_side side);
void channel_wake_all(struct channel *channel, enum channel_side side);

#endif

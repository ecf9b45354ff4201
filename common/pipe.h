/*
 * pipe.h - a pipe for messages between two processes, as Python's multiprocessing.Pipe.
 *
 * Both ends may send and receive: it is made of two pipe(2)s, one for each direction. A
 * message arrives whole, whatever its size. The kernel holds 64 KiB of each direction:
 * a send of more blocks until the other end receives.
 *
 * After a process was started both processes have both ends open. Each closes the one
 * that it does not use: a receiver learns that nothing more will come only when nobody
 * has the other end open for sending.
 *
 * An end belongs to its process; its threads may share it. The channels guard
 * themselves.
 */
#ifndef PIPE_H
#define PIPE_H

#include "channel.h"
#include "queue.h"

struct pipe_end {
    struct channel_end in, out;
    queue_label *label;
};

/* Opens a pipe. Its directions are shown as "NAME 1>2" and "NAME 2>1". label writes a
   message in words, for the view, and may be NULL. */
void pipe_open(struct pipe_end *one, struct pipe_end *two, const char *name,
               queue_label *label);

/* Sends a message; blocks while the pipe is full. False: nobody has the other end open.
 */
#define pipe_send(end, message, size) pipe_send_at(end, message, size, HERE)
bool pipe_send_at(struct pipe_end *end, const void *message, size_t size,
                  const char *site);

/* Receives the next message and returns its size in *received, which may be NULL;
   blocks until there is one. False: nobody has the other end open, and nothing is left.
   A message larger than size is misuse. */
#define pipe_recv(end, message, size, received)                                        \
    pipe_recv_at(end, message, size, received, HERE)
bool pipe_recv_at(struct pipe_end *end, void *message, size_t size, size_t *received,
                  const char *site);

/* The same for at most that many milliseconds; false also when nothing came. A message
   that has begun to come is waited for. */
#define pipe_recv_within(end, message, size, received, ms)                             \
    pipe_recv_within_at(end, message, size, received, ms, HERE)
bool pipe_recv_within_at(struct pipe_end *end, void *message, size_t size,
                         size_t *received, int ms, const char *site);

/* Closes the end in this process, in both directions. At a process's end all that it
   has open is closed. */
#define pipe_close(end) pipe_close_at(end, HERE)
void pipe_close_at(struct pipe_end *end, const char *site);

#endif

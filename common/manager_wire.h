/*
 * manager_wire.h - requests and answers between a manager's server and its clients.
 *
 * A client has a connection of its own: a socket, and a channel for each direction, so
 * that who waits for whom is known. A message is a head and the bytes of an item. One
 * thread at a time uses an end of a connection.
 */
#ifndef MANAGER_WIRE_H
#define MANAGER_WIRE_H

#include "channel.h"
#include "queue.h"

enum { WIRE_MOST = 4096 - 256 }; /* bytes of an item */

enum wire_operation {
    WIRE_LIST_INIT,
    WIRE_LIST_APPEND,
    WIRE_LIST_LENGTH,
    WIRE_LIST_GET,
    WIRE_LIST_SET,
    WIRE_QUEUE_INIT,
    WIRE_QUEUE_PUT,
    WIRE_QUEUE_GET,
    WIRE_QUEUE_EMPTY
};

enum { WIRE_NO_LIMIT = -1 }; /* for limit_ms: block; 0: do not wait */

/* A request or an answer. Server and clients are forks of one program, so a pointer to
   a function means the same in both, and so do the places in the source. */
struct wire_message {
    enum wire_operation operation;
    unsigned object; /* which of the server's lists or queues */
    unsigned number; /* an index, a capacity, a length */
    int limit_ms;
    bool well;        /* in an answer: it was done */
    size_t item_size; /* of a new object's items */
    queue_label *label;
    const char *where;
    char name[ROSTER_NAME]; /* a new object's */
    char text[96];          /* the request in words */
    unsigned size;          /* of the item that follows; 0: none */
    char item[WIRE_MOST];
};

/* Sends the message; blocks while the socket takes no more. False: the other is gone.
 */
bool wire_send(struct channel_end *end, const struct wire_message *message);

/* Receives the next one; blocks until all of it is there. If it must wait, it calls
   waits(context) first, which may be NULL, inside the channel's monitor. idle: see
   channel_wait. False: the other is gone. */
bool wire_receive(struct channel_end *end, struct wire_message *message, bool idle,
                  void (*waits)(void *context), void *context);

#endif

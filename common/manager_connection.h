/*
 * manager_connection.h - the clients' side of a connection with a manager's server. The
 * inner part of manager.h.
 *
 * A client is a thread. It connects with its first request, and its connections are
 * closed when it ends. A forked process does not use its parent's.
 */
#ifndef MANAGER_CONNECTION_H
#define MANAGER_CONNECTION_H

#include "manager_server.h"

struct manager_connection {
    struct manager_door *door;
    struct channel_end in, out;
    struct manager_connection *next; /* of the same thread */
};

/* The calling thread's connection with the server behind the door. May block while very
   many others want to come in. NULL: the server is gone. */
struct manager_connection *connection_find(struct manager_door *door);

#endif

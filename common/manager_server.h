/*
 * manager_server.h - what a manager's server does; the inner part of manager.h.
 */
#ifndef MANAGER_SERVER_H
#define MANAGER_SERVER_H

#include "channel.h"

/* Where clients come in. In shared memory. */
struct manager_door {
    struct monitor *monitor;   /* guards what follows */
    struct wait_list arrivals; /* the server waits here for clients */
    unsigned waiting;          /* clients that have connected and are not yet let in */
    bool closing;              /* the server is to end */
    uint32_t object;           /* the manager's number */
    char name[ROSTER_NAME];    /* the manager's */
    char address[ROSTER_NAME]; /* the socket's, in the abstract name space */
};

/* What a client writes first, when it has connected: the channels, which lie in shared
   memory, and its name. */
struct manager_hello {
    struct channel *request, *answer;
    char client[ROSTER_NAME];
};

/* Lets clients in and answers them, until the door is closed. In the server, by its
   main thread. */
void manager_serve(struct manager_door *door, int listener);

/* Connects a socket with both directions of a connection. */
void manager_attach(struct channel_end *in, struct channel *from,
                    struct channel_end *out, struct channel *to, int socket);

#endif

/*
 * manager_server.h - the door of a manager's server, and what the server does behind
 * it. The inner part of manager.h.
 *
 * A client connects inside the door's monitor, and says hello there at once: so whoever
 * the server finds at its socket has said hello, or was killed.
 */
#ifndef MANAGER_SERVER_H
#define MANAGER_SERVER_H

#include "channel.h"

#include <sys/socket.h>
#include <sys/un.h>

/* Both directions of a connection. In shared memory, and used again by another client
   when its client is gone. */
struct manager_line {
    struct channel *request, *answer;
    struct manager_line *next_free;
};

/* Where clients come in. In shared memory. */
struct manager_door {
    struct monitor *monitor;   /* guards what follows */
    struct wait_list arrivals; /* the server waits here for clients */
    struct wait_list crowd;    /* clients, while too many have not been let in */
    struct manager_line *free; /* lines that nobody uses */
    atomic_bool closing; /* the server is to end; set inside, read from anywhere */

    /* set before there is a second process */
    char name[ROSTER_NAME]; /* the manager's */
    struct sockaddr_un address;
    socklen_t address_length;
};

/* What a client writes first. */
struct manager_hello {
    struct manager_line *line;
    char client[ROSTER_NAME];
};

/* Lets clients in and answers them, until the door is closed. In the server process,
   the manager of that number, by its main thread. */
void manager_serve(struct manager_door *door, int listener, uint32_t object);

/* One side of a connection, through a socket that does not block and belongs to the
   ends: reads from the one channel and writes to the other. */
void manager_attach(struct channel_end *in, struct channel *from,
                    struct channel_end *out, struct channel *to, int socket);

#endif

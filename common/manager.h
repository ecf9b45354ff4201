/*
 * manager.h - a server process that owns objects for others, as Python's
 * multiprocessing.Manager.
 *
 * What a process changes in its own memory no other process sees. So the server keeps
 * the object, and whoever wants something of it sends a request over a socket and waits
 * for the answer (managed_list.h, managed_queue.h). Each request is one act; two
 * requests are two, and somebody else's may come between them.
 *
 * As in Python the server has a thread for each client, where a client is a thread of
 * some process; a get that blocks keeps only that thread. The socket has a name, but no
 * file: it goes away with the server.
 *
 * Whoever asks a server that was killed ends the run, as failed. Whoever asks one that
 * was shut down, or is shut down before it answers, has misused it.
 */
#ifndef MANAGER_H
#define MANAGER_H

#include "manager_wire.h"
#include "process.h"

struct manager_door;

/* All zero before it is started; it stays where it is until the process ends that
   started it. The processes that are started later use their copies. */
struct manager {
    struct process process;    /* the server */
    struct manager_door *door; /* in shared memory */
    unsigned place;            /* of the process that started it */
    struct manager *next;      /* that the same process started */
};

/* Starts the server, a process of that name. The calling thread is its process's main
   thread. Start the processes that use it afterwards. Never blocks. */
#define manager_start(manager, name) manager_start_at(manager, name, HERE)
void manager_start_at(struct manager *manager, const char *name, const char *site);

/* Ends the server and blocks until it has ended; what it owned is gone. Only the
   process that started it may do so, and twice does no harm. Where it is not called,
   the end of that process does it, when all other processes that it started have
   ended. */
#define manager_shutdown(manager) manager_shutdown_at(manager, HERE)
void manager_shutdown_at(struct manager *manager, const char *site);

/* For managed_*.c: sends the request, shown as "text", and waits for the answer, which
   replaces it. */
void manager_ask(struct manager *manager, struct wire_message *message,
                 const char *text, const char *site);

/* Ends the program, as misused, where an item of that size is too large to be sent. */
void manager_check_size(const char *name, size_t item_size, const char *site);

/* "pids.length()" of the object's name and the call; where there is an item,
   "pids.append('12')" of "append(". */
void manager_request_text(char *text, size_t size, const char *name, const char *call,
                          queue_label *label, const void *item);

#endif

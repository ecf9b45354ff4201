/* manager_connection.c - the clients' side; see manager_connection.h. */
#include "manager_connection.h"
#include "ending.h"
#include "shared_memory.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One thread's connections. */
struct connections {
    unsigned place; /* of the process that made them */
    struct manager_connection *first;
};

static pthread_key_t own; /* a thread's struct connections; made before main */

static void close_both(struct manager_connection *connection)
{
    channel_close(&connection->in);
    channel_close(&connection->out);
    free(connection);
}

/* Of the process that made it: whoever has a copy of it, the server sees its end. */
static void hang_up(struct manager_connection *connection)
{
    shutdown(connection->in.descriptor, SHUT_RDWR);
    close_both(connection);
}

/* When a thread ends. */
static void close_all(void *value)
{
    struct connections *mine = value;

    while (mine->first != NULL) {
        struct manager_connection *connection = mine->first;
        mine->first = connection->next;
        if (mine->place == roster_place())
            hang_up(connection);
        else
            close_both(connection);
    }
    free(mine);
}

static struct connections *own_connections(void)
{
    struct connections *mine = pthread_getspecific(own);

    if (mine != NULL && mine->place != roster_place()) {
        close_all(mine); /* the parent's */
        mine = NULL;
    }
    if (mine == NULL) {
        mine = calloc(1, sizeof *mine);
        if (mine == NULL || pthread_setspecific(own, mine) != 0)
            ending_failed("no memory is left", NULL);
        mine->place = roster_place();
    }
    return mine;
}

/* Inside the door's monitor. */
static struct manager_line *take_line(struct manager_door *door)
{
    struct manager_line *line = door->free;

    if (line != NULL) {
        door->free = line->next_free;
        return line;
    }
    line = shared_memory_take(sizeof *line);
    if (line == NULL)
        ending_failed("no memory is left that processes can share", NULL);
    line->request = channel_new(door->name);
    line->answer = channel_new(door->name);
    return line;
}

/* Inside the door's monitor: connects, and says hello. False: nobody is there. */
static bool go_in(struct manager_door *door, int socket, struct manager_line *line)
{
    const struct wait_reason why = {.name = door->name};
    const struct sockaddr *address = (const struct sockaddr *)&door->address;
    struct manager_hello hello = {.line = line};

    snprintf(hello.client, sizeof hello.client, "%s", roster_self()->name);
    while (connect(socket, address, door->address_length) != 0) {
        if (errno != EAGAIN)
            return false;
        monitor_wait(door->monitor, &door->crowd, DEADLINE_NEVER, &why);
    }
    return send(socket, &hello, sizeof hello, MSG_NOSIGNAL) == (ssize_t)sizeof hello;
}

static struct manager_connection *connect_to(struct manager_door *door)
{
    struct manager_connection *connection = calloc(1, sizeof *connection);
    int client = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (connection == NULL || client < 0)
        ending_failed("the machine opens no more sockets", strerror(errno));
    monitor_enter_shared(door->monitor);
    struct manager_line *line = take_line(door);
    bool in = go_in(door, client, line);
    if (in)
        monitor_wake_one(door->monitor, &door->arrivals);
    monitor_leave_shared(door->monitor);
    if (!in) {
        close(client);
        free(connection);
        return NULL;
    }
    connection->door = door;
    manager_attach(&connection->in, line->answer, &connection->out, line->request,
                   client);
    return connection;
}

struct manager_connection *connection_find(struct manager_door *door)
{
    struct connections *mine = own_connections();
    struct manager_connection *connection = mine->first;

    while (connection != NULL && connection->door != door)
        connection = connection->next;
    if (connection == NULL && (connection = connect_to(door)) != NULL) {
        connection->next = mine->first;
        mine->first = connection;
    }
    return connection;
}

__attribute__((constructor)) static void join_in(void)
{
    if (pthread_key_create(&own, close_all) != 0)
        ending_failed("no memory is left", NULL);
}

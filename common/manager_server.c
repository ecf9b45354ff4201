/* manager_server.c - what a manager's server does; see manager_server.h. */
#include "manager_server.h"
#include "ending.h"
#include "manager_wire.h"
#include "queue.h"
#include "shared_list.h"
#include "thread.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_OBJECTS = 256 };

/* A list or a queue, made at a client's request. Its name is a copy. */
struct managed {
    char name[ROSTER_NAME];
    size_t item_size;
    union {
        struct shared_list list;
        struct queue queue;
    };
};

/* Filled in the order of the requests, each by one thread, before a client knows of it.
 */
static struct managed *objects[MOST_OBJECTS];

/* One client's. */
struct server_thread {
    struct thread thread; /* first: it is one */
    struct manager_door *door;
    struct channel_end in, out;
};

static void note(const struct server_thread *me, enum trace_kind kind, uint64_t number,
                 uint32_t detail, const char *text)
{
    trace(&(struct trace_entry){.kind = kind,
                                .object = me->door->object,
                                .number = number,
                                .detail = detail,
                                .text = text});
}

/* --- the operations; each replaces the request by its answer */

static struct managed *make(const struct wire_message *request)
{
    struct managed *made = calloc(1, sizeof *made);

    if (made == NULL || request->object >= MOST_OBJECTS)
        ending_failed("the manager has no room for one more object", NULL);
    memcpy(made->name, request->name, sizeof made->name);
    objects[request->object] = made;
    return made;
}

static void answer_item(struct wire_message *message, bool well, unsigned size)
{
    message->well = well;
    message->size = well ? size : 0;
}

static void operate_list(struct managed *object, struct wire_message *message)
{
    struct shared_list *list = &object->list;
    unsigned size = (unsigned)object->item_size;

    switch (message->operation) {
    case WIRE_LIST_APPEND:
        shared_list_append_at(list, message->item, message->where);
        answer_item(message, true, 0);
        break;
    case WIRE_LIST_LENGTH:
        message->number = shared_list_length_at(list, message->where);
        answer_item(message, true, 0);
        break;
    case WIRE_LIST_GET:
        answer_item(
            message,
            shared_list_get_at(list, message->number, message->item, message->where),
            size);
        break;
    default:
        answer_item(
            message,
            shared_list_set_at(list, message->number, message->item, message->where),
            0);
    }
}

static bool get(struct queue *queue, struct wire_message *message)
{
    if (message->limit_ms == WIRE_NO_LIMIT)
        return queue_get_at(queue, message->item, message->where);
    if (message->limit_ms == 0)
        return queue_get_nowait_at(queue, message->item, message->where);
    return queue_get_within_at(queue, message->item, message->limit_ms, message->where);
}

static void operate_queue(struct managed *object, struct wire_message *message)
{
    switch (message->operation) {
    case WIRE_QUEUE_PUT:
        answer_item(message,
                    queue_put_at(&object->queue, message->item, message->where), 0);
        break;
    case WIRE_QUEUE_GET:
        answer_item(message, get(&object->queue, message), (unsigned)object->item_size);
        break;
    default:
        message->number = queue_empty_at(&object->queue, message->where);
        answer_item(message, true, 0);
    }
}

/* size in a request that makes an object is the size of its items. */
static void operate(struct wire_message *message)
{
    struct managed *object;

    if (message->operation == WIRE_LIST_INIT || message->operation == WIRE_QUEUE_INIT) {
        object = make(message);
        object->item_size = *(const size_t *)(const void *)message->item;
        if (message->operation == WIRE_LIST_INIT)
            shared_list_init(&object->list, object->name, object->item_size,
                             message->label);
        else
            queue_init(&object->queue, object->name, message->number, object->item_size,
                       message->label);
        answer_item(message, true, 0);
        return;
    }
    object = objects[message->object];
    if (message->operation < WIRE_QUEUE_INIT)
        operate_list(object, message);
    else
        operate_queue(object, message);
}

/* --- the server's threads */

static void waits_for_request(void *context)
{
    note(context, TRACE_MANAGER_SERVE_BEGIN, TRACE_NO_LIMIT, 0, NULL);
}

static void serve_client(struct thread *self)
{
    struct server_thread *me = (struct server_thread *)self;
    struct wire_message message;

    for (;;) {
        step(TRACE_MANAGER_SERVE, me->door->object, NULL);
        if (!wire_receive(&me->in, &message, true, waits_for_request, me))
            break;
        /* the client's own words, so that the request reads alike on both sides */
        note(me, TRACE_MANAGER_SERVE, 0, 0, message.text);
        operate(&message);
        if (!wire_send(&me->out, &message))
            break;
    }
    note(me, TRACE_MANAGER_SERVE_FAILED, 0, TRACE_BECAUSE_CLOSED, NULL);
    channel_close(&me->in);
    channel_close(&me->out);
}

void manager_attach(struct channel_end *in, struct channel *from,
                    struct channel_end *out, struct channel *to, int socket)
{
    int twin = fcntl(socket, F_DUPFD_CLOEXEC, 0); /* each end closes its own */

    if (twin < 0 || fcntl(socket, F_SETFL, O_NONBLOCK) != 0)
        ending_failed("the machine opens no more sockets", strerror(errno));
    channel_attach(in, from, CHANNEL_READ, socket);
    channel_attach(out, to, CHANNEL_WRITE, twin);
}

/* The client has connected and written its hello: neither call blocks. */
static void let_in(struct manager_door *door, int listener)
{
    struct server_thread *server = calloc(1, sizeof *server);
    int socket = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    struct manager_hello hello;

    if (server == NULL || socket < 0)
        ending_failed("the manager cannot let a client in", strerror(errno));
    if (read(socket, &hello, sizeof hello) != (ssize_t)sizeof hello) {
        close(socket); /* it was killed */
        free(server);
        return;
    }
    server->door = door;
    manager_attach(&server->in, hello.request, &server->out, hello.answer, socket);
    /* it lives as long as the server */
    thread_start_daemon_at(&server->thread, serve_client, NULL, "for %s", hello.client);
}

/* The next client, or false where the server is to end. */
static bool wait_for_client(struct manager_door *door)
{
    const struct wait_reason why = {.name = door->name, .idle = true};
    bool begun = false;
    struct trace_entry entry = {.object = door->object, .number = TRACE_NO_LIMIT};

    step(TRACE_MANAGER_ACCEPT, door->object, NULL);
    monitor_enter_shared(door->monitor);
    while (door->waiting == 0 && !door->closing) {
        entry.kind = TRACE_MANAGER_ACCEPT_BEGIN;
        if (!begun)
            trace(&entry);
        begun = true;
        monitor_wait(door->monitor, &door->arrivals, DEADLINE_NEVER, &why);
    }
    bool come = door->waiting > 0;
    door->waiting -= come;
    entry.kind = come ? TRACE_MANAGER_ACCEPT : TRACE_MANAGER_ACCEPT_FAILED;
    entry.number = 0;
    entry.detail = come ? 0 : TRACE_BECAUSE_SHUTDOWN;
    trace(&entry);
    monitor_leave_shared(door->monitor);
    return come;
}

void manager_serve(struct manager_door *door, int listener)
{
    while (wait_for_client(door))
        let_in(door, listener);
    close(listener);
}

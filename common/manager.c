/* manager.c - a server process that owns objects for others; see manager.h. */
#include "manager.h"
#include "ending.h"
#include "manager_server.h"
#include "shared_memory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Clients that may have connected before the server lets them in. */
enum { BACKLOG = 256, CONNECTIONS = 8 };

/* One thread's connection with one manager. */
struct connection {
    const struct manager_door *door; /* NULL: none yet */
    struct channel_end in, out;
};

/* The calling thread's. A forked child starts without: its parent's are not its own. */
static _Thread_local struct {
    struct connection at[CONNECTIONS];
    unsigned place;
} connections;

static struct manager *started; /* by this process; only its main thread starts some */

static struct sockaddr_un address_of(const struct manager_door *door, socklen_t *length)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t size = strlen(door->address);

    /* after a NUL byte: a name without a file */
    memcpy(address.sun_path + 1, door->address, size);
    *length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + size);
    return address;
}

static int listen_at(const struct manager_door *door)
{
    socklen_t length;
    struct sockaddr_un address = address_of(door, &length);
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (listener < 0 ||
        bind(listener, (const struct sockaddr *)&address, length) != 0 ||
        listen(listener, BACKLOG) != 0)
        ending_failed("the manager's socket cannot be made", strerror(errno));
    return listener;
}

/* What the server process needs; it is only read by it. */
struct server_process {
    struct manager *manager;
    int listener;
};
static struct server_process to_start;

static void serve(struct process *self)
{
    (void)self;
    to_start.manager->door->object = self->object;
    manager_serve(to_start.manager->door, to_start.listener);
}

void manager_start_at(struct manager *manager, const char *name, const char *site)
{
    struct manager_door *door = shared_memory_take(sizeof *door);

    *manager = (struct manager){.door = door, .place = roster_place()};
    if (door == NULL)
        ending_failed("no memory is left that processes can share", NULL);
    door->monitor = monitor_new_shared();
    snprintf(door->name, sizeof door->name, "%s", name);
    snprintf(door->address, sizeof door->address, "manager-%ld-%u", (long)getpid(),
             trace_new_object());
    to_start = (struct server_process){manager, listen_at(door)};
    process_start_at(&manager->process, serve, site, "%s", name);
    door->object = manager->process.object;
    close(to_start.listener);
    manager->next = started;
    started = manager;
}

static void forget(const struct manager *manager)
{
    struct manager **at = &started;

    while (*at != NULL && *at != manager)
        at = &(*at)->next;
    if (*at != NULL)
        *at = manager->next;
}

void manager_shutdown_at(struct manager *manager, const char *site)
{
    struct manager_door *door = manager->door;

    forget(manager);
    monitor_enter_shared(door->monitor);
    door->closing = true;
    monitor_wake_all(door->monitor, &door->arrivals);
    monitor_leave_shared(door->monitor);
    process_join_at(&manager->process, site);
}

/* --- the client's side */

static _Noreturn void server_is_gone(const struct manager_door *door)
{
    char what[64];

    snprintf(what, sizeof what, "manager %s does not answer", door->name);
    ending_failed(what, "its process has ended");
}

static void connect_to(struct connection *connection, struct manager_door *door)
{
    socklen_t length;
    struct sockaddr_un address = address_of(door, &length);
    struct manager_hello hello = {.request = channel_new(door->name),
                                  .answer = channel_new(door->name)};
    int socket_pair = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    snprintf(hello.client, sizeof hello.client, "%s", roster_self()->name);
    if (socket_pair < 0 ||
        connect(socket_pair, (const struct sockaddr *)&address, length) != 0 ||
        send(socket_pair, &hello, sizeof hello, MSG_NOSIGNAL) != (ssize_t)sizeof hello)
        server_is_gone(door);
    manager_attach(&connection->in, hello.answer, &connection->out, hello.request,
                   socket_pair);
    connection->door = door;
    monitor_enter_shared(door->monitor);
    door->waiting++;
    monitor_wake_one(door->monitor, &door->arrivals);
    monitor_leave_shared(door->monitor);
}

/* The calling thread's connection, made at its first request. */
static struct connection *find_connection(struct manager_door *door)
{
    if (connections.place != roster_place())
        memset(&connections, 0, sizeof connections);
    connections.place = roster_place();
    for (int i = 0; i < CONNECTIONS; i++) {
        struct connection *at = &connections.at[i];
        if (at->door == NULL)
            connect_to(at, door);
        if (at->door == door)
            return at;
    }
    ending_failed("a thread talks to more than 8 managers", NULL);
}

void manager_check_size(const char *name, size_t item_size, const char *site)
{
    if (item_size > WIRE_MOST)
        ending_misuse(site, "%s: an item has %zu bytes, and %d are the most", name,
                      item_size, (int)WIRE_MOST);
}

void manager_request_text(char *text, size_t size, const char *name, const char *call,
                          queue_label *label, const void *item)
{
    char words[64] = "";

    if (item != NULL && label != NULL)
        label(words, sizeof words, item);
    snprintf(text, size, item != NULL ? "%s.%s('%s')" : "%s.%s(%s)", name, call, words);
}

static void note(const struct manager *manager, enum trace_kind kind, const char *site,
                 uint64_t number, uint32_t detail, const char *text)
{
    trace(&(struct trace_entry){.kind = kind,
                                .object = manager->process.object,
                                .site = site,
                                .number = number,
                                .detail = detail,
                                .text = text});
}

void manager_ask(struct manager *manager, struct wire_message *message,
                 const char *text, const char *site)
{
    struct connection *connection = find_connection(manager->door);

    step(TRACE_MANAGER_REQUEST, manager->process.object, site);
    message->where = site;
    snprintf(message->text, sizeof message->text, "%s", text);
    note(manager, TRACE_MANAGER_REQUEST_BEGIN, site, TRACE_NO_LIMIT, 0, text);
    bool answered = wire_send(&connection->out, message) &&
                    wire_receive(&connection->in, message, false, NULL, NULL);
    if (!answered) {
        note(manager, TRACE_MANAGER_REQUEST_FAILED, site, 0, TRACE_BECAUSE_CLOSED,
             NULL);
        server_is_gone(manager->door);
    }
    note(manager, TRACE_MANAGER_REQUEST, site, 0, 0, text);
}

/* --- with the process that started it */

static void stop(void)
{
    while (started != NULL)
        manager_shutdown_at(started, NULL);
}

static void start_anew(void)
{
    started = NULL;
}

__attribute__((constructor)) static void join_in(void)
{
    static struct process_hook hook = {.begins = start_anew, .stop = stop};

    children_hook(&hook);
}

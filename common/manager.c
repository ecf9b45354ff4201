/* manager.c - a server process that owns objects for others; see manager.h. */
#include "manager.h"
#include "ending.h"
#include "manager_connection.h"
#include "shared_memory.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BACKLOG = 128 }; /* clients that may have come before the server lets them in */

/* Those that this process started and that were not shut down, the latest first. */
static struct {
    struct monitor monitor; /* guards the list */
    struct manager *first;
} managers;

/* Listens at a name that the kernel chooses: it begins with a NUL byte, and has no
   file. */
static int listen_at(struct manager_door *door)
{
    struct sockaddr_un any = {.sun_family = AF_UNIX};
    struct sockaddr *address = (struct sockaddr *)&door->address;
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    door->address_length = sizeof door->address;
    if (listener < 0 ||
        bind(listener, (const struct sockaddr *)&any, sizeof any.sun_family) != 0 ||
        getsockname(listener, address, &door->address_length) != 0 ||
        listen(listener, BACKLOG) != 0)
        ending_failed("the manager's socket cannot be made", strerror(errno));
    return listener;
}

/* What the server finds in its copy of memory. */
static struct {
    struct manager_door *door;
    int listener;
} to_serve;

static void serve(struct process *self)
{
    manager_serve(to_serve.door, to_serve.listener, self->object);
}

void manager_start_at(struct manager *manager, const char *name, const char *site)
{
    struct manager_door *door = shared_memory_take(sizeof *door);

    if (manager->process.object != 0)
        ending_misuse(site, "manager_start on %s, which was started before",
                      manager->process.name);
    if (door == NULL)
        ending_failed("no memory is left that processes can share", NULL);
    door->monitor = monitor_new_shared();
    snprintf(door->name, sizeof door->name, "%s", name);
    to_serve.door = door;
    to_serve.listener = listen_at(door);
    process_start_at(&manager->process, serve, site, "%s", name);
    close(to_serve.listener);

    manager->door = door;
    manager->place = roster_place();
    monitor_enter(&managers.monitor);
    manager->next = managers.first;
    managers.first = manager;
    monitor_leave(&managers.monitor);
}

static void forget(const struct manager *manager)
{
    struct manager **at = &managers.first;

    monitor_enter(&managers.monitor);
    while (*at != NULL && *at != manager)
        at = &(*at)->next;
    if (*at != NULL)
        *at = manager->next;
    monitor_leave(&managers.monitor);
}

void manager_shutdown_at(struct manager *manager, const char *site)
{
    struct manager_door *door = manager->door;

    if (door == NULL)
        ending_misuse(site, "manager_shutdown on a manager that was not started");
    if (manager->place != roster_place())
        ending_misuse(site, "manager_shutdown on %s by another process than started it",
                      door->name);
    forget(manager);
    monitor_enter_shared(door->monitor);
    atomic_store(&door->closing, true);
    monitor_wake_all(door->monitor, &door->arrivals);
    monitor_leave_shared(door->monitor);
    process_join_at(&manager->process, site);
}

/* --- requests */

void manager_check_size(const char *name, size_t item_size, const char *site)
{
    if (item_size > WIRE_MOST)
        ending_misuse(site, "%s: an item has %zu bytes, and %d are the most", name,
                      item_size, (int)WIRE_MOST);
}

void manager_request_text(char *text, size_t size, const char *name, const char *call,
                          queue_label *label, const void *item)
{
    char words[64];

    if (item == NULL) {
        snprintf(text, size, "%s.%s", name, call);
    } else if (label == NULL) {
        snprintf(text, size, "%s.%s...)", name, call);
    } else {
        label(words, sizeof words, item);
        snprintf(text, size, "%s.%s'%s')", name, call, words);
    }
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

static void check_is_open(const struct manager *manager, const char *text,
                          const char *site)
{
    if (manager->door == NULL)
        ending_misuse(site, "%s: its manager was not started", text);
    if (atomic_load(&manager->door->closing))
        ending_misuse(site, "%s: the manager %s is shut down", text,
                      manager->door->name);
}

/* False: there is no server that answers. */
static bool talk(struct manager_door *door, struct wire_message *message)
{
    struct manager_connection *connection = connection_find(door);

    return connection != NULL && wire_send(&connection->out, message) &&
           wire_receive(&connection->in, message, false, NULL, NULL);
}

void manager_ask(struct manager *manager, struct wire_message *message,
                 const char *text, const char *site)
{
    char what[64];

    step(TRACE_MANAGER_REQUEST, manager->process.object, site);
    check_is_open(manager, text, site);
    message->where = site;
    snprintf(message->text, sizeof message->text, "%s", text);
    note(manager, TRACE_MANAGER_REQUEST_BEGIN, site, TRACE_NO_LIMIT, 0, text);
    if (!talk(manager->door, message)) {
        note(manager, TRACE_MANAGER_REQUEST_FAILED, site, 0, TRACE_BECAUSE_CLOSED,
             NULL);
        check_is_open(manager, text, site);
        snprintf(what, sizeof what, "manager %s does not answer", manager->door->name);
        ending_failed(what, "its process has ended");
    }
    note(manager, TRACE_MANAGER_REQUEST, site, 0, 0, text);
}

/* --- with the process that started it */

/* The oldest child that is no server, or NULL. */
static struct process *first_other_child(void)
{
    struct process *child;
    const struct manager *manager;

    monitor_enter(children_monitor());
    for (child = children_first(); child != NULL; child = child->next) {
        for (manager = managers.first; manager != NULL; manager = manager->next)
            if (&manager->process == child)
                break;
        if (manager == NULL)
            break;
    }
    monitor_leave(children_monitor());
    return child;
}

/* The others may still need the servers. */
static void stop(void)
{
    struct process *child;

    while (managers.first != NULL && (child = first_other_child()) != NULL)
        process_join_at(child, NULL);
    while (managers.first != NULL)
        manager_shutdown_at(managers.first, NULL);
}

static void start_anew(void)
{
    memset(&managers, 0, sizeof managers);
}

__attribute__((constructor)) static void join_in(void)
{
    static struct process_hook hook = {.begins = start_anew, .stop = stop};

    children_hook(&hook);
}

/* manager_server.c - what a manager's server does; see manager_server.h. */
#include "manager_server.h"
#include "ending.h"
#include "manager_objects.h"
#include "manager_wire.h"
#include "thread.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One for each client. The main thread makes it, and takes it away when it has ended.
 */
struct server_thread {
    struct thread thread; /* first: it is one */
    struct manager_line *line;
    struct channel_end in, out;
    atomic_bool ended;
    struct server_thread *next; /* the main thread's */
};

static struct {
    struct monitor monitor; /* guards the next two */
    bool closing;
    unsigned busy; /* threads that do what a client asked for */

    /* set before there is a second thread */
    uint32_t object; /* the manager's number */
    /* the main thread's */
    struct server_thread *first;
} server;

static void note(enum trace_kind kind, uint64_t number, uint32_t detail,
                 const char *text)
{
    trace(&(struct trace_entry){.kind = kind,
                                .object = server.object,
                                .number = number,
                                .detail = detail,
                                .text = text});
}

/* --- the threads that answer */

static void waits_for_request(void *unused)
{
    (void)unused;
    note(TRACE_MANAGER_SERVE_BEGIN, TRACE_NO_LIMIT, 0, NULL);
}

/* Does what the client asks for; false where the server ends, and nobody is answered.
 */
static bool operate(struct wire_message *message)
{
    monitor_enter(&server.monitor);
    bool too_late = server.closing;
    server.busy += !too_late;
    monitor_leave(&server.monitor);
    if (too_late)
        return false;
    /* the client's own words, so that the request reads alike on both sides */
    note(TRACE_MANAGER_SERVE, 0, 0, message->text);
    objects_operate(message);
    monitor_enter(&server.monitor);
    server.busy--;
    too_late = server.closing;
    monitor_leave(&server.monitor);
    return !too_late;
}

static void serve_client(struct thread *self)
{
    struct server_thread *me = (struct server_thread *)self;
    struct wire_message message;

    do
        step(TRACE_MANAGER_SERVE, server.object, NULL);
    while (wire_receive(&me->in, &message, true, waits_for_request, NULL) &&
           operate(&message) && wire_send(&me->out, &message));
    note(TRACE_MANAGER_SERVE_FAILED, 0, TRACE_BECAUSE_CLOSED, NULL);
    atomic_store(&me->ended, true);
}

void manager_attach(struct channel_end *in, struct channel *from,
                    struct channel_end *out, struct channel *to, int socket)
{
    int twin = fcntl(socket, F_DUPFD_CLOEXEC, 0); /* each end closes its own */

    if (twin < 0)
        ending_failed("the machine opens no more sockets", strerror(errno));
    channel_attach(in, from, CHANNEL_READ, socket);
    channel_attach(out, to, CHANNEL_WRITE, twin);
}

/* --- the main thread, which lets clients in */

/* Blocks until the thread has ended; its line is then free for another client. */
static void take_away(struct manager_door *door, struct server_thread *thread)
{
    struct manager_line *line = thread->line;

    thread_join_at(&thread->thread, NULL);
    channel_close(&thread->in);
    channel_close(&thread->out);
    free(thread);
    monitor_enter_shared(door->monitor);
    line->next_free = door->free;
    door->free = line;
    monitor_leave_shared(door->monitor);
}

/* Takes away the threads whose clients are gone, or all. */
static void take_away_ended(struct manager_door *door, bool all)
{
    struct server_thread **at = &server.first;

    while (*at != NULL) {
        struct server_thread *thread = *at;
        if (!all && !atomic_load(&thread->ended)) {
            at = &thread->next;
            continue;
        }
        *at = thread->next;
        take_away(door, thread);
    }
}

static void let_in(struct manager_door *door, int socket,
                   const struct manager_hello *hello)
{
    struct server_thread *thread = calloc(1, sizeof *thread);

    if (thread == NULL)
        ending_failed("no memory is left", NULL);
    take_away_ended(door, false);
    thread->line = hello->line;
    manager_attach(&thread->in, hello->line->request, &thread->out, hello->line->answer,
                   socket);
    thread->next = server.first;
    server.first = thread;
    thread_start_at(&thread->thread, serve_client, NULL, "for %s", hello->client);
}

/* Inside the door's monitor: the socket of one who has come, or -1: nobody. */
static int accept_client(struct manager_door *door, int listener,
                         struct manager_hello *hello)
{
    for (;;) {
        int socket = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (socket < 0 && errno == EAGAIN)
            return -1;
        if (socket < 0)
            ending_failed("the manager cannot let a client in", strerror(errno));
        monitor_wake_one(door->monitor, &door->crowd);
        if (read(socket, hello, sizeof *hello) == (ssize_t)sizeof *hello)
            return socket;
        close(socket); /* it was killed at the door */
    }
}

/* The socket of the next client, or -1 where the server is to end. */
static int wait_for_client(struct manager_door *door, int listener,
                           struct manager_hello *hello)
{
    const struct wait_reason why = {.name = door->name, .idle = true};
    bool begun = false;
    int socket;

    step(TRACE_MANAGER_ACCEPT, server.object, NULL);
    monitor_enter_shared(door->monitor);
    while ((socket = accept_client(door, listener, hello)) < 0 &&
           !atomic_load(&door->closing)) {
        if (!begun)
            note(TRACE_MANAGER_ACCEPT_BEGIN, TRACE_NO_LIMIT, 0, NULL);
        begun = true;
        monitor_wait(door->monitor, &door->arrivals, DEADLINE_NEVER, &why);
    }
    if (socket >= 0)
        note(TRACE_MANAGER_ACCEPT, 0, 0, NULL);
    else
        note(TRACE_MANAGER_ACCEPT_FAILED, 0, TRACE_BECAUSE_SHUTDOWN, NULL);
    monitor_leave_shared(door->monitor);
    return socket;
}

/* --- its end */

static void wake_up(struct channel *channel, enum channel_side side)
{
    channel_enter(channel);
    channel_wake_all(channel, side);
    channel_leave(channel);
}

/* The thread will find that nobody is at the other end. */
static void hang_up(struct server_thread *thread)
{
    shutdown(thread->in.descriptor, SHUT_RDWR);
    wake_up(thread->line->request, CHANNEL_READ);
    wake_up(thread->line->answer, CHANNEL_WRITE);
}

/* Who is in the middle of a request may wait there for what will not come any more: its
   client was killed, or should have known better. */
static void close_down(struct manager_door *door)
{
    monitor_enter(&server.monitor);
    server.closing = true;
    bool busy = server.busy > 0;
    monitor_leave(&server.monitor);
    if (busy)
        objects_shut_down();
    for (struct server_thread *at = server.first; at != NULL; at = at->next)
        hang_up(at);
    take_away_ended(door, true);
}

void manager_serve(struct manager_door *door, int listener, uint32_t object)
{
    struct manager_hello hello;
    int socket;

    server.object = object;
    while ((socket = wait_for_client(door, listener, &hello)) >= 0)
        let_in(door, socket, &hello);
    monitor_enter_shared(door->monitor);
    close(listener);
    monitor_wake_all(door->monitor, &door->crowd); /* they will find nobody */
    monitor_leave_shared(door->monitor);
    close_down(door);
}

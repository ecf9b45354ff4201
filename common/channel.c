/* channel.c - bytes from process to process; see channel.h. */
#include "channel.h"
#include "children.h"
#include "ending.h"
#include "shared_memory.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { MOST_CHANNELS = 2048, MOST_ENDS = 1024 };

/* All channels of the run, in shared memory; a place is filled before it counts. */
struct channels {
    _Atomic unsigned taken;
    _Atomic(struct channel *) at[MOST_CHANNELS];
};
static struct channels *channels; /* set before main */

/* The ends that this process has open. A child begins with a copy. */
static struct {
    struct monitor monitor;               /* guards the rest */
    struct channel_end copies[MOST_ENDS]; /* the callers' may go away */
    unsigned used;
} ends;

struct channel *channel_new(const char *name)
{
    struct channel *channel = shared_memory_take(sizeof *channel);
    unsigned place = atomic_fetch_add(&channels->taken, 1);

    if (channel == NULL || place >= MOST_CHANNELS)
        ending_failed("no memory is left that processes can share", NULL);
    roster_self(); /* first: the main thread is object 1 */
    channel->monitor = monitor_new_shared();
    channel->object = trace_new_object();
    snprintf(channel->name, sizeof channel->name, "%s", name);
    atomic_store(&channels->at[place], channel);
    return channel;
}

void channel_attach(struct channel_end *end, struct channel *channel,
                    enum channel_side side, int descriptor)
{
    unsigned place = 0;

    *end = (struct channel_end){channel, side, descriptor};
    signal(SIGPIPE, SIG_IGN); /* who writes in vain is told so by the call */
    monitor_enter(&ends.monitor);
    while (place < ends.used && ends.copies[place].channel != NULL)
        place++;
    if (place == MOST_ENDS)
        ending_failed("more than 1024 ends of pipes are open at once", NULL);
    ends.copies[place] = *end;
    if (place == ends.used)
        ends.used++;
    monitor_leave(&ends.monitor);
    roster_set_add(&channel->open[side], roster_place());
}

void channel_open_pipe(struct channel_end *reader, struct channel_end *writer,
                       const char *name)
{
    struct channel *channel = channel_new(name);
    int pair[2];

    if (pipe2(pair, O_CLOEXEC | O_NONBLOCK) != 0)
        ending_failed("the machine opens no more pipes", strerror(errno));
    channel->capacity = (uint64_t)fcntl(pair[1], F_GETPIPE_SZ);
    channel_attach(reader, channel, CHANNEL_READ, pair[0]);
    channel_attach(writer, channel, CHANNEL_WRITE, pair[1]);
}

/* Takes the end out of the table; false if it is not there. */
static bool forget(const struct channel_end *end)
{
    bool found = false;

    monitor_enter(&ends.monitor);
    for (unsigned i = 0; i < ends.used && !found; i++) {
        found = ends.copies[i].channel == end->channel &&
                ends.copies[i].descriptor == end->descriptor;
        if (found)
            ends.copies[i].channel = NULL;
    }
    monitor_leave(&ends.monitor);
    return found;
}

/* Closes an end that is in the table no more. */
static void shut(struct channel_end *end)
{
    struct channel *channel = end->channel;

    channel_enter(channel);
    close(end->descriptor);
    end->descriptor = -1; /* in here: another thread may wait at this very end */
    roster_set_remove(&channel->open[end->side], roster_place());
    channel_wake_all(channel, CHANNEL_READ);
    channel_wake_all(channel, CHANNEL_WRITE);
    channel_leave(channel);
}

void channel_close(struct channel_end *end)
{
    if (end->channel == NULL || end->descriptor < 0 || !forget(end))
        return;
    shut(end);
}

ssize_t channel_read(struct channel_end *end, void *bytes, size_t size)
{
    ssize_t got;

    if (atomic_load(&end->channel->broken[CHANNEL_READ]))
        return CHANNEL_END; /* what is left does not begin with a message */
    do
        got = read(end->descriptor, bytes, size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return errno == EAGAIN && !atomic_load(&end->channel->broken[CHANNEL_WRITE])
                   ? CHANNEL_NOT_NOW
                   : CHANNEL_END;
    return got;
}

static bool is_broken(struct channel *channel)
{
    return atomic_load(&channel->broken[CHANNEL_READ]) ||
           atomic_load(&channel->broken[CHANNEL_WRITE]);
}

ssize_t channel_write(struct channel_end *end, const void *bytes, size_t size)
{
    ssize_t put;

    if (is_broken(end->channel))
        return CHANNEL_END;
    do
        put = write(end->descriptor, bytes, size);
    while (put < 0 && errno == EINTR);
    if (put < 0)
        return errno == EAGAIN ? CHANNEL_NOT_NOW : CHANNEL_END;
    return put;
}

ssize_t channel_has_room(const struct channel_end *end)
{
    struct pollfd poll_one = {.fd = end->descriptor, .events = POLLOUT};

    poll(&poll_one, 1, 0);
    if (end->descriptor < 0 || is_broken(end->channel) ||
        (poll_one.revents & POLLERR) != 0)
        return CHANNEL_END;
    return (poll_one.revents & POLLOUT) != 0 ? 1 : CHANNEL_NOT_NOW;
}

size_t channel_bytes_inside(const struct channel_end *end)
{
    int bytes = 0;

    return ioctl(end->descriptor, FIONREAD, &bytes) == 0 ? (size_t)bytes : 0;
}

bool channel_wait(struct channel_end *end, uint64_t deadline, bool idle)
{
    struct channel *channel = end->channel;
    bool reads = end->side == CHANNEL_READ;
    const struct wait_reason why = {
        .name = channel->name,
        .open = &channel->open[reads ? CHANNEL_WRITE : CHANNEL_READ],
        .open_for = reads ? "writing" : "reading",
        .idle = idle};

    return monitor_wait(channel->monitor, &channel->waiting[end->side], deadline, &why);
}

void channel_wake_one(struct channel *channel, enum channel_side side)
{
    monitor_wake_one(channel->monitor, &channel->waiting[side]);
}

void channel_wake_all(struct channel *channel, enum channel_side side)
{
    monitor_wake_all(channel->monitor, &channel->waiting[side]);
}

/* --- with the processes that have it open */

static void child_starts(unsigned child)
{
    monitor_enter(&ends.monitor);
    for (unsigned i = 0; i < ends.used; i++)
        if (ends.copies[i].channel != NULL)
            roster_set_add(&ends.copies[i].channel->open[ends.copies[i].side], child);
    monitor_leave(&ends.monitor);
}

/* Another thread of the parent may have been inside. */
static void start_anew(void)
{
    ends.monitor = (struct monitor){.word = 0};
}

static void close_all(void)
{
    for (unsigned i = 0; i < MOST_ENDS; i++) {
        monitor_enter(&ends.monitor); /* a daemon's thread may be closing one, too */
        struct channel_end end = ends.copies[i];
        ends.copies[i].channel = NULL;
        bool none_left = i + 1 >= ends.used;
        monitor_leave(&ends.monitor);
        if (end.channel != NULL)
            shut(&end);
        if (none_left)
            break;
    }
}

/* The kernel has closed what a killed process had open. A message that it was in the
   middle of will never be whole; those before it can still be read. Whoever waits is
   woken afterwards, by monitor_mend. */
static void child_is_buried(unsigned child)
{
    for (unsigned i = 0; i < atomic_load(&channels->taken) && i < MOST_CHANNELS; i++) {
        struct channel *channel = atomic_load(&channels->at[i]);
        if (channel != NULL)
            atomic_store(&channel->buffered[child], 0);
        for (int side = 0; channel != NULL && side < 2; side++) {
            roster_set_remove(&channel->open[side], child);
            if (atomic_load(&channel->in_middle[side]) == child + 1) {
                atomic_store(&channel->broken[side], true);
                atomic_store(&channel->in_middle[side], 0);
            }
        }
    }
}

__attribute__((constructor)) static void join_in(void)
{
    static struct process_hook hook = {.starts = child_starts,
                                       .begins = start_anew,
                                       .close = close_all,
                                       .buried = child_is_buried};

    channels = shared_memory_take(sizeof *channels);
    if (channels == NULL)
        ending_failed("no memory is left", NULL);
    children_hook(&hook);
}

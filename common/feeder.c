/* feeder.c - from a process's buffer into the pipe; see feeder.h. */
#include "feeder.h"
#include "ending.h"
#include "thread.h"

#include <stdlib.h>
#include <string.h>

/* An item that waits to be written. */
struct parcel {
    struct parcel *next;
    char bytes[]; /* the id, the item */
};

struct feeder {
    struct thread thread;       /* first: a feeder is a thread */
    struct process_queue queue; /* as it was when the feeder was started */

    struct monitor monitor; /* guards what follows */
    struct wait_list something_to_do;
    struct parcel *first, **last;
    bool ending;
    struct feeder *next; /* of this process's; guarded by feeders.monitor */
};

/* This process's feeders. */
static struct {
    struct monitor monitor; /* guards the list */
    struct feeder *first;
} feeders;

size_t feeder_slot_size(const struct process_queue *queue)
{
    return sizeof(uint64_t) + queue->item_size;
}

static void note(const struct process_queue *queue, enum trace_kind kind,
                 uint64_t number, uint32_t detail)
{
    const struct channel *channel = queue->out.channel;

    trace(&(struct trace_entry){.kind = kind,
                                .object = queue->object,
                                .number = number,
                                .detail = detail,
                                .depth = channel->items,
                                .unfinished = channel->buffered});
}

/* The buffer is this process's own: nothing is told of the pipe. */
static void note_wait(const struct feeder *me, enum trace_kind kind, uint64_t number,
                      uint32_t detail)
{
    trace(&(struct trace_entry){
        .kind = kind, .object = me->queue.object, .number = number, .detail = detail});
}

/* The next item, or NULL when there is none and none will come. */
static struct parcel *take(struct feeder *me)
{
    const struct wait_reason why = {.name = me->queue.name, .idle = true};
    struct parcel *parcel;
    bool begun = false;

    step(TRACE_PROCESS_QUEUE_FEED, me->queue.object, NULL);
    monitor_enter(&me->monitor);
    while (me->first == NULL && !me->ending) {
        if (!begun)
            note_wait(me, TRACE_PROCESS_QUEUE_FEED_BEGIN, TRACE_NO_LIMIT, 0);
        begun = true;
        monitor_wait(&me->monitor, &me->something_to_do, DEADLINE_NEVER, &why);
    }
    parcel = me->first;
    if (parcel != NULL)
        me->first = parcel->next;
    if (me->first == NULL)
        me->last = &me->first;
    if (begun && parcel != NULL)
        note_wait(me, TRACE_PROCESS_QUEUE_FEED, 0, 0);
    else if (begun)
        note_wait(me, TRACE_PROCESS_QUEUE_FEED_FAILED, 0, TRACE_BECAUSE_SHUTDOWN);
    monitor_leave(&me->monitor);
    return parcel;
}

static void note_send(const struct process_queue *queue, const char *slot)
{
    char label[64] = "";
    uint64_t id;

    if (!trace_on())
        return;
    memcpy(&id, slot, sizeof id);
    if (queue->label != NULL)
        queue->label(label, sizeof label, slot + sizeof id);
    trace_record(&(struct trace_entry){.kind = TRACE_PROCESS_QUEUE_SEND,
                                       .object = queue->object,
                                       .number = id,
                                       .depth = queue->out.channel->items,
                                       .unfinished = queue->out.channel->buffered,
                                       .label = label});
}

/* Items are so small that the kernel takes each whole or not at all. */
bool feeder_write(struct process_queue *queue, const char *slot)
{
    struct channel_end *out = &queue->out;
    struct channel *channel = out->channel;
    bool begun = false;
    ssize_t put;

    while ((put = channel_write(out, slot, feeder_slot_size(queue))) ==
           CHANNEL_NOT_NOW) {
        if (!begun)
            note(queue, TRACE_PROCESS_QUEUE_SEND_BEGIN, TRACE_NO_LIMIT, 0);
        begun = true;
        channel_wait(out, DEADLINE_NEVER, false);
    }
    channel->buffered--;
    if (put == CHANNEL_END) {
        note(queue, TRACE_PROCESS_QUEUE_SEND_FAILED, 0, TRACE_BECAUSE_CLOSED);
        return false;
    }
    channel->items++;
    note_send(queue, slot);
    channel_wake_one(channel, CHANNEL_READ);
    return true;
}

static void send(struct feeder *me, const struct parcel *parcel)
{
    step(TRACE_PROCESS_QUEUE_SEND, me->queue.object, NULL);
    channel_enter(me->queue.out.channel);
    feeder_write(&me->queue, parcel->bytes);
    channel_leave(me->queue.out.channel);
}

static void feed(struct thread *self)
{
    struct feeder *me = (struct feeder *)self;
    struct parcel *parcel;

    while ((parcel = take(me)) != NULL) {
        send(me, parcel);
        free(parcel);
    }
}

struct feeder *feeder_start(struct process_queue *queue, const char *site)
{
    struct feeder *feeder = calloc(1, sizeof *feeder);

    if (feeder == NULL)
        ending_failed("no memory is left", NULL);
    feeder->queue = *queue;
    feeder->last = &feeder->first;
    monitor_enter(&feeders.monitor);
    feeder->next = feeders.first;
    feeders.first = feeder;
    monitor_leave(&feeders.monitor);
    thread_start_daemon_at(&feeder->thread, feed, site, "feeder");
    return feeder;
}

void feeder_give(struct feeder *feeder, uint64_t id, const void *item)
{
    struct parcel *parcel = malloc(sizeof *parcel + feeder_slot_size(&feeder->queue));

    if (parcel == NULL)
        ending_failed("no memory is left", NULL);
    parcel->next = NULL;
    memcpy(parcel->bytes, &id, sizeof id);
    memcpy(parcel->bytes + sizeof id, item, feeder->queue.item_size);
    monitor_enter(&feeder->monitor);
    *feeder->last = parcel;
    feeder->last = &parcel->next;
    monitor_wake_one(&feeder->monitor, &feeder->something_to_do);
    monitor_leave(&feeder->monitor);
}

void feeder_end(struct feeder *feeder, const char *site)
{
    struct feeder **at = &feeders.first;

    monitor_enter(&feeder->monitor);
    feeder->ending = true;
    monitor_wake_one(&feeder->monitor, &feeder->something_to_do);
    monitor_leave(&feeder->monitor);
    thread_join_at(&feeder->thread, site);
    monitor_enter(&feeders.monitor);
    while (*at != NULL && *at != feeder)
        at = &(*at)->next;
    if (*at != NULL)
        *at = feeder->next;
    monitor_leave(&feeders.monitor);
    free(feeder);
}

void feeders_start_anew(void)
{
    feeders.monitor = (struct monitor){.word = 0};
    feeders.first = NULL;
}

void feeders_end(const char *site)
{
    for (;;) {
        monitor_enter(&feeders.monitor);
        struct feeder *feeder = feeders.first;
        monitor_leave(&feeders.monitor);
        if (feeder == NULL)
            return;
        feeder_end(feeder, site);
    }
}

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

unsigned feeder_in_pipe(const struct process_queue *queue)
{
    /* either end tells, and one may be closed here */
    const struct channel_end *end =
        queue->in.descriptor >= 0 ? &queue->in : &queue->out;

    return (unsigned)(channel_bytes_inside(end) / feeder_slot_size(queue));
}

unsigned feeder_buffered(const struct process_queue *queue)
{
    const struct channel *channel = queue->in.channel;
    unsigned sum = 0;

    /* relaxed: inside the monitor only a dead process's count changes */
    for (unsigned i = 0; i < ROSTER_PROCESSES; i++)
        sum += atomic_load_explicit(&channel->buffered[i], memory_order_relaxed);
    return sum;
}

static void note(const struct process_queue *queue, enum trace_kind kind,
                 uint64_t number, uint32_t detail)
{
    if (trace_on())
        trace_record(&(struct trace_entry){.kind = kind,
                                           .object = queue->object,
                                           .number = number,
                                           .detail = detail,
                                           .depth = feeder_in_pipe(queue),
                                           .unfinished = feeder_buffered(queue)});
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
                                       .depth = feeder_in_pipe(queue),
                                       .unfinished = feeder_buffered(queue),
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
    channel->buffered[roster_place()]--;
    if (put == CHANNEL_END) {
        note(queue, TRACE_PROCESS_QUEUE_SEND_FAILED, 0, TRACE_BECAUSE_CLOSED);
        monitor_wake_one(channel->monitor, queue->not_full);
        return false;
    }
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

/* Adds a feeder to the list; inside its monitor. */
static struct feeder *new_feeder(const struct process_queue *queue)
{
    struct feeder *feeder = calloc(1, sizeof *feeder);

    if (feeder == NULL)
        ending_failed("no memory is left", NULL);
    feeder->queue = *queue;
    feeder->last = &feeder->first;
    feeder->next = feeders.first;
    feeders.first = feeder;
    return feeder;
}

struct feeder *feeder_of(struct process_queue *queue, const char *site)
{
    bool first = false;

    monitor_enter(&feeders.monitor);
    /* Another place's: forked after the parent's first put, so it is the parent's. */
    if (queue->feeder == NULL || queue->place != roster_place()) {
        queue->feeder = new_feeder(queue);
        queue->place = roster_place();
        first = true;
    }
    struct feeder *feeder = queue->feeder;
    monitor_leave(&feeders.monitor);
    if (first)
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

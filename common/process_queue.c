/* process_queue.c - a queue between processes; see process_queue.h. */
#include "process_queue.h"
#include "children.h"
#include "ending.h"
#include "feeder.h"
#include "limit.h"
#include "shared_memory.h"

#include <string.h>

static uint64_t note(const struct process_queue *queue, enum trace_kind kind,
                     const char *site, uint64_t number, uint32_t detail)
{
    if (!trace_on())
        return 0;
    return trace_record(&(struct trace_entry){.kind = kind,
                                              .object = queue->object,
                                              .site = site,
                                              .number = number,
                                              .detail = detail,
                                              .depth = feeder_in_pipe(queue),
                                              .unfinished = feeder_buffered(queue)});
}

static uint64_t note_item(const struct process_queue *queue, enum trace_kind kind,
                          const char *site, uint64_t id, const void *item)
{
    char label[64] = "";

    if (!trace_on())
        return 0;
    if (queue->label != NULL)
        queue->label(label, sizeof label, item);
    return trace_record(&(struct trace_entry){.kind = kind,
                                              .object = queue->object,
                                              .site = site,
                                              .number = id,
                                              .depth = feeder_in_pipe(queue),
                                              .unfinished = feeder_buffered(queue),
                                              .label = label});
}

void process_queue_init_at(struct process_queue *queue, const char *name,
                           unsigned capacity, size_t item_size, queue_label *label,
                           const char *site)
{
    if (item_size > PROCESS_QUEUE_ITEM)
        ending_misuse(site,
                      "process_queue_init on %s: an item has %zu bytes, and %d "
                      "are the most",
                      name, item_size, (int)PROCESS_QUEUE_ITEM);
    *queue = (struct process_queue){.name = name,
                                    .capacity = capacity,
                                    .item_size = item_size,
                                    .label = label,
                                    .not_full = shared_memory_take(64)};
    if (queue->not_full == NULL)
        ending_failed("no memory is left that processes can share", NULL);
    channel_open_pipe(&queue->in, &queue->out, name);
    queue->object = queue->in.channel->object;
    trace(&(struct trace_entry){.kind = TRACE_PROCESS_QUEUE_INIT,
                                .object = queue->object,
                                .number = capacity,
                                .text = name});
}

static void must_be_open(const struct channel_end *end, const char *what,
                         const char *site)
{
    if (end->descriptor < 0)
        ending_misuse(site, "%s on %s, which this process has closed", what,
                      end->channel->name);
}

static bool is_full(const struct process_queue *queue)
{
    return queue->capacity > 0 &&
           feeder_in_pipe(queue) + feeder_buffered(queue) >= queue->capacity;
}

void process_queue_put_at(struct process_queue *queue, const void *item,
                          const char *site)
{
    struct channel *channel = queue->out.channel;
    const struct wait_reason why = {.name = queue->name,
                                    .open = &channel->open[CHANNEL_READ],
                                    .open_for = "reading"};
    bool begun = false;

    must_be_open(&queue->out, "process_queue_put", site);
    struct feeder *feeder = feeder_of(queue, site);
    step(TRACE_PROCESS_QUEUE_PUT, queue->object, site);
    channel_enter(channel);
    while (is_full(queue)) {
        if (!begun)
            note(queue, TRACE_PROCESS_QUEUE_PUT_BEGIN, site, TRACE_NO_LIMIT, 0);
        begun = true;
        monitor_wait(channel->monitor, queue->not_full, DEADLINE_NEVER, &why);
    }
    channel->buffered[roster_place()]++;
    uint64_t id = note_item(queue, TRACE_PROCESS_QUEUE_PUT, site, 0, item);
    feeder_give(feeder, id, item);
    channel_leave(channel);
}

bool process_queue_send_at(struct process_queue *queue, const void *item,
                           const char *site)
{
    struct channel *channel = queue->out.channel;
    char slot[sizeof(uint64_t) + PROCESS_QUEUE_ITEM];

    step(TRACE_PROCESS_QUEUE_PUT, queue->object, site);
    channel_enter(channel);
    channel->buffered[roster_place()]++;
    uint64_t id = note_item(queue, TRACE_PROCESS_QUEUE_PUT, site, 0, item);
    memcpy(slot, &id, sizeof id);
    memcpy(slot + sizeof id, item, queue->item_size);
    step_current.kind = TRACE_PROCESS_QUEUE_SEND;
    bool sent = feeder_write(queue, slot);
    channel_leave(channel);
    return sent;
}

/* Reads one item, if there is one; inside the channel's monitor. */
static ssize_t read_item(struct process_queue *queue, void *item, const char *site)
{
    struct channel *channel = queue->in.channel;
    char slot[sizeof(uint64_t) + PROCESS_QUEUE_ITEM];
    uint64_t id;
    ssize_t got = channel_read(&queue->in, slot, feeder_slot_size(queue));

    if (got <= 0)
        return got;
    memcpy(&id, slot, sizeof id);
    memcpy(item, slot + sizeof id, queue->item_size);
    note_item(queue, TRACE_PROCESS_QUEUE_GET, site, id, item);
    channel_wake_one(channel, CHANNEL_WRITE);
    monitor_wake_one(channel->monitor, queue->not_full);
    return got;
}

static bool rings(const struct process_queue *queue)
{
    return queue->bell != NULL && atomic_load(queue->bell);
}

static bool get(struct process_queue *queue, void *item, struct limit limit,
                const char *site)
{
    struct channel *channel = queue->in.channel;
    bool in_time = limit.deadline != 0, begun = false;
    ssize_t got;

    step(TRACE_PROCESS_QUEUE_GET, queue->object, site);
    must_be_open(&queue->in, "process_queue_get", site);
    channel_enter(channel);
    while ((got = read_item(queue, item, site)) == CHANNEL_NOT_NOW && in_time &&
           !rings(queue)) {
        if (!begun)
            note(queue, TRACE_PROCESS_QUEUE_GET_BEGIN, site, limit.ns, 0);
        begun = true;
        in_time = channel_wait(&queue->in, limit.deadline, queue->bell != NULL);
    }
    if (got <= 0)
        note(queue, TRACE_PROCESS_QUEUE_GET_FAILED, site, 0,
             got == CHANNEL_END ? TRACE_BECAUSE_CLOSED
             : in_time          ? TRACE_BECAUSE_EMPTY
                                : limit.late);
    channel_leave(channel);
    return got > 0;
}

bool process_queue_get_at(struct process_queue *queue, void *item, const char *site)
{
    return get(queue, item, limit_none(), site);
}

bool process_queue_get_nowait_at(struct process_queue *queue, void *item,
                                 const char *site)
{
    return get(queue, item, limit_not_now(TRACE_BECAUSE_EMPTY), site);
}

bool process_queue_get_within_at(struct process_queue *queue, void *item, int ms,
                                 const char *site)
{
    return get(queue, item, limit_within(ms, site), site);
}

bool process_queue_empty_at(struct process_queue *queue, const char *site)
{
    struct channel *channel = queue->in.channel;

    step(TRACE_PROCESS_QUEUE_LOOK, queue->object, site);
    must_be_open(&queue->in, "process_queue_empty", site);
    channel_enter(channel);
    bool empty = feeder_in_pipe(queue) == 0;
    note(queue, TRACE_PROCESS_QUEUE_LOOK, site, 0, 0);
    channel_leave(channel);
    return empty;
}

void process_queue_close_at(struct process_queue *queue, const char *site)
{
    if (queue->feeder != NULL && queue->place == roster_place())
        feeder_end(queue->feeder, site);
    queue->feeder = NULL;
    channel_close(&queue->in);
    channel_close(&queue->out);
}

static void flush(void)
{
    feeders_end(NULL);
}

__attribute__((constructor)) static void join_in(void)
{
    static struct process_hook hook = {.begins = feeders_start_anew, .flush = flush};

    children_hook(&hook);
}

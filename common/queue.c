/*
 * queue.c - the blocking queue; see queue.h.
 *
 * At heart the textbook's: a lock and its conditions, each waited for in a loop. What
 * it tells the trace stands in note(), the ring's arithmetic below it.
 */
#include "queue.h"
#include "ending.h"
#include "limit.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 16 };

static void note(const struct queue *queue, enum trace_kind kind, const char *site,
                 uint64_t number, uint32_t detail)
{
    trace(&(struct trace_entry){.kind = kind,
                                .object = queue->object,
                                .site = site,
                                .number = number,
                                .detail = detail,
                                .depth = queue->count,
                                .unfinished = queue->unfinished});
}

/* Records that an item moved; returns the step, which is the item's id after a put. */
static uint64_t note_item(const struct queue *queue, enum trace_kind kind,
                          const char *site, uint64_t id, const void *item)
{
    char label[64];

    if (!trace_on())
        return 0;
    struct trace_entry entry = {.kind = kind,
                                .object = queue->object,
                                .site = site,
                                .number = id,
                                .depth = queue->count,
                                .unfinished = queue->unfinished};
    if (queue->label != NULL) {
        queue->label(label, sizeof label, item);
        entry.label = label;
    }
    return trace_record(&entry);
}

/* A slot is the item's id and the item, padded so that the next id is aligned. */
static size_t slot_size(const struct queue *queue)
{
    return sizeof(uint64_t) + ((queue->item_size + 7) & ~(size_t)7);
}

static char *slot(const struct queue *queue, unsigned index)
{
    unsigned at = queue->first + index;

    if (at >= queue->ring_slots)
        at -= queue->ring_slots;
    return queue->ring + at * slot_size(queue);
}

/* Doubles the ring and straightens it, so that the oldest item is in slot 0. */
static void grow_ring(struct queue *queue)
{
    /* no copy: others look at the queue's monitor meanwhile */
    struct queue larger = {.item_size = queue->item_size};

    larger.ring_slots = queue->ring_slots == 0 ? FIRST_SLOTS : queue->ring_slots * 2;
    larger.ring = reallocarray(NULL, larger.ring_slots, slot_size(queue));
    if (larger.ring == NULL || larger.ring_slots < queue->ring_slots)
        ending_failed("no memory is left", NULL);
    for (unsigned i = 0; i < queue->count; i++)
        memcpy(slot(&larger, i), slot(queue, i), slot_size(queue));
    free(queue->ring);
    queue->ring = larger.ring;
    queue->ring_slots = larger.ring_slots;
    queue->first = 0;
}

/* For the report of a deadlock, which another process may have to write. */
static void tell_joiners(const struct queue *queue)
{
    for (struct roster_thread *at = wait_list_first(&queue->all_done); at != NULL;
         at = at->next)
        at->told.left = queue->unfinished;
}

static void append(struct queue *queue, const void *item, const char *site)
{
    if (queue->count == queue->ring_slots)
        grow_ring(queue);
    char *to = slot(queue, queue->count);
    memcpy(to + sizeof(uint64_t), item, queue->item_size);
    queue->count++;
    queue->unfinished++;
    tell_joiners(queue);
    uint64_t id = note_item(queue, TRACE_QUEUE_PUT, site, 0, item);
    memcpy(to, &id, sizeof id);
}

static void remove_first(struct queue *queue, void *item, const char *site)
{
    const char *from = slot(queue, 0);
    uint64_t id;

    memcpy(&id, from, sizeof id);
    memcpy(item, from + sizeof id, queue->item_size);
    queue->first = queue->first + 1 == queue->ring_slots ? 0 : queue->first + 1;
    queue->count--;
    note_item(queue, TRACE_QUEUE_GET, site, id, item);
}

static bool is_full(const struct queue *queue)
{
    return queue->capacity > 0 && queue->count >= queue->capacity;
}

void queue_init(struct queue *queue, const char *name, unsigned capacity,
                size_t item_size, queue_label *label)
{
    roster_self(); /* first: the main thread is object 1 */
    *queue = (struct queue){.name = name,
                            .object = trace_new_object(),
                            .capacity = capacity,
                            .item_size = item_size,
                            .label = label};
    trace(&(struct trace_entry){.kind = TRACE_QUEUE_INIT,
                                .object = queue->object,
                                .number = capacity,
                                .text = name});
}

void queue_destroy(struct queue *queue)
{
    const struct wait_list *lists[] = {&queue->not_empty, &queue->not_full,
                                       &queue->all_done};

    monitor_enter(&queue->monitor);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (!wait_list_is_empty(lists[i]))
            ending_misuse(lists[i]->first->step.site,
                          "queue_destroy on %s, in which %s still waits", queue->name,
                          lists[i]->first->name);
    monitor_leave(&queue->monitor);
    free(queue->ring);
    queue->ring = NULL;
}

static bool put(struct queue *queue, const void *item, struct limit limit,
                const char *site)
{
    const struct wait_reason why = {.name = queue->name};
    enum trace_failure failure = 0;
    bool in_time = limit.deadline != 0, begun = false;

    step(TRACE_QUEUE_PUT, queue->object, site);
    monitor_enter(&queue->monitor);
    while (is_full(queue) && !queue->is_shutdown && in_time) {
        if (!begun)
            note(queue, TRACE_QUEUE_PUT_BEGIN, site, limit.ns, 0);
        begun = true;
        in_time = monitor_wait(&queue->monitor, &queue->not_full, limit.deadline, &why);
    }
    if (queue->is_shutdown)
        failure = TRACE_BECAUSE_SHUTDOWN;
    else if (is_full(queue))
        failure = limit.late;
    if (failure == 0) {
        append(queue, item, site);
        monitor_wake_one(&queue->monitor, &queue->not_empty);
    } else {
        note(queue, TRACE_QUEUE_PUT_FAILED, site, 0, failure);
    }
    monitor_leave(&queue->monitor);
    return failure == 0;
}

bool queue_put_at(struct queue *queue, const void *item, const char *site)
{
    return put(queue, item, limit_none(), site);
}

bool queue_put_nowait_at(struct queue *queue, const void *item, const char *site)
{
    return put(queue, item, limit_not_now(TRACE_BECAUSE_FULL), site);
}

bool queue_put_within_at(struct queue *queue, const void *item, int ms,
                         const char *site)
{
    return put(queue, item, limit_within(ms, site), site);
}

static bool get(struct queue *queue, void *item, struct limit limit, const char *site)
{
    const struct wait_reason why = {.name = queue->name};
    bool in_time = limit.deadline != 0, begun = false;

    step(TRACE_QUEUE_GET, queue->object, site);
    monitor_enter(&queue->monitor);
    while (queue->count == 0 && !queue->is_shutdown && in_time) {
        if (!begun)
            note(queue, TRACE_QUEUE_GET_BEGIN, site, limit.ns, 0);
        begun = true;
        in_time =
            monitor_wait(&queue->monitor, &queue->not_empty, limit.deadline, &why);
    }
    bool got = queue->count > 0;
    if (got) {
        remove_first(queue, item, site);
        roster_took(queue->object, site);
        monitor_wake_one(&queue->monitor, &queue->not_full);
    } else {
        note(queue, TRACE_QUEUE_GET_FAILED, site, 0,
             queue->is_shutdown ? TRACE_BECAUSE_SHUTDOWN : limit.late);
    }
    monitor_leave(&queue->monitor);
    return got;
}

bool queue_get_at(struct queue *queue, void *item, const char *site)
{
    return get(queue, item, limit_none(), site);
}

bool queue_get_nowait_at(struct queue *queue, void *item, const char *site)
{
    return get(queue, item, limit_not_now(TRACE_BECAUSE_EMPTY), site);
}

bool queue_get_within_at(struct queue *queue, void *item, int ms, const char *site)
{
    return get(queue, item, limit_within(ms, site), site);
}

void queue_task_done_at(struct queue *queue, const char *site)
{
    step(TRACE_QUEUE_TASK_DONE, queue->object, site);
    monitor_enter(&queue->monitor);
    if (queue->unfinished == 0)
        ending_misuse(site, "queue_task_done on %s: more reports than items were put",
                      queue->name);
    queue->unfinished--;
    tell_joiners(queue);
    roster_reported(queue->object);
    note(queue, TRACE_QUEUE_TASK_DONE, site, 0, 0);
    if (queue->unfinished == 0)
        monitor_wake_all(&queue->monitor, &queue->all_done);
    monitor_leave(&queue->monitor);
}

void queue_join_at(struct queue *queue, const char *site)
{
    const struct wait_reason why = {.name = queue->name, .left = &queue->unfinished};
    bool begun = false;

    step(TRACE_QUEUE_JOIN, queue->object, site);
    monitor_enter(&queue->monitor);
    while (queue->unfinished > 0) {
        if (!begun)
            note(queue, TRACE_QUEUE_JOIN_BEGIN, site, TRACE_NO_LIMIT, 0);
        begun = true;
        monitor_wait(&queue->monitor, &queue->all_done, DEADLINE_NEVER, &why);
    }
    note(queue, TRACE_QUEUE_JOIN, site, 0, 0);
    monitor_leave(&queue->monitor);
}

/* What was put and never taken counts as done. */
static void drop_all(struct queue *queue, const char *site)
{
    while (queue->count > 0) {
        const char *from = slot(queue, 0);
        uint64_t id;

        memcpy(&id, from, sizeof id);
        queue->first = queue->first + 1 == queue->ring_slots ? 0 : queue->first + 1;
        queue->count--;
        if (queue->unfinished > 0)
            queue->unfinished--;
        note_item(queue, TRACE_QUEUE_DROP, site, id, from + sizeof id);
    }
}

void queue_shutdown_at(struct queue *queue, bool immediate, const char *site)
{
    step(TRACE_QUEUE_SHUTDOWN, queue->object, site);
    monitor_enter(&queue->monitor);
    queue->is_shutdown = true;
    note(queue, TRACE_QUEUE_SHUTDOWN, site, 0, immediate);
    if (immediate) {
        drop_all(queue, site);
        tell_joiners(queue);
        if (queue->unfinished == 0)
            monitor_wake_all(&queue->monitor, &queue->all_done);
    }
    monitor_wake_all(&queue->monitor, &queue->not_empty);
    monitor_wake_all(&queue->monitor, &queue->not_full);
    monitor_leave(&queue->monitor);
}

unsigned queue_qsize_at(struct queue *queue, const char *site)
{
    step(TRACE_QUEUE_LOOK, queue->object, site);
    monitor_enter(&queue->monitor);
    unsigned count = queue->count;
    note(queue, TRACE_QUEUE_LOOK, site, 0, 0);
    monitor_leave(&queue->monitor);
    return count;
}

bool queue_empty_at(struct queue *queue, const char *site)
{
    return queue_qsize_at(queue, site) == 0;
}

bool queue_full_at(struct queue *queue, const char *site)
{
    unsigned count = queue_qsize_at(queue, site);

    return queue->capacity > 0 && count >= queue->capacity;
}

bool queue_is_shutdown_at(struct queue *queue, const char *site)
{
    step(TRACE_QUEUE_LOOK, queue->object, site);
    monitor_enter(&queue->monitor);
    bool is_shutdown = queue->is_shutdown;
    note(queue, TRACE_QUEUE_LOOK, site, 0, 0);
    monitor_leave(&queue->monitor);
    return is_shutdown;
}

/*
 * managed_queue.h - a queue that a manager's server owns, as Python's
 * Manager().Queue().
 *
 * The struct is only a handle: any process that was started after it was made may use
 * its copy. Every call is one request to the server, and blocks until the answer comes;
 * a get from an empty queue, or a put on a full one, is answered late. Unlike a process
 * queue it has no feeder and no pipe that could be full: an item that was put is there.
 *
 * A client that is killed while it waits in get has asked all the same: the next item
 * is taken for it, and lost. So it is in Python.
 */
#ifndef MANAGED_QUEUE_H
#define MANAGED_QUEUE_H

#include "manager.h"

struct managed_queue {
    struct manager *manager;
    const char *name;
    unsigned object; /* of the server's */
    size_t item_size;
    queue_label *label;
};

/* Makes an empty queue in the server; capacity 0 is no limit; items have that size, at
   most WIRE_MOST bytes. The name must outlive it; its first 31 bytes are what the view
   shows. label may be NULL. */
#define managed_queue_init(queue, manager, name, capacity, item_size, label)           \
    managed_queue_init_at(queue, manager, name, capacity, item_size, label, HERE)
void managed_queue_init_at(struct managed_queue *queue, struct manager *manager,
                           const char *name, unsigned capacity, size_t item_size,
                           queue_label *label, const char *site);

#define managed_queue_put(queue, item) managed_queue_put_at(queue, item, HERE)
void managed_queue_put_at(struct managed_queue *queue, const void *item,
                          const char *site);

/* Takes the oldest item; blocks until there is one. */
#define managed_queue_get(queue, item) managed_queue_get_at(queue, item, HERE)
void managed_queue_get_at(struct managed_queue *queue, void *item, const char *site);

/* False: it was empty. */
#define managed_queue_get_nowait(queue, item)                                          \
    managed_queue_get_nowait_at(queue, item, HERE)
bool managed_queue_get_nowait_at(struct managed_queue *queue, void *item,
                                 const char *site);

/* Blocks for at most that many milliseconds, as the server counts them. False: it
   stayed empty. */
#define managed_queue_get_within(queue, item, ms)                                      \
    managed_queue_get_within_at(queue, item, ms, HERE)
bool managed_queue_get_within_at(struct managed_queue *queue, void *item, int ms,
                                 const char *site);

/* Whether it was empty when the server answered. */
#define managed_queue_empty(queue) managed_queue_empty_at(queue, HERE)
bool managed_queue_empty_at(struct managed_queue *queue, const char *site);

#endif

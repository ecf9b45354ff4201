/* managed_queue.c - a queue that a manager's server owns; see managed_queue.h. */
#include "managed_queue.h"
#include "limit.h"

#include <stdio.h>
#include <string.h>

/* Sends a request about the queue, with the item, or NULL; call: see
   manager_request_text. */
static void ask(struct managed_queue *queue, struct wire_message *message,
                const char *call, const void *item, const char *site)
{
    char text[sizeof message->text];

    message->object = queue->object;
    if (item != NULL) {
        message->size = (unsigned)queue->item_size;
        memcpy(message->item, item, queue->item_size);
    }
    manager_request_text(text, sizeof text, queue->name, call, queue->label, item);
    manager_ask(queue->manager, message, text, site);
}

void managed_queue_init_at(struct managed_queue *queue, struct manager *manager,
                           const char *name, unsigned capacity, size_t item_size,
                           queue_label *label, const char *site)
{
    struct wire_message message = {.operation = WIRE_QUEUE_INIT,
                                   .number = capacity,
                                   .item_size = item_size,
                                   .label = label};
    char text[sizeof message.text];

    manager_check_size(name, item_size, site);
    snprintf(message.name, sizeof message.name, "%s", name);
    snprintf(text, sizeof text, "%s = Queue(%u)", name, capacity);
    manager_ask(manager, &message, text, site);
    *queue = (struct managed_queue){manager, name, message.object, item_size, label};
}

void managed_queue_put_at(struct managed_queue *queue, const void *item,
                          const char *site)
{
    struct wire_message message = {.operation = WIRE_QUEUE_PUT};

    ask(queue, &message, "put(", item, site);
}

static bool get(struct managed_queue *queue, void *item, int limit_ms, const char *call,
                const char *site)
{
    struct wire_message message = {.operation = WIRE_QUEUE_GET, .limit_ms = limit_ms};

    ask(queue, &message, call, NULL, site);
    if (message.well)
        memcpy(item, message.item, queue->item_size);
    return message.well;
}

void managed_queue_get_at(struct managed_queue *queue, void *item, const char *site)
{
    get(queue, item, WIRE_NO_LIMIT, "get()", site);
}

bool managed_queue_get_nowait_at(struct managed_queue *queue, void *item,
                                 const char *site)
{
    return get(queue, item, 0, "get_nowait()", site);
}

bool managed_queue_get_within_at(struct managed_queue *queue, void *item, int ms,
                                 const char *site)
{
    char call[32];

    limit_within(ms, site); /* a negative one is misuse */
    snprintf(call, sizeof call, "get_within(%d ms)", ms);
    return get(queue, item, ms, call, site);
}

bool managed_queue_empty_at(struct managed_queue *queue, const char *site)
{
    struct wire_message message = {.operation = WIRE_QUEUE_EMPTY};

    ask(queue, &message, "empty()", NULL, site);
    return message.number != 0;
}

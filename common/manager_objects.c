/* manager_objects.c - what a manager's server owns; see manager_objects.h. */
#include "manager_objects.h"
#include "ending.h"
#include "shared_list.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_OBJECTS = 256 };

/* A list or a queue, made at a client's request. */
struct managed {
    bool is_queue;
    char name[ROSTER_NAME];
    union {
        struct shared_list list;
        struct queue queue;
    };
};

/* By their numbers. An object never goes away. */
static struct {
    struct monitor monitor; /* guards the rest, but not the objects */
    struct managed *at[MOST_OBJECTS];
    unsigned used;
} objects;

/* Answers that it was done, and with an item of that size. */
static void answer(struct wire_message *message, bool well, size_t size)
{
    message->well = well;
    message->size = well ? (unsigned)size : 0;
}

static void operate_list(struct shared_list *list, struct wire_message *message)
{
    const char *where = message->where;
    unsigned index = message->number;

    switch (message->operation) {
    case WIRE_LIST_APPEND:
        shared_list_append_at(list, message->item, where);
        answer(message, true, 0);
        break;
    case WIRE_LIST_LENGTH:
        message->number = shared_list_length_at(list, where);
        answer(message, true, 0);
        break;
    case WIRE_LIST_GET:
        answer(message, shared_list_get_at(list, index, message->item, where),
               list->item_size);
        break;
    default:
        answer(message, shared_list_set_at(list, index, message->item, where), 0);
    }
}

static bool get(struct queue *queue, struct wire_message *message)
{
    if (message->limit_ms == WIRE_NO_LIMIT)
        return queue_get_at(queue, message->item, message->where);
    if (message->limit_ms == 0)
        return queue_get_nowait_at(queue, message->item, message->where);
    return queue_get_within_at(queue, message->item, message->limit_ms, message->where);
}

static void operate_queue(struct queue *queue, struct wire_message *message)
{
    switch (message->operation) {
    case WIRE_QUEUE_PUT:
        answer(message, queue_put_at(queue, message->item, message->where), 0);
        break;
    case WIRE_QUEUE_GET:
        answer(message, get(queue, message), queue->item_size);
        break;
    default:
        message->number = queue_empty_at(queue, message->where);
        answer(message, true, 0);
    }
}

/* Which object it is, the answer says. */
static void make(struct wire_message *message)
{
    struct managed *made = calloc(1, sizeof *made);

    if (made == NULL)
        ending_failed("no memory is left", NULL);
    memcpy(made->name, message->name, sizeof made->name);
    made->is_queue = message->operation == WIRE_QUEUE_INIT;
    if (made->is_queue)
        queue_init(&made->queue, made->name, message->number, message->item_size,
                   message->label);
    else
        shared_list_init(&made->list, made->name, message->item_size, message->label);

    monitor_enter(&objects.monitor);
    if (objects.used == MOST_OBJECTS)
        ending_failed("a manager owns 256 lists and queues at most", NULL);
    message->object = objects.used;
    objects.at[objects.used++] = made;
    monitor_leave(&objects.monitor);
    answer(message, true, 0);
}

void objects_operate(struct wire_message *message)
{
    if (message->operation == WIRE_LIST_INIT || message->operation == WIRE_QUEUE_INIT) {
        make(message);
        return;
    }
    monitor_enter(&objects.monitor);
    struct managed *object = objects.at[message->object];
    monitor_leave(&objects.monitor);
    if (object->is_queue)
        operate_queue(&object->queue, message);
    else
        operate_list(&object->list, message);
}

void objects_shut_down(void)
{
    monitor_enter(&objects.monitor);
    unsigned used = objects.used;
    monitor_leave(&objects.monitor);
    for (unsigned i = 0; i < used; i++)
        if (objects.at[i]->is_queue)
            queue_shutdown_at(&objects.at[i]->queue, false, NULL);
}

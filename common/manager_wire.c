/* manager_wire.c - requests and answers; see manager_wire.h. */
#include "manager_wire.h"

#include <string.h>

/* The bytes of a message before its item. */
static const size_t head_size = offsetof(struct wire_message, item);

bool wire_send(struct channel_end *end, const struct wire_message *message)
{
    const char *bytes = (const char *)message;
    size_t left = head_size + message->size;

    channel_enter(end->channel);
    while (left > 0) {
        ssize_t put = channel_write(end, bytes, left);
        if (put == CHANNEL_END)
            break;
        if (put == CHANNEL_NOT_NOW) {
            channel_wait(end, DEADLINE_NEVER, false);
            continue;
        }
        bytes += put;
        left -= (size_t)put;
        channel_wake_all(end->channel, CHANNEL_READ);
    }
    channel_leave(end->channel);
    return left == 0;
}

/* How many bytes must still come: of the head, which tells of the item, or of that. */
static size_t missing(const struct wire_message *message, size_t got)
{
    return got < head_size ? head_size - got : head_size + message->size - got;
}

bool wire_receive(struct channel_end *end, struct wire_message *message, bool idle,
                  void (*waits)(void *context), void *context)
{
    size_t got = 0, left = head_size;
    bool begun = false, whole = true;

    channel_enter(end->channel);
    while (left > 0 && whole) {
        ssize_t more = channel_read(end, (char *)message + got, left);
        if (more == CHANNEL_END) {
            whole = false;
        } else if (more == CHANNEL_NOT_NOW) {
            if (!begun && waits != NULL)
                waits(context);
            begun = true;
            channel_wait(end, DEADLINE_NEVER, idle);
        } else {
            got += (size_t)more;
            left = missing(message, got);
            channel_wake_all(end->channel, CHANNEL_WRITE);
        }
    }
    channel_leave(end->channel);
    return whole;
}

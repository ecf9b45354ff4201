/*
 * pipe.c - a pipe for messages; see pipe.h.
 *
 * A message travels as a frame, its size and its id, and its bytes. While one is half
 * written or half read its end is taken, so that other threads' messages do not get in
 * between.
 */
#include "pipe.h"
#include "ending.h"
#include "limit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct frame {
    uint64_t size;
    uint64_t id;
};

static uint64_t note(const struct channel *channel, enum trace_kind kind,
                     const char *site, uint64_t number, uint32_t detail)
{
    return trace(&(struct trace_entry){.kind = kind,
                                       .object = channel->object,
                                       .site = site,
                                       .number = number,
                                       .detail = detail,
                                       .depth = (uint32_t)channel->bytes});
}

static uint64_t note_message(const struct pipe_end *end, const struct channel *channel,
                             enum trace_kind kind, const char *site, uint64_t id,
                             const void *message)
{
    char label[64] = "";

    if (!trace_on())
        return 0;
    if (end->label != NULL)
        end->label(label, sizeof label, message);
    return trace_record(&(struct trace_entry){.kind = kind,
                                              .object = channel->object,
                                              .site = site,
                                              .number = id,
                                              .depth = (uint32_t)channel->bytes,
                                              .label = label});
}

static void open_direction(struct channel_end *from, struct channel_end *to,
                           const char *name, const char *direction)
{
    char full[ROSTER_NAME];

    snprintf(full, sizeof full, "%.24s %s", name, direction);
    channel_open_pipe(to, from, full);
    trace(&(struct trace_entry){.kind = TRACE_PIPE_INIT,
                                .object = to->channel->object,
                                .number = to->channel->capacity,
                                .text = to->channel->name});
}

void pipe_open(struct pipe_end *one, struct pipe_end *two, const char *name,
               queue_label *label)
{
    one->label = two->label = label;
    open_direction(&one->out, &two->in, name, "1>2");
    open_direction(&two->out, &one->in, name, "2>1");
}

static void must_be_open(const struct channel_end *end, const char *what,
                         const char *site)
{
    if (end->descriptor < 0)
        ending_misuse(site, "%s on %s, which this process has closed", what,
                      end->channel->name);
}

/* Blocks until no other thread is in the middle of a message here. */
static void take_turn(struct channel_end *end)
{
    while (atomic_load(&end->channel->in_middle[end->side]) != 0)
        channel_wait(end, DEADLINE_NEVER, false);
}

static void give_turn(struct channel_end *end)
{
    atomic_store(&end->channel->in_middle[end->side], 0);
    channel_wake_all(end->channel, end->side);
}

/* From just before the first byte: a kill may come between any two steps. */
static void keep_turn(struct channel_end *end)
{
    atomic_store(&end->channel->in_middle[end->side], roster_place() + 1);
}

/* Waits for room for a first byte; false if nobody will ever read it. */
static bool wait_for_room(struct channel_end *end, const char *site)
{
    ssize_t room;
    bool begun = false;

    take_turn(end);
    while ((room = channel_has_room(end)) == CHANNEL_NOT_NOW) {
        if (!begun)
            note(end->channel, TRACE_PIPE_SEND_BEGIN, site, TRACE_NO_LIMIT, 0);
        begun = true;
        channel_wait(end, DEADLINE_NEVER, false);
        take_turn(end);
    }
    return room != CHANNEL_END;
}

static void note_rest(const struct channel *channel, const char *site, size_t rest)
{
    trace(&(struct trace_entry){.kind = TRACE_PIPE_WRITE_BEGIN,
                                .object = channel->object,
                                .site = site,
                                .number = TRACE_NO_LIMIT,
                                .depth = (uint32_t)channel->bytes,
                                .unfinished = (uint32_t)rest});
}

/* Writes it all, waiting for room; false if nobody reads any more. */
static bool write_all(struct channel_end *end, const char *bytes, size_t size,
                      const char *site)
{
    struct channel *channel = end->channel;
    bool begun = false;

    keep_turn(end);
    while (size > 0) {
        ssize_t put = channel_write(end, bytes, size);
        if (put == CHANNEL_END) {
            if (begun)
                note(channel, TRACE_PIPE_WRITE_FAILED, site, 0, TRACE_BECAUSE_CLOSED);
            return false;
        }
        if (put == CHANNEL_NOT_NOW) {
            if (!begun)
                note_rest(channel, site, size);
            begun = true;
            step_current.kind = TRACE_PIPE_WRITE;
            channel_wait(end, DEADLINE_NEVER, false);
            continue;
        }
        bytes += put;
        size -= (size_t)put;
        channel_wake_all(channel, CHANNEL_READ);
    }
    if (begun)
        note(channel, TRACE_PIPE_WRITE, site, 0, 0);
    return true;
}

bool pipe_send_at(struct pipe_end *end, const void *message, size_t size,
                  const char *site)
{
    struct channel_end *out = &end->out;
    struct channel *channel = out->channel;
    struct frame frame = {.size = size};
    char *bytes = malloc(sizeof frame + size);

    step(TRACE_PIPE_SEND, channel->object, site);
    if (bytes == NULL)
        ending_failed("no memory is left", NULL);
    channel_enter(channel);
    must_be_open(out, "pipe_send", site);
    bool sent = wait_for_room(out, site);
    if (sent) {
        channel->bytes += sizeof frame + size;
        frame.id = note_message(end, channel, TRACE_PIPE_SEND, site, 0, message);
        memcpy(bytes, &frame, sizeof frame);
        memcpy(bytes + sizeof frame, message, size);
        sent = write_all(out, bytes, sizeof frame + size, site);
        give_turn(out);
    } else {
        note(channel, TRACE_PIPE_SEND_FAILED, site, 0, TRACE_BECAUSE_CLOSED);
    }
    channel_leave(channel);
    free(bytes);
    return sent;
}

/* Reads exactly that many bytes. Until the first byte of the message has come, which
   makes middle true, the limit holds. */
static enum trace_failure read_all(struct channel_end *end, char *bytes, size_t size,
                                   struct limit *limit, bool *begun, bool *middle,
                                   const char *site)
{
    struct channel *channel = end->channel;
    bool in_time = true;

    while (size > 0) {
        keep_turn(end);
        ssize_t got = channel_read(end, bytes, size);
        if (got == CHANNEL_NOT_NOW && !*middle)
            atomic_store(&channel->in_middle[CHANNEL_READ], 0);
        if (got == CHANNEL_END)
            return TRACE_BECAUSE_CLOSED;
        if (got == CHANNEL_NOT_NOW && !in_time)
            return limit->late;
        if (got == CHANNEL_NOT_NOW) {
            if (!*begun)
                note(channel, TRACE_PIPE_RECV_BEGIN, site, limit->ns, 0);
            *begun = true;
            in_time = channel_wait(end, limit->deadline, false);
            if (!*middle)
                take_turn(end); /* another may be quicker */
            continue;
        }
        *limit = limit_none(); /* it has begun to come */
        *middle = true;
        bytes += got;
        size -= (size_t)got;
        channel_wake_all(channel, CHANNEL_WRITE);
    }
    return 0;
}

static bool receive(struct pipe_end *end, void *message, size_t size, size_t *received,
                    struct limit limit, const char *site)
{
    struct channel_end *in = &end->in;
    struct channel *channel = in->channel;
    struct frame frame;
    bool begun = false, middle = false;

    step(TRACE_PIPE_RECV, channel->object, site);
    channel_enter(channel);
    must_be_open(in, "pipe_recv", site);
    take_turn(in);
    enum trace_failure failure =
        read_all(in, (char *)&frame, sizeof frame, &limit, &begun, &middle, site);
    if (failure == 0 && frame.size > size)
        ending_misuse(site,
                      "pipe_recv on %s: the message has %zu bytes, and there is room "
                      "for %zu",
                      channel->name, (size_t)frame.size, size);
    if (failure == 0)
        failure = read_all(in, message, frame.size, &limit, &begun, &middle, site);
    if (failure == 0) {
        channel->bytes -= sizeof frame + frame.size;
        note_message(end, channel, TRACE_PIPE_RECV, site, frame.id, message);
        if (received != NULL)
            *received = frame.size;
    } else {
        note(channel, TRACE_PIPE_RECV_FAILED, site, 0, failure);
    }
    give_turn(in);
    channel_leave(channel);
    return failure == 0;
}

bool pipe_recv_at(struct pipe_end *end, void *message, size_t size, size_t *received,
                  const char *site)
{
    return receive(end, message, size, received, limit_none(), site);
}

bool pipe_recv_within_at(struct pipe_end *end, void *message, size_t size,
                         size_t *received, int ms, const char *site)
{
    return receive(end, message, size, received, limit_within(ms, site), site);
}

static void close_end(struct channel_end *end, const char *site)
{
    struct channel *channel = end->channel;

    channel_enter(channel);
    if (end->descriptor >= 0)
        note(channel, TRACE_PIPE_CLOSE, site, 0, end->side);
    channel_leave(channel);
    channel_close(end);
}

void pipe_close_at(struct pipe_end *end, const char *site)
{
    step(TRACE_PIPE_CLOSE, end->in.channel->object, site);
    close_end(&end->in, site);
    close_end(&end->out, site);
}

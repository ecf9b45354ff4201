/*
 * messages.h - for tests of pipes: messages whose every byte can be checked, and a look
 * at who waits at a channel.
 */
#ifndef MESSAGES_H
#define MESSAGES_H

#include "caller.h"
#include "pipe.h"
#include "process.h"
#include "stuck.h"
#include "support.h"

/* In a process of a case: it must be so, or the case fails. */
#define must(condition)                                                                \
    do {                                                                               \
        if (!(condition))                                                              \
            must_not(#condition, __LINE__);                                            \
    } while (0)

static inline _Noreturn void must_not(const char *what, int line)
{
    fprintf(stderr, "line %d: not so: %s\n", line, what);
    _exit(10);
}

/* The last line of a case: the process has ended well, and so does the case. */
static inline void end_case(struct process *process)
{
    process_join(process);
    must(process->exit_status == 0);
    process_finish_at(HERE);
    must(children_killed() == 0);
}

static inline void assert_ends_well(const char *name)
{
    struct child_end end = child_run(name, "");

    assert_string_equal(end.err, "");
    assert_int_equal(end.status, 0);
}

/* How a message travels: before its bytes. */
struct frame {
    uint64_t size;
    uint64_t id;
};

enum { SIZES = 8 };
static const size_t sizes[SIZES] = {0,          1,          8,     4096,
                                    65536 - 16, 65536 - 15, 65536, 1 << 20};

/* Mostly small, now and then more than fits into a pipe. At least 8. */
static inline size_t some_size(unsigned number)
{
    return number % 50 == 0 ? 65536 + number : 8 + number * 37 % 9000;
}

/* A message as it came. The first 8 bytes tell who sent it and its number; each other
   follows from them and its place. Shorter ones have only the latter. */
struct made {
    size_t size;
    unsigned sender, number;
    unsigned char *bytes;
};

static inline unsigned char made_byte(unsigned sender, unsigned number, size_t at)
{
    return (unsigned char)(sender * 31 + number * 7 + at + at / 256);
}

static inline void make(unsigned char *bytes, unsigned sender, unsigned number,
                        size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = made_byte(sender, number, i);
    if (size >= 8) {
        memcpy(bytes, &sender, 4);
        memcpy(bytes + 4, &number, 4);
    }
}

static inline bool send_made(struct pipe_end *end, unsigned sender, unsigned number,
                             size_t size)
{
    unsigned char *bytes = malloc(size + 1);

    make(bytes, sender, size < 8 ? 0 : number, size);
    bool sent = pipe_send(end, bytes, size);
    free(bytes);
    return sent;
}

/* The caller frees what came. */
static inline bool recv_made(struct pipe_end *end, struct made *made)
{
    enum { MOST = 1 << 20 };
    static _Thread_local unsigned char room[MOST]; /* so much to allocate is slow */

    *made = (struct made){.size = 0};
    if (!pipe_recv(end, room, MOST, &made->size))
        return false;
    made->bytes = malloc(made->size + 1);
    memcpy(made->bytes, room, made->size);
    if (made->size >= 8) {
        memcpy(&made->sender, made->bytes, 4);
        memcpy(&made->number, made->bytes + 4, 4);
    }
    return true;
}

static inline void free_made(struct made *made)
{
    free(made->bytes);
}

static inline bool is_as_made(const struct made *made, unsigned sender, size_t size)
{
    if (made->size != size || (size >= 8 && made->sender != sender))
        return false;
    for (size_t i = size < 8 ? 0 : 8; i < size; i++)
        if (made->bytes[i] != made_byte(sender, made->number, i))
            return false;
    return true;
}

/* Until so many threads, of whatever process, wait at that side. */
struct at_side {
    struct channel *channel;
    enum channel_side side;
    unsigned count;
};

static inline bool so_many_wait(void *data)
{
    const struct at_side *what = data;
    const struct wait_list *list = &what->channel->waiting[what->side];
    unsigned count = 0;

    channel_enter(what->channel);
    if (list->first != NULL)
        for (struct roster_thread *at = list->first; at != NULL; at = at->next)
            count++;
    channel_leave(what->channel);
    return count >= what->count;
}

static inline void until_waits(struct channel *channel, enum channel_side side,
                               unsigned count)
{
    struct at_side what = {channel, side, count};

    look_until(so_many_wait, &what);
}

/* Bytes that are no whole message. */
static inline void write_raw(struct channel_end *end, const void *bytes, size_t size)
{
    channel_enter(end->channel);
    ssize_t put = channel_write(end, bytes, size);
    channel_wake_all(end->channel, CHANNEL_READ);
    channel_leave(end->channel);
    if (put != (ssize_t)size)
        abort();
}

static inline bool receive_three_within_1_ms(struct caller *me)
{
    char text[3];

    return pipe_recv_within(me->object, text, sizeof text, NULL, 1);
}

#endif

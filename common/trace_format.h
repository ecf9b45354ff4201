/*
 * trace_format.h - the layout of a trace file.
 *
 * The only thing that lessons and the viewer share. A trace is
 *
 *     header | thread words | strings | events
 *
 * Events are an array of 64-byte slots at the end of the file, so that the file grows
 * by whole chunks while it is written: slot i is step i + 1, and seeking is indexing.
 *
 * Writing one event: make your thread's word odd, claim a slot with one fetch_add on
 * next_event, fill the slot, store its kind with release order, make the word even.
 * Reading: a slot whose kind, loaded with acquire order, is 0 is not committed. It is
 * torn (never to be filled) once its writer is known to be dead, or once every word
 * has been seen even or changed since the claim was seen; until then stop before it.
 *
 * The writers of a run hold an flock(2) on the file for as long as one of them lives:
 * who gets a shared lock on it knows that nobody writes any more.
 *
 * A string is a uint32_t length, its bytes and a NUL, padded to 8 bytes; its reference
 * is its offset in the string region divided by 8, and 0 is "no string".
 */
#ifndef TRACE_FORMAT_H
#define TRACE_FORMAT_H

#include <stdalign.h>
#include <stdatomic.h>
#include <stdint.h>

#define TRACE_MAGIC "viztrace"

enum {
    TRACE_VERSION = 2,
    TRACE_HEADER_SIZE = 4096,
    TRACE_LABEL_SIZE = 16, /* a longer label is kept as the event's text */
    TRACE_THREADS = 4096,  /* threads that may be alive at once */
};

/* What happened. The name in the comment is the event's name everywhere else. */
enum trace_kind {
    TRACE_UNCOMMITTED = 0,
    TRACE_RUN_START, /* thread is the main thread; text: the program's name */
    TRACE_RUN_END,   /* detail: the exit status */
    TRACE_OUTCOME,   /* the program's own verdict; detail 1: as it should be */
    TRACE_MISUSE,    /* the kit was misused and the run ends; text: how */
    TRACE_DEADLOCK,  /* nobody can go on; text: who waits for what */

    TRACE_THREAD_START, /* object: the new thread; text: its name */
    TRACE_THREAD_END,   /* the acting thread ends */
    TRACE_THREAD_JOIN_BEGIN,
    TRACE_THREAD_JOIN, /* object: the thread that had ended */
    TRACE_THREAD_JOIN_FAILED,

    /* A process has one number with its main thread. */
    TRACE_PROCESS_START,  /* object: the new one; text: its name; detail 1: spawned */
    TRACE_PROCESS_END,    /* the acting process ends; detail: its exit status */
    TRACE_PROCESS_KILLED, /* object: a process that ended without a word; detail: the
                             signal, or 0 and number: its exit status */
    TRACE_PROCESS_JOIN_BEGIN,
    TRACE_PROCESS_JOIN, /* object: the process that had ended */
    TRACE_PROCESS_JOIN_FAILED,

    TRACE_NAP_BEGIN, /* number: nanoseconds to sleep */
    TRACE_NAP_END,

    TRACE_QUEUE_INIT, /* text: name; number: capacity, 0 unbounded */
    TRACE_QUEUE_PUT_BEGIN,
    TRACE_QUEUE_PUT, /* number: the item's id, which is this event's step */
    TRACE_QUEUE_PUT_FAILED,
    TRACE_QUEUE_GET_BEGIN,
    TRACE_QUEUE_GET, /* number: the id of the item taken */
    TRACE_QUEUE_GET_FAILED,
    TRACE_QUEUE_TASK_DONE,
    TRACE_QUEUE_JOIN_BEGIN,
    TRACE_QUEUE_JOIN,
    TRACE_QUEUE_JOIN_FAILED,
    TRACE_QUEUE_SHUTDOWN, /* detail 1: immediate */
    TRACE_QUEUE_DROP,     /* number: the id of an item that a shutdown dropped */
    TRACE_QUEUE_LOOK,     /* qsize, empty, full or is_shutdown was asked */

    /* One direction of a pipe. depth: bytes on their way, with those of a message that
       is only half written. number: a message's id, the step of its send. */
    TRACE_PIPE_INIT,       /* text: name; number: the bytes that it holds */
    TRACE_PIPE_SEND_BEGIN, /* not one byte fits */
    TRACE_PIPE_SEND,       /* before the first byte is written */
    TRACE_PIPE_SEND_FAILED,
    TRACE_PIPE_WRITE_BEGIN, /* the rest of it does not fit; unfinished: its bytes */
    TRACE_PIPE_WRITE,       /* all of it is written */
    TRACE_PIPE_WRITE_FAILED,
    TRACE_PIPE_RECV_BEGIN,
    TRACE_PIPE_RECV, /* after the last byte is read */
    TRACE_PIPE_RECV_FAILED,
    TRACE_PIPE_CLOSE, /* detail 0: the acting process closed its reading end, 1: its
                         writing end */

    /* depth: items in the pipe; unfinished: items in buffers, not yet in the pipe */
    TRACE_PROCESS_QUEUE_INIT, /* text: name; number: capacity, 0 unbounded */
    TRACE_PROCESS_QUEUE_PUT_BEGIN,
    TRACE_PROCESS_QUEUE_PUT, /* into the buffer; number: the item's id, this step */
    TRACE_PROCESS_QUEUE_PUT_FAILED,
    TRACE_PROCESS_QUEUE_FEED_BEGIN, /* the feeder waits: its buffer is empty. Of the
                                       pipe these three tell nothing */
    TRACE_PROCESS_QUEUE_FEED,
    TRACE_PROCESS_QUEUE_FEED_FAILED,
    TRACE_PROCESS_QUEUE_SEND_BEGIN, /* the pipe is full */
    TRACE_PROCESS_QUEUE_SEND, /* the feeder writes it; number: the id. The order of
                                 these is the queue's */
    TRACE_PROCESS_QUEUE_SEND_FAILED,
    TRACE_PROCESS_QUEUE_GET_BEGIN,
    TRACE_PROCESS_QUEUE_GET, /* number: the id */
    TRACE_PROCESS_QUEUE_GET_FAILED,
    TRACE_PROCESS_QUEUE_LOOK,

    TRACE_LIST_INIT,   /* text: name */
    TRACE_LIST_APPEND, /* depth: its length after it; number: the item's index */
    TRACE_LIST_GET,    /* number: the index; depth: its length */
    TRACE_LIST_SET,    /* number: the index; depth: its length */
    TRACE_LIST_LOOK,   /* depth: its length, which was asked */

    TRACE_SHARED_INIT,  /* a variable without a lock; text: name; number: its value */
    TRACE_SHARED_LOAD,  /* number: the value that was read */
    TRACE_SHARED_STORE, /* number: the value that is about to be written */

    TRACE_POOL_INIT,     /* text: name; number: its workers */
    TRACE_FUTURE_SUBMIT, /* object: the new future; text: its name; number: the pool */
    TRACE_FUTURE_RUN,    /* a worker begins its task */
    TRACE_FUTURE_DONE,   /* detail 1: the task failed; text: why */
    TRACE_FUTURE_RESULT_BEGIN,
    TRACE_FUTURE_RESULT,
    TRACE_FUTURE_RESULT_FAILED,
    TRACE_POOL_NEXT_BEGIN,
    TRACE_POOL_NEXT, /* number: the future that was completed and not yet handed out */
    TRACE_POOL_NEXT_FAILED,
    TRACE_POOL_SHUTDOWN,

    /* A manager's number is that of its server process. */
    TRACE_MANAGER_REQUEST_BEGIN,  /* text: the request, "pids.append('12')" */
    TRACE_MANAGER_REQUEST,        /* its answer has come */
    TRACE_MANAGER_REQUEST_FAILED, /* the server is gone */
    TRACE_MANAGER_SERVE_BEGIN,    /* one of its threads waits for a request */
    TRACE_MANAGER_SERVE,          /* it took one; text: the request */
    TRACE_MANAGER_SERVE_FAILED,   /* its client is gone */
    TRACE_MANAGER_ACCEPT_BEGIN,   /* the server waits for clients */
    TRACE_MANAGER_ACCEPT,         /* one has come */
    TRACE_MANAGER_ACCEPT_FAILED,  /* it was told to end */

    TRACE_LOCK_INIT, /* text: name */
    TRACE_LOCK_ACQUIRE_BEGIN,
    TRACE_LOCK_ACQUIRE,
    TRACE_LOCK_ACQUIRE_FAILED,
    TRACE_LOCK_RELEASE,

    TRACE_CONDITION_INIT,       /* text: name; number: the lock it goes with */
    TRACE_CONDITION_WAIT_BEGIN, /* number: the time limit; the lock is released */
    TRACE_CONDITION_WAIT,       /* notified; the lock is held again */
    TRACE_CONDITION_WAIT_FAILED,
    TRACE_CONDITION_NOTIFY, /* detail: how many waiters it wakes; number: the first of
                               them, or 0 */

    TRACE_EVENT_INIT, /* text: name */
    TRACE_EVENT_SET,
    TRACE_EVENT_CLEAR,
    TRACE_EVENT_LOOK, /* detail 1: it was set */
    TRACE_EVENT_WAIT_BEGIN,
    TRACE_EVENT_WAIT,
    TRACE_EVENT_WAIT_FAILED,

    TRACE_SAY,       /* text: a line, its newline left out */
    TRACE_SAY_PIECE, /* text: a part of a line, as it was written */
    TRACE_TOLD,      /* the kit printed a line on stderr; text: the line */

    TRACE_KINDS /* how many there are */
};

/* Why an operation ended without effect: the detail of a ..._FAILED event. */
enum trace_failure {
    TRACE_BECAUSE_EMPTY = 1,
    TRACE_BECAUSE_FULL,
    TRACE_BECAUSE_TIMEOUT,
    TRACE_BECAUSE_SHUTDOWN,
    TRACE_BECAUSE_HELD,
    TRACE_BECAUSE_CLOSED, /* nobody has the other end open */
    TRACE_BECAUSE_RAISED, /* the task failed */
};

/* A ..._BEGIN event of an operation with a time limit has it in number, in nanoseconds;
   without one, number is TRACE_NO_LIMIT. */
#define TRACE_NO_LIMIT UINT64_MAX

/* A string that did not fit on the disk any more. */
#define TRACE_TEXT_LOST UINT32_MAX

struct trace_event {
    _Atomic uint32_t kind; /* enum trace_kind, stored last */
    uint32_t thread;       /* who: the object number of the acting thread */
    uint64_t time_ns;      /* CLOCK_MONOTONIC since the run's start */
    uint32_t object;       /* on what: numbers from 1, unique in the run; or 0 */
    uint32_t site;         /* string "file:line" of the call, or 0 */
    uint64_t number;       /* an item's id, or nanoseconds: as the kind says */
    uint32_t depth;        /* a queue's items after the event */
    uint32_t unfinished;   /* a queue's tasks not yet reported, after the event */
    uint32_t detail;       /* as the kind says */
    uint32_t text;         /* string, or 0 */
    char label[TRACE_LABEL_SIZE]; /* the item in words, NUL-terminated; or empty */
};

/* One thread's word; a cache line of its own, since its thread writes it twice an
   event. tid is 0 where no thread uses the slot. */
struct trace_word {
    alignas(64) _Atomic uint64_t count; /* odd between claim and commit */
    _Atomic int32_t tid;
};

struct trace_header {
    char magic[8];
    uint32_t version;
    uint32_t event_size;
    uint64_t
        word_offset; /* bytes from the file's start; 0: no words (a finished run) */
    uint64_t string_offset;
    uint64_t string_capacity; /* bytes */
    uint64_t event_offset;
    uint64_t event_capacity;  /* slots that the run may ever fill */
    int64_t start_realtime_s; /* when the run began, seconds since 1970 */
    uint64_t seed;
    uint32_t program; /* strings: "03_task_done_join/lesson", */
    uint32_t options; /* the command line's arguments, */
    uint32_t source_name;
    uint32_t source_text; /* the source as it was when built */

    alignas(64) _Atomic uint64_t next_event;  /* slots claimed so far */
    alignas(64) _Atomic uint64_t next_string; /* bytes claimed so far */
    alignas(64) _Atomic uint64_t event_space; /* slots that have room on the disk */
    _Atomic uint64_t string_space;            /* bytes that have */
    _Atomic uint64_t event_limit;             /* if not 0: later slots do not count */
    _Atomic uint64_t start_ns;                /* CLOCK_MONOTONIC when the run began */
    _Atomic uint32_t next_object;             /* the next object's number */
    _Atomic uint32_t words_used;              /* words that ever had a thread */
    _Atomic uint32_t full;                    /* 1: recording ended for want of room */
    _Atomic uint32_t ended;                   /* 1: the run ended by itself */
    _Atomic int32_t exit_status;              /* valid once ended is 1 */
    _Atomic int32_t killed_by;                /* the signal, where a viewer saw it */
};

_Static_assert(sizeof(struct trace_event) == 64, "an event is one cache line");
_Static_assert(sizeof(struct trace_word) == 64, "a word has a cache line of its own");
_Static_assert(sizeof(struct trace_header) <= TRACE_HEADER_SIZE, "the header fits");

#endif

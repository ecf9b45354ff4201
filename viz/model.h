/*
 * model.h - what is so after a step: the state of each thread, queue, lock, pipe, …
 *
 * A fold over the events: model_apply takes it one step further and looks at nothing
 * but that event, so the model after step N is the same however N was reached. The
 * model keeps no text and no times that the trace has; it points into the trace by
 * step.
 *
 * A process has one number with its main thread. What lies in a process's own memory -
 * queues, locks, conditions, event flags, lists, variables - is copied by a fork: the
 * child gets a copy with the same number, which from then on goes its own way. Pipes,
 * process queues and futures are there once.
 */
#ifndef MODEL_H
#define MODEL_H

#include "reader.h"
#include "ring.h"
#include "vocabulary.h"

enum state {
    STATE_NONE, /* not started */
    STATE_RUN,
    STATE_SLEEP,
    STATE_WAIT,
    STATE_TIMED, /* waits with a time limit */
    STATE_LOCK,
    STATE_HELD,
    STATE_ENDED,
    STATE_KILLED,
    STATES
};

/* "RSWTLHEX", and a word for each. */
char state_letter(enum state state);
const char *state_word(enum state state);

struct model_thread {
    uint32_t object;  /* its number */
    uint32_t process; /* the number of its process; 0: its start was lost */
    enum state state;
    uint64_t since_step; /* the step that put it in this state */
    uint64_t since_ns;   /* the model's time at that step */
    uint64_t waited_ns;  /* in all its waits that are over */
    uint64_t last_step;  /* its latest event */
    uint64_t item;       /* the step of the item or request it works on; 0: none */
    uint32_t item_queue;
    uint32_t task;       /* the future that it runs; 0: none */
    uint32_t task_queue; /* which brought it to a pool's process; 0: none */
    uint32_t site;       /* string of its latest call site */
    uint32_t condition;  /* that it waits for; 0: none */
    bool is_notified;    /* while it waits for that: it was woken */
};

/* How far a task has come. */
enum progress { TASK_WAITS, TASK_RUNS, TASK_DONE, TASK_FAILED, TASK_STATES };

struct model_object {
    enum object_type type; /* OBJECT_NONE: never heard of; a process is a thread */
    uint32_t number;
    uint32_t process;     /* whose copy it is; 0: not known */
    uint32_t next_copy;   /* 1 + index into model->copies; 0: no more */
    uint64_t init_step;   /* whose text is its name */
    uint64_t change_step; /* the latest step that was about it */
    uint64_t moved_step;  /* the latest step that put, moved or took an item of it */
    bool is_used;         /* something was done with it since it was made or copied */
    bool unsure;          /* a step was lost since it was last seen whole */

    unsigned thread; /* OBJECT_THREAD: index into model->threads */
    uint32_t served; /* OBJECT_THREAD, of a manager: requests that it took */

    /* Queues: the steps that put the items. Pipes: the steps that sent the messages.
       Process queues: as queues, of what was sent. Lists: the steps that wrote each
       item. A step that is not known is 0. */
    struct ring items;
    struct ring buffered; /* OBJECT_PROCESS_QUEUE: what is put and not sent */
    struct ring sizes;    /* OBJECT_PIPE: bytes of each message; 0: not known */
    uint64_t capacity;    /* of queues and process queues in items, pipes in bytes */
    uint32_t unfinished;  /* OBJECT_QUEUE */
    bool uses_tasks;      /* OBJECT_QUEUE: task_done or join was ever called */
    bool is_shutdown;     /* OBJECT_QUEUE, OBJECT_POOL */
    uint32_t bytes;       /* OBJECT_PIPE: on their way */
    uint64_t taken_step;  /* OBJECT_PIPE: when there last came to be more space */
    uint32_t holder;      /* OBJECT_LOCK: who holds it, OBJECT_PIPE: who has written
                             half a message, OBJECT_FUTURE: who runs it; 0: nobody */
    uint64_t holder_step; /* OBJECT_LOCK: since when */
    bool is_set;          /* OBJECT_EVENT; OBJECT_FUTURE: it was handed out */
    uint64_t value;       /* OBJECT_SHARED */
    uint32_t pool;        /* OBJECT_FUTURE */
    enum progress task;   /* OBJECT_FUTURE */
    uint32_t tasks[TASK_STATES]; /* OBJECT_POOL: how many of its futures are so */
    uint32_t handed_out;         /* OBJECT_POOL: of those that are done */
};

struct model_block;

struct model {
    uint64_t step;    /* folded so far */
    uint64_t gaps;    /* torn steps among them */
    uint64_t time_ns; /* of the latest step */
    bool over;        /* the run has ended, or is known to be dead */
    bool deadlocked;
    struct model_thread *threads; /* in the order of their start */
    unsigned thread_count;
    unsigned process_count;      /* that were started, the first one included */
    struct model_block **blocks; /* of objects, by number: see model_object */
    size_t block_room;
    uint32_t object_count; /* the numbers of all objects are below; 0 is unused */
    uint32_t *lasting;     /* the numbers of all but futures, in order */
    uint32_t lasting_count;
    size_t lasting_room;
    struct model_object *copies; /* that forked processes have of them */
    uint32_t copy_count;
    size_t copy_room;
    uint64_t copied_items; /* in all of them, when they were made */
};

/* All zero is the model before the first step. */
void model_free(struct model *model);

/* Makes to the same as from; to is freed first. */
void model_copy(struct model *to, const struct model *from);

/* The memory that it takes, about; what it shares with several others left out. */
size_t model_bytes(const struct model *model);

/* Folds the next step in. */
void model_apply(struct model *model, const struct reader *reader);

/* Goes to that step (at most reader->steps), from the start if it lies behind. */
void model_seek(struct model *model, const struct reader *reader, uint64_t step);

/* The writer is dead and said nothing: who has not ended was killed. */
void model_kill(struct model *model);

/* Whether a thread in that state waits: for anything but the end of a nap. */
bool model_waits(enum state state);

/* How long the thread has waited until then, all waits together. */
uint64_t model_waited(const struct model *model, unsigned thread, uint64_t now_ns);

/* Whether what the thread waits for is there, so that it was woken, or will be: an item
   for it, space, a free lock. It still has to run to take it. */
bool model_can_go(const struct model *model, const struct reader *reader,
                  unsigned thread);

/* Whether a thread waits for the object. */
bool model_is_awaited(const struct model *model, const struct reader *reader,
                      const struct model_object *object);

/* The steps that made the requests which a manager has not answered, in their order.
   The caller frees it. */
struct ring model_requests(const struct model *model, const struct reader *reader,
                           uint32_t manager);

/* The object of that number, as its maker has it, or as that process has it; one of
   type OBJECT_NONE where there is none. */
const struct model_object *model_object(const struct model *model, uint32_t number);
const struct model_object *model_object_of(const struct model *model, uint32_t number,
                                           uint32_t process);

/* Goes through all objects but futures, of which there may be very many; each is
   followed by its copies: the one after it, the first one after NULL, NULL after the
   last. */
const struct model_object *model_next(const struct model *model,
                                      const struct model_object *object);

/* The number of the thread's process; 0 where it is not known. */
uint32_t model_process_of(const struct model *model, uint32_t thread);

/* The name of an object, and the label of the item that a step put. */
struct text model_name(const struct model *model, const struct reader *reader,
                       uint32_t number);
struct text model_item_label(const struct reader *reader, uint64_t put_step);

/* Index of the thread with that object number, or -1. */
int model_thread_of(const struct model *model, uint32_t object);

#endif

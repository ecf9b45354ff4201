/*
 * model.h - what is so after a step: the state of each thread, queue, lock and event.
 *
 * A fold over the events: model_apply takes it one step further and looks at nothing
 * but that event, so the model after step N is the same however N was reached. The
 * model keeps no text and no times that the trace has; it points into the trace by
 * step.
 */
#ifndef MODEL_H
#define MODEL_H

#include "reader.h"
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
    uint32_t object; /* index into model->objects */
    enum state state;
    uint64_t since_step; /* the step that put it in this state */
    uint64_t last_step;  /* its latest event */
    uint64_t item;       /* the step that put the item it works on; 0: none */
    uint32_t item_queue;
    uint32_t site; /* string of its latest call site */
};

struct model_object {
    enum object_type type; /* OBJECT_NONE: never heard of */
    uint64_t init_step;    /* whose text is its name */
    unsigned thread;       /* OBJECT_THREAD: index into model->threads */
    bool uses_tasks;       /* OBJECT_QUEUE: task_done or join was ever called */
    bool is_shutdown;      /* OBJECT_QUEUE */
    bool is_set;           /* OBJECT_EVENT */
    bool unsure;           /* a step was lost since it was last seen whole */
    uint64_t capacity;     /* OBJECT_QUEUE */
    uint32_t unfinished;   /* OBJECT_QUEUE */
    uint32_t holder;       /* OBJECT_LOCK: object of the holder; 0: free */
    uint64_t holder_step;  /* OBJECT_LOCK: since when */
    uint64_t *items;       /* OBJECT_QUEUE: ring of the steps that put them */
    uint32_t first, count, room;
};

struct model {
    uint64_t step;    /* folded so far */
    uint64_t gaps;    /* torn steps among them */
    uint64_t time_ns; /* of the latest step */
    bool over;        /* the run has ended, or is known to be dead */
    bool deadlocked;
    struct model_thread *threads; /* in the order of their start */
    unsigned thread_count;
    struct model_object *objects; /* by object number; 0 is unused */
    uint32_t object_count;
};

/* All zero is the model before the first step. */
void model_free(struct model *model);

/* Makes to the same as from; to is freed first. */
void model_copy(struct model *to, const struct model *from);

/* Folds the next step in. */
void model_apply(struct model *model, const struct reader *reader);

/* Goes to that step (at most reader->steps), from the start if it lies behind. */
void model_seek(struct model *model, const struct reader *reader, uint64_t step);

/* The writer is dead and said nothing: who has not ended was killed. */
void model_kill(struct model *model);

/* Whether what the thread waits for is there, so that it was woken, or will be: an item
   for it, space, a free lock. It still has to run to take it. */
bool model_can_go(const struct model *model, const struct reader *reader,
                  unsigned thread);

/* The object of that number; one of type OBJECT_NONE where there is none. */
const struct model_object *model_object(const struct model *model, uint32_t number);

/* The i-th item of a queue, from the next one out: the step that put it, or 0 where
   that is not known. */
uint64_t model_item(const struct model_object *queue, uint32_t i);

/* The name of an object, and the label of the item that a step put. */
struct text model_name(const struct model *model, const struct reader *reader,
                       uint32_t number);
struct text model_item_label(const struct reader *reader, uint64_t put_step);

/* Index of the thread with that object number, or -1. */
int model_thread_of(const struct model *model, uint32_t object);

#endif

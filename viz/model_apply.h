/*
 * model_apply.h - the parts of the fold: what one event changes of its object.
 *
 * Private to model_*.c.
 */
#ifndef MODEL_APPLY_H
#define MODEL_APPLY_H

#include "model.h"

/* One event, and what it is about. The pointers are valid while it is applied. */
struct change_of_model {
    struct model *model;
    const struct trace_event *event;
    enum trace_kind kind;
    struct model_thread *thread; /* who acts */
    struct model_object *object; /* on what, as the process of that thread has it */
    bool unsure;                 /* steps were lost since it was last seen whole */
};

/* What an event changes of an object of its type. */
void apply_to_queue(const struct change_of_model *change);
void apply_to_lock(const struct change_of_model *change);
void apply_to_condition(const struct change_of_model *change);
void apply_to_event_flag(const struct change_of_model *change);
void apply_to_list(const struct change_of_model *change);
void apply_to_shared(const struct change_of_model *change);
void apply_to_pool(const struct change_of_model *change);
void apply_to_future(const struct change_of_model *change);
void apply_to_pipe(const struct change_of_model *change);
void apply_to_process_queue(const struct change_of_model *change);
void apply_to_manager(const struct change_of_model *change);

/* After a lost step the count that the event tells is right and ours may not be: the
   items are then unknown. Without one, a difference is a finding of the checks. */
void model_fit(const struct change_of_model *change, struct ring *items,
               uint32_t count);

/* The object, made known to that process if it was not; NULL for a number that cannot
   be, or that is of another type. It stays where it is until the next call. */
struct model_object *model_touch(struct model *model, uint32_t number, uint32_t process,
                                 enum object_type type);

/* The object of that number, in memory that is the model's own, so that it may be
   changed. It stays where it is until the model is copied. */
struct model_object *model_own(struct model *model, uint32_t number);

/* The parts of model_free, model_copy and model_bytes that are about the objects. */
void model_free_blocks(struct model *model);
void model_share_blocks(struct model *to, const struct model *from);
size_t model_blocks_bytes(const struct model *model);
void model_free_rings(struct model_object *object);
void model_copy_rings(struct model_object *to, const struct model_object *from);
size_t model_object_bytes(const struct model_object *object);

/* The object that a process has of that number and type, or NULL. */
struct model_object *model_find(struct model *model, uint32_t number, uint32_t process,
                                enum object_type type);

/* The memory of a forked process is a copy of its parent's. forker is the thread that
   forks: what it holds, the child's main thread holds. */
void model_fork(struct model *model, uint32_t forker, uint32_t parent, uint32_t child);

/* Every copy of the object is unsure: nobody knows which of them was changed. */
void model_doubt(struct model *model, uint32_t number);

#endif

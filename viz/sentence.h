/*
 * sentence.h - a step, or a thread's wait, in words that a student understands.
 */
#ifndef SENTENCE_H
#define SENTENCE_H

#include "model.h"

/* Adds the sentence of the model's latest step: "worker-1 took 'e' from tasks; 3 left".
 */
void sentence_of_step(struct text_buffer *buffer, const struct model *model,
                      const struct reader *reader);

/* Adds what a thread is about: "W for an item on tasks", "S works on 'k', 0.61 s to
   go". now_ns is the moment that is shown. */
void sentence_of_thread(struct text_buffer *buffer, const struct model *model,
                        const struct reader *reader, unsigned thread, uint64_t now_ns);

/* The same in fewer words, for a row that has no room for more. */
void sentence_of_thread_brief(struct text_buffer *buffer, const struct model *model,
                              const struct reader *reader, unsigned thread,
                              uint64_t now_ns);

/* Whether there is anything to say of the object; quicker than saying it. */
bool sentence_has_object(const struct model *model, const struct reader *reader,
                         const struct model_object *object);

/* Adds what is so of an object: "2 queued, no limit"; nothing for threads that are no
   manager, tasks and conditions, which other rows tell of. */
void sentence_of_object(struct text_buffer *buffer, const struct model *model,
                        const struct reader *reader, const struct model_object *object);

/* Adds the name of a thread or an object, and where that name alone would not do, the
   process: "feeder (child)". An object is that of the process. */
void sentence_add_name(struct text_buffer *buffer, const struct model *model,
                       const struct reader *reader, uint32_t number, uint32_t process);

/* Adds only what follows that name: nothing, or " (child)". */
void sentence_add_whose(struct text_buffer *buffer, const struct model *model,
                        const struct reader *reader, uint32_t number, uint32_t process);

/* Adds who holds the lock. A thread that a fork did not copy holds it in the child for
   ever: "worker-0 of main". */
void sentence_add_holder(struct text_buffer *buffer, const struct model *model,
                         const struct reader *reader, const struct model_object *lock);

/* Adds what that step waits for, as its thread's row says it: "for an item on tasks".
 */
void sentence_of_wait(struct text_buffer *buffer, const struct model *model,
                      const struct reader *reader, uint64_t step);
void sentence_of_wait_brief(struct text_buffer *buffer, const struct model *model,
                            const struct reader *reader, uint64_t step);

#endif

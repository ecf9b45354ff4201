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

#endif

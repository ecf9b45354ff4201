/*
 * details_parts.h - what the pages of details.h share.
 */
#ifndef DETAILS_PARTS_H
#define DETAILS_PARTS_H

#include "details.h"

enum { DETAILS_WORDS = 512 };

/* Each fills one page. */
void details_of_thread(struct page *page, const struct inquiry *inquiry,
                       struct link link);
void details_of_object(struct page *page, const struct inquiry *inquiry,
                       struct link link);
void details_of_item(struct page *page, const struct inquiry *inquiry,
                     struct link link);
void details_of_event(struct page *page, const struct inquiry *inquiry,
                      struct link link);
void details_of_freeing(struct page *page, const struct inquiry *inquiry,
                        struct link link);
void details_of_findings(struct page *page, const struct inquiry *inquiry,
                         struct link link);
void details_of_freed(struct page *page, const struct inquiry *inquiry,
                      struct link link);

/* Steps in either direction that a page looks at, at most, when it is opened. */
enum { DETAILS_MOST_STEPS = 500000 };

const struct model *inquiry_model(const struct inquiry *inquiry);
const struct reader *inquiry_reader(const struct inquiry *inquiry);

/* Whether the stats are up to the step shown. */
bool inquiry_is_counted(const struct inquiry *inquiry);

/* Adds the name of a thread by its number; "nobody" for 0. */
void details_add_thread(struct text_buffer *buffer, const struct inquiry *inquiry,
                        uint32_t number);

/* Adds "main at step 12, lesson.c:109". */
void details_add_origin(struct text_buffer *buffer, const struct inquiry *inquiry,
                        uint64_t step);

/* Adds ", lesson.c:109", or nothing where the step has no source line. */
void details_add_line(struct text_buffer *buffer, const struct inquiry *inquiry,
                      uint64_t step);

/* Adds an item's label in quotes. */
void details_add_item(struct text_buffer *buffer, const struct inquiry *inquiry,
                      uint64_t put_step);

/* Adds what a wait that began at that step was for, without what was so then: "for lock
   'door'", "for an item on tasks". */
void details_add_wait(struct text_buffer *buffer, const struct inquiry *inquiry,
                      uint64_t step);

/* Whether the thread waits for something, and the object it waits for. */
bool details_is_waiting(const struct model_thread *thread);
const struct model_object *details_waits_for(const struct inquiry *inquiry,
                                             const struct model_thread *thread);

/* The step at which the holder of a lock took it; 0 where that is not known. */
uint64_t details_taken_step(const struct inquiry *inquiry,
                            const struct model_object *lock);

/* Adds a line "worker-1: W waits for an item on tasks", which leads to the thread; with
   words before and after the name. */
void details_add_state(struct page *page, const struct inquiry *inquiry,
                       unsigned thread, const char *before, const char *after);

#endif

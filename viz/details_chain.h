/*
 * details_chain.h - what frees a thread, and what frees those that it waits for: the
 * parts of details_freeing.c and details_needs.c.
 */
#ifndef DETAILS_CHAIN_H
#define DETAILS_CHAIN_H

#include "details_parts.h"

enum { DEEPEST = 8 };

struct chain;

/* What must happen for a wait to be over. */
struct need {
    enum trace_kind begun;
    const char *words;       /* %s: the object */
    enum trace_kind acts[3]; /* who did one of these may do it again */
    const char *actors;      /* "has put on it" */
    /* Tells more, of what is known exactly; false where that is not all that can be
       told, so that the actors are told as well. */
    bool (*more)(struct chain *chain, const struct model_object *object);
};

/* The threads from the first one on, each waits for something of the next one. */
struct chain {
    struct page *page;
    const struct inquiry *inquiry;
    unsigned threads[DEEPEST];
    bool could[DEEPEST]; /* that one waits for the next one, or for others as well */
    int length;
    bool *told; /* by index: what frees that thread was told */
    struct {
        const struct need *need;
        const struct model_object *object;
    } needs[DEEPEST]; /* of which it was told who could */
    int need_count;
};

/* The need of a wait that began with such an event; NULL where it is not known. */
const struct need *need_of(enum trace_kind begun);

/* Adds a line at the chain's depth. */
void chain_say(const struct chain *chain, struct link link, const char *words);

/* Whether anybody did already what the chain's last thread waits for. */
bool chain_has_actors(const struct chain *chain, const struct model_object *object);

/* Adds what that thread is about, after what it owes; and what frees it, where it waits
   itself. chain_follow_number takes its object number. */
void chain_follow(struct chain *chain, unsigned thread, const char *owes);
void chain_follow_number(struct chain *chain, uint32_t number, const char *owes);

/* The same without what frees it. */
void chain_show(const struct chain *chain, unsigned thread, const char *owes);

/* details_owed.c: the tasks of a queue that were taken and not reported. */
bool free_tasks(struct chain *chain, const struct model_object *queue);

/* details_ends.c: who has the other end of a pipe, for who receives and for who sends;
   and for who feeds a queue between processes from which nobody has taken. */
bool free_receiver(struct chain *chain, const struct model_object *pipe);
bool free_sender(struct chain *chain, const struct model_object *pipe);
bool free_feeder(struct chain *chain, const struct model_object *queue);

#endif

/*
 * filter.h - which steps are to be seen: a few words, all of which must fit.
 *
 *     took tasks         its sentence has both words
 *     thread:worker-1    that thread did it; a thread's letter alone means the same
 *     object:tasks       it is about that queue, lock, pipe, …
 *     event:queue_get    its event's name, or a part of it: event:get
 *     waits              a thread begins to wait
 *
 * Capital letters make no difference.
 */
#ifndef FILTER_H
#define FILTER_H

#include "model.h"

enum { FILTER_TERMS = 8, FILTER_WORD = 48 };

enum filter_what {
    FILTER_TEXT,
    FILTER_THREAD,
    FILTER_LETTER, /* the thread of that index */
    FILTER_OBJECT,
    FILTER_EVENT,
    FILTER_WAITS
};

struct filter_term {
    enum filter_what what;
    unsigned thread;
    char word[FILTER_WORD]; /* in small letters */
};

/* All zero lets every step through. */
struct filter {
    struct filter_term terms[FILTER_TERMS];
    unsigned count;
};

/* Reads the words; letters[i] is the letter of thread i, for that many threads. False:
   why[] says what is wrong, and the filter is as it was. */
bool filter_parse(struct filter *filter, const char *words, const char *letters,
                  unsigned letter_count, char *why, size_t size);

/* Adds a text that the sentence must have, blanks and all; false if there is no room.
 */
bool filter_add_text(struct filter *filter, const char *text);

/* Whether the model's latest step is to be seen. */
bool filter_matches(const struct filter *filter, const struct model *model,
                    const struct reader *reader);

/* Whether events of a kind are asked for by name, also those too short to see. */
bool filter_names_events(const struct filter *filter);

#endif

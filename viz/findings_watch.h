/*
 * findings_watch.h - the parts of the search for findings.
 *
 * Each part watches the steps go by, gathers what it needs, and adds a finding when it
 * sees one; some can tell only at the end. A part is a row in the table of findings.c.
 *
 * Private to findings*.c.
 */
#ifndef FINDINGS_WATCH_H
#define FINDINGS_WATCH_H

#include "findings.h"

struct findings_watch {
    struct findings *findings;
    const struct reader *reader;
    struct model model; /* before the step; after the last one when the end is told */
    uint64_t step;
    const struct trace_event *event;
    enum trace_kind kind;
    uint32_t process;  /* of the acting thread; 0: not known */
    uint64_t last_gap; /* the latest lost step, or 0 */
    bool has_changed;  /* a finding got "and 3 more", and its sentence has not */
    bool is_whole;     /* at the end: the run ended by itself, and all was recorded */

    /* What the parts gather; NULL until they have something. */
    struct queues_seen *queues;
    struct tasks_seen *tasks;
    struct results_seen *results;
    struct waits_seen *waits;
    struct polling_seen *polling;
    struct conditions_seen *conditions;
    struct output_seen *output;
    struct printers_seen *printers;
    struct starts_seen *starts;
    struct looks_seen *looks;
    struct updates_seen *updates;
    struct copies_seen *copies;
    struct races_seen *races;
};

/* What a sentence is about; see the templates in findings_table.c. */
struct finding_words {
    const char *template; /* NULL: the kind's own */
    uint32_t other;       /* a thread */
    uint64_t first, second;
    uint64_t count, of;
    uint64_t duration;
    struct text text;
};

/* Adds the finding with its sentence; but of one kind and object only the first few,
   the others are counted. Kind, step, thread and object must be set; severity too where
   it is not the kind's own; from and to are the step where they are 0. */
void finding_add(struct findings_watch *watch, struct finding finding,
                 struct finding_words words);

/* The sentences of findings that have more like them say how many. */
void finding_tell_more(struct findings *findings);

/* The sentence of a kind, with its placeholders. */
const char *finding_template(enum finding_kind kind);

#endif

/*
 * findings.h - what is worth looking at in a run: what went wrong, and where it began.
 *
 * A finding is no broken invariant (those are mistakes of the kit or of the recording)
 * but something that the program did: a deadlock, an item that nobody took, a line torn
 * between two writers. Each has a plain sentence, the steps that it is about, and the
 * one to jump to, where it went wrong.
 *
 * Nothing is found across a gap: what a lost step could explain is not told.
 */
#ifndef FINDINGS_H
#define FINDINGS_H

#include "model.h"

/* Those that explain more stand first: see findings_main. */
enum finding_kind {
    FINDING_NOT_REPORTED,       /* a task that was taken and never reported done */
    FINDING_STALE_LOOK,         /* what was looked at has changed before the act */
    FINDING_NO_SECOND_LOOK,     /* woken, and what was waited for not looked at again */
    FINDING_NEVER_NOTIFIED,     /* a condition with waiters that nobody ever told */
    FINDING_WOKEN_IN_VAIN,      /* told, and waits again with nothing done */
    FINDING_POLLING,            /* since some step nothing but asking again */
    FINDING_LOST_UPDATE,        /* read, changed by another, written all the same */
    FINDING_DATA_RACE,          /* two accesses, and nothing orders them */
    FINDING_MISUSE,             /* the kit was misused, and the run ended */
    FINDING_KILLED,             /* a process was ended by a signal, or without a word */
    FINDING_DEADLOCK,           /* nobody can go on */
    FINDING_UNREAD_RESULT,      /* a task's result that nobody asked for */
    FINDING_UNDELIVERED,        /* a message to an end that nobody has open */
    FINDING_OWN_COPY,           /* a process changed its copy, which no other sees */
    FINDING_ITEMS_LEFT,         /* in a queue or pipe, at the end */
    FINDING_WRONG_OUTCOME,      /* the program's own verdict */
    FINDING_TORN_LINE,          /* of output, by two writers */
    FINDING_OVERTAKEN,          /* lines that wait for a printer, by another's */
    FINDING_ONE_AT_A_TIME,      /* threads, each started when the last had ended */
    FINDING_LOCK_HELD_SLEEPING, /* and another one waited for it */
    FINDING_IDLE_WAKEUPS,       /* waits that ended with nothing to do */
    FINDING_ALWAYS_FULL,        /* a queue: who puts had to wait */
    FINDING_ALWAYS_EMPTY,       /* a queue: who takes had to wait */
    FINDING_WAITED,             /* a thread waited most of its life */
    FINDINGS                    /* how many kinds there are */
};

enum finding_severity {
    FINDING_ERROR,   /* the result is wrong, or there is none */
    FINDING_WARNING, /* it may go wrong, or has done some harm */
    FINDING_REMARK,  /* worth knowing; often as it should be */
    FINDING_SEVERITIES
};

struct finding {
    enum finding_kind kind;
    enum finding_severity severity; /* the kind's own, unless this one is less bad */
    uint64_t step;                  /* where to jump: where it went wrong */
    uint64_t from, to;              /* the steps that it is about */
    uint32_t thread;                /* its number; 0: no one thread */
    uint32_t object;                /* its number; 0: none */
    uint64_t more;                  /* how many like it are not in the list */
    uint64_t *more_known;           /* from which step on each of those is known */
    size_t more_room;
    char sentence[320]; /* names are as they are in the trace: not yet made safe */
    uint32_t length;    /* of it without its "and 3 more like it": private */
};

struct findings_watch;

/* All zero is the start. */
struct findings {
    struct finding *list; /* by step; it moves when there are more */
    size_t count, room;
    uint64_t steps;               /* looked at so far */
    bool complete;                /* the run is over, and all of it was looked at */
    struct findings_watch *watch; /* what is gathered on the way: private */
};

/* Looks at no more than that many further steps; true while there is more to look at.
   Once the run is over and every step was seen, it adds what only the end can tell. */
bool findings_extend(struct findings *findings, const struct reader *reader,
                     uint64_t most);

void findings_free(struct findings *findings);

/* The one that best explains how the run went, or NULL: the first of the kind that
   explains most. A remark only where there is nothing else. */
const struct finding *findings_main(const struct findings *findings);

/* The step at which all that it is about has happened. */
uint64_t finding_known_from(const struct finding *finding);

/* Adds its sentence as it is at that step: only those like it that are known by then
   are counted. */
void finding_add_sentence(struct text_buffer *buffer, const struct finding *finding,
                          uint64_t step);

/* "deadlock", "torn line", …; and a sentence that teaches: why it matters, and what to
   look at. */
const char *finding_name(enum finding_kind kind);
const char *finding_why(enum finding_kind kind);

/* How bad that kind is; a finding may be less so, and has its own. */
enum finding_severity finding_severity(enum finding_kind kind);

/* "error", "warning", "remark" */
const char *finding_severity_name(enum finding_severity severity);

#endif

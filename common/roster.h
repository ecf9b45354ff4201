/*
 * roster.h - who takes part in the run, and who of them can go on.
 *
 * One record a thread, in memory that the processes of a run share. Two counts:
 *
 *   able   threads that will go on without any other's help: all but those that are
 *          blocked without a deadline. When it reaches 0 nobody can go on, and since
 *          only an able thread can make another able, it stays 0: a deadlock, for sure.
 *   busy   threads that want a processor now: all but those that are blocked or nap.
 *          A waiter spins only while there is a processor for each of them.
 *
 * A thread is counted from before it is created, and a sleeper from before it is woken.
 */
#ifndef ROSTER_H
#define ROSTER_H

#include "step.h"

#include <stdbool.h>

enum { ROSTER_THREADS = 4096, ROSTER_NAME = 32, ROSTER_SITE = 96, ROSTER_DEBTS = 8 };

/* Items of one queue that a thread took and has not reported with task_done. */
struct roster_debt {
    uint32_t queue; /* object number; 0: free */
    int balance;
    const char *site; /* where it took the last one */
};

/* Why a thread waits. */
struct wait_reason {
    const char *name; /* the object's */
    /* Where the record of the one thread that can end the wait stands: a lock's holder,
       a thread to be joined. NULL where anybody can. */
    _Atomic(struct roster_thread *) *holder;
    const char *const *held_at; /* where the holder's "file:line" stands, or NULL */
    const unsigned *left;       /* how many tasks a queue's join waits for, or NULL */
};

enum roster_state { ROSTER_FREE, ROSTER_ALIVE, ROSTER_ENDED };

struct roster_thread {
    /* monitor.c's: how the thread sleeps and is woken */
    _Alignas(64) _Atomic uint32_t wake;
    bool popped;             /* off its wait list; guarded by the monitor it waits in */
    bool timed;              /* it waits with a deadline */
    unsigned looked_in_vain; /* waits in a row in which spinning did not help */
    struct roster_thread *next;

    /* set when the record is taken */
    uint32_t number; /* object number */
    char name[ROSTER_NAME];
    _Atomic int state; /* enum roster_state */

    /* what it waits for; written by the thread inside the monitor that it waits in */
    bool waiting;
    struct step step;
    struct wait_reason reason;
    /* non-NULL while it waits without deadline for a holder; deadlock.c's lock guards
     * it */
    _Atomic(struct roster_thread *) *holder;

    struct roster_debt debts[ROSTER_DEBTS]; /* the thread's own */
    unsigned locks;                         /* how many it holds */
};

/* Threads that ended with debts and were joined: the latest of them are remembered. */
enum { ROSTER_ENDED_DEBTORS = 64 };
struct roster_debtor {
    char name[ROSTER_NAME];
    struct roster_debt debt;
};

/* The calling thread's record. A thread that the kit did not start gets one here. */
struct roster_thread *roster_self(void);

/* A record for a thread that is about to be created; counts as able and busy. The
   thread adopts it. Ends the program where there is none left. */
struct roster_thread *roster_add(const char *name, uint32_t number);
void roster_adopt(struct roster_thread *record);

/* The calling thread ends; true if nobody is able to go on. The record stays until
   somebody frees it, since others may still ask for its debts. */
bool roster_leave(void);
void roster_free(struct roster_thread *record);

/* The i-th of the remembered debtors, or NULL. */
const struct roster_debtor *roster_debtor_at(unsigned i);

/* The i-th record in use from 0, dead or alive; NULL after the last. */
struct roster_thread *roster_at(unsigned i);

/* The calling thread is about to sleep, or is again awake. roster_sleeps returns true
   if nobody is able to go on. roster_wakes may be called for another thread. */
bool roster_sleeps(bool timed);
void roster_wakes(bool timed);

/* Whether more threads want a processor than there are processors. */
bool roster_crowded(void);

/* Whether there is but one, so that looking while another thread acts is in vain. */
bool roster_has_one_processor(void);

/* The calling thread took an item of that queue, or reported one. */
void roster_took(uint32_t queue, const char *site);
void roster_reported(uint32_t queue);

#endif

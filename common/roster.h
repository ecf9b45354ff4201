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
 *
 * A process may be killed between two steps of its counting, so once one has died the
 * count may be too high. From then on the records themselves are asked.
 */
#ifndef ROSTER_H
#define ROSTER_H

#include "step.h"

#include <stdbool.h>
#include <sys/types.h>

enum {
    ROSTER_THREADS = 4096,  /* alive at once, in all processes */
    ROSTER_PROCESSES = 256, /* alive at once */
    ROSTER_NOWHERE = 256,   /* no process's place */
    ROSTER_NAME = 32,
    ROSTER_DEBTS = 8
};

struct monitor;
struct wait_list;

/* How a waiting thread stands to being woken; see monitor.c. */
enum roster_wake { ROSTER_WAITING, ROSTER_ASLEEP, ROSTER_WAKING, ROSTER_WOKEN };

/* Which processes have something open, a bit for each by its place on the roster. */
struct roster_set {
    _Atomic uint64_t bits[ROSTER_PROCESSES / 64];
};

/* Items of one queue that a thread took and has not reported with task_done. */
struct roster_debt {
    uint32_t queue; /* object number; 0: free */
    int balance;
    const char *site; /* where it took the last one */
};

/* Who took a lock, in words of its own: a copy of a lock, made by a fork, outlives its
   holder's record. */
struct roster_holder {
    char name[ROSTER_NAME];
    char process[ROSTER_NAME];
    const char *site; /* a literal */
};

/* Why a thread waits. */
struct wait_reason {
    const char *name; /* the object's */
    /* Where the record of the one thread that can end the wait stands: a lock's holder,
       a thread to be joined. NULL where anybody can. */
    _Atomic(struct roster_thread *) *holder;
    const struct roster_holder *held_by; /* a lock's; or NULL */
    const unsigned *left; /* how many tasks a queue's join waits for, or NULL */
    /* In shared memory: the processes that could end the wait, and the words for it. */
    const struct roster_set *open;
    const char *open_for; /* "writing" */
    bool idle;            /* it waits for work: no part of a deadlock's report */
};

/* The reason as other processes can read it: nothing in it points into one process's
   own memory but literals, which stand at one address in all of them. */
struct wait_told {
    char name[ROSTER_NAME];
    struct roster_holder held_by; /* site NULL: nobody in particular */
    unsigned left;
    bool has_left;
    bool idle;
    const struct roster_set *open;
    const char *open_for; /* a literal */
};

/* TAKEN: about to be filled in, and nobody else's business yet. */
enum roster_state { ROSTER_FREE, ROSTER_TAKEN, ROSTER_ALIVE, ROSTER_ENDED };

struct roster_thread {
    /* monitor.c's: how the thread sleeps and is woken */
    _Alignas(64) _Atomic uint32_t wake;
    atomic_bool able;        /* it is in the count of able threads */
    bool popped;             /* off its wait list; guarded by the monitor it waits in */
    uint32_t popper;         /* the mark of the process that took it off */
    atomic_bool timed;       /* it waits with a deadline */
    _Atomic unsigned turns;  /* how often it went to sleep or ended; it only grows */
    unsigned looked_in_vain; /* waits in a row in which spinning did not help */
    struct roster_thread *next;
    /* the monitor that it waits in, set inside it, and the list: for those who mend
       them after a kill, and look from outside first */
    _Atomic(struct monitor *) in;
    struct wait_list *list;

    /* set when the record is taken */
    uint32_t number;          /* object number */
    _Atomic unsigned process; /* place of its process; ROSTER_NOWHERE while free */
    pid_t tid;                /* as the kernel numbers it; set when it is adopted */
    char name[ROSTER_NAME];
    _Atomic int state; /* enum roster_state */

    /* what it waits for; written by the thread inside the monitor that it waits in */
    bool waiting;
    struct step step;
    struct wait_told told;
    /* non-NULL while it waits without deadline for a holder; deadlock.c's lock guards
     * it, and whoever frees the record or wakes the thread looks at it too */
    _Atomic(struct roster_thread *) *_Atomic holder;

    struct roster_debt debts[ROSTER_DEBTS]; /* the thread's own */
    unsigned locks;                         /* how many it holds */
};

/* One process. */
struct roster_process {
    _Atomic int state; /* enum roster_state */
    uint32_t number;   /* object number, which is its main thread's */
    _Atomic pid_t pid; /* 0: not known yet */
    char name[ROSTER_NAME];
    atomic_bool said_goodbye; /* it ended by itself, and recorded that */
};

/* The calling thread as the holder of what it took at that place in the source. */
void roster_name_holder(struct roster_holder *holder, const char *site);

/* Threads that ended with debts and were joined: the latest of them are remembered. */
enum { ROSTER_ENDED_DEBTORS = 64 };
struct roster_debtor {
    char name[ROSTER_NAME];
    unsigned process;
    struct roster_debt debt;
};

/* What whoever woke that thread last has written into its record is seen from now on.
   Between two threads of one process the monitors see to that, but not where the thread
   belongs to another process, and each of the two knows it by another monitor. */
static inline void roster_see(struct roster_thread *record)
{
    /* acquire: pairs with the release with which it was woken */
    (void)atomic_load_explicit(&record->wake, memory_order_acquire);
}

/* The calling thread's record. A thread that the kit did not start gets one here. */
struct roster_thread *roster_self(void);

/* A record for a thread of this process that is about to be created; counts as able and
   busy. The thread adopts it. Ends the program where there is none left. */
struct roster_thread *roster_add(const char *name, uint32_t number);
void roster_adopt(struct roster_thread *record);

/* The same for the main thread of a process that is about to be started; it gets a
   place on the roster, which is the record's process. The new process's first thread
   moves in there, and adopts the record. */
struct roster_thread *roster_add_process(const char *name, uint32_t number);
void roster_move_in(struct roster_thread *record);

/* The first process of this roster, and its main thread, are called so and have that
   number. Call it before roster_self. */
void roster_start_as(const char *name, uint32_t number);

/* The calling process's place; and the process that has a place. Place 0 is the first
   process's. */
unsigned roster_place(void);
struct roster_process *roster_process_at(unsigned place);

/* The place of the process that the kernel numbers so; 0 if there is none, or it is the
   first. */
unsigned roster_place_of(pid_t pid);

/* Whether the process at that place has ended, though it may not be buried yet. */
bool roster_is_dead(unsigned place);

/* Whether any other process has ended, or was killed just now, and is not buried: who
   waits for it will be woken. For when nobody is able to go on; takes a moment. */
bool roster_has_unburied(void);

/* Whether any thread is able to go on; where none is, it stays so. */
bool roster_has_able(void);

/* The same, by looking at each record. True also where a thread goes to sleep or ends
   meanwhile: that thread asks again. */
bool roster_finds_able(void);

/* Whether there ever was a second process: what one process writes down for itself is
   not enough from then on. */
bool roster_has_processes(void);

/* The process at that place is dead. Its threads no longer count, and their records are
   free. Call it when all are woken that the death lets go on, and then see whether
   anybody is able to. */
void roster_bury(unsigned place);

/* Adds the place to the set, takes it out, and tells whether it is in. */
void roster_set_add(struct roster_set *set, unsigned place);
void roster_set_remove(struct roster_set *set, unsigned place);
bool roster_set_has(const struct roster_set *set, unsigned place);

/* The calling thread ends; true if maybe nobody is able to go on. The record stays
   until somebody frees it, since others may still ask for its debts. */
bool roster_leave(void);
void roster_free(struct roster_thread *record);

/* The i-th of the remembered debtors, or NULL. */
const struct roster_debtor *roster_debtor_at(unsigned i);

/* The i-th record in use from 0, dead or alive; NULL after the last. */
struct roster_thread *roster_at(unsigned i);

/* The thread is about to sleep, or is again awake. roster_sleeps returns true if maybe
   nobody is able to go on; a thread calls it for itself. */
bool roster_sleeps(struct roster_thread *record, bool timed);
void roster_wakes(struct roster_thread *record, bool timed);

/* How many processors this program may use. */
int roster_processors(void);

/* Whether more threads want a processor than there are processors. */
bool roster_crowded(void);

/* Whether there is but one, so that looking while another thread acts is in vain. */
bool roster_has_one_processor(void);

/* The calling thread took an item of that queue, or reported one. */
void roster_took(uint32_t queue, const char *site);
void roster_reported(uint32_t queue);

#endif

/* roster.c - who takes part in the run; see roster.h. */
#include "roster.h"
#include "ending.h"
#include "trace.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

/* In memory that fork shares. */
struct roster {
    _Alignas(64) _Atomic int able;
    _Alignas(64) _Atomic int busy;
    _Alignas(64) _Atomic unsigned used; /* records that were ever taken */
    struct roster_thread threads[ROSTER_THREADS];
    _Atomic unsigned debtor_count; /* ever remembered */
    struct roster_debtor debtors[ROSTER_ENDED_DEBTORS];
};

static struct roster *roster;
static int processors;
static _Thread_local struct roster_thread *self;

/* Before main, so that there is one roster whichever thread comes first. */
__attribute__((constructor)) static void make_roster(void)
{
    cpu_set_t set;
    void *memory = mmap(NULL, sizeof *roster, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (memory == MAP_FAILED)
        ending_failed("no memory is left", NULL);
    roster = memory;
    processors = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

static struct roster_thread *take_record(void)
{
    for (unsigned i = 0; i < ROSTER_THREADS; i++) {
        int free = ROSTER_FREE;
        /* acquire: pairs with roster_free, so that the record is seen empty */
        if (!atomic_compare_exchange_strong(&roster->threads[i].state, &free,
                                            ROSTER_ALIVE))
            continue;
        unsigned used = atomic_load(&roster->used);
        while (used < i + 1 &&
               !atomic_compare_exchange_weak(&roster->used, &used, i + 1))
            continue;
        return &roster->threads[i];
    }
    ending_failed("more than 4096 threads at once", NULL);
}

struct roster_thread *roster_add(const char *name, uint32_t number)
{
    struct roster_thread *record = take_record();

    record->number = number;
    snprintf(record->name, sizeof record->name, "%s", name);
    roster_wakes(false);
    return record;
}

void roster_adopt(struct roster_thread *record)
{
    self = record;
    trace_attach(record->number);
}

struct roster_thread *roster_self(void)
{
    if (self == NULL) {
        uint32_t number = trace_new_object();
        char name[ROSTER_NAME];
        snprintf(name, sizeof name, number == 1 ? "main" : "thread-%u", number);
        roster_adopt(roster_add(name, number));
    }
    return self;
}

bool roster_leave(void)
{
    trace_detach();
    atomic_store(&self->state, ROSTER_ENDED);
    self = NULL;
    return roster_sleeps(false);
}

/* Each takes a place of its own; the oldest debtor gives way. */
static void remember_debts(const struct roster_thread *record)
{
    for (int i = 0; i < ROSTER_DEBTS; i++) {
        if (record->debts[i].balance <= 0)
            continue;
        unsigned place =
            atomic_fetch_add(&roster->debtor_count, 1) % ROSTER_ENDED_DEBTORS;
        memcpy(roster->debtors[place].name, record->name, sizeof record->name);
        roster->debtors[place].debt = record->debts[i];
    }
}

const struct roster_debtor *roster_debtor_at(unsigned i)
{
    unsigned count = atomic_load(&roster->debtor_count);

    return i < count && i < ROSTER_ENDED_DEBTORS ? &roster->debtors[i] : NULL;
}

void roster_free(struct roster_thread *record)
{
    if (record->locks > 0) /* who waits for them is told by whom they are held */
        return;
    remember_debts(record);
    memset(record->debts, 0, sizeof record->debts);
    record->waiting = false;
    record->holder = NULL;
    record->looked_in_vain = 0;
    atomic_store_explicit(&record->state, ROSTER_FREE, memory_order_release);
}

struct roster_thread *roster_at(unsigned i)
{
    return i < atomic_load(&roster->used) ? &roster->threads[i] : NULL;
}

bool roster_sleeps(bool timed)
{
    /* relaxed: only a hint for spinning */
    atomic_fetch_sub_explicit(&roster->busy, 1, memory_order_relaxed);
    /* release: what this thread wrote about its wait is seen by whoever brings the
       count to 0; acquire: and the last one sees what all before it wrote */
    return !timed &&
           atomic_fetch_sub_explicit(&roster->able, 1, memory_order_acq_rel) == 1;
}

void roster_wakes(bool timed)
{
    atomic_fetch_add_explicit(&roster->busy, 1, memory_order_relaxed);
    /* acq_rel: stays in the same chain as the subtractions */
    if (!timed)
        atomic_fetch_add_explicit(&roster->able, 1, memory_order_acq_rel);
}

bool roster_crowded(void)
{
    return atomic_load_explicit(&roster->busy, memory_order_relaxed) > processors;
}

bool roster_has_one_processor(void)
{
    return processors == 1;
}

static struct roster_debt *find_debt(struct roster_thread *me, uint32_t queue)
{
    for (int i = 0; i < ROSTER_DEBTS; i++)
        if (me->debts[i].queue == queue)
            return &me->debts[i];
    return NULL;
}

/* A thread of more queues than there is room for is not told on. */
static struct roster_debt *new_debt(struct roster_thread *me, uint32_t queue)
{
    for (int i = 0; i < ROSTER_DEBTS; i++) {
        if (me->debts[i].balance == 0) {
            me->debts[i].queue = queue;
            return &me->debts[i];
        }
    }
    return NULL;
}

void roster_took(uint32_t queue, const char *site)
{
    struct roster_thread *me = roster_self();
    struct roster_debt *debt = find_debt(me, queue);

    if (debt == NULL && (debt = new_debt(me, queue)) == NULL)
        return;
    debt->balance++;
    debt->site = site;
}

void roster_reported(uint32_t queue)
{
    struct roster_debt *debt = find_debt(roster_self(), queue);

    if (debt != NULL)
        debt->balance--;
}

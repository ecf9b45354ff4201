/* roster.c - who takes part in the run; see roster.h. */
#include "roster.h"
#include "ending.h"
#include "shared_memory.h"
#include "trace.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* In memory that the run's processes share. */
struct roster {
    _Alignas(64) _Atomic int able;
    atomic_bool in_doubt; /* a process has died: maybe less are able than counted */
    _Alignas(64) _Atomic int busy;
    _Alignas(64) _Atomic unsigned used; /* records that were ever taken */
    struct roster_thread threads[ROSTER_THREADS];
    _Atomic unsigned processes_used; /* places that were ever taken */
    struct roster_process processes[ROSTER_PROCESSES];
    _Atomic unsigned debtor_count; /* ever remembered */
    struct roster_debtor debtors[ROSTER_ENDED_DEBTORS];
};

static struct roster *roster;
static int processors;
static unsigned place; /* the calling process's; changed while it has one thread */
static _Thread_local struct roster_thread *self;

/* Before main, so that there is one roster whichever thread comes first. */
__attribute__((constructor)) static void make_roster(void)
{
    cpu_set_t set;

    roster = shared_memory_take(sizeof *roster);
    if (roster == NULL)
        ending_failed("no memory is left", NULL);
    roster->processes[0] = (struct roster_process){.state = ROSTER_ALIVE, .number = 1};
    strcpy(roster->processes[0].name, "main");
    atomic_store(&roster->processes[0].pid, getpid());
    atomic_store(&roster->processes_used, 1);
    processors = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

static struct roster_thread *take_record(void)
{
    for (unsigned i = 0; i < ROSTER_THREADS; i++) {
        int free = ROSTER_FREE;
        /* acquire: pairs with roster_free, so that the record is seen empty */
        if (!atomic_compare_exchange_strong(&roster->threads[i].state, &free,
                                            ROSTER_TAKEN))
            continue;
        unsigned used = atomic_load(&roster->used);
        while (used < i + 1 &&
               !atomic_compare_exchange_weak(&roster->used, &used, i + 1))
            continue;
        return &roster->threads[i];
    }
    ending_failed("more than 4096 threads at once", NULL);
}

static struct roster_thread *add(const char *name, uint32_t number, unsigned process)
{
    struct roster_thread *record = take_record();

    record->number = number;
    snprintf(record->name, sizeof record->name, "%s", name);
    atomic_store(&record->process, process); /* from now on it is buried with it */
    atomic_exchange(&record->wake,
                    ROSTER_WOKEN); /* its last thread may have died asleep */
    roster_wakes(record, false);
    /* release: whoever finds it alive finds it filled in */
    atomic_store_explicit(&record->state, ROSTER_ALIVE, memory_order_release);
    return record;
}

struct roster_thread *roster_add(const char *name, uint32_t number)
{
    return add(name, number, place);
}

void roster_adopt(struct roster_thread *record)
{
    self = record;
    record->tid = (pid_t)syscall(SYS_gettid);
    trace_attach(record->number);
}

void roster_move_in(struct roster_thread *record)
{
    place = record->process;
    atomic_store(&roster->processes[place].pid, getpid());
    roster_adopt(record);
}

void roster_start_as(const char *name, uint32_t number)
{
    struct roster_process *first = &roster->processes[0];

    first->number = number;
    snprintf(first->name, sizeof first->name, "%s", name);
    roster_adopt(roster_add(name, number));
}

static unsigned take_place(void)
{
    for (unsigned i = 0; i < ROSTER_PROCESSES; i++) {
        int free = ROSTER_FREE;
        if (!atomic_compare_exchange_strong(&roster->processes[i].state, &free,
                                            ROSTER_ALIVE))
            continue;
        unsigned used = atomic_load(&roster->processes_used);
        while (used < i + 1 &&
               !atomic_compare_exchange_weak(&roster->processes_used, &used, i + 1))
            continue;
        return i;
    }
    ending_failed("more than 256 processes at once", NULL);
}

struct roster_thread *roster_add_process(const char *name, uint32_t number)
{
    unsigned taken = take_place();
    struct roster_process *process = &roster->processes[taken];

    process->number = number;
    snprintf(process->name, sizeof process->name, "%s", name);
    atomic_store(&process->said_goodbye, false);
    atomic_store(&process->pid, 0);
    return add(name, number, taken);
}

unsigned roster_place(void)
{
    return place;
}

struct roster_process *roster_process_at(unsigned at)
{
    return &roster->processes[at];
}

unsigned roster_place_of(pid_t pid)
{
    for (unsigned i = 1; i < atomic_load(&roster->processes_used); i++)
        if (atomic_load(&roster->processes[i].state) == ROSTER_ALIVE &&
            atomic_load(&roster->processes[i].pid) == pid)
            return i;
    return 0;
}

bool roster_has_able(void)
{
    return atomic_load(&roster->in_doubt) ? roster_finds_able()
                                          : atomic_load(&roster->able) != 0;
}

void roster_name_holder(struct roster_holder *holder, const char *site)
{
    memcpy(holder->name, self->name, sizeof holder->name);
    holder->site = site;
    memcpy(holder->process, roster->processes[place].name, sizeof holder->process);
}

bool roster_has_processes(void)
{
    /* relaxed: it was set before this process, or by this thread's process */
    return atomic_load_explicit(&roster->processes_used, memory_order_relaxed) > 1;
}

void roster_set_add(struct roster_set *set, unsigned at)
{
    atomic_fetch_or(&set->bits[at / 64], UINT64_C(1) << at % 64);
}

void roster_set_remove(struct roster_set *set, unsigned at)
{
    atomic_fetch_and(&set->bits[at / 64], ~(UINT64_C(1) << at % 64));
}

bool roster_set_has(const struct roster_set *set, unsigned at)
{
    return atomic_load(&set->bits[at / 64]) >> at % 64 & 1;
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
    struct roster_thread *me = self;

    trace_detach();
    atomic_fetch_add(&me->turns, 1);
    atomic_store(&me->state, ROSTER_ENDED);
    self = NULL;
    return roster_sleeps(me, false);
}

/* Each takes a place of its own; the oldest debtor gives way. */
static void remember_debts(const struct roster_thread *record)
{
    for (int i = 0; i < ROSTER_DEBTS; i++) {
        if (record->debts[i].balance <= 0)
            continue;
        unsigned taken =
            atomic_fetch_add(&roster->debtor_count, 1) % ROSTER_ENDED_DEBTORS;
        memcpy(roster->debtors[taken].name, record->name, sizeof record->name);
        roster->debtors[taken].process = record->process;
        roster->debtors[taken].debt = record->debts[i];
    }
}

const struct roster_debtor *roster_debtor_at(unsigned i)
{
    unsigned count = atomic_load(&roster->debtor_count);

    return i < count && i < ROSTER_ENDED_DEBTORS ? &roster->debtors[i] : NULL;
}

static void empty(struct roster_thread *record)
{
    memset(record->debts, 0, sizeof record->debts);
    record->waiting = false;
    record->holder = NULL;
    record->looked_in_vain = 0;
    record->locks = 0;
    atomic_fetch_add(&record->turns, 1);
    atomic_store(&record->able, false);
    atomic_store(&record->in, NULL);
    record->list = NULL;
    atomic_store(&record->process, ROSTER_NOWHERE);
    /* release: pairs with monitor_wake_first. It follows from state, too, but where the
       record's next thread is another process's, no tool sees that. */
    atomic_fetch_or_explicit(&record->wake, 0, memory_order_release);
    atomic_store_explicit(&record->state, ROSTER_FREE, memory_order_release);
}

void roster_free(struct roster_thread *record)
{
    if (record->locks > 0) /* who waits for them is told by whom they are held */
        return;
    remember_debts(record);
    empty(record);
}

struct roster_thread *roster_at(unsigned i)
{
    return i < atomic_load(&roster->used) ? &roster->threads[i] : NULL;
}

bool roster_sleeps(struct roster_thread *record, bool timed)
{
    /* relaxed: only a hint for spinning */
    atomic_fetch_sub_explicit(&roster->busy, 1, memory_order_relaxed);
    if (timed)
        return false;
    /* relaxed: for whoever buries the thread, when it does nothing any more */
    atomic_store_explicit(&record->able, false, memory_order_relaxed);
    /* release: what this thread wrote about its wait is seen by whoever brings the
       count to 0; acquire: and the last one sees what all before it wrote */
    return atomic_fetch_sub_explicit(&roster->able, 1, memory_order_acq_rel) == 1 ||
           atomic_load(&roster->in_doubt);
}

void roster_wakes(struct roster_thread *record, bool timed)
{
    atomic_fetch_add_explicit(&roster->busy, 1, memory_order_relaxed);
    if (timed)
        return;
    /* acq_rel: stays in the same chain as the subtractions */
    atomic_fetch_add_explicit(&roster->able, 1, memory_order_acq_rel);
    atomic_store_explicit(&record->able, true, memory_order_relaxed);
}

static bool is_in_use(const struct roster_thread *record)
{
    int state = atomic_load(&record->state);

    return state == ROSTER_ALIVE || state == ROSTER_ENDED;
}

void roster_bury(unsigned at)
{
    int able = 0;

    /* before the count changes: who sleeps from now on looks for itself */
    atomic_store(&roster->in_doubt, true);
    for (unsigned i = 0; i < atomic_load(&roster->used); i++) {
        struct roster_thread *record = &roster->threads[i];
        if (!is_in_use(record) || record->process != at)
            continue;
        roster_see(record);
        trace_bury(record->tid);
        able += atomic_load(&record->able);
        empty(record);
    }
    atomic_store(&roster->processes[at].state, ROSTER_FREE);
    /* a hint: a dead sleeper with a time limit did not count, and is counted here */
    atomic_fetch_sub_explicit(&roster->busy, able, memory_order_relaxed);
    atomic_fetch_sub_explicit(&roster->able, able, memory_order_acq_rel);
}

bool roster_crowded(void)
{
    return atomic_load_explicit(&roster->busy, memory_order_relaxed) > processors;
}

int roster_processors(void)
{
    return processors;
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

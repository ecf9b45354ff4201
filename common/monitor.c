/*
 * monitor.c - the one place where threads wait; see monitor.h.
 *
 * A waiting thread's wake word goes WAITING (it spins) -> ASLEEP -> WAKING -> WOKEN, or
 * straight to WOKEN. Who wakes a sleeper claims it (WAKING) and counts it as able again
 * before it lets it go; a spinner was never counted as blocked. Waking twice does no
 * harm: after a kill more than one may try. The words lie in memory that the run's
 * processes share, so a thread of any of them may wake one of any other.
 */
#include "monitor.h"
#include "deadlock.h"
#include "ending.h"
#include "futex.h"
#include "shared_memory.h"

#include <sched.h>
#include <stdio.h>

/* How often a waiter looks before it sleeps. A wake-up costs about 30 us, a look some
   20 ns. */
enum { LOOKS_LEAST = 16, LOOKS_MOST = 2000, TRIES_EVERY = 64 };

/* How long to pause before each look at a held monitor; together about 10 us. */
enum { PAUSES_FIRST = 64, PAUSES_LAST = 256 };

static inline void relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/* Looks whether the monitor is free, with pauses between. Each look takes the monitor's
   cache line from the thread inside; the pauses let that thread go in and out many
   times meanwhile, and handing over rarely is what makes a contended monitor fast. */
static bool enter_soon(struct monitor *monitor, uint32_t held)
{
    if (roster_has_one_processor())
        return false;
    for (int pauses = PAUSES_FIRST; pauses <= PAUSES_LAST; pauses *= 2) {
        for (int i = 0; i < pauses; i++)
            relax();
        /* relaxed: a hint, the attempt looks again */
        if (atomic_load_explicit(&monitor->word, memory_order_relaxed) == 0 &&
            monitor_try_enter(monitor, held))
            return true;
    }
    return false;
}

uint32_t monitor_mark; /* changed while there is one thread */

void monitor_start_anew(void)
{
    monitor_mark = monitor_mark_of(roster_place());
}

/* Who was inside when the process was forked is not there any more. */
static bool is_lost(const struct monitor *monitor, uint32_t word)
{
    return !monitor->shared && (word & ~(uint32_t)MONITOR_CONTENDED) != monitor_mark;
}

/* Takes the monitor if it is free, or marks it so that its holder wakes a sleeper when
   it leaves; false if it changed meanwhile. */
static bool enter_or_mark(struct monitor *monitor, uint32_t *word)
{
    bool mine = *word == 0 || is_lost(monitor, *word);
    /* Who may have slept enters contended: the one wake-up was for it, and others may
       sleep. */
    uint32_t becomes = (mine ? monitor_mark : *word) | MONITOR_CONTENDED;

    /* acquire: pairs with the release in monitor_leave */
    if (!atomic_compare_exchange_strong_explicit(
            &monitor->word, word, becomes, memory_order_acquire, memory_order_relaxed))
        return false;
    if (mine && *word != 0)
        monitor->to_wake = (struct wait_list){.first = NULL};
    *word = mine ? 0 : becomes;
    return true;
}

void monitor_enter_contended(struct monitor *monitor)
{
    uint32_t held = MONITOR_HELD;

    while (!enter_soon(monitor, held)) {
        held = MONITOR_CONTENDED;
        uint32_t word = atomic_load_explicit(&monitor->word, memory_order_relaxed);
        if (!enter_or_mark(monitor, &word))
            continue;
        if (word == 0)
            return;
        futex_wait(&monitor->word, monitor->shared ? FUTEX_RUN : FUTEX_PROCESS, word,
                   NULL);
    }
}

/* The last steps of waking a sleeper that was claimed. */
static void finish_waking(struct roster_thread *waiter)
{
    atomic_store_explicit(&waiter->wake, ROSTER_WOKEN, memory_order_release);
    futex_wake(&waiter->wake, FUTEX_RUN, 1);
}

/* WAKING, and by which process. */
static uint32_t claim(unsigned place)
{
    return ROSTER_WAKING | place << 2;
}

void monitor_finish_waking(unsigned dead)
{
    struct roster_thread *thread;

    for (unsigned i = 0; (thread = roster_at(i)) != NULL; i++) {
        if (atomic_load(&thread->state) != ROSTER_ALIVE || thread->process == dead)
            continue;
        if (atomic_load(&thread->wake) == claim(dead)) {
            if (!thread->timed && !atomic_load(&thread->able))
                roster_wakes(thread, false);
            finish_waking(thread);
        } else { /* let go, and maybe not told */
            futex_wake(&thread->wake, FUTEX_RUN, 1);
        }
    }
}

static void let_go(struct roster_thread *waiter)
{
    uint32_t state = ROSTER_WAITING;

    /* release: the woken thread sees what happened before; acquire: reads its "timed"
     */
    if (atomic_compare_exchange_strong_explicit(&waiter->wake, &state, ROSTER_WOKEN,
                                                memory_order_acq_rel,
                                                memory_order_acquire))
        return;
    /* Asleep. Counted before it can run; the late futex_wake after it ran is harmless:
       its record stays, and every sleeper looks again. */
    state = ROSTER_ASLEEP;
    if (!atomic_compare_exchange_strong_explicit(
            &waiter->wake, &state, claim(roster_place()), memory_order_acq_rel,
            memory_order_acquire)) {
        /* its time limit woke it, and it counted itself; or another wakes it */
        state = ROSTER_WAITING;
        atomic_compare_exchange_strong(&waiter->wake, &state, ROSTER_WOKEN);
        return;
    }
    roster_wakes(waiter, waiter->timed);
    finish_waking(waiter);
}

void monitor_after_leave(struct monitor *monitor, struct roster_thread *to_wake,
                         bool was_contended)
{
    if (was_contended)
        futex_wake(&monitor->word, monitor->shared ? FUTEX_RUN : FUTEX_PROCESS, 1);
    while (to_wake != NULL) {
        struct roster_thread *next = to_wake->next; /* before it may wait again */
        let_go(to_wake);
        to_wake = next;
    }
    trace_make_room(); /* here, where nobody waits for this thread */
}

static void append(struct monitor *monitor, struct wait_list *list,
                   struct roster_thread *me)
{
    me->next = NULL;
    if (wait_list_is_empty(list)) {
        list->first = me;
    } else {
        roster_see(list->last);
        list->last->next = me;
    }
    list->last = me;
    list->mark = monitor->shared ? WAIT_LIST_SHARED : monitor_mark;
}

static void take_off(struct wait_list *list, struct roster_thread *me)
{
    struct roster_thread *before = NULL, *at = list->first;

    while (at != me) {
        roster_see(at);
        before = at;
        at = at->next;
    }
    if (before == NULL)
        list->first = me->next;
    else
        before->next = me->next;
    if (list->last == me)
        list->last = before;
}

/* Looks for a moment whether it is woken: for a long one where looking helped the last
   time, and now and then to see whether it would. True if woken. */
static bool spin(struct roster_thread *me)
{
    unsigned most = me->looked_in_vain % TRIES_EVERY == 0 ? LOOKS_MOST : LOOKS_LEAST;

    for (unsigned looks = 0; looks < most; looks++) {
        /* acquire: pairs with the release in let_go */
        if (atomic_load_explicit(&me->wake, memory_order_acquire) == ROSTER_WOKEN) {
            me->looked_in_vain = 0;
            return true;
        }
        if (looks % 64 == 0 && roster_crowded())
            break;
        relax();
    }
    me->looked_in_vain++;
    return false;
}

/* Sleeps until woken or until the deadline. */
static void sleep_until_woken(struct roster_thread *me, uint64_t deadline)
{
    uint32_t state = ROSTER_WAITING;
    struct timespec until = deadline_timespec(deadline);

    me->waiting = true;
    /* from here on it acts no more; the order is that of what follows */
    atomic_fetch_add_explicit(&me->turns, 1, memory_order_relaxed);
    /* release: let_go reads "timed" and the rest after it sees ASLEEP */
    if (atomic_compare_exchange_strong_explicit(&me->wake, &state, ROSTER_ASLEEP,
                                                memory_order_acq_rel,
                                                memory_order_acquire)) {
        if (roster_sleeps(me, me->timed))
            deadlock_report_all();
        while ((state = atomic_load_explicit(&me->wake, memory_order_acquire)) !=
               ROSTER_WOKEN) {
            futex_wait(&me->wake, FUTEX_RUN, state, me->timed ? &until : NULL);
            state = ROSTER_ASLEEP;
            if (me->timed && clock_now() >= deadline &&
                atomic_compare_exchange_strong(&me->wake, &state, ROSTER_WAITING)) {
                roster_wakes(me, true);
                break;
            }
        }
    }
    me->waiting = false;
}

/* What other processes may read of the wait. */
static void tell(struct roster_thread *me, const struct wait_reason *reason)
{
    struct wait_told *told = &me->told;

    snprintf(told->name, sizeof told->name, "%s", reason->name);
    told->held_by.site = NULL;
    if (reason->held_by != NULL)
        told->held_by = *reason->held_by;
    told->has_left = reason->left != NULL;
    told->left = reason->left != NULL ? *reason->left : 0;
    told->idle = reason->idle;
    told->open = reason->open;
    told->open_for = reason->open_for;
}

bool monitor_wait(struct monitor *monitor, struct wait_list *list, uint64_t deadline,
                  const struct wait_reason *reason)
{
    struct roster_thread *me = roster_self();

    if (deadline != DEADLINE_NEVER && clock_now() >= deadline)
        return false;
    atomic_store_explicit(&me->wake, ROSTER_WAITING,
                          memory_order_relaxed); /* not yet shared */
    me->popped = false;
    atomic_store_explicit(&me->timed, deadline != DEADLINE_NEVER, memory_order_relaxed);
    /* before the monitor is left: who finds the thread on the list may tell of it */
    me->step = step_current;
    tell(me, reason);
    append(monitor, list, me);
    me->list = list;
    atomic_store_explicit(&me->in, monitor, memory_order_relaxed);
    if (reason->holder != NULL && !me->timed)
        deadlock_wait_begins(me, reason->holder);
    monitor_leave(monitor);
    if (!spin(me))
        sleep_until_woken(me, deadline);
    monitor_enter(monitor);
    if (!me->popped) {
        atomic_store_explicit(&me->in, NULL, memory_order_relaxed);
        take_off(list, me);
        /* woken, but not by who took it off: a kill was mended meanwhile */
        return atomic_load(&me->wake) == ROSTER_WOKEN;
    }
    /* The time limit and a wake-up met: the waker left the monitor and is about to set
       the word; until then the record is not free for another wait. If it was killed,
       somebody must get in here to mend that. */
    while (atomic_load_explicit(&me->wake, memory_order_acquire) != ROSTER_WOKEN) {
        monitor_leave(monitor);
        sched_yield();
        monitor_enter(monitor);
    }
    atomic_store_explicit(&me->in, NULL, memory_order_relaxed);
    return true;
}

void monitor_wake_first(struct monitor *monitor, struct wait_list *list)
{
    struct roster_thread *waiter = wait_list_first(list);

    if (waiter == NULL) { /* a copy of the parent's */
        list->first = NULL;
        return;
    }
    roster_see(waiter);
    list->first = waiter->next;
    waiter->popped = true;
    waiter->popper = monitor_mark;
    if (waiter->holder != NULL)
        deadlock_wait_ends(waiter);
    append(monitor, &monitor->to_wake, waiter);
}

bool monitor_has_woken(const struct roster_thread *waiter)
{
    return atomic_load_explicit(&waiter->wake, memory_order_acquire) == ROSTER_WOKEN;
}

void monitor_wake_all(struct monitor *monitor, struct wait_list *list)
{
    while (list->first != NULL)
        monitor_wake_first(monitor, list);
}

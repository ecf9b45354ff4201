/*
 * family.h - for the tests of processes: memory that they share, and what a case of
 * theirs checks.
 *
 * A process of a case cannot fail a test by an assertion: it says what is not so, and
 * ends with a status that the test does not expect.
 */
#ifndef FAMILY_H
#define FAMILY_H

#include "caller.h"
#include "process.h"
#include "queue.h"
#include "shared_memory.h"
#include "support.h"

struct family {
    atomic_int turn, seen;
};
static struct family *shared; /* set before main */

__attribute__((constructor)) static void make_family(void)
{
    shared = shared_memory_take(sizeof *shared);
}

#define check(condition) check_at(condition, #condition, HERE)
static inline void check_at(bool condition, const char *text, const char *site)
{
    if (condition)
        return;
    fprintf(stderr, "%s: not so: %s\n", site, text);
    fflush(stderr);
    _exit(10);
}

/* Looks until the word has that value, which another process gives it. */
static inline void until(atomic_int *word, int value)
{
    uint64_t end = deadline_after(TOO_LONG_MS);

    while (atomic_load(word) != value) {
        check(clock_now() < end);
        sched_yield();
    }
}

/* Looks until each thread of the process at that place waits without a limit. */
static inline void until_blocked(unsigned place)
{
    uint64_t end = deadline_after(TOO_LONG_MS);
    const struct roster_thread *thread;
    bool able;

    do {
        able = false;
        for (unsigned i = 0; (thread = roster_at(i)) != NULL; i++)
            able = able || (atomic_load(&thread->state) == ROSTER_ALIVE &&
                            atomic_load(&thread->process) == place &&
                            atomic_load(&thread->able));
        check(clock_now() < end);
        sched_yield();
    } while (able);
}

static inline bool get_one(struct caller *me)
{
    return queue_get((struct queue *)me->object, &me->item);
}

/* The case ended with 0 and had nothing to say. */
static inline void assert_went_well(const char *name, const char *argument)
{
    struct child_end end = child_run(name, argument);

    assert_string_equal(end.err, "");
    assert_int_equal(end.status, 0);
}

#endif

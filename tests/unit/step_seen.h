/*
 * step_seen.h - for the tests of the door: a gate that notes what passes, and when.
 */
#ifndef STEP_SEEN_H
#define STEP_SEEN_H

#include "support.h"

#include <pthread.h>

/* What the gate saw of the operations of the thread under test. */
static struct {
    pthread_t thread;
    uint64_t (*look)(void); /* all that an operation could change, as one number */
    bool (*all_free)(void); /* whether no monitor is held */
    int passed;
    struct step step;
    uint64_t state;
    bool free;
} seen;

static inline void gate(const struct step *next)
{
    if (!pthread_equal(pthread_self(), seen.thread))
        return;
    seen.passed++;
    seen.step = *next;
    seen.state = seen.look();
    seen.free = seen.all_free();
}

/* Call it before there is a second thread. */
static inline void gate_open(uint64_t (*look)(void), bool (*all_free)(void))
{
    seen.thread = pthread_self();
    seen.look = look;
    seen.all_free = all_free;
    step_gate = gate;
}

/* Runs the operation; it must have passed once, as that kind on that object, and
   changed nothing before. */
static inline void check(void (*operation)(void), enum trace_kind kind, uint32_t object)
{
    uint64_t before = seen.look();

    seen.passed = 0;
    operation();
    assert_int_equal(seen.passed, 1);
    assert_int_equal(seen.step.kind, kind);
    assert_int_equal(seen.step.object, object);
    assert_non_null(seen.step.site);
    assert_int_equal(strncmp(seen.step.site, "tests/unit/step_", 16), 0);
    assert_true(seen.state == before);
    assert_true(seen.free);
}

#endif
